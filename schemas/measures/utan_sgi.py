from schemas.measure import Better, Counted, Share, Time
from schemas.phrases import CHANCE_BAND, NOT_ADJUSTED

measure = Share(
    id="utan_sgi",
    order=41,
    name="Pågående sjukfall utan SGI",
    short="Utan SGI",
    question="Hur många patienter saknar sjukpenninggrundande inkomst?",
    definition="Andel av de pågående sjukfallen där patienten saknar sjukpenninggrundande inkomst (SGI) enligt det "
    "senaste intyget.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Uppgiften finns bara om avsändaren levererar den. Sjukfall där den saknas ingår i nämnaren.",
        "Patienter utan SGI syns inte i Försäkringskassans statistik över sjukpenning.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är andelen sjukfall utan SGI den sista dagen i en månad.",
        CHANCE_BAND,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.pagaende",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    where="har_sgi = 'nej'",
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
