from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

measure = Count(
    id="pagaende_dag",
    order=16,
    name="Pågående sjukfall en vald dag i månaden",
    short="Pågående en vald dag",
    question="Hur många sjukfall pågår en vanlig dag i månaden?",
    definition="Sjukfall som pågår en vald dag i månaden, den 25:e om regionen inte har valt en annan. Längden är "
    "sjukskrivna dagar till och med den dagen.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        LISTED_ELSEWHERE,
        "Grad och längd visas för kvartalets sista månad.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är läget den valda dagen i en månad. Jämför linjen för kvinnor med linjen för män.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.pagaende_dag",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.STOCK,
    counted=Counted.CASES,
    periods=("manad",),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("grad_nationell", "langd_dag"),
)
