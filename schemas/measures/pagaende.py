from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

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
        LISTED_ELSEWHERE,
        "Fler sjukfall är inte i sig sämre: tillgänglighet och listning spelar in.",
        NOT_ADJUSTED,
        "Försäkringskassan räknar betalda dagar och Intygsstatistik alla sjukfall någon gång under månaden: "
        "deras tal är inte jämförbara med dessa.",
    ),
    reading=(
        "Varje punkt är läget den sista dagen i en månad. Jämför linjen för kvinnor med linjen för män.",
        CHANCE_BAND,
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
    wide=("diagnos5", "ersattning"),
)
