"""Standardised rates: direct for unit against unit, indirect for unit against region. Strata are the last axis."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Estimate, Floats, byar_lower, byar_upper, rate, refuse

LEAST_EVENTS = 10  # a standardised rate of fewer is not shown


def aligned(strata: ArrayLike, standard: ArrayLike) -> NDArray[np.intp]:
    """Where each of the standard's strata stands among the unit's. Raises ValueError that lists every fault: strata
    that occur twice, or on one side only."""
    own, other = np.asarray(strata), np.asarray(standard)
    refuse(
        {
            "duplicate strata": _repeated(own),
            "duplicate strata in the standard": _repeated(other),
            "strata missing in the unit": ~np.isin(other, own),
            "strata missing in the standard": ~np.isin(own, other),
        }
    )
    order = np.argsort(own)
    return order[np.searchsorted(own[order], other)]


def directly_standardised(
    events: ArrayLike, denominators: ArrayLike, weights: ArrayLike, *, per: float, level: float
) -> Estimate:
    """Σ(w·x/n)/Σw per `per`, with `events[..., I]`, `denominators[..., I]` and `weights[I]`; Dobson's limits (Dobson et
    al. 1991). Missing with fewer than ten events or a missing part. Raises ValueError on x < 0, n <= 0 or w <= 0."""
    x, n, w = _strata(events, denominators, weights)
    refuse({"events < 0": x < 0, "denominators <= 0": n <= 0, "weights <= 0": w <= 0})
    variance = (w**2 * x / n**2).sum(axis=-1) / w.sum(axis=-1) ** 2
    return _dobson(x, n, w, variance, per, level, "Dobson")


def directly_standardised_persons(
    persons: ArrayLike, denominators: ArrayLike, weights: ArrayLike, *, per: float, level: float
) -> Estimate:
    """The same for events that are not independent: `persons[..., I, F]` is how many persons in the stratum have
    exactly f = 1 … F events, and Var = Σ f²·Var_f. Errors and missing values as in `directly_standardised`. Source:
    Dobson et al. 1991 with the variance of a compound Poisson sum."""
    counts = np.asarray(persons, dtype=float)
    times = np.arange(1, counts.shape[-1] + 1)
    x, n, w = _strata((counts * times).sum(axis=-1), denominators, weights)
    refuse({"persons < 0": counts < 0, "denominators <= 0": n <= 0, "weights <= 0": w <= 0})
    squares = (counts * times**2).sum(axis=-1)
    variance = (w**2 * squares / n**2).sum(axis=-1) / w.sum(axis=-1) ** 2
    return _dobson(x, n, w, variance, per, level, "Dobson, beroende händelser")


def expected_events(denominators: ArrayLike, reference_events: ArrayLike, reference_denominators: ArrayLike) -> Floats:
    """E = Σ n·X/N over the strata. A stratum without population is legal and adds nothing. Raises ValueError on n < 0,
    X < 0 or N <= 0."""
    n, x, big = _strata(denominators, reference_events, reference_denominators)
    refuse({"denominators < 0": n < 0, "reference events < 0": x < 0, "reference denominators <= 0": big <= 0})
    return (n * x / big).sum(axis=-1)


def indirectly_standardised(
    events: ArrayLike,
    denominators: ArrayLike,
    reference_events: ArrayLike,
    reference_denominators: ArrayLike,
    *,
    scale: float,
    level: float,
    squares: ArrayLike | None = None,
) -> Estimate:
    """`scale`·O/E with the limits of O divided by E; `events[..., I]` by stratum. With `scale` = the reference's own rate
    it is the indirectly standardised rate. `n` holds E. Missing where E = 0. `squares[...]` as in `rate`: Σf² over the
    unit's persons, where one may have several events. Raises ValueError on x < 0 and as `expected_events`. Not for
    comparing two units: their weights differ. Source: Breslow & Day 1987."""
    x = np.asarray(events, dtype=float)
    refuse({"events < 0": x < 0})
    expected = expected_events(denominators, reference_events, reference_denominators)
    found = rate(x.sum(axis=-1), np.where(expected > 0, expected, np.nan), per=scale, level=level, squares=squares)
    return replace(found, method=f"indirekt standardisering, {found.method}", n=expected)


def crude_rate(events: ArrayLike, denominators: ArrayLike, *, per: float) -> Floats:
    """Σx/Σn per `per` over the last axis: never a mean of rates. Raises ValueError on x < 0 or Σn <= 0."""
    x, n = np.asarray(events, dtype=float), np.asarray(denominators, dtype=float)
    refuse({"events < 0": x < 0, "denominators <= 0": n.sum(axis=-1) <= 0})
    return per * x.sum(axis=-1) / n.sum(axis=-1)


def _dobson(x: Floats, n: Floats, w: Floats, variance: Floats, per: float, level: float, method: str) -> Estimate:
    """L = DSR + √(Var/O)·(O_L − O), and U likewise, with Byar's limits of the total."""
    total = x.sum(axis=-1)
    enough = total >= LEAST_EVENTS
    value = np.where(enough, (w * x / n).sum(axis=-1) / w.sum(axis=-1), np.nan)
    stretch = np.sqrt(variance / np.where(enough, total, np.nan))
    lower = value + stretch * (byar_lower(total, level=level) - total)
    upper = value + stretch * (byar_upper(total, level=level) - total)
    return Estimate(
        value=per * value, lower=per * lower, upper=per * upper, level=level, method=method, n=n.sum(axis=-1),
        events=total,
    )  # fmt: skip


def _strata(*parts: ArrayLike) -> tuple[Floats, ...]:
    """Arrays of one shape; the strata must be equally many, never stretched."""
    found = [np.asarray(part, dtype=float) for part in parts]
    if len({part.shape[-1:] for part in found}) > 1:
        raise ValueError("refused: unequal strata")
    return tuple(np.broadcast_arrays(*found))


def _repeated(labels: NDArray) -> NDArray[np.bool_]:
    _, first = np.unique(labels, return_index=True)
    return ~np.isin(np.arange(labels.size), first)
