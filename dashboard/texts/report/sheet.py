"""What the report on one page says besides its template."""

from collections.abc import Sequence

from dashboard.texts.numbers import counted_word

TITLE = "Månadsrapport sjukskrivning, {place}, {month}"
SIGNAL = "Signal: "  # what the sign of a change begins with
GAP = "Skillnad "  # what a difference begins with, under a heading that says it
LATE = "{status}, försenad"
DECISIONS = "{going} pågår, {late} försenade"
TOO_FEW = "för få kvartal"
NO_SIGNAL = "○ vanlig variation"
LINES = "{measure}: utveckling för kvinnor (heldragen) och män (streckad)"


def signals(count: int, measures: Sequence[str]) -> str:
    """How many, and in which measures."""
    return f"◆ {counted_word(count, 'signal', 'signaler').lower()}: {', '.join(measures)}"
