"""Results of R per data set: blocks whose names say what was fitted (`aj_log`, `gray_sex_strat_dx`, `rmst_365`).

The data sets are the CSV files beside it. Regression models are skipped: the product fits none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.stats import coordination
from pipelines.stats.group_tests import log_rank, mantel_byar
from pipelines.stats.restricted_mean import Contrast, Mean, difference, ratio
from pipelines.stats.survival import Scale, at_days
from tests.reference import fits
from tests.reference.curves import AALEN_VARIANCE
from tests.reference.fits import CLOSE, LEVEL
from tests.reference.persons import GROUP, TIME, Persons
from tests.reference.source import Block, Format, Pair, Source, no_method, numbers

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


def _blocks(source: Source) -> Iterator[Block]:
    for dataset, content in source.content.items():
        path = source.path.with_name(f"{dataset}.csv")
        if dataset == "meta":
            continue
        if not path.is_file():
            yield Block(dataset, lambda path=path: [Pair("data set", "missing", path.name)])
            continue
        persons = Persons(Source(path).frame)
        for name, stated in content.items():
            yield from (_named(block, dataset) for block in _of(Task(name, stated, persons)))


def _named(block: Block, dataset: str) -> Block:
    return Block(f"{dataset} {block.name}", block.compare)


def _of(task: Task) -> Iterator[Block]:
    """The blocks of one name; a name that no pattern knows fails."""
    if re.search(r"_?states$", task.name):
        return
    for pattern, make in PATTERNS:
        if re.match(pattern, task.name):
            yield from make(task)
            return
    yield Block(task.name, lambda: [Pair("method", "unknown", task.name)])


def _one(compare: Callable[[Task], Iterator[Pair]]) -> Callable[[Task], Iterator[Block]]:
    def blocks(task: Task) -> Iterator[Block]:
        yield Block(task.name, lambda: compare(task))

    return blocks


def _skipped(reason: str) -> Callable[[Task], Iterator[Block]]:
    def blocks(task: Task) -> Iterator[Block]:
        yield no_method(task.name, reason)

    return blocks


def _kaplan_meier(task: Task) -> Iterator[Pair]:
    for label, rows in _by_stratum(task.stated):
        times = numbers([row["time"] for row in rows])
        yield from fits.survival_pairs(fits.km(task.of(label), task.scale), times, fits.stated_rows(rows, CURVE))


def _incidence(task: Task) -> Iterator[Pair]:
    for label, rows in _by_stratum(task.stated):
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


def _widened(persons: Persons, task: Task, causes: int):
    """The incidences of all the causes of the data set, also of one that the group has none of."""
    counts = persons.counts()
    events = np.zeros((causes, counts.day.size))
    events[: len(counts.events)] = counts.events
    return fits.aalen_johansen(counts.day, events, counts.censored, level=LEVEL, scale=task.scale)


def _by_stratum(rows: list[dict]) -> Iterator[tuple[str, list[dict]]]:
    for label in dict.fromkeys(row["strata"] for row in rows):
        yield label, [row for row in rows if row["strata"] == label]


def _medians(task: Task) -> Iterator[Pair]:
    """Rows of 25, 50, 75 per group."""
    for at, row in enumerate(task.stated["q"]):
        label = row["_row"]
        per_cent = [name for name in row if name != "_row"]
        tables = {"est": "q", "lower": "lower", "upper": "upper"}
        stated = {ours: numbers([task.stated[theirs][at].get(p) for p in per_cent]) for ours, theirs in tables.items()}
        fit = fits.km(task.of(label), task.scale)
        yield from fits.quantile_pairs(fit, [float(p) / 100 for p in per_cent], stated)


def _log_rank(task: Task) -> Iterator[Pair]:
    events, risk = task.persons.tables(task.group, task.stratum)
    found, stated = log_rank(events[:, :, 0], risk, rho=task.rho), task.stated
    yield from fits.test_pairs(found, stated["chisq"], stated.get("p"), stated.get("df"))
    for name, ours in (("obs", found.observed), ("exp", found.expected), ("var", found.variance)):
        if name in stated:
            yield Pair(name, ours, numbers(stated[name]) if name != "var" else np.array(stated[name]), relative=CLOSE)


def _gray(task: Task) -> Iterator[Pair]:
    return fits.gray_pairs(task.persons, task.stated, task.group, task.stratum, task.rho)


def _cumulative(task: Task) -> Iterator[Pair]:
    """Rows `F 1` (group and cause) with a column per time."""
    for row in task.stated:
        group, cause = row["_row"].rsplit(" ", 1)
        columns = [name for name in row if name != "_row"]
        fit = fits.aj(task.persons.where(task.group, group), "log-log")
        found = at_days(fit.day, fit.share[int(cause) - 1], [float(name) for name in columns], start=0.0)
        yield Pair(row["_row"], found, numbers([row[name] for name in columns]), relative=CLOSE)


def _restricted(task: Task) -> Iterator[Pair]:
    """Two arms with mean, se and limits, and three contrasts of arm 1 with arm 0."""
    tau = float(re.search(r"(\d+)$", task.name)[1])
    means: dict[str, Mean] = {}
    for arm, stated in task.stated.items():
        if not arm.startswith("arm"):
            continue
        value = arm[5:].removeprefix(task.group) or arm[3]
        means[arm[3]] = found = fits.mean_of(task.persons.where(task.group, value).counts(), tau)
        ours = np.array([found.value, np.sqrt(found.variance), found.lower, found.upper])
        yield Pair(arm, ours, numbers(stated), relative=CLOSE)
    for row in task.stated["unadjusted"]:
        found = _contrast(row["_row"], means["1"], means["0"])
        stated = numbers([row[name] for name in ("Est.", "lower .95", "upper .95", "p")])
        yield Pair(row["_row"], np.array([found.value, found.lower, found.upper, found.p]), stated, relative=CLOSE)


def _contrast(name: str, first: Mean, second: Mean) -> Contrast:
    if name.endswith("-(arm=0)"):
        return difference(first, second, level=LEVEL)
    return ratio(first, second, level=LEVEL, lost=name.startswith("RMTL"))


def _coverage(task: Task) -> Task:
    """The same persons, followed to the first insats or to leaving."""
    time, state = coordination.first_event(task.persons.time, task.persons.cause, task.persons.frame["coord_day"])
    frame = task.persons.frame.drop(columns=["dur", "status"]).assign(time=time, event=state)
    return Task("aj", task.stated, Persons(frame))


def _time_dependent(task: Task) -> Iterator[Block]:
    """The score test; the coefficient belongs to a model."""
    frame = task.persons.frame
    yield Block(f"{task.name} score", lambda: [_score(task, frame)])
    yield no_method(f"{task.name} hazard ratio", REGRESSION)


def _score(task: Task, frame: pd.DataFrame) -> Pair:
    left, cause = task.persons.time, (task.persons.cause == 1).astype(int)
    found = mantel_byar(*coordination.time_dependent(left, cause, frame["coord_day"]))
    return Pair("score", found.statistic, task.stated["score"], relative=CLOSE)


def _landmark(task: Task) -> Iterator[Block]:
    day = float(re.search(r"(\d+)$", task.name)[1])
    kept = task.persons.frame[task.persons.time > day]
    arms = Persons(kept.assign(dur=kept["dur"] - day, cx=(kept["coord_day"] <= day).astype(int)))
    part = {name: Task(name, task.stated[name], arms) for name in ("km", "aj") if name in task.stated}
    yield Block(f"{task.name} arms", lambda: _arms(task, day))
    yield Block(f"{task.name} km", lambda: _kaplan_meier(part["km"]))
    yield Block(f"{task.name} aj", lambda: _incidence(part["aj"]))
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
    fit = fits.kaplan_meier(counts.day, counts.events[:, 0], gone, level=LEVEL)
    for label, rows in _by_stratum(task.stated["km"]):
        found = at_days(fit.day, fit.survival[int(label[-1])], [row["time"] for row in rows], start=1.0)
        yield Pair(label, found, numbers([row["surv"] for row in rows]), relative=CLOSE)


PATTERNS: tuple[tuple[str, Callable[[Task], Iterator[Block]]], ...] = (
    (r"km_median$|median", _one(_medians)),
    (r"km", _one(_kaplan_meier)),
    (r"coord_coverage_aj", _one(lambda task: _incidence(_coverage(task)))),
    (r"coord_coverage_gray", _one(lambda task: _gray(_coverage(task)))),
    (r"coord_landmark_\d+", _landmark),
    (r"coord_timedep", _time_dependent),
    (r"rmst_adj|cox|coord_naive|finegray|causespecific", _skipped(REGRESSION)),
    (r"aj", _one(_incidence)),
    (r"logrank|peto", _one(_log_rank)),
    (r"gray", _one(_gray)),
    (r"(cuminc_)?est$", _one(_cumulative)),
    (r"(cuminc_)?var$", _skipped(AALEN_VARIANCE)),
    (r"rmst", _one(_restricted)),
)


def _is_results(source: Source) -> bool:
    """Blocks per data set, each a CSV beside the file."""
    return any(source.path.with_name(f"{name}.csv").is_file() for name in source.content)


FORMATS = (
    Format("results by data set", _is_results, _blocks),
    Format("persons", lambda source: bool(set(TIME) & set(source.frame.columns)), lambda source: iter(())),
)
