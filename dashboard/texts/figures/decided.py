"""Decisions in a measure's chart, in words."""

from dashboard.texts.review import NO_QUARTER

AFTER, NONE_AFTER = "Efter beslutet: {said}.", f"Efter beslutet: {NO_QUARTER}"
AFTER_OF = "{sex} {signs} ({count} kvartal)"
MADE, LABEL = "Beslut {at}, mötet om {month}: {text}", "Beslut {numbers}"
EXPECTED = " Väntat: {effect}."


def note(at: int, month: str, text: str, effect: str) -> str:
    """A decision and what was expected of it, each ended by one full stop however it was written."""
    told = MADE.format(at=at, month=month, text=text)
    expected = EXPECTED.format(effect=effect) if effect else ""
    return f"{told.rstrip('.')}.{expected.replace('..', '.')}"
