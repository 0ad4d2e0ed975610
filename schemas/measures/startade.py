from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

measure = Count(
    id="startade",
    order=30,
    name="Startade sjukfall",
    short="Startade sjukfall",
    question="Hur många sjukfall börjar?",
    definition="Sjukfall vars första sjukskrivna dag ligger i perioden.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        LISTED_ELSEWHERE,
        "Antalet varierar med årstiden: jämför med samma kvartal tidigare år.",
        "Samma person kan ha flera sjukfall.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är sjukfallen som började under ett kvartal. Jämför med samma kvartal föregående år.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.startade",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=True,
    where="true",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("manad", "kvartal", "r12"),
    history_days=0,
    needs=("har_floden",),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("diagnos5", "aldersgrupp"),
)
