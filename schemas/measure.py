"""What a measure is: pure declarations from which SQL, page, help, export, documentation and tests are derived."""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from schemas.landmark import Landmark
from schemas.measure_base import Better as Better
from schemas.measure_base import Cause, Counted, Measure, Time


@dataclass(frozen=True, kw_only=True)
class Count(Measure):
    """Number of sjukfall or persons, and the rate per `per` listade. `where` is a condition on the rows of `base`.

    `periods` are the kinds of period it is published for. A month needs `history_days` of data before it, and the
    columns of core.manad that `needs` names. `within` names the measure that counts these cases and others: the others
    are their difference, so the two are protected together; `left_by` names the flows of the cases that cease to be what is
    counted any day, so that these less the stock within them are nearly that flow. `breakdowns` are columns of `base` in
    schemas.dimensions."""

    where: str
    time: Time
    counted: Counted
    periods: tuple[str, ...]
    history_days: int
    needs: tuple[str, ...]
    per: int
    rate_unit: str
    within: tuple[str, ...]
    breakdowns: tuple[str, ...]
    wide: tuple[str, ...] = ()
    left_by: tuple[str, ...] = ()

    @property
    def followed(self) -> bool:
        """Whether every quarter has a value of its own, so that change can be told from chance."""
        return self.time is Time.STOCK or "kvartal" in self.periods


@dataclass(frozen=True, kw_only=True)
class Share(Count):
    """A count as percent of the measure that it is within: the first of `within`, or one group of it where `of` names a
    breakdown and a group. The others of `within` are shares of the same whole that count these cases and others."""

    of: tuple[str, str] = ("ingen", "alla")


@dataclass(frozen=True, kw_only=True)
class Rest(Share):
    """The cases of the whole that the share `others` does not count: known where the two are, and nowhere else."""

    others: str


class Statistic(StrEnum):
    """What is told of a distribution, in order; never its least or greatest value."""

    MEAN = "medel"
    LOWER_QUARTILE = "kvartil1"
    MEDIAN = "median"
    UPPER_QUARTILE = "kvartil3"


@dataclass(frozen=True, kw_only=True)
class Distribution(Measure):
    """How the column `quantity` of `base` is spread among the cases that the measure `of` counts, per twelve months (or
    on the last day of a quarter, for a stock). `headline` is the statistic shown first; `decimals` is how exactly
    values are published, whole numbers for few cases. A figure is shown only where the count is."""

    of: str
    quantity: str
    headline: Statistic
    decimals: int
    rate_unit: str
    breakdowns: tuple[str, ...] = ("fordelning",)


@dataclass(frozen=True, kw_only=True)
class Resource(Measure):
    """An amount that is about no person, with so many `decimals`, per `per` of its `denominator`. Both are columns of
    `base`, which has a row per enhet and month that states the `quantity`."""

    quantity: str
    quantity_unit: str
    decimals: int
    denominator: str
    per: int
    rate_unit: str


@dataclass(frozen=True, kw_only=True)
class Workload(Resource):
    """An amount per `per` cases: its `denominator` is a counting measure, as it is published for alla."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One share of a selection: `where` is a condition on the rows of its `base`. `within` names shares of the same whole
    that count these cases and others; `rest_of` the share that counts all the others of the whole."""

    id: str
    label: str
    definition: str
    where: str
    within: tuple[str, ...]
    rest_of: str | None
    breakdowns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Selection(Measure):
    """Shares of the measure `whole` beside each other, of cases started in twelve months. When it is `nested`, each part
    lies within the one before. `headline` is the part that matters most, `note` what must be said under the figure.
    `needs` as for counts. Every part is a Share of its own: <id>.<part>."""

    whole: str
    needs: tuple[str, ...]
    rate_unit: str
    parts: tuple[Part, ...]
    nested: bool
    headline: str
    note: str

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        before = (None, *self.parts[:-1]) if self.nested else (None,) * len(self.parts)
        return tuple(self._share(part, last) for part, last in zip(self.parts, before, strict=True))

    def _share(self, part: Part, last: Part | None) -> Share:
        wider = (f"{self.id}.{last.id}",) if last else ()
        own: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(Measure)} | {
            "id": f"{self.id}.{part.id}", "name": part.label, "short": part.label, "definition": part.definition,
            "question": f"{part.label}: hur stor andel?", "featured": part.id == self.headline,
        }  # fmt: skip
        kind: type[Share] = Rest if part.rest_of else Share
        said: dict[str, Any] = {"others": part.rest_of} if part.rest_of else {}
        return kind(
            **own, **said, where=part.where, time=Time.FLOW, counted=Counted.CASES, periods=("r12",), history_days=0,
            needs=self.needs, per=100, rate_unit=self.rate_unit, within=(self.whole, *wider, *part.within),
            breakdowns=part.breakdowns,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Curve(Measure):
    """Cumulative incidence of `event` among the cases of twelve months. `clock` says in words where day 0 is, `cohort`
    what the cases of the twelve months did in them, and `needs` names columns of core.manad that a month must have to
    be in a cohort; `horizons` are the days whose values are tabulated and `headline` the one shown first, which `tile`
    and `phrase` say in words (a label, and the end of a sentence); `own_unit` tells whether the events by the own unit
    are shown apart.

    `breakdowns` are columns of `base` declared in schemas.dimensions; the shares are standardised for the columns
    `adjusted` together. `means` are days within which the mean time until the clock stops is told, as `mean_of`."""

    event: Cause
    competing: tuple[Cause, ...]
    clock: str
    day_label: str
    horizons: tuple[int, ...]
    headline: int
    tile: str
    phrase: str
    own_unit: bool
    cohort: str
    needs: tuple[str, ...]
    breakdowns: tuple[str, ...]
    adjusted: tuple[str, ...]
    means: tuple[int, ...]
    mean_of: str

    @property
    def causes(self) -> tuple[Cause, ...]:
        return (self.event, *self.competing)


@dataclass(frozen=True, kw_only=True)
class State:
    """One way to stand on a day: on one of `grades` percent of sick leave, where 0 is ended."""

    id: str
    label: str
    grades: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Occupation(Measure):
    """How the cases started in twelve months stand day by day: the share in each of `states`, which hold every grade
    once. `horizons` are tabulated, and `headline` is the day that the title is about."""

    states: tuple[State, ...]
    clock: str
    day_label: str
    horizons: tuple[int, ...]
    headline: int

    @property
    def ended(self) -> str:
        """The state of those whose sjukfall is over."""
        return next(state.id for state in self.states if state.grades == (0,))


AnyMeasure = Count | Curve | Selection | Resource | Distribution | Occupation | Landmark


def told_once(measure: AnyMeasure) -> bool:
    """Whether a figure of the measure, once told or hidden, stays as it is: two versions of a curve or a median differ by
    the days of those few whose certificates were corrected."""
    return isinstance(measure, Curve | Distribution | Landmark | Occupation)


# Days on which a curve is published: every week to day 84, then every month, and every horizon that may be declared.
GRID = tuple(sorted((*range(0, 85, 7), *range(30, 361, 30), 365)))
