from schemas.measure import Better, Count, Time

measure = Count(
    id="startade",
    order=3,
    name="Startade sjukfall",
    short="Startade sjukfall",
    question="Hur många sjukfall börjar?",
    definition="Sjukfall vars första sjukskrivna dag ligger i perioden.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Antalet varierar med årstiden: jämför med samma kvartal tidigare år.",
        "Samma person kan ha flera sjukfall.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är sjukfallen som började under ett kvartal. Jämför med samma kvartal föregående år.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.startade",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    where="true",
    time=Time.FLOW,
    history_days=0,
    per=1000,
    rate_unit="per 1 000 listade",
)
