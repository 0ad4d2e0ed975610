from schemas.measure import Better, Distribution, Statistic
from schemas.phrases import CHANCE_BAND

measure = Distribution(
    id="alder_startade",
    order=33,
    name="Medelålder, startade sjukfall",
    short="Ålder, startade",
    question="Hur gamla är patienterna när sjukfallen börjar?",
    definition="Patientens ålder enligt det första intyget i sjukfall som startat under tolv månader.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Åldern är den på intygets sista dag.",
        "En patient med flera sjukfall räknas flera gånger.",
        "De listades ålder skiljer mellan enheter.",
    ),
    reading=(
        "Varje punkt är medelåldern i tolv månaders startade sjukfall.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.startade",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    of="startade",
    quantity="alder",
    headline=Statistic.MEAN,
    decimals=1,
    rate_unit="år",
)
