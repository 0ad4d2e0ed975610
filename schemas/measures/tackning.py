from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NO_EFFECT, NOT_NEED

measure = Curve(
    id="tackning",
    order=60,
    name="Koordineringstäckning",
    short="Koordinering",
    question="Får patienterna koordineringsinsatser?",
    definition="Andel av sjukfallen i målgruppen som har fått en första koordineringsinsats, dag för dag räknat från "
    "den dag då sjukfallet kom in i målgruppen (kumulativ incidens, Aalen–Johansen; att sjukfallet tar slut är en "
    "konkurrerande händelse). Insats är KVÅ GC001 eller status Aktiv, Uppföljning eller Avslutad i Rehabstöd. "
    "Erbjudande, samtycke, kontakt och plan räknas inte som insats.",
    population="Målgrupp: sjukfall som nått dag 30 och startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget. Insats av vilken enhet som helst hos "
    "samma vårdgivare räknas.",
    limits=(
        "Koordinering ges efter behov och med samtycke: 100 procent är inte målet.",
        NOT_NEED,
        "Måttet beror på att insatser registreras med KVÅ eller i Rehabstöd.",
        NO_EFFECT,
    ),
    reading=(
        "Kurvan visar hur stor andel av målgruppen som har fått en första insats. Den börjar över noll när insatser "
        "getts redan före dag 30.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter", "koordinering"),
    better=Better.NEITHER,
    base="mart.tackning",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset(),
    featured=True,
    event=Cause(id="insats", label="Första koordineringsinsats"),
    competing=(Cause(id="lamnat", label="Sjukfallet slut före insats"),),
    clock="Dag 0 är sjukfallets dag 30.",
    day_label="Dagar sedan sjukfallets dag 30",
    horizons=(0, 30, 60, 90, 180),
    headline=60,
    tile="insats ≤ {dag} dagar från dag 30",
    phrase="hade fått insats inom {dag} dagar från dag 30",
    own_unit=True,
    cohort="startade",
    needs=(),
    breakdowns=(),
    adjusted=("aldersgrupp", "diagnos5"),
    means=(),
    mean_of="dagar",
)
