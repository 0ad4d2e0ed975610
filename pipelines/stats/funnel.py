"""Funnels: where a unit of a given size may fall by chance when it does as all, and which units fall outside."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Estimate, Floats, arrays, poisson, refuse, z_value


@dataclass(frozen=True, kw_only=True)
class RatioFunnel:
    """For k events: `expected_lower` is the expectation at which k lies on the lower line, and `lower` = k over it;
    `expected_upper` and `upper` likewise. Missing upper line for k = 0."""

    events: Floats
    expected_lower: Floats
    expected_upper: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str = "tratt, exakt Poisson"


def share_funnel(n: ArrayLike, share: ArrayLike, *, level: float) -> Estimate:
    """Limits of a share at denominator `n` around the pooled `share`: p₀ ± z·√(p₀(1−p₀)/n) clipped to [0, 1], which is
    where Wilson's bound meets p₀. Raises ValueError on n <= 0 or a share outside [0, 1]. Source: Spiegelhalter 2005."""
    size, pooled = arrays(n, share)
    refuse({"n <= 0": size <= 0, "share outside 0-1": (pooled < 0) | (pooled > 1)})
    half = z_value(level) * np.sqrt(pooled * (1 - pooled) / size)
    return Estimate(
        value=pooled, lower=np.maximum(0.0, pooled - half), upper=np.minimum(1.0, pooled + half), level=level,
        method="tratt, Wilson", n=size,
    )  # fmt: skip


def ratio_funnel(events: ArrayLike, *, level: float) -> RatioFunnel:
    """Limits of observed/expected for `events` = k: the exact Poisson limits of k are the expectations that put k on a
    line. Times a baseline they are limits of a rate, and the expectation over the baseline its denominator. Raises
    ValueError on k < 0. Source: Spiegelhalter 2005; exact limits by the chi-square form."""
    (k,) = arrays(events)
    exact = poisson(k, level=level, exact=True)
    return RatioFunnel(
        events=k, expected_lower=exact.upper, expected_upper=exact.lower, lower=k / exact.upper,
        upper=k / np.where(exact.lower > 0, exact.lower, np.nan), level=level,
    )  # fmt: skip


def side(lower: ArrayLike, upper: ArrayLike, target: ArrayLike) -> NDArray[np.int64]:
    """1 where the unit's own interval lies above the target, −1 below, 0 where it holds it or is missing."""
    low, high, at = arrays(lower, upper, target)
    return (low > at).astype(np.int64) - (high < at).astype(np.int64)


def outside_two_years(first: ArrayLike, second: ArrayLike) -> NDArray[np.int64]:
    """The side (−1, 1) of units outside in the same direction two years running, else 0; `first` and `second` as from
    `side` against the overdispersion-adjusted 99.8 % limits."""
    one, two = np.asarray(first), np.asarray(second)
    return np.where(one == two, one, 0)
