"""What the page that compares units says."""

TITLE = "Jämför enheter"
NOT_A_FAULT = (
    "Utanför gräns ≠ fel. Bland många enheter ligger alltid några utanför av slump; därför krävs två år i rad. Enheterna "
    "rangordnas inte: platsen bland andra är för osäker för det."
)
FUNNEL = "{short}: avviker enheten mer än slumpen?"
ALIKE = "{short}: hur är det på enheter som liknar oss?"
SPREAD = "{short}: var i regionens spridning ligger enheten?"
UNITS = "{short}: hur ligger enheterna till?"
MEASURES = "Mått att jämföra"
