"""What the page of all measures says."""

from dashboard.texts.numbers import number

TITLE = "Alla mått"
LEAD = "Alla mått som finns i utgåvan. Varje mått har en egen sida med diagram, tabeller och hur det räknas."
NOTHING = "Inget mått innehåller alla ord. Prova färre eller kortare ord, till exempel lång eller psyk."
LABEL, BUTTON, EVERY = "Sök mått", "Sök", "Visa alla"
FORM = "Sök bland måtten"


def found(count: int, asked: str) -> str:
    """How many there are, and what was looked for."""
    return f"{number(count)} mått för ”{asked}”." if asked else f"{number(count)} mått."
