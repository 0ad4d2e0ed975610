from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND, NOT_ADJUSTED

measure = Share(
    id="andel_partiell",
    order=40,
    name="Andel partiell sjukskrivning",
    short="Partiell sjukskrivning",
    question="Hur stor del av sjukfallen är partiella?",
    definition="Andel av de pågående sjukfallen som månadens sista dag har en grad under 100 procent enligt det "
    "senaste intyget.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Graden är den som står i intyget, inte den som Försäkringskassan har betalat för.",
        "Högre är inte i sig bättre: partiell sjukskrivning kan vara både tidig återgång och långvarig nedsättning.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är andelen partiella sjukfall den sista dagen i en månad.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="grad < 100",
    time=Time.STOCK,
    counted=Counted.CASES,
    periods=("manad",),
    history_days=0,
    needs=(),
    per=100,
    rate_unit="procent av pågående sjukfall",
    within=("pagaende",),
    breakdowns=(),
)
