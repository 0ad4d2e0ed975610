from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS

measure = Curve(
    id="avslut",
    order=51,
    name="Sjukfallet avslutat (alla orsaker)",
    short="Avslutade sjukfall",
    question="Hur snabbt avslutas sjukfallen?",
    definition="Andel av de startade sjukfallen som har avslutats, oavsett orsak, dag för dag räknat från första "
    "sjukskrivna dagen (Kaplan–Meier). Regionen har inte levererat utfall: slutet på intyget visar inte att patienten "
    "är åter i arbete.",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Intyg är inte detsamma som utbetald sjukpenning, och att intyget tar slut behöver inte betyda återgång i arbete.",
        "Återgång, sjukersättning, pension, flytt och dödsfall går inte att skilja åt.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos; den justerade visas bredvid.",
        "Ett sjukfall räknas som avslutat när inget nytt intyg börjat inom fem dagar.",
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har avslutats till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter"),
    better=Better.NEITHER,
    base="mart.avslut",
    requires=frozenset({"intyg"}),
    unless=frozenset({"utfall"}),
    featured=True,
    event=Cause(id="avslut", label="Sjukfallet avslutat"),
    competing=(),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180, 365),
    headline=90,
    tile="avslutade inom {dag} dagar",
    phrase="var avslutade inom {dag} dagar",
    own_unit=False,
    cohort="startade",
    needs=(),
    breakdowns=("diagnos5", "aldersgrupp", "startgrad", "sysselsattning"),
    adjusted=("aldersgrupp", "diagnos5"),
    means=(90, 180, 365),
    mean_of="sjukskrivningsdagar",
)
