from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND, NOT_ADJUSTED, UNREGISTERED

measure = Share(
    id="ofangade",
    order=69,
    name="Långa sjukfall utan plan och insats",
    short="Långa sjukfall utan plan och insats",
    question="Vilka långa sjukfall har ingen fångat upp?",
    definition="Andel av de pågående sjukfallen över 90 dagar som månadens sista dag varken har fått en "
    "koordineringsinsats eller en plan sedan sjukfallet började.",
    population="Pågående sjukfall över 90 dagar, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget. Insats eller plan hos vilken enhet som "
    "helst hos samma vårdgivare räknas.",
    limits=(
        "Alla behöver inte koordinering: att ett långt sjukfall saknar plan och insats är en fråga att ställa, inte ett fel.",
        UNREGISTERED,
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är andelen av de långa sjukfallen den sista dagen i en månad.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    where="langd_dagar > 90 AND NOT har_stod",
    time=Time.STOCK,
    counted=Counted.CASES,
    periods=("manad",),
    history_days=120,
    needs=(),
    per=100,
    rate_unit="procent av sjukfallen över 90 dagar",
    within=("langa_90",),
    breakdowns=(),
)
