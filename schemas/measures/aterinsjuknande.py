from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NOT_ADJUSTED

measure = Curve(
    id="aterinsjuknande",
    order=55,
    name="Återinsjuknande efter avslutat sjukfall",
    short="Återinsjuknande",
    question="Hur ofta börjar ett nytt sjukfall?",
    definition="Andel av de avslutade sjukfallen som har följts av ett nytt hos samma vårdgivare, dag för dag räknat från "
    "sista sjukskrivna dagen (kumulativ incidens, Aalen–Johansen; dödsfall är en konkurrerande händelse där utfall är "
    "levererat). Intyg som börjar tätare än så hör till samma sjukfall.",
    population="Sjukfall som avslutats under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det sista intyget, var det nya än börjar.",
    limits=(
        "Ett nytt sjukfall kan ha en annan diagnos än det förra.",
        "Bara nya intyg hos samma vårdgivare kan ses.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Kurvan visar hur stor andel av de avslutade sjukfallen som har följts av ett nytt till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.aterinsjuknande",
    requires=frozenset({"intyg"}),
    unless=frozenset(),
    featured=False,
    event=Cause(id="ny", label="Nytt sjukfall"),
    competing=(Cause(id="avliden", label="Avliden"),),
    clock="Dag 0 är det avslutade sjukfallets sista dag.",
    day_label="Dagar sedan sjukfallet avslutades",
    horizons=(28, 90, 180, 365),
    headline=90,
    tile="nytt sjukfall inom {dag} dagar",
    phrase="hade följts av ett nytt inom {dag} dagar",
    own_unit=False,
    cohort="avslutades",
    needs=("har_slut",),
    breakdowns=(),
    adjusted=(),
    means=(),
    mean_of="dagar",
)
