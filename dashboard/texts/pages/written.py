"""What the pages say round what people have written."""

from dashboard.texts.numbers import counted_word

EARLIER = "Beslut och åtgärder från tidigare möten"
THIS_MEETING = "Beslut och åtgärder från det här mötet"
DECIDED = "Beslutet vid mötet om {month}: {text}"
HISTORY = "Historik: {text}"

# what opens a form
DECIDE = "Anteckna ett beslut"
ACT = "Lägg till en åtgärd till beslutet"
CHANGE = "Ändra: {text}"
FOLLOW_UP, FOLLOW_UP_LABEL, FOLLOW_UP_BUTTON = "Skriv vad uppföljningen visade", "Vad visar diagrammet?", "Spara"
COMMENT, COMMENT_LABEL, COMMENT_BUTTON = "Skriv en kommentar", "Kommentar till månaden", "Spara kommentaren"


def overdue(count: int) -> str:
    """Försenade beslut och åtgärder, as a sentence that leads to them."""
    return counted_word(count, "försenat beslut eller åtgärd", "försenade beslut eller åtgärder", first="Ett")
