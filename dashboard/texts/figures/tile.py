"""The tiles of Översikt, in words."""

from dashboard.texts.numbers import NBSP
from dashboard.texts.states import NO_DENOMINATOR

POINTS = f"{NBSP}p.e."
NO_RATE = f"antal, {NO_DENOMINATOR.lower()} för andel"
STARTED = "startade {when}"
NOT_SHOWN = "Skillnaden visas inte."
NOT_COMPUTED = "Skillnaden kan inte beräknas."
LARGER, MAY_BE_CHANCE = "större än slumpen", "kan vara slump"


def gap(size: str, sure: bool | None) -> str:
    """Skillnad +2,3: kan vara slump."""
    said = f"Skillnad {size}"
    return f"{said}." if sure is None else f"{said}: {LARGER if sure else MAY_BE_CHANCE}."
