from schemas.measure import Better, Count, Counted, Time
from schemas.phrases import CHANCE_BAND, LISTED_ELSEWHERE, NOT_ADJUSTED

measure = Count(
    id="under_manaden",
    order=11,
    name="Sjukfall under perioden",
    short="Sjukfall under perioden",
    question="Hur många sjukfall har funnits?",
    definition="Sjukfall som pågått någon dag under perioden, så som Intygsstatistik räknar. Varje sjukfall "
    "räknas en gång.",
    population="Patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det senaste intyget som börjat i perioden eller före den.",
    limits=(
        LISTED_ELSEWHERE,
        "Talet är alltid högre än antalet pågående sjukfall periodens sista dag.",
        "Diagnos, ålder och grad är de i det senaste intyget. Intygsstatistik räknar i sina tvärsnitt sjukfallet i varje "
        "diagnos, grad och enhet som det haft intyg i; här räknas det en gång, så grupperna kan läggas ihop.",
        "Längden är alla sjukskrivna dagar i intyg som börjat innan det senaste tar slut, även dagar framåt i tiden.",
        "Per kön visas kvartal: en månads skillnad mot pågående sjukfall är oftast för få personer.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Varje punkt är sjukfallen som pågått någon dag under ett kvartal.",
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
    counted=Counted.CASES,
    periods=("manad", "kvartal", "r12"),
    history_days=0,
    needs=(),
    per=1000,
    rate_unit="per 1 000 listade",
    within=(),
    breakdowns=(
        "diagnos5",
        "diagnosgrupp",
        "kapitel",
        "avsnitt",
        "alder_nationell",
        "grad_nationell",
        "lang",
        "langd",
        "intyg",
    ),
    left_by=("avslutade",),
)
