from schemas.measure import Better, Count, Counted, Time

measure = Count(
    id="dag_181",
    order=27,
    name="Sjukfall som når dag 181",
    short="Når dag 181",
    question="Hur många sjukfall når dag 181, och i vilka diagnoser?",
    definition="Sjukfall vars 181:a sjukskrivna dag ligger i perioden. Diagnosen är den i det senast påbörjade intyget "
    "som täcker dagen.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det intyg som gäller den dagen.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Dagar mellan intyg räknas inte, och tidigare intyg hos samma vårdgivare räknas med.",
        "Intyg räknas när de är utfärdade: en dag kan nås i intyget utan att patienten är sjukskriven då.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är sjukfallen som nådde dag 181 under tolv månader; punkterna överlappar varandra.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.dag_nadd",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="dag = 181",
    time=Time.FLOW,
    counted=Counted.CASES,
    periods=("r12",),
    history_days=210,
    needs=("har_floden",),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("diagnosgrupp", "kapitel"),
)
