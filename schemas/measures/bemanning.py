from schemas.measure import Better, Resource

measure = Resource(
    id="bemanning",
    order=71,
    name="Rehabkoordinatorer per 1 000 listade",
    short="Rehabkoordinatorer",
    question="Hur mycket koordinatortid finns?",
    definition="Heltidstjänster som rehabkoordinator på enheten, per 1 000 listade 18–67 år.",
    population="Enheter med listade",
    unit_rule="Tjänsten räknas hos enheten där den finns.",
    limits=(
        "Bemanningen är den som regionen har angett, inte arbetad tid.",
        "Koordinatorer som delas mellan enheter räknas där regionen har angett dem.",
    ),
    reading=(
        "Varje punkt är bemanningen under en månad.",
        "Talet gäller inte personer i vården och har därför inget intervall.",
    ),
    sources=("bemanning", "listade", "enheter"),
    better=Better.NEITHER,
    base="mart.bemanning",
    requires=frozenset({"intyg", "bemanning"}),
    unless=frozenset(),
    featured=False,
    quantity="fte",
    quantity_unit="heltidstjänster",
    decimals=1,
    denominator="listade",
    per=1000,
    rate_unit="per 1 000 listade 18–67 år",
)
