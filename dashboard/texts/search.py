"""Finds measures by the words of their declarations."""

from collections.abc import Iterable
from unicodedata import combining, normalize

from schemas.dimensions import BREAKDOWNS
from schemas.measure import AnyMeasure


def matching(measures: Iterable[AnyMeasure], asked: str) -> list[AnyMeasure]:
    """The measures that hold every word, in any form that begins alike; those with all words in their name first."""
    words = _plain(asked).split()
    found = [measure for measure in measures if all(word in _text(measure) for word in words)]
    return sorted(found, key=lambda measure: not all(word in _name(measure) for word in words))


def _name(measure: AnyMeasure) -> str:
    return _plain(f"{measure.name} {measure.short} {measure.id}")


def _text(measure: AnyMeasure) -> str:
    splits = [BREAKDOWNS[name].label for name in getattr(measure, "breakdowns", ()) if name in BREAKDOWNS]
    said = (measure.question, measure.definition, measure.population, *splits)
    return f"{_name(measure)} {_plain(' '.join(said))}"


def _plain(text: str) -> str:
    """Small letters without marks, so that aterga and återgå find the same."""
    return "".join(letter for letter in normalize("NFD", text.lower()) if not combining(letter))
