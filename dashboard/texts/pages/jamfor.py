"""What the page that compares units says."""

TITLE = "Jämför enheter"
NOT_A_FAULT = (
    "Utanför gräns ≠ fel. Bland många enheter ligger alltid några utanför av slump; därför krävs två år i rad. Enheterna "
    "rangordnas inte: platsen bland andra är för osäker för det."
)
MEASURES = "Mått att jämföra"
