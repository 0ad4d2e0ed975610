"""The part of a series that comes back every year, by classical decomposition."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from pipelines.stats.intervals import Floats


def seasonal_index(values: ArrayLike, *, length: int, first: int = 0) -> Floats:
    """How many times the level of its year each of the `length` parts of a year is, [..., length] with mean 1, from
    `values[..., T]` of which the first is part `first`: means of the ratios to the centred moving average. All ones
    where less than two and a half years are known, so that some part has no ratio, or where a level is 0. Source:
    Macaulay 1931, ratio to moving average."""
    x = np.asarray(values, dtype=float)
    flat = np.ones((*x.shape[:-1], length))
    if x.shape[-1] < 2 * length + length // 2:
        return flat
    level = _centred(x, length)
    inner = x[..., length // 2 : length // 2 + level.shape[-1]]
    ratio = np.where(level > 0, inner / np.where(level > 0, level, 1.0), np.nan)
    part = (first + length // 2 + np.arange(ratio.shape[-1])) % length
    index = np.stack([ratio[..., part == at].mean(axis=-1) for at in range(length)], axis=-1)
    whole = np.isfinite(index).all(axis=-1, keepdims=True) & (index > 0).all(axis=-1, keepdims=True)
    return np.where(whole, index / np.where(whole, index, 1.0).mean(axis=-1, keepdims=True), flat)


def _centred(x: Floats, length: int) -> Floats:
    """Moving averages over a year; of an even number of parts the two outermost count half."""
    if length % 2:
        return sliding_window_view(x, length, axis=-1).mean(axis=-1)
    weights = np.r_[0.5, np.ones(length - 1), 0.5] / length
    return np.asarray(sliding_window_view(x, length + 1, axis=-1) @ weights)
