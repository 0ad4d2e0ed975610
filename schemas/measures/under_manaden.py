from schemas.measure import Better, Count, Counted, Time

measure = Count(
    id="under_manaden",
    order=11,
    name="Sjukfall under perioden",
    short="Sjukfall under perioden",
    question="Hur många sjukfall har funnits?",
    definition="Sjukfall som pågått någon dag under perioden, så som Intygsstatistik räknar. Varje sjukfall "
    "räknas en gång.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget som börjat i perioden eller före den.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Talet är alltid högre än antalet pågående sjukfall periodens sista dag.",
        "Per kön visas kvartal: en månads skillnad mot pågående sjukfall är oftast för få personer.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
    ),
    reading=(
        "Varje punkt är sjukfallen som pågått någon dag under ett kvartal.",
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
    counted=Counted.CASES,
    periods=("manad", "kvartal"),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=(),
)
