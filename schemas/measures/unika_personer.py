from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED, OVERLAPPING

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
        LISTED_ELSEWHERE,
        "Den som haft sjukfall på två enheter räknas på båda, så enheternas tal kan inte läggas ihop till regionens.",
        NOT_ADJUSTED,
    ),
    reading=(
        OVERLAPPING,
        CHANCE_BAND,
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
