"""Coordination against R: coverage, landmark arms and the score test, as blocks of the results per data set."""

import re
from collections.abc import Iterator

from pipelines.stats import coordination
from pipelines.stats.group_tests import mantel_byar
from pipelines.stats.survival import at_days, kaplan_meier
from tests.reference import fits
from tests.reference.fits import CLOSE, LEVEL
from tests.reference.persons import Persons
from tests.reference.source import Block, Pair, no_method, numbers
from tests.reference.task import REGRESSION, Task, by_stratum, incidence, survival


def coverage(task: Task) -> Task:
    """The same persons, followed to the first insats or to leaving."""
    time, state = coordination.first_event(task.persons.time, task.persons.cause, task.persons.frame["coord_day"])
    frame = task.persons.frame.drop(columns=["dur", "status"]).assign(time=time, event=state)
    return Task("aj", task.stated, Persons(frame))


def time_dependent(task: Task) -> Iterator[Block]:
    """The score test; the coefficient belongs to a model."""
    yield Block(f"{task.name} score", lambda: [_score(task)])
    yield no_method(f"{task.name} hazard ratio", REGRESSION)


def _score(task: Task) -> Pair:
    left, cause = task.persons.time, (task.persons.cause == 1).astype(int)
    found = mantel_byar(*coordination.time_dependent(left, cause, task.persons.frame["coord_day"]))
    return Pair("score", found.statistic, task.stated["score"], relative=CLOSE)


def landmark(task: Task) -> Iterator[Block]:
    day = float(re.search(r"(\d+)$", task.name)[1])
    kept = task.persons.frame[task.persons.time > day]
    arms = Persons(kept.assign(dur=kept["dur"] - day, cx=(kept["coord_day"] <= day).astype(int)))
    part = {name: Task(name, task.stated[name], arms) for name in ("km", "aj") if name in task.stated}
    yield Block(f"{task.name} arms", lambda: _arms(task, day))
    yield Block(f"{task.name} km", lambda: survival(part["km"]))
    yield Block(f"{task.name} aj", lambda: incidence(part["aj"]))
    yield Block(f"{task.name} gray", lambda: fits.gray_pairs(arms, task.stated["gray"], "cx"))
    yield no_method(f"{task.name} hazard ratio", REGRESSION)


def _arms(task: Task, day: float) -> Iterator[Pair]:
    """Our own landmark counts: as many persons as R had, and its Kaplan–Meier at the days it states."""
    persons = task.persons
    counts = coordination.landmark(
        persons.time, persons.cause, persons.frame["coord_day"], day=day, causes=persons.causes
    )
    size = counts.events.sum(axis=(1, 2)) + counts.censored.sum(axis=1)
    yield Pair("persons", size.sum(), float(task.stated["n"]))
    yield Pair("coordinated", size[1], float(task.stated["n_coord"]))
    gone = counts.censored + counts.events[:, 1:].sum(axis=1)
    fit = kaplan_meier(counts.day, counts.events[:, 0], gone, level=LEVEL)
    for label, rows in by_stratum(task.stated["km"]):
        found = at_days(fit.day, fit.survival[int(label[-1])], [row["time"] for row in rows], start=1.0)
        yield Pair(label, found, numbers([row["surv"] for row in rows]), relative=CLOSE)
