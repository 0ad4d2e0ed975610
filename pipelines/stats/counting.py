"""From cases to counts per day, the only thing the curves and the tests need. In the product a GROUP BY does this."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats


@dataclass(frozen=True, kw_only=True)
class DayCounts:
    """`day[T]` increasing; `events[..., K, T]` by cause, `censored[..., T]`, `entered_after[..., T]` = entries after
    that day of those who were not there from the start. Leading axes are groups."""

    day: NDArray
    events: Floats
    censored: Floats
    entered_after: Floats


def count_days(
    left: ArrayLike,
    cause: ArrayLike,
    *,
    causes: int,
    entered: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    group: ArrayLike | None = None,
    groups: int | None = None,
) -> DayCounts:
    """Counts of cases that `left` on a day by `cause` 1 … `causes` (0 = followed no longer), each case at risk in
    (entered, left]; `entered` missing = from the start. `weight` lets one row stand for many cases, `group` is a number
    from 0. Raises ValueError where a case enters on or after the day it leaves, or a cause is unknown."""
    out, why = np.asarray(left), np.asarray(cause, dtype=np.int64)
    worth = np.ones(out.shape) if weight is None else np.asarray(weight, dtype=float)
    own = np.zeros(out.shape, dtype=np.int64) if group is None else np.asarray(group, dtype=np.int64)
    size = 1 if group is None else groups if groups is not None else int(own.max(initial=-1)) + 1
    late = np.full(out.shape, np.nan) if entered is None else np.asarray(entered, dtype=float)
    if np.any(late >= out) or np.any((why < 0) | (why > causes)):
        raise ValueError("refused: entered on or after the day of leaving, or an unknown cause")
    inside = np.isfinite(late)
    day = np.unique(np.concatenate([out, late[inside].astype(out.dtype)]))
    table = np.zeros((size, causes + 1, day.size))
    np.add.at(table, (own, why, np.searchsorted(day, out)), worth)
    entries = np.zeros((size, day.size))
    np.add.at(entries, (own[inside], np.searchsorted(day, late[inside])), worth[inside])
    shape = slice(None) if group is not None else 0
    return DayCounts(day=day, events=table[shape, 1:], censored=table[shape, 0], entered_after=entries[shape])
