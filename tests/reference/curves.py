"""Whole curves from R's survival and cmprsk: a JSON file that names its data set and its kind of interval."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.stats.group_tests import log_rank
from pipelines.stats.survival import Scale, aalen_johansen, aalen_variance, at_days
from tests.reference import fits
from tests.reference.fits import CLOSE
from tests.reference.persons import GROUP, Persons
from tests.reference.source import Block, Format, Pair, Source, numbers

ROW = {"surv": "surv", "se": "std_err", "lower": "lower", "upper": "upper", "n_risk": "n_risk"}


@dataclass(frozen=True)
class Cmprsk:
    """One curve as cmprsk has it: F with Aalen's variance."""

    day: np.ndarray
    share: np.ndarray
    variance: np.ndarray

    @classmethod
    def of(cls, persons: Persons, cause: int) -> "Cmprsk":
        """The curve of one cause, 1 being the first."""
        counts = persons.counts()
        share = aalen_johansen(counts.day, counts.events, counts.censored, level=fits.LEVEL).share
        variance = aalen_variance(counts.day, counts.events, counts.censored)
        return cls(day=counts.day, share=share[cause - 1], variance=variance[cause - 1])


@dataclass(frozen=True)
class Curves:
    """The file, its persons and its kind of interval."""

    source: Source

    @property
    def scale(self) -> Scale:
        """How the limits were made."""
        return self.source.content["conf_type"]

    @property
    def persons(self) -> Persons:
        """The data set that the file names."""
        return Persons(self.source.neighbour(f"{self.source.content['dataset']}.csv").frame)

    def of(self, label: str | None) -> Persons:
        """One group, labelled `group=1` or `g=F`; all without a label."""
        if label is None:
            return self.persons
        return self.persons.where(self.persons.column(GROUP), label.split("=", 1)[1])

    def cmprsk(self, key: str) -> Cmprsk:
        """A curve by `key`, group and cause: `F 1`; without a group it is everybody."""
        group, cause = key.rsplit(" ", 1)
        return Cmprsk.of(self.of(f"group={group}" if group else None), int(cause))


def _kaplan_meier(source: Source) -> Iterator[Block]:
    file, content = Curves(source), source.content
    labels = sorted({row["strata"] for row in content["by_group"]})
    for label in (None, *labels):
        name, rows = label or "all", _rows(content, label)
        yield Block(f"curve {name}", lambda label=label, rows=rows: _curve(file, label, rows, ROW))
    yield Block("at times", lambda: _curve(file, None, content["at_times"], {**ROW, "se": "se"}))
    yield Block("quantiles all", lambda: _quantiles(file, None, content["quantiles"]))
    by_group = content["quantiles_by_group"]
    for at, label in enumerate(by_group["group"]):
        stated = {name: by_group[name][at] for name in ("est", "lower", "upper")}
        yield Block(f"quantiles {label}", lambda label=label, stated=stated: _quantiles(file, label, stated))
    tau = content["rmst"]["tau"]
    for label, row in (
        (None, content["rmst"]["overall"]),
        *((row["_row"], row) for row in content["rmst"]["by_group"]),
    ):
        yield Block(f"restricted mean {label or 'all'}", lambda label=label, row=row: _mean(file, label, row, tau))


def _rows(content: dict, label: str | None) -> list[dict]:
    return content["overall"] if label is None else [row for row in content["by_group"] if row["strata"] == label]


def _curve(file: Curves, label: str | None, rows: list[dict], names: dict[str, str]) -> Iterator[Pair]:
    times = numbers([row["time"] for row in rows])
    return fits.survival_pairs(fits.km(file.of(label), file.scale), times, fits.stated_rows(rows, names))


def _quantiles(file: Curves, label: str | None, stated: dict) -> Iterator[Pair]:
    shares = numbers(file.source.content["quantiles"]["prob"])
    expected = {name: numbers(stated[name]) for name in ("est", "lower", "upper")}
    return fits.quantile_pairs(fits.km(file.of(label), file.scale), shares.tolist(), expected)


def _mean(file: Curves, label: str | None, row: dict, tau: float) -> Iterator[Pair]:
    persons = file.of(label)
    found = fits.mean_of(persons.counts(), tau)
    yield Pair("mean", float(found.value), row["rmean"], relative=CLOSE)
    yield Pair("se", float(np.sqrt(found.variance)), row["se(rmean)"], relative=CLOSE)
    yield Pair("persons", float(found.n), float(row["records"]))
    stated = {"est": "median", "lower": "0.95LCL", "upper": "0.95UCL"}
    expected = {name: numbers([row[column]]) for name, column in stated.items()}
    yield from fits.quantile_pairs(fits.km(persons, file.scale), [0.5], expected)


def _log_ranks(source: Source) -> Iterator[Block]:
    for row in source.content["survdiff"]:
        yield Block(f"log-rank rho {row['rho']}", lambda row=row: _log_rank(Curves(source), row))


def _log_rank(file: Curves, row: dict) -> Iterator[Pair]:
    events, risk = file.persons.tables(file.persons.column(GROUP))
    found = log_rank(events[:, :, 0], risk, rho=row["rho"])
    yield Pair("observed", found.observed, numbers(row["obs"]), relative=CLOSE)
    yield Pair("expected", found.expected, numbers(row["exp"]), relative=CLOSE)
    yield from fits.test_pairs(found, row["chisq"], row["p"], row["df"])


def _competing(source: Source) -> Iterator[Block]:
    file, content = Curves(source), source.content
    for name in ("aj_overall", "aj_by_group"):
        strata = content[name]["strata"]
        for label in sorted(set(strata)) if strata else [None]:
            yield Block(
                f"{name} {label or ''}".rstrip(), lambda label=label, name=name: _states(file, label, content[name])
            )
    for name in ("cuminc_overall", "cuminc_by_group"):
        for key, curve in content[name].items():
            own = key if name == "cuminc_by_group" else f" {key.split()[-1]}"
            yield Block(f"{name} {key}", lambda own=own, curve=curve: _steps(file, own, curve))
    yield Block("gray", lambda: _gray(file, content["gray"]))
    points = content["timepoints"]
    times = numbers([float(time) for time in points["time"]])
    for key, est, var in zip(points["curve"], points["est"], points["var"], strict=True):
        yield Block(f"timepoints {key}", lambda key=key, est=est, var=var: _points(file.cmprsk(key), times, est, var))


def _states(file: Curves, label: str | None, table: dict) -> Iterator[Pair]:
    strata = table["strata"]
    rows = [at for at in range(len(table["time"])) if label is None or strata[at] == label]
    times = numbers([table["time"][at] for at in rows])
    names = {"p": "pstate", "se": "std_err", "lower": "lower", "upper": "upper"}
    states = {
        state: {ours: numbers([table[theirs][at][state] for at in rows]) for ours, theirs in names.items()}
        for state in range(len(table["states"]))
    }
    persons = file.of(label)
    fit = fits.aj(persons, file.scale)
    stated = numbers([table["n_risk"][at][0] for at in rows])
    yield Pair("at risk", fits.risk_at(fit.day, fit.at_risk, times), stated, relative=CLOSE)
    yield from fits.open_pairs(persons, file.scale, times, states.pop(0))
    yield from fits.state_pairs(fit, times, states)


def _steps(file: Curves, key: str, curve: dict) -> Iterator[Pair]:
    """Each step is stored twice, its left and its right value; the last of each time is the right one."""
    times, est, var = (numbers(curve[name]) for name in ("time", "est", "var"))
    last = np.append(times[1:] != times[:-1], True)
    return _points(file.cmprsk(key), times[last], est[last], var[last])


def _points(curve: Cmprsk, times: np.ndarray, est: object, var: object) -> Iterator[Pair]:
    yield Pair("F", at_days(curve.day, curve.share, times, start=0.0), numbers(est), relative=CLOSE)
    yield Pair("variance", at_days(curve.day, curve.variance, times, start=0.0), numbers(var), relative=CLOSE)


def _gray(file: Curves, table: dict) -> Iterator[Pair]:
    rows = [{"stat": s, "pv": p, "df": df} for s, p, df in zip(table["stat"], table["p"], table["df"], strict=True)]
    return fits.gray_pairs(file.persons, rows, file.persons.column(GROUP))


FORMATS = (
    Format(
        "Kaplan–Meier curves",
        lambda source: {"dataset", "by_group", "quantiles"} <= source.content.keys(),
        _kaplan_meier,
    ),
    Format("competing curves", lambda source: {"dataset", "aj_overall", "gray"} <= source.content.keys(), _competing),
    Format("log-rank tests", lambda source: {"dataset", "survdiff"} <= source.content.keys(), _log_ranks),
)
