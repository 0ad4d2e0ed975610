from schemas.measure import Better, Cause, Curve
from schemas.phrases import CURVE_BANDS, NOT_ADJUSTED

measure = Curve(
    id="varaktig",
    order=52,
    name="Tid till varaktig återgång i arbete",
    short="Varaktig återgång",
    question="Hur snabbt kommer patienterna tillbaka för att stanna?",
    definition="Andel av de startade sjukfallen som har avslutats med registrerad återgång till arbete, arbetssökande "
    "eller studier utan att ett nytt sjukfall börjat inom 28 dagar utöver de dagar som skiljer två sjukfall åt, dag för "
    "dag räknat från första sjukskrivna dagen (kumulativ incidens, Aalen–Johansen).",
    population="Sjukfall som startat under tolv månader, patienter 18–67 år",
    unit_rule="Sjukfallet räknas hos enheten som utfärdat det första intyget.",
    limits=(
        "Bara nya intyg hos samma vårdgivare kan ses.",
        "Sjukersättning, pension, dödsfall och okänt utfall räknas var för sig och aldrig som återgång.",
        NOT_ADJUSTED,
    ),
    reading=(
        "Kurvan visar hur stor andel av sjukfallen som har slutat med varaktig återgång till och med varje dag.",
        CURVE_BANDS,
    ),
    sources=("intyg", "enheter", "utfall"),
    better=Better.NEITHER,
    base="mart.varaktig",
    requires=frozenset({"intyg", "utfall"}),
    unless=frozenset(),
    featured=False,
    event=Cause(id="varaktig", label="Varaktig återgång i arbete"),
    competing=(
        Cause(id="ny", label="Återgång följd av ett nytt sjukfall"),
        Cause(id="ersattning", label="Sjuk- eller aktivitetsersättning"),
        Cause(id="pension", label="Ålderspension"),
        Cause(id="avliden", label="Avliden"),
        Cause(id="okand", label="Okänt utfall"),
    ),
    clock="Dag 1 är första sjukskrivna dagen.",
    day_label="Dagar sedan sjukfallet började",
    horizons=(30, 60, 90, 180, 365),
    headline=90,
    tile="varaktig återgång inom {dag} dagar",
    phrase="hade slutat med varaktig återgång inom {dag} dagar",
    own_unit=False,
    cohort="startade",
    needs=(),
    breakdowns=(),
    adjusted=(),
    means=(),
    mean_of="dagar",
)
