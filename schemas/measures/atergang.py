from schemas.measure import Better, Cause, Curve

measure = Curve(
    id="atergang",
    order=50,
    name="Tid till återgång i arbete",
    short="Återgång i arbete",
    question="Hur snabbt kommer patienterna tillbaka?",
    definition="Andel av de startade sjukfallen som har avslutats med registrerad återgång till arbete, arbetssökande "
    "eller studier, dag för dag räknat från första sjukskrivna dagen (kumulativ incidens, Aalen–Johansen).",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Intyg är inte detsamma som utbetald sjukpenning, och att intyget tar slut behöver inte betyda återgång i arbete.",
        "Sjukersättning, pension, dödsfall och okänt utfall räknas var för sig och aldrig som återgång.",
        "Skillnaden mellan kvinnor och män är inte justerad för ålder eller diagnos; inom samma diagnos är den "
        "oftast mindre.",
        "Ett sjukfall räknas som avslutat när inget nytt intyg börjat inom fem dagar.",
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har slutat med återgång till och med varje dag.",
        "Banden är osäkerheten för var kurva. Titeln säger om skillnaden mellan dem är större än slumpen.",
    ),
    sources=("intyg", "enheter", "utfall"),
    better=Better.NEITHER,
    base="mart.atergang",
    requires=frozenset({"intyg", "utfall"}),
    unless=frozenset(),
    featured=True,
    event=Cause(id="atergang", label="Återgång i arbete"),
    competing=(
        Cause(id="ersattning", label="Sjuk- eller aktivitetsersättning"),
        Cause(id="pension", label="Ålderspension"),
        Cause(id="avliden", label="Avliden"),
        Cause(id="okand", label="Okänt utfall"),
    ),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180, 365),
    headline=90,
    tile="återgång inom {dag} dagar",
    phrase="hade slutat med återgång inom {dag} dagar",
    own_unit=False,
)
