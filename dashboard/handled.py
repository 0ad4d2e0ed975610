"""Which units the request that is being answered was about, for the trail: what was handled, never what an address says."""

from collections.abc import Iterable

from flask import g, has_request_context


def note(units: Iterable[str]) -> None:
    """These were shown, handed out or written about."""
    if has_request_context():
        g.units = tuple(dict.fromkeys((*handled(), *units)))


def note_refused(unit: str) -> None:
    """This one was not."""
    if has_request_context():
        g.refused_unit = unit


def handled() -> tuple[str, ...]:
    return g.get("units", ())


def refused() -> str:
    """Empty where no unit was refused."""
    return g.get("refused_unit", "")
