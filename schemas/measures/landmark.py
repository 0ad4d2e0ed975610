from schemas.landmark import landmark
from schemas.measures.atergang import measure as atergang

measure = landmark(
    id="landmark",
    order=75,
    short="Insats och återgång",
    ended="som har slutat med återgång till arbete, arbetssökande eller studier",
    certain="Sjukersättning, pension, dödsfall och okänt utfall räknas var för sig och aldrig som återgång.",
    sources=("intyg", "enheter", "koordinering", "utfall"),
    base="mart.landmark",
    requires=frozenset({"intyg", "koordinering", "utfall"}),
    unless=frozenset(),
    event=atergang.event,
    competing=atergang.competing,
    phrase="slutat med återgång",
)
