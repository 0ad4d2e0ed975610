from schemas.measure import Better, Count, Counted, Time

measure = Count(
    id="pagaende",
    order=10,
    name="Pågående sjukfall",
    short="Pågående sjukfall",
    question="Hur många sjukfall pågår?",
    definition="Sjukfall som pågår månadens sista dag. Ett sjukfall är en kedja av intygsperioder för samma patient "
    "hos samma vårdgivare med högst fem dagar emellan.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Bygger på intyg utfärdade på enheten; listade på enheten är inte alltid samma personer.",
        "Fler sjukfall är inte i sig sämre: tillgänglighet och listning spelar in.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos.",
        "Försäkringskassan räknar betalda dagar och Intygsstatistik alla sjukfall någon gång under månaden: "
        "deras tal är inte jämförbara med dessa.",
    ),
    reading=(
        "Varje punkt är läget den sista dagen i en månad. Jämför linjen för kvinnor med linjen för män.",
        "Det skuggade bandet visar osäkerheten: små upp- och nedgångar inom bandet är ofta slump.",
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=True,
    where="true",
    time=Time.STOCK,
    counted=Counted.CASES,
    periods=("manad",),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=("under_manaden",),
    breakdowns=("diagnos5", "ersattning"),
)
