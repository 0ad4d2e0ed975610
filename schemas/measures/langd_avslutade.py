from schemas.measure import Better, Distribution, Statistic
from schemas.phrases import CHANCE_BAND, NOT_ADJUSTED

measure = Distribution(
    id="langd_avslutade",
    order=32,
    name="Längd på avslutade sjukfall",
    short="Längd, avslutade",
    question="Hur långa blev sjukfallen som avslutats?",
    definition="Sjukskrivna dagar i sjukfall som avslutats under tolv månader; dagar mellan intyg räknas inte.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Bara avslutade sjukfall räknas: de som pågår länge syns först när de tar slut.",
        "Sjukfall som börjat före uppgifterna är längre än vad som syns här.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är medianen: hälften av sjukfallen var kortare och hälften längre. Tolv månader åt gången.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.avslutade",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    of="avslutade",
    quantity="langd_dagar",
    headline=Statistic.MEDIAN,
    decimals=0,
    rate_unit="dagar",
)
