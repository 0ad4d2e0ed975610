from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND

measure = Share(
    id="kompletterade",
    order=81,
    name="Intyg som begärts kompletterade",
    short="Kompletteringar",
    question="Hur stor del av intygen måste kompletteras?",
    definition="Andel av läkarintygen för sjukpenning som Försäkringskassan har begärt minst en komplettering av, efter "
    "den månad då intyget signerades.",
    population="Patienter 18–67 år",
    unit_rule="Intyget räknas hos enheten som utfärdat det.",
    limits=(
        "Intyg som nyss signerats kan få en begäran senare.",
        "Vilka intyg som har skickats till Försäkringskassan levereras inte: nämnaren är alla läkarintyg för "
        "sjukpenning, så andelen blir lägre än i Intygsstatistik.",
    ),
    reading=(
        "Varje punkt är andelen av tolv månaders intyg som begärts kompletterade; punkterna överlappar varandra.",
        CHANCE_BAND,
    ),
    sources=("intyg", "meddelanden", "enheter"),
    better=Better.NEITHER,
    base="mart.intyg",
    requires=frozenset({"intyg", "meddelanden"}),
    unless=frozenset(),
    featured=False,
    where="intygstyp = 'fk7804' AND kompletterat",
    time=Time.FLOW,
    counted=Counted.CERTIFICATES,
    periods=("r12",),
    history_days=0,
    needs=(),
    per=100,
    rate_unit="procent av läkarintygen för sjukpenning",
    within=("intyg",),
    breakdowns=(),
    of=("intygstyp", "fk7804"),
)
