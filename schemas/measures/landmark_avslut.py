from schemas.landmark import landmark
from schemas.measures.avslut import measure as avslut

measure = landmark(
    id="landmark_avslut",
    order=76,
    short="Insats och avslut",
    ended="som har avslutats, oavsett orsak",
    certain="Regionen har inte levererat utfall: att intyget tar slut visar inte att patienten är åter i arbete.",
    sources=("intyg", "enheter", "koordinering"),
    base="mart.landmark_avslut",
    requires=frozenset({"intyg", "koordinering"}),
    unless=frozenset({"utfall"}),
    event=avslut.event,
    competing=avslut.competing,
    phrase="avslutats",
)
