"""Results of R per data set: blocks whose names say what was fitted (`aj_log`, `gray_sex_strat_dx`, `rmst_365`).

The data sets are the CSV files beside it. Regression models are skipped: the product fits none."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from pipelines.stats.group_tests import log_rank
from pipelines.stats.restricted_mean import Contrast, Mean, difference, ratio
from pipelines.stats.survival import at_days
from tests.reference import coverage, fits
from tests.reference.curves import Cmprsk
from tests.reference.fits import CLOSE, LEVEL
from tests.reference.persons import TIME, Persons
from tests.reference.source import Block, Format, Pair, Source, no_method, numbers
from tests.reference.task import REGRESSION, Task, incidence, survival


def _blocks(source: Source) -> Iterator[Block]:
    for dataset, content in source.content.items():
        name = f"{dataset}.csv"
        if dataset == "meta":
            continue
        if name not in source.folder:
            yield Block(dataset, lambda name=name: [Pair("data set", "missing", name)])
            continue
        persons = Persons(source.neighbour(name).frame)
        for block, stated in content.items():
            yield from (_named(made, dataset) for made in _of(Task(block, stated, persons)))


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
    """Rows `F 1` (group and cause) with a column per time, of the incidence or of its variance."""
    for row in task.stated:
        group, cause = row["_row"].rsplit(" ", 1)
        columns = [name for name in row if name != "_row"]
        curve = Cmprsk.of(task.persons.where(task.group, group), int(cause))
        values = curve.variance if task.name.endswith("var") else curve.share
        found = at_days(curve.day, values, [float(name) for name in columns], start=0.0)
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


PATTERNS: tuple[tuple[str, Callable[[Task], Iterator[Block]]], ...] = (
    (r"km_median$|median", _one(_medians)),
    (r"km", _one(survival)),
    (r"coord_coverage_aj", _one(lambda task: incidence(coverage.coverage(task)))),
    (r"coord_coverage_gray", _one(lambda task: _gray(coverage.coverage(task)))),
    (r"coord_landmark_\d+", coverage.landmark),
    (r"coord_timedep", coverage.time_dependent),
    (r"rmst_adj|cox|coord_naive|finegray|causespecific", _skipped(REGRESSION)),
    (r"aj", _one(incidence)),
    (r"logrank|peto", _one(_log_rank)),
    (r"gray", _one(_gray)),
    (r"(cuminc_)?(est|var)$", _one(_cumulative)),
    (r"rmst", _one(_restricted)),
)


def _is_results(source: Source) -> bool:
    """Blocks per data set, each a CSV beside the file."""
    return any(f"{name}.csv" in source.folder for name in source.content)


FORMATS = (
    Format("results by data set", _is_results, _blocks),
    Format("persons", lambda source: bool(set(TIME) & set(source.frame.columns)), lambda source: iter(())),
)
