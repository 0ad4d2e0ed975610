"""What every measure says of itself, and the words that several kinds of measure share."""

from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way is better. NEITHER is an answer: more sjukfall can also mean better access to care."""

    HIGHER = "hogre"
    LOWER = "lagre"
    NEITHER = "ingen"


class Time(StrEnum):
    """A stock is open on the period's last day, a flow happens during the period, and what is open on any day of it
    is counted once. Only flows are sums of shorter periods."""

    STOCK = "bestand"
    FLOW = "flode"
    ANY_DAY = "nagon_dag"


class Counted(StrEnum):
    """What one is: a person is counted once in a period, and once again at another enhet."""

    CASES = "sjukfall"
    PERSONS = "personer"
    CERTIFICATES = "intyg"
    MESSAGES = "meddelanden"


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One way for the clock of a curve to stop."""

    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What every measure says of itself. `requires` and `unless` name extracts: a measure exists in a release that
    has all of the first and none of the second. A `featured` measure has a tile on Översikt and is hidden last."""

    id: str
    order: int
    name: str
    short: str
    question: str
    definition: str
    population: str
    unit_rule: str
    limits: tuple[str, ...]
    reading: tuple[str, str]
    sources: tuple[str, ...]
    better: Better
    base: str
    requires: frozenset[str]
    unless: frozenset[str]
    featured: bool
