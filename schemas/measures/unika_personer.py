from schemas.measure import Better, Count, Counted, Time

measure = Count(
    id="unika_personer",
    order=12,
    name="Unika personer med sjukfall",
    short="Personer med sjukfall",
    question="Hur många personer har haft sjukfall?",
    definition="Personer med minst ett sjukfall som pågått någon dag under tolv månader. Varje person räknas en "
    "gång på varje enhet.",
    population="Patienter 18–67 år",
    unit_rule="Personen räknas hos enheten som utfärdat det senaste intyget i perioden eller före den.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Den som haft sjukfall på två enheter räknas på båda, så enheternas tal kan inte läggas ihop till regionens.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är tolv månader som slutar med ett kvartal; punkterna överlappar varandra.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.under",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.ANY_DAY,
    counted=Counted.PERSONS,
    periods=("r12",),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=(),
)
