"""What R says of a survival curve, an incidence, a quantile or a test, against ours: shared by the two survival
formats. Where a share is 0 or 1 R may still give a limit; we give none (false certainty)."""

from collections.abc import Iterator, Sequence

import numpy as np

from pipelines.stats.counting import DayCounts
from pipelines.stats.group_tests import GroupTest, gray
from pipelines.stats.restricted_mean import Mean, restricted_mean
from pipelines.stats.survival import Incidence, Scale, Survival, aalen_johansen, at_days, kaplan_meier, quantile
from tests.reference.persons import Persons
from tests.reference.source import Pair, numbers

LEVEL = 0.95
CLOSE = 1e-8
OPEN = 1e-9


def km(persons: Persons, scale: Scale) -> Survival:
    """Kaplan–Meier of cause 1, with other causes as censorings: what R did, whether it should or not."""
    counts = persons.counts()
    gone = counts.censored + counts.events[1:].sum(axis=0)
    return kaplan_meier(
        counts.day, counts.events[0], gone, level=LEVEL, scale=scale, entered_after=counts.entered_after
    )


def survival_pairs(fit: Survival, times: np.ndarray, stated: dict[str, np.ndarray]) -> Iterator[Pair]:
    """`stated` has surv, se, lower, upper and n_risk at the times."""
    yield Pair("at risk", risk_at(fit.day, fit.at_risk, times), stated["n_risk"], relative=CLOSE)
    share = at_days(fit.day, fit.survival, times, start=1.0)
    yield Pair("S", share, stated["surv"], relative=CLOSE)
    yield Pair("se", np.sqrt(at_days(fit.day, fit.variance, times, start=0.0)), stated["se"], relative=CLOSE)
    yield from limit_pairs("", share, *(_limit(fit, name, times) for name in ("lower", "upper")), stated)


def state_pairs(fit: Incidence, times: np.ndarray, states: dict[int, dict[str, np.ndarray]]) -> Iterator[Pair]:
    """`states` by number: 0 is still open, then the causes; each has p, se, lower and upper at the times."""
    for state, stated in states.items():
        own = slice(state - 1, state)
        source = (fit.share, fit.variance, fit.lower, fit.upper)
        found = [at_days(fit.day, part[own][0], times, start=start) for part, start in zip(source, STARTS, strict=True)]
        yield Pair(f"state {state}", found[0], stated["p"], relative=CLOSE)
        yield Pair(f"se {state}", np.sqrt(found[1]), stated["se"], relative=CLOSE)
        yield from limit_pairs(f"{state} ", *(found[0], *found[2:]), stated)


STARTS = (0.0, 0.0, np.nan, np.nan)


def aj(persons: Persons, scale: Scale) -> Incidence:
    """Aalen–Johansen of every cause."""
    counts = persons.counts()
    return aalen_johansen(
        counts.day, counts.events, counts.censored, level=LEVEL, scale=scale, entered_after=counts.entered_after
    )


def open_pairs(persons: Persons, scale: Scale, times: np.ndarray, stated: dict[str, np.ndarray]) -> Iterator[Pair]:
    """The state "still open" of a competing-risks fit: Kaplan–Meier of all causes together."""
    counts = persons.counts()
    fit = kaplan_meier(counts.day, counts.events.sum(axis=0), counts.censored, level=LEVEL, scale=scale)
    share = at_days(fit.day, fit.survival, times, start=1.0)
    yield Pair("open", share, stated["p"], relative=CLOSE)
    yield Pair("open se", np.sqrt(at_days(fit.day, fit.variance, times, start=0.0)), stated["se"], relative=CLOSE)
    yield from limit_pairs("open ", share, *(_limit(fit, name, times) for name in ("lower", "upper")), stated)


def limit_pairs(
    what: str, share: np.ndarray, lower: np.ndarray, upper: np.ndarray, stated: dict[str, np.ndarray]
) -> Iterator[Pair]:
    """Limits where the share is strictly between 0 and 1, and none elsewhere."""
    inside = (share > OPEN) & (share < 1 - OPEN)
    for name, ours in (("lower", lower), ("upper", upper)):
        expected = np.where(inside, stated[name], np.nan)
        yield Pair(f"{what}{name}", ours, expected, relative=CLOSE)


def quantile_pairs(fit: Survival, shares: Sequence[float], stated: dict[str, np.ndarray]) -> Iterator[Pair]:
    """Quantiles and their limits: the same rule on the limit curves."""
    for name, curve in (("est", fit.survival), ("lower", fit.lower), ("upper", fit.upper)):
        found = np.array([quantile(fit.day, curve, share) for share in shares])
        yield Pair(f"quantiles {name}", found, stated[name], relative=CLOSE)


def mean_of(counts: DayCounts, tau: float) -> Mean:
    """Restricted mean of cause 1, other causes censoring."""
    gone = counts.censored + counts.events[1:].sum(axis=0)
    return restricted_mean(counts.day, counts.events[0], gone, tau=tau, level=LEVEL, entered_after=counts.entered_after)


def test_pairs(found: GroupTest, statistic: float, p: float | None, freedom: float | None) -> Iterator[Pair]:
    """A test's χ², and its p and degrees of freedom where they are stated."""
    yield Pair("chi-square", found.statistic, statistic, relative=CLOSE)
    if p is not None:
        yield Pair("p", found.p, p, relative=CLOSE)
    if freedom is not None:
        yield Pair("df", float(found.freedom), float(freedom))


def gray_pairs(
    persons: Persons, rows: list[dict], group: str, stratum: str | None = None, rho: float = 0
) -> Iterator[Pair]:
    """A row of `stat`, `pv` and `df` per cause that has events."""
    events, risk = persons.tables(group, stratum)
    causes = [cause for cause in range(events.shape[2]) if events[:, :, cause].sum() > 0]
    yield Pair("causes", len(causes), len(rows))
    for cause, row in zip(causes, rows, strict=False):
        own = events[:, :, cause]
        found = gray(own, events.sum(axis=2) - own, risk, rho=rho)
        for pair in test_pairs(found, row["stat"], row["pv"], row["df"]):
            yield Pair(f"cause {cause + 1} {pair.what}", pair.found, pair.expected, relative=CLOSE)


def risk_at(day: np.ndarray, risk: np.ndarray, times: np.ndarray) -> np.ndarray:
    """At risk at any time: those who leave then or later."""
    padded = np.append(risk, 0.0)
    return padded[np.searchsorted(day, times, side="left")]


def stated_rows(rows: list[dict], names: dict[str, str]) -> dict[str, np.ndarray]:
    """Columns of a list of rows under our names."""
    return {ours: numbers([row.get(theirs) for row in rows]) for ours, theirs in names.items()}


def _limit(fit: Survival, name: str, times: np.ndarray) -> np.ndarray:
    return at_days(fit.day, getattr(fit, name), times, start=np.nan)
