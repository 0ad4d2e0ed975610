from schemas.measure import Better, Resource

measure = Resource(
    id="utan_koordinator",
    order=73,
    name="Vårdcentraler med minst 4 000 listade utan rehabkoordinator",
    short="Stora vårdcentraler utan rehabkoordinator",
    question="Vilka större vårdcentraler saknar rehabkoordinator?",
    definition="Vårdcentraler med minst 4 000 listade 18–67 år där regionen har angett noll heltidstjänster som "
    "rehabkoordinator, eller inga alls en månad då bemanning har levererats.",
    population="Vårdcentraler med minst 4 000 listade 18–67 år",
    unit_rule="Vårdcentralen räknas där den hör hemma.",
    limits=(
        "Bemanningen är den som regionen har angett, inte arbetad tid.",
        "En koordinator som delas räknas bara där regionen har angett tjänsten.",
    ),
    reading=(
        "Varje punkt är läget under en månad.",
        "Talet gäller inte personer i vården och har därför inget intervall.",
    ),
    sources=("bemanning", "listade", "enheter"),
    better=Better.NEITHER,
    base="mart.stora_enheter",
    requires=frozenset({"intyg", "bemanning", "listade"}),
    unless=frozenset(),
    featured=False,
    quantity="utan",
    quantity_unit="vårdcentraler utan rehabkoordinator",
    decimals=0,
    denominator="stora",
    per=100,
    rate_unit="procent av vårdcentralerna med minst 4 000 listade",
)
