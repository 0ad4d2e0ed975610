from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND

measure = Count(
    id="meddelanden",
    order=82,
    name="Meddelanden från Försäkringskassan",
    short="Meddelanden",
    question="Hur många meddelanden kommer, och om vad?",
    definition="Försäkringskassans meddelanden om intyg, efter den dag då de kom. Kompletteringar delas upp efter vilken"
    " fråga i FK 7804 de gäller.",
    population="Patienter 18–67 år, enligt intyget som meddelandet gäller",
    unit_rule="Meddelandet räknas hos enheten som fick det.",
    limits=(
        "Meddelandets text levereras aldrig.",
        "Meddelanden om intyg som inte har levererats räknas inte.",
        "Kön och ålder är intygets.",
    ),
    reading=(
        "Varje punkt är meddelandena under ett kvartal.",
        CHANCE_BAND,
    ),
    sources=("meddelanden", "intyg", "enheter", "listade"),
    better=Better.NEITHER,
    base="mart.meddelanden",
    requires=frozenset({"intyg", "meddelanden"}),
    unless=frozenset(),
    featured=False,
    where="true",
    time=Time.FLOW,
    counted=Counted.MESSAGES,
    periods=("manad", "kvartal", "r12"),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=("amne", "fraga"),
    wide=("manad", "kvartal"),
)
