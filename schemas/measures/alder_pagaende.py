from schemas.measure import Better, Distribution, Statistic
from schemas.phrases import CHANCE_BAND

measure = Distribution(
    id="alder_pagaende",
    order=15,
    name="Medelålder, pågående sjukfall",
    short="Ålder, pågående",
    question="Hur gamla är patienterna med pågående sjukfall?",
    definition="Patientens ålder enligt det senaste intyget i sjukfall som pågår kvartalets sista dag.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Åldern är den på intygets sista dag.",
        "De listades ålder skiljer mellan enheter.",
    ),
    reading=(
        "Varje punkt är medelåldern i de sjukfall som pågick den sista dagen i ett kvartal.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    of="pagaende",
    quantity="alder",
    headline=Statistic.MEAN,
    decimals=1,
    rate_unit="år",
)
