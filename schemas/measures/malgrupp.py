from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED, NOT_NEED, OVERLAPPING

measure = Count(
    id="malgrupp",
    order=66,
    name="Målgrupp för koordinering",
    short="Målgrupp",
    question="Hur många sjukfall kommer in i målgruppen?",
    definition="Sjukfall som startat under tolv månader och nått dag 30. Bara månader vars alla sjukfall kunnat följas i "
    "90 dagar från dag 30 räknas, så att det som görs inom 90 dagar är känt för alla.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        NOT_NEED,
        LISTED_ELSEWHERE,
        "Samma person kan ha flera sjukfall.",
        NOT_ADJUSTED,
    ),
    reading=(
        OVERLAPPING,
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.malgrupp",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("r12",),
    history_days=0,
    needs=("har_nittio_dagar",),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("diagnos5",),
)
