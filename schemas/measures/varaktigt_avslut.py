from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NOT_ADJUSTED

measure = Curve(
    id="varaktigt_avslut",
    order=53,
    name="Sjukfallet varaktigt avslutat (alla orsaker)",
    short="Varaktigt avslutade",
    question="Hur snabbt avslutas sjukfallen för att inte komma åter?",
    definition="Andel av de startade sjukfallen som har avslutats, oavsett orsak, utan att ett nytt börjat inom 28 dagar "
    "utöver de dagar som skiljer två sjukfall åt, dag för dag räknat från första sjukskrivna dagen (kumulativ incidens, "
    "Aalen–Johansen). Regionen har inte levererat utfall: intyget tog slut, men varför är inte känt.",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Bara nya intyg hos samma vårdgivare kan ses.",
        "Intyg är inte detsamma som utbetald sjukpenning, och att intyget tar slut behöver inte betyda återgång i arbete.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har avslutats varaktigt till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.varaktigt_avslut",
    requires=frozenset({"intyg"}),
    unless=frozenset({"utfall"}),
    featured=False,
    event=Cause(id="varaktigt", label="Varaktigt avslutat"),
    competing=(Cause(id="ny", label="Avslutat och följt av ett nytt sjukfall"),),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180, 365),
    headline=90,
    tile="varaktigt avslutade inom {dag} dagar",
    phrase="var varaktigt avslutade inom {dag} dagar",
    own_unit=False,
    cohort="startade",
    needs=(),
    breakdowns=(),
    adjusted=(),
    means=(),
    mean_of="dagar",
)
