"""Hides partners of hidden cells until nothing can be had by subtracting within a published sum."""

from collections import defaultdict, deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.disclosure.audit import recoverable

Relation = tuple[int, tuple[int, ...]]


def protect(
    relations: Sequence[Relation], hidden: NDArray[np.bool_], weight: NDArray[np.float64], *, threshold: float
) -> NDArray[np.bool_]:
    """The mask after secondary suppression. `relations` are (row of the total, rows of its parts); `weight` the counts.

    In every sum with something hidden at least two cells are hidden, and together the hidden parts under a shown total
    hold at least `threshold`. Partners are chosen smallest first, parts before the total, zeros last (a zero protects
    nothing). Then the audit: while a primary cell is still determined by what is shown, one more cell is hidden.
    Nothing that was hidden is shown again; the result does not depend on anything but its arguments."""
    primary = np.flatnonzero(hidden)
    mask = hidden.copy()
    _close_sums(relations, mask, weight, threshold)
    while found := recoverable(relations, mask, primary):
        for cell in found:
            _hide_one_more(relations, mask, weight, cell)
        _close_sums(relations, mask, weight, threshold)
    return mask


def _close_sums(
    relations: Sequence[Relation], mask: NDArray[np.bool_], weight: NDArray[np.float64], threshold: float
) -> None:
    member = _membership(relations)
    waiting = deque(range(len(relations)))
    queued = set(waiting)
    while waiting:
        at = waiting.popleft()
        queued.discard(at)
        chosen = _partner(relations[at], mask, weight, threshold)
        if chosen is None:
            continue
        mask[chosen] = True
        for other in (at, *member[chosen]):
            if other not in queued:
                waiting.append(other)
                queued.add(other)


def _membership(relations: Sequence[Relation]) -> dict[int, list[int]]:
    member: dict[int, list[int]] = defaultdict(list)
    for at, (total, parts) in enumerate(relations):
        for cell in (total, *parts):
            member[cell].append(at)
    return member


def _partner(relation: Relation, mask: NDArray[np.bool_], weight: NDArray[np.float64], threshold: float) -> int | None:
    """The cell to hide next in this sum, or None when it is safe."""
    total, parts = relation
    closed = [part for part in parts if mask[part]]
    inside = len(closed) + int(mask[total])
    if inside == 0 or (mask[total] and inside >= 2):
        return None
    if inside >= 2 and sum(weight[part] for part in closed) >= threshold:
        return None
    shown = [part for part in parts if not mask[part] and weight[part] > 0]
    if shown:
        return min(shown, key=lambda part: (weight[part], part))
    return None if mask[total] else total


def _hide_one_more(
    relations: Sequence[Relation], mask: NDArray[np.bool_], weight: NDArray[np.float64], cell: int
) -> None:
    """Hide the smallest shown cell among the sums that hold `cell`, or else among their neighbours' sums."""
    member = _membership(relations)
    near = {other for at in member[cell] for other in (relations[at][0], *relations[at][1])}
    far = {other for part in near for at in member[part] for other in (relations[at][0], *relations[at][1])}
    for ring in (near, far, range(len(mask))):
        candidates = [other for other in ring if not mask[other] and weight[other] > 0]
        if candidates:
            mask[min(candidates, key=lambda other: (weight[other], other))] = True
            return
