from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NO_EFFECT

measure = Curve(
    id="tid_insats",
    order=61,
    name="Tid till första insats",
    short="Tid till insats",
    question="Hur snabbt kommer den första insatsen?",
    definition="Andel av alla startade sjukfall som har fått en första koordineringsinsats, dag för dag räknat från första "
    "sjukskrivna dagen (kumulativ incidens, Aalen–Johansen; att sjukfallet tar slut är en konkurrerande händelse).",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Insats av vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "De flesta sjukfall är korta och behöver ingen insats: andelen ska vara låg, och 100 procent är inte målet.",
        "Måttet beror på att insatser registreras med KVÅ eller i Rehabstöd.",
        NO_EFFECT,
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har fått en första insats till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.tid_insats",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=False,
    event=Cause(id="insats", label="Första koordineringsinsats"),
    competing=(Cause(id="lamnat", label="Sjukfallet slut före insats"),),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180),
    headline=60,
    tile="insats inom {dag} dagar",
    phrase="hade fått insats inom {dag} dagar",
    own_unit=False,
    cohort="startade",
    needs=(),
    breakdowns=(),
    adjusted=(),
    means=(),
    mean_of="dagar",
)
