from schemas.measure import Better, Count, Counted, Time

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
        "Målgruppen är inte detsamma som behov. Behovet bedöms av människor.",
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Samma person kan ha flera sjukfall.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är tolv månader som slutar med ett kvartal; punkterna överlappar varandra.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
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
