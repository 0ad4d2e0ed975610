"""One block of results about one data set: its name says what was fitted, on whom, with which interval."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.stats.survival import Incidence, Scale, aalen_johansen
from tests.reference import fits
from tests.reference.fits import LEVEL
from tests.reference.persons import GROUP, Persons
from tests.reference.source import Pair, numbers

REGRESSION = "a regression model: the product fits none"
CURVE = {"surv": "surv", "se": "se", "lower": "lower", "upper": "upper", "n_risk": "n.risk"}


@dataclass(frozen=True)
class Task:
    """A block of the file: its name, its content and the persons it is about."""

    name: str
    stated: object
    persons: Persons

    @property
    def scale(self) -> Scale:
        """The kind of interval in the block's name; log-log when it names none."""
        return next((scale for scale in ("log-log", "plain", "log") if self.name.endswith(f"_{scale}")), "log-log")

    @property
    def group(self) -> str:
        """The grouping in the block's name, or the data set's own."""
        named = re.match(r"(?:gray|logrank|cox)_([a-z]+)", self.name)
        known = named and named[1] not in {"strat", "stratified", "rho"}
        return self.persons.like(named[1]) if known else self.persons.column(GROUP)

    @property
    def stratum(self) -> str | None:
        """The strata in the block's name."""
        if self.name.endswith("stratified"):
            return "strata"
        named = re.search(r"_strat_(\w+)$", self.name)
        return self.persons.like(named[1]) if named else None

    @property
    def rho(self) -> float:
        """The weight in the block's name."""
        named = re.search(r"_rho(\d+)$", self.name)
        return float(named[1]) if named else 0.0

    def of(self, label: str) -> Persons:
        """One group, labelled `sex=1`, `m$sex=F` or `all`."""
        column, found, value = label.rpartition("=")
        return self.persons.where(column.split("$")[-1], value) if found else self.persons


def survival(task: Task) -> Iterator[Pair]:
    """Kaplan–Meier at the times stated, group by group."""
    for label, rows in by_stratum(task.stated):
        times = numbers([row["time"] for row in rows])
        yield from fits.survival_pairs(fits.km(task.of(label), task.scale), times, fits.stated_rows(rows, CURVE))


def incidence(task: Task) -> Iterator[Pair]:
    """State probabilities at the times stated, group by group."""
    for label, rows in by_stratum(task.stated):
        times, persons = numbers([row["time"] for row in rows]), task.of(label)
        count = sum(name.startswith("p.") for name in rows[0])
        states = {
            state: {
                ours: numbers([row[f"{theirs}.{state + 1}"] for row in rows])
                for ours, theirs in (("p", "p"), ("se", "se"), ("lower", "lo"), ("upper", "hi"))
            }
            for state in range(count)
        }
        yield from fits.open_pairs(persons, task.scale, times, states.pop(0))
        yield from fits.state_pairs(_widened(persons, task, count - 1), times, states)


def _widened(persons: Persons, task: Task, causes: int) -> Incidence:
    """The incidences of all the causes of the data set, also of one that the group has none of."""
    counts = persons.counts()
    events = np.zeros((causes, counts.day.size))
    events[: len(counts.events)] = counts.events
    return aalen_johansen(counts.day, events, counts.censored, level=LEVEL, scale=task.scale)


def by_stratum(rows: list[dict]) -> Iterator[tuple[str, list[dict]]]:
    """(label, its rows) of a table."""
    for label in dict.fromkeys(row["strata"] for row in rows):
        yield label, [row for row in rows if row["strata"] == label]
