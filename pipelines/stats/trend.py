"""The trend of the last five independent years: weighted by how sure each year is, and not the work of one of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats

POINTS = 5
CRITICAL = 9.54953570608324  # χ² with one degree of freedom, p = 0.002
NORMAL_WIDTH = 3.92


@dataclass(frozen=True, kw_only=True)
class Trend:
    """`slope` per year, `chi_square` of no slope, and `direction`: 1 rising, −1 falling, 0 no trend. All [...]; missing
    slope and direction 0 where it cannot be computed (`known` is false)."""

    slope: Floats
    chi_square: Floats
    direction: NDArray[np.int64]
    known: NDArray[np.bool_]


def five_point_trend(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Trend:
    """Weighted least squares of the last five of `values[..., T]`, oldest first, with SE = (upper − lower)/3.92 from
    their 95 % limits. A trend has χ² > 9.5495 and the same sign in the full fit and in all five without one point.
    Cannot be computed with fewer points, a missing limit or a width of zero. Never for rolling windows. Source: Office
    for Health Improvement and Disparities, Fingertips trend methodology."""
    x, low, high = (np.asarray(part, dtype=float)[..., -POINTS:] for part in (values, lower, upper))
    width = high - low
    known = np.all(np.isfinite(x) & np.isfinite(width) & (width > 0), axis=-1) & (x.shape[-1] == POINTS)
    usable = known[..., None] & np.ones(x.shape, dtype=bool)
    weight = np.where(usable, (NORMAL_WIDTH / np.where(usable, width, 1.0)) ** 2, 1.0)
    x = np.where(usable, x, 0.0)
    slope, error = _fitted(x, weight)
    without = [_fitted(x, weight * (np.arange(x.shape[-1]) != left))[0] for left in range(x.shape[-1])]
    steady = np.all([np.sign(part) == np.sign(slope) for part in without], axis=0)
    chi_square = (slope / error) ** 2
    found = known & (chi_square > CRITICAL) & steady
    return Trend(
        slope=np.where(known, slope, np.nan), chi_square=np.where(known, chi_square, np.nan),
        direction=np.where(found, np.sign(slope), 0).astype(np.int64), known=known,
    )  # fmt: skip


def _fitted(x: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Slope and its standard error; the years count from 1."""
    t = np.arange(1, x.shape[-1] + 1)
    w, wt, wx = weight.sum(axis=-1), (weight * t).sum(axis=-1), (weight * x).sum(axis=-1)
    base = w * (weight * t * t).sum(axis=-1) - wt**2
    safe = np.where(base > 0, base, np.nan)
    return (w * (weight * t * x).sum(axis=-1) - wt * wx) / safe, np.sqrt(w / safe)
