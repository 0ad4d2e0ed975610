"""The labels of the forms of the monthly review, and their buttons."""

CHOOSE_MEASURE = "Välj mått"
WHO, BY = "Vem ansvarar? (roll)", "Klart senast"  # of a decision and of an action

# a decision
DECIDE, SHOWN_BY, EXPECT = "Vad bestämmer vi?", "Mått som ska visa det", "Vilken förändring väntar vi oss?"
KEEP_DECISION = "Spara beslutet"

# an action
ACT, KEEP_ACTION = "Vad ska göras?", "Spara åtgärden"

# a change of either
STATUS, WHAT, RESPONSIBLE, EXPECTED = "Status", "Vad", "Ansvarig", "Väntad förändring"
KEEP_CHANGE = "Spara ändringen"
