"""Coverage and the landmark view of coordination: a sjukfall must last to be coordinated, so ever is never compared
with never. Everything here describes; nothing here is an effect."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.counting import DayCounts, count_days
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import at_risk

COVERED, LEFT, FOLLOWED_NO_LONGER = 1, 2, 0


def first_event(left: ArrayLike, cause: ArrayLike, insats: ArrayLike) -> tuple[NDArray, NDArray[np.int64]]:
    """Day and state for coverage: the first insats (COVERED) if any, else the exit (LEFT, or FOLLOWED_NO_LONGER where
    `cause` is 0). `insats` is missing where there was none; one on the exit day counts, one after it does not."""
    out, day = np.asarray(left), np.asarray(insats, dtype=float)
    covered = day <= out
    state = np.where(covered, COVERED, np.where(np.asarray(cause) > 0, LEFT, FOLLOWED_NO_LONGER))
    return np.where(covered, day, out), state


def landmark(
    left: ArrayLike,
    cause: ArrayLike,
    insats: ArrayLike,
    *,
    day: float,
    causes: int,
    weight: ArrayLike | None = None,
) -> DayCounts:
    """Counts of two arms (0 without, 1 with insats on or before the landmark `day`) among cases still open after it,
    the clock from it. Rows may stand for many cases (`weight`), so rows of one GROUP BY will do. Source: Anderson,
    Cain & Gelber 1983. Raises ValueError on an unknown cause."""
    out = np.asarray(left)
    kept = out > day
    exposed = (np.asarray(insats, dtype=float) <= day)[kept].astype(np.int64)
    worth = None if weight is None else np.asarray(weight, dtype=float)[kept]
    return count_days(
        out[kept] - day, np.asarray(cause)[kept], causes=causes, weight=worth, group=exposed, groups=2
    )  # fmt: skip


def time_dependent(
    left: ArrayLike, cause: ArrayLike, insats: ArrayLike, *, weight: ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """`events[2, T]` and `at_risk[2, T]` for `mantel_byar`: every case is unexposed through the day of its insats and
    exposed after it; `cause` 1 is the event, 0 any other end. Raises ValueError on an unknown cause."""
    out, why, day = np.asarray(left, dtype=float), np.asarray(cause), np.asarray(insats, dtype=float)
    worth = np.ones(out.shape) if weight is None else np.asarray(weight, dtype=float)
    split = day < out
    counts = count_days(
        np.concatenate([np.where(split, day, out), out[split]]),
        np.concatenate([np.where(split, 0, why), why[split]]),
        causes=1,
        entered=np.concatenate([np.full(out.shape, np.nan), day[split]]),
        weight=np.concatenate([worth, worth[split]]),
        group=np.repeat([0, 1], [out.size, int(split.sum())]),
        groups=2,
    )
    events = counts.events[:, 0]
    return events, at_risk(counts.day, events + counts.censored, counts.entered_after)
