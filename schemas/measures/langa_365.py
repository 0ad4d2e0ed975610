from schemas.measure import Better, Count, Counted, Time

measure = Count(
    id="langa_365",
    order=24,
    name="Pågående sjukfall över 365 dagar",
    short="Sjukfall över 365 dagar",
    question="Hur många sjukfall har pågått i mer än 365 dagar?",
    definition="Pågående sjukfall som månadens sista dag har mer än 365 sjukskrivna dagar. Dagar mellan intyg räknas "
    "inte, och tidigare intyg hos samma vårdgivare räknas med.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Många långa sjukfall kan bero på många nya sjukfall, på långa sjukskrivningar eller på bådadera.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är antalet sjukfall över 365 dagar den sista dagen i en månad, i förhållande till antalet listade.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="langd_dagar > 365",
    time=Time.STOCK,
    counted=Counted.CASES,
    periods=("manad",),
    history_days=450,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=("langa_180",),
    breakdowns=(),
)
