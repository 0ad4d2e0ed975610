from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NOT_ADJUSTED

measure = Curve(
    id="partiell",
    order=54,
    name="Tid till partiell återgång",
    short="Partiell återgång",
    question="Hur snabbt går patienterna ner i grad?",
    definition="Andel av de startade sjukfallen som har fått en lägre grad än vid starten, dag för dag räknat från första "
    "sjukskrivna dagen (kumulativ incidens, Aalen–Johansen; att sjukfallet avslutas utan lägre grad är en konkurrerande "
    "händelse). Dagen är den första i en intygsperiod med lägre grad.",
    population="Sjukfall som startat under tolv månader på mer än 25 procent, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Graden är läkarens bedömning i intyget. Den visar inte hur mycket patienten arbetar.",
        "Många sjukfall avslutas direkt, utan lägre grad på vägen: andelen ska inte nå 100 procent.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har fått en lägre grad till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.partiell",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    event=Cause(id="partiell", label="Lägre grad"),
    competing=(Cause(id="avslut", label="Sjukfallet avslutat utan lägre grad"),),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180, 365),
    headline=90,
    tile="lägre grad inom {dag} dagar",
    phrase="hade fått lägre grad inom {dag} dagar",
    own_unit=False,
    cohort="startade",
    needs=(),
    breakdowns=(),
    adjusted=(),
    means=(),
    mean_of="dagar",
)
