"""Which units to look at without making a league: false discoveries under control, ranks only with their intervals."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, rankdata

from pipelines.stats.intervals import Estimate, Floats, refuse

REPLICATES = 2_000


def two_sided_p(z: ArrayLike) -> Floats:
    """p of a standardised deviation."""
    return 2 * norm.sf(np.abs(np.asarray(z, dtype=float)))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p of every test, in the shape of `p`; flag those <= q to keep the expected share of false flags at q.
    Missing tests stay missing and count as not made. Raises ValueError on p outside 0-1. Source: Benjamini & Hochberg
    1995."""
    every = np.asarray(p, dtype=float)
    refuse({"p outside 0-1": (every < 0) | (every > 1)})
    known = np.isfinite(every)
    tests = every[known]
    order = np.argsort(tests)[::-1]
    scaled = tests[order] * tests.size / np.arange(tests.size, 0, -1)
    adjusted = np.full(every.shape, np.nan)
    within = np.empty(tests.size)
    within[order] = np.minimum(1.0, np.minimum.accumulate(scaled))
    adjusted[known] = within
    return adjusted


def rank_intervals(
    value: ArrayLike, error: ArrayLike, *, level: float, seed: int, replicates: int = REPLICATES
) -> Estimate:
    """Rank of each of I units (1 = lowest) with the limits that hold `level` of its ranks when every unit is drawn again
    from a normal distribution with its `error[I]` (standard error). `value` = median rank. Raises ValueError on
    error < 0, missing values or fewer than 2 000 replicates. Source: Goldstein & Spiegelhalter 1996."""
    centre, spread = np.asarray(value, dtype=float), np.asarray(error, dtype=float)
    refuse({"error < 0": spread < 0, "missing": ~np.isfinite(centre) | ~np.isfinite(spread)})
    if replicates < REPLICATES:
        raise ValueError(f"refused: fewer than {REPLICATES} replicates")
    drawn = np.random.default_rng(seed).normal(centre, spread, size=(replicates, centre.size))
    ranks: NDArray = rankdata(drawn, axis=1)
    tail = (1 - level) / 2
    lower = np.quantile(ranks, tail, axis=0, method="lower")
    upper = np.quantile(ranks, 1 - tail, axis=0, method="higher")
    return Estimate(
        value=np.median(ranks, axis=0), lower=lower, upper=upper, level=level, method="rangintervall, simulerat"
    )
