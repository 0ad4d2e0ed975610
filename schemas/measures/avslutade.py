from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

measure = Count(
    id="avslutade",
    order=31,
    name="Avslutade sjukfall",
    short="Avslutade sjukfall",
    question="Hur många sjukfall avslutas?",
    definition="Sjukfall vars sista sjukskrivna dag ligger i perioden, när inget nytt intyg har börjat inom fem dagar.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        LISTED_ELSEWHERE,
        "Att sjukfallet avslutats visar inte varför: återgång, pension, flytt och andra orsaker räknas lika.",
        "Antalet varierar med årstiden: jämför med samma kvartal tidigare år.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är sjukfallen som avslutades under ett kvartal. Jämför med samma kvartal föregående år.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.avslutade",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("manad", "kvartal", "r12"),
    history_days=0,
    needs=("har_floden", "har_slut"),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("diagnos5", "langd_ar"),
)
