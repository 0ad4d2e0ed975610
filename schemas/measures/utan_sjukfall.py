from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND

measure = Count(
    id="utan_sjukfall",
    order=74,
    name="Koordinering utan sjukfall",
    short="Koordinering utan sjukfall",
    question="Vilka får insats utan att vara sjukskrivna?",
    definition="Personer som fått en koordineringsinsats en dag då de inte hade något pågående sjukfall hos vårdgivaren.",
    population="Personer med insats utan pågående sjukfall",
    unit_rule="Personen räknas hos enheten som gav insatsen.",
    limits=(
        "Lagen gäller sjukskrivna patienter; insatser för personer i riskzonen eller på väg in i arbetslivet räknas "
        "här för sig.",
        "Kön och ålder finns inte i uppgifterna om koordinering. Kön hämtas ur personens intyg, om det finns några.",
        "Personer i alla åldrar räknas.",
    ),
    reading=(
        "Varje punkt är personer som fått insats utan sjukfall under tolv månader.",
        CHANCE_BAND,
    ),
    sources=("koordinering", "intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.utan_sjukfall",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.FLOW,
    counted=Counted.PERSONS,
    periods=("r12",),
    history_days=0,
    needs=("har_floden",),
    per=1000,
    rate_unit="per 1 000 listade 18–67 år",
    within=(),
    breakdowns=(),
)
