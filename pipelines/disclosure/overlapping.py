"""Windows that overlap: what twelve months that end with every quarter tell about the quarters, which are published nowhere.

Two windows beside each other differ by the quarter that came and the one that left, so quarters a year apart are known from
each other, and all quarters of a series are known when four are: one for each season. What the windows leave free is how
much of the first window lies in which season.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SEASONS = 4  # quarters in a window


@dataclass(frozen=True, kw_only=True)
class Quarters:
    """The least and the greatest number that every quarter can have: [table, group, quarter]."""

    least: Floats
    greatest: Floats


def quarters_of(windows: Floats, known: Mask, whole: Floats) -> Quarters:
    """The very bounds of the quarters of `windows[table, group, window]`, which are counts and sums of four quarters in a row
    each, where `known[table, group]`; `whole[table, quarter]` is what all groups of a table are together in a quarter, and
    missing where nobody knows. A table has all groups, so that those that are not known are what is left.

    Above the least that its seasons can have, a group's quarters have so much free as its first window leaves, and a season
    so much as its wholes leave: the free parts are a table with these margins, whose cells lie between Fréchet's bounds."""
    above = _above_first(np.where(known[..., None], windows, 0.0))
    lowest = _by_season(np.maximum(-above, 0.0), np.maximum)
    free = np.where(known, windows[..., 0], 0.0) - lowest.sum(axis=-1)
    room = _by_season(whole - above.sum(axis=1), np.fmin) - lowest.sum(axis=1)
    open_ = np.isnan(room)  # no quarter of the season is known
    told = np.where(open_, 0.0, room)
    rest = np.where(known.all(axis=1), free.sum(axis=1) - told.sum(axis=1), np.inf)[:, None]
    elsewhere = told.sum(axis=1, keepdims=True) - told
    others_open = open_.sum(axis=1, keepdims=True) - open_ > 0
    elsewhere = elsewhere + np.where(others_open, rest, 0.0)
    room = np.where(open_, rest, room)
    low = np.maximum(free[..., None] - elsewhere[:, None], 0.0)
    high = np.minimum(free[..., None], room[:, None])
    season = np.arange(whole.shape[-1]) % SEASONS
    first = (lowest[..., season] + above, low[..., season], high[..., season])
    return Quarters(least=first[0] + first[1], greatest=first[0] + first[2])


def _above_first(windows: Floats) -> Floats:
    """How much more every quarter [..., quarter] has than the first of its season."""
    steps = np.diff(windows, axis=-1)
    above = np.zeros((*windows.shape[:-1], windows.shape[-1] + SEASONS - 1))
    for at in range(steps.shape[-1]):
        above[..., at + SEASONS] = above[..., at] + steps[..., at]
    return above


def _by_season(quarters: Floats, chosen: np.ufunc) -> Floats:
    """The greatest or the least [..., season] of each season's quarters."""
    return np.stack([chosen.reduce(quarters[..., at::SEASONS], axis=-1) for at in range(SEASONS)], axis=-1)
