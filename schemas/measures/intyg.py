from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND

measure = Count(
    id="intyg",
    order=80,
    name="Utfärdade intyg",
    short="Intyg",
    question="Hur många intyg utfärdas?",
    definition="Intyg efter den månad då de signerades. Makulerade intyg räknas inte. Ett intyg som ersätter ett annat "
    "räknas också.",
    population="Patienter 18–67 år",
    unit_rule="Intyget räknas hos enheten som utfärdat det.",
    limits=(
        "Antalet beror på vilka intygstyper som levereras.",
        "Saknas tidpunkten för signering räknas intyget den månad det börjar gälla.",
        "Fler intyg är inte fler sjukfall: ett långt sjukfall har ofta flera intyg.",
    ),
    reading=(
        "Varje punkt är intygen som signerades under ett kvartal.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.intyg",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.FLOW,
    counted=Counted.CERTIFICATES,
    periods=("manad", "kvartal", "r12"),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("intygstyp",),
)
