"""What a measure is: pure declarations from which SQL, page, help, export, documentation and tests are derived."""

from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way is better. NEITHER is an answer: more sjukfall can also mean better access to care."""

    HIGHER = "hogre"
    LOWER = "lagre"
    NEITHER = "ingen"


class Time(StrEnum):
    """A stock is open on a day and is never summed; a flow happens during a period."""

    STOCK = "bestand"
    FLOW = "flode"


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One way for the clock of a curve to stop."""

    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What every measure says of itself. `requires` and `unless` name extracts: a measure exists in a release that
    has all of the first and none of the second."""

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


@dataclass(frozen=True, kw_only=True)
class Count(Measure):
    """Number of sjukfall, and the rate per `per` listade. `where` is a condition on the rows of `base`;
    `history_days` is how much data must lie before a month for its figure to be whole."""

    where: str
    time: Time
    history_days: int
    per: int
    rate_unit: str


@dataclass(frozen=True, kw_only=True)
class Curve(Measure):
    """Cumulative incidence of `event` among cases started in twelve months. `clock` says in words where day 0 is;
    `horizons` are the days whose values are tabulated and `headline` the one shown first, which `tile` and `phrase` say
    in words (a label, and the end of a sentence); `own_unit` tells whether
    the events by the own unit are shown apart."""

    event: Cause
    competing: tuple[Cause, ...]
    clock: str
    day_label: str
    horizons: tuple[int, ...]
    headline: int
    tile: str
    phrase: str
    own_unit: bool

    @property
    def causes(self) -> tuple[Cause, ...]:
        return (self.event, *self.competing)


AnyMeasure = Count | Curve

# Days on which a curve is published: every week to day 84, then every month, and every horizon that may be declared.
CURVE_DAYS = (*range(0, 85, 7), 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360, 365)
GRID = tuple(sorted(CURVE_DAYS))
