"""What the page about change over time says."""

TITLE = "Utveckling över tid"
LEAD = (
    "Är förändringen verklig eller slump? Bestånd (pågående) är läget en viss dag och kan aldrig summeras. Flöden (startade, "
    "avslutade) händer under en period."
)
CHANGED = "Vad har ändrats mer än vanligt?"
