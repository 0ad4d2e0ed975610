"""Which curves may be shown, how far, and at which points.

A curve and its number of cases give the events through every shown point, and two points the events between them: a
point is shown only where that tells about enough, of the cell itself and of what is left of a sum."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Sum = tuple[int, Sequence[int]]  # (a total, its parts): positions of cells
Numbers = NDArray[np.float64]
FIVE = 5
PARTNERS = 2  # a single hidden part is its total less the others


def too_small(cells: pd.DataFrame, *, persons: int, events: int) -> NDArray[np.bool_]:
    """True for curves with fewer than `persons` persons or fewer than `events` events (`personer`, `handelser`)."""
    return ((cells["personer"] < persons) | (cells["handelser"] < events)).to_numpy()


def followed(at_risk: ArrayLike, *, least: int) -> NDArray[np.bool_]:
    """True through the last point of `at_risk[..., T]` with at least `least` at risk. At risk never rises again after it
    falls, so the points before are safe too."""
    enough = np.asarray(at_risk) >= least
    return np.logical_or.accumulate(enough[..., ::-1], axis=-1)[..., ::-1]


def rounded_to_five(at_risk: ArrayLike) -> NDArray[np.float64]:
    """Numbers at risk to the nearest five: two neighbouring ones differ by single persons."""
    return np.round(np.asarray(at_risk, dtype=float) / FIVE) * FIVE


def followed_in_fives(n: ArrayLike, events: ArrayLike, left: ArrayLike) -> NDArray[np.float64]:
    """How many are followed after a day, less than five off: those without the event in whole fives, less the exits of other
    kinds in whole fives. `n` is the cases, `events` those with the event and `left` those followed on.

    Rounding the number itself would give the other exits away: the events are known, so on every day the rounding leaves
    another window of five for the others, and these windows have few numbers in common. Whole fives are the same windows
    on every day."""
    without = np.asarray(n, dtype=float) - np.asarray(events, dtype=float)
    others = without - np.asarray(left, dtype=float)
    return (np.floor(without / FIVE) - np.floor(others / FIVE)) * FIVE


def linked(
    counts: ArrayLike,
    left: ArrayLike,
    allowed: NDArray[np.bool_],
    order: Sequence[int],
    sums: Sequence[Sum],
    *,
    least: float,
    given: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Which points [N, ..., T] of `allowed` to show, of cells that are sums of each other. `counts[N, ..., K, T]` are the
    events of each of K causes through each point, `left[N, ..., T]` those that are followed on after it. Points are taken in
    `order` (positions, the most useful first), each that has at least `least` events of every cause since the shown point
    before it (since the start, where there is none) and until the shown one after it.

    `sums` is (total, its parts), positions in N, and no sum of a total comes before one that the total is a part of. Cells of
    `given[N]` are no parts, and shown where they are allowed.

    A part is shown only where its totals are, so that what can be computed of a point is what is shown, and of each shown
    total the hidden parts together. These are at least two, have `least` events of every cause since the shown point of the
    total before and until the one after it, and `least` followed on after the last. Else more parts are hidden, those with
    the fewest events first; and a point is left out by a total where it would come too near what is hidden of the parts of
    points that stand: the earlier in the order, the surer that a point is shown at every place."""
    through, rest = np.asarray(counts, dtype=float), np.asarray(left, dtype=float)
    fixed = np.zeros(len(through), dtype=bool) if given is None else given
    shown = allowed & fixed.reshape(-1, *[1] * (allowed.ndim - 1))
    for at in order:
        _add(at, through, rest, allowed, shown, sums, fixed, least)
    return shown


def _add(
    at: int,
    counts: Numbers,
    left: Numbers,
    allowed: NDArray[np.bool_],
    shown: NDArray[np.bool_],
    sums: Sequence[Sum],
    given: NDArray[np.bool_],
    least: float,
) -> None:
    """One more point in `shown`, wherever it may stand beside those that do."""
    since, until = _around(at, counts, left, shown)
    last = ~shown[..., at + 1 :].any(axis=-1)
    fine = allowed[..., at] & (since >= least).all(axis=-1) & (last | (until >= least).all(axis=-1))
    fine[given] = shown[given, ..., at]
    for total, parts in reversed(sums):
        rows = list(parts)
        if len(rows) == 1:  # the two are one cell
            fine[total] &= fine[rows[0]]
        elif not given[total]:
            fine[total] &= _not_too_near(at, counts[rows], shown[total], shown[rows], least)
    for total, parts in sums:
        rows = list(parts)
        fine[rows] &= fine[total]
        if len(rows) > 1:
            fine[rows] = _with_partners(
                _around(at, counts[rows], left[rows], shown[total]),
                counts[rows][..., at],
                fine[total],
                fine[rows],
                least,
            )
    shown[..., at] = fine


def _around(at: int, counts: Numbers, left: Numbers, known: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Events [..., K] through the point `at` since the point of `known[..., T]` before it, and after it until the next one;
    after the last, those who are followed on."""
    here, told = counts[..., at], known[..., None, :]
    before = np.where(told[..., :at], counts[..., :at], 0.0).max(axis=-1, initial=0.0)
    after = np.where(told[..., at + 1 :], counts[..., at + 1 :], np.inf).min(axis=-1, initial=np.inf)
    return here - before, np.where(np.isfinite(after), after - here, left[..., at, None])


def _not_too_near(
    at: int, counts: Numbers, whole: NDArray[np.bool_], parts: NDArray[np.bool_], least: float
) -> NDArray[np.bool_]:
    """Whether enough lie between a new point of `whole[..., T]` and its neighbours of what is hidden there of its `parts`."""
    fine = np.ones(whole.shape[:-1], dtype=bool)
    points = np.arange(whole.shape[-1])
    before = np.where(whole & (points < at), points, -1).max(axis=-1)
    after = np.where(whole & (points > at), points, points.size).min(axis=-1)
    for beside, there in ((before, before >= 0), (after, after < points.size)):
        place = np.clip(beside, 0, points.size - 1)[..., None]
        hidden = ~np.take_along_axis(parts, np.broadcast_to(place, (*parts.shape[:-1], 1)), -1)[..., 0]
        then = np.take_along_axis(counts, np.broadcast_to(place[..., None, :], (*counts.shape[:-1], 1)), -1)[..., 0]
        between = np.where(hidden[..., None], np.abs(counts[..., at] - then), 0.0).sum(axis=0)
        fine &= ~there | ~hidden.any(axis=0) | (between >= least).all(axis=-1)
    return fine


def _with_partners(
    sides: tuple[Numbers, Numbers], counts: Numbers, whole: NDArray[np.bool_], parts: NDArray[np.bool_], least: float
) -> NDArray[np.bool_]:
    """Which `parts[P, ...]` of one point to show, so that those hidden where `whole[...]` is shown are large enough together:
    `counts[P, ..., K]` are their events through it, `sides` those before and after it."""
    shown = parts.copy()
    while True:
        hidden = whole & ~shown
        number = (hidden & (counts > 0).all(axis=-1)).sum(axis=0)
        least_side = np.minimum(*(np.where(hidden[..., None], side, 0.0).sum(axis=0).min(axis=-1) for side in sides))
        candidates = shown & hidden.any(axis=0) & ((number < PARTNERS) | (least_side < least))
        if not candidates.any():
            return shown
        fewest = np.where(candidates, counts.sum(axis=-1), np.inf).argmin(axis=0)
        chosen = np.arange(len(shown)).reshape(-1, *[1] * fewest.ndim) == fewest
        shown &= ~(chosen & candidates)


def apart(
    day: NDArray[np.intp], through: ArrayLike, at_risk: ArrayLike, point: NDArray[np.bool_], *, least: float
) -> NDArray[np.bool_]:
    """Whether the day [...] on which a curve passes a known height tells about enough [...]. `through[..., T]` are the events
    through each of the days 0, 1 … and `point[..., T]` where the curve is shown. That a height is passed on a day says how
    many events at most came before it and at least through it: `least` lie before the day and after it, until the shown
    points beside it; on the day, where that is shown itself."""
    counts, risk = np.asarray(through, dtype=float), np.asarray(at_risk, dtype=float)
    own = np.diff(counts, prepend=0.0)
    before = np.maximum.accumulate(np.where(point, counts, 0.0), axis=-1)
    before = np.concatenate([np.zeros_like(before[..., :1]), before[..., :-1]], axis=-1)
    after = np.minimum.accumulate(np.where(point, counts, np.inf)[..., ::-1], axis=-1)[..., ::-1]
    until = np.where(point, own, np.where(np.isfinite(after), after - counts, risk - own))
    since = counts - own - before
    return np.take_along_axis(np.minimum(since, until), day[..., None], -1)[..., 0] >= least
