"""Quantiles of a sample with limits that assume nothing of its distribution."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from pipelines.stats.intervals import Estimate


def quantile(values: ArrayLike, share: float, *, level: float) -> Estimate:
    """The `share` quantile (linear between order statistics, Hyndman & Fan 1996 definition 7) with the order statistics
    that bound it with at least the level (Hahn & Meeker 1991, 5.2). A limit that would be the least or the greatest value
    is missing: those are single observations at the edge. Raises ValueError on a share outside (0, 1), on missing values
    and on none at all."""
    if not 0 < share < 1:
        raise ValueError("refused: the share is not between 0 and 1")
    ordered = np.sort(np.asarray(values, dtype=float).ravel())
    if ordered.size == 0 or np.isnan(ordered).any():
        raise ValueError("refused: values must be known, and there must be some")
    size = ordered.size
    low, high = _bounds(size, share, level)
    return Estimate(
        value=np.asarray(np.quantile(ordered, share)),
        lower=np.asarray(ordered[low - 1] if low > 1 else np.nan),
        upper=np.asarray(ordered[high - 1] if high < size else np.nan),
        level=level,
        method="ordningsstatistik",
        n=np.asarray(float(size)),
    )


@cache
def _bounds(size: int, share: float, level: float) -> tuple[int, int]:
    """The places, counted from 1, of the order statistics that bound the quantile."""
    low, high = binom.ppf([(1 - level) / 2, (1 + level) / 2], size, share)
    return int(low), int(high) + 1
