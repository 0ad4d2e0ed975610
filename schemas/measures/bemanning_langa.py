from schemas.measure import Better, Workload

measure = Workload(
    id="bemanning_langa",
    order=72,
    name="Rehabkoordinatorer per 100 pågående sjukfall över 28 dagar",
    short="Rehabkoordinatorer per 100 sjukfall",
    question="Räcker koordinatortiden till de längre sjukfallen?",
    definition="Heltidstjänster som rehabkoordinator på enheten, per 100 sjukfall som månadens sista dag har pågått mer än "
    "28 dagar. Gränsen är 28 dagar, inte 30, eftersom antalet över 28 dagar redan visas: båda antalen tillsammans skulle "
    "visa de få sjukfall som ligger emellan.",
    population="Enheter med bemanning; pågående sjukfall över 28 dagar, patienter 18–67 år",
    unit_rule="Tjänsten räknas hos enheten där den finns och sjukfallet hos enheten som utfärdat det senaste intyget.",
    limits=(
        "Bemanningen är den som regionen har angett, inte arbetad tid.",
        "Alla längre sjukfall behöver inte koordinering.",
        "Är antalet sjukfall dolt är kvoten det också.",
    ),
    reading=(
        "Varje punkt är bemanningen under en månad i förhållande till sjukfallen månadens sista dag.",
        "Tjänsterna är ingen skattning, och därför finns inget intervall.",
    ),
    sources=("bemanning", "intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.bemanning",
    requires=frozenset({"intyg", "bemanning"}),
    unless=frozenset(),
    featured=False,
    quantity="fte",
    quantity_unit="heltidstjänster",
    decimals=1,
    denominator="langa_28",
    per=100,
    rate_unit="per 100 sjukfall över 28 dagar",
)
