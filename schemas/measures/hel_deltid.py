from schemas.measure import Better, Occupation, State
from schemas.phrases import NOT_ADJUSTED

measure = Occupation(
    id="hel_deltid",
    order=57,
    name="Hel och partiell sjukskrivning dag för dag",
    short="Hel och partiell",
    question="Är patienterna sjukskrivna på hel- eller deltid, dag för dag?",
    definition="Andel av de startade sjukfallen på 100 procent och på lägre grad, och andelen avslutade, dag för dag räknat "
    "från första sjukskrivna dagen (tillståndsandelar, Aalen–Johansen). Graden är den i intygsperioden som börjat senast.",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Graden är läkarens bedömning i intyget. Den visar inte hur mycket patienten arbetar.",
        "Avslutat är att intyget tagit slut. Det behöver inte betyda återgång i arbete.",
        "Dagar mellan två intyg i samma sjukfall räknas till graden i det förra.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Ytorna visar hur stor andel av sjukfallen som står på varje grad; det vita överst är de avslutade.",
        "Kvinnor och män har var sitt diagram med samma skala. Osäkerheten för varje andel, och för skillnaden, står i "
        "tabellen.",
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.gradbyte",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    states=(
        State(id="hel", label="Hel (100 procent)", grades=(100,)),
        State(id="partiell", label="Partiell (25–75 procent)", grades=(75, 50, 25)),
        State(id="0", label="Avslutat", grades=(0,)),
    ),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(7, 14, 28, 60, 90, 180, 365),
    headline=28,
)
