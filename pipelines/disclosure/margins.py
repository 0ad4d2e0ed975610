"""Hides partners of hidden cells until no primary cell can be computed from the published sums."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.disclosure.audit import Relation, Solved, evidence


def protect(
    relations: Sequence[Relation],
    hidden: NDArray[np.bool_],
    persons: ArrayLike,
    *,
    threshold: float,
    kept: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """The mask after secondary suppression; `hidden` is the primary one (with what earlier releases hid) and is kept.
    `relations` are (position of the total, positions of its parts), `persons` the persons of every cell; the cells of
    `kept` are hidden only when there is no other.

    1. In every sum with something hidden at least two members are hidden, and the hidden parts of a shown total surely
    hold `threshold` persons together. The partner is the part with fewest persons, before the total and before any of
    `kept`; a zero only when there is nothing else, for it protects nothing.
    2. While a protected cell follows from shown ones, the one of these with fewest persons is hidden, and 1 is done
    again. Protected are the primary cells and, when 3 found them needed, their partners.
    3. A partner that follows from shown cells protects nothing and tells nothing new: it stays shown. If a sum then
    fails in 1, its next partner becomes protected and all is done again.

    So at the end no hidden cell at all is exactly recoverable; how narrowly one can be inferred because counts are not
    negative is not limited here. Equal arguments give an equal mask. Raises ValueError on persons that are missing
    or negative, and on a mask of another length."""
    weight, mask = _known(persons, hidden).tolist(), hidden.tolist()
    protected = set(np.flatnonzero(hidden).tolist())
    wanted = np.zeros(hidden.size, dtype=bool).tolist() if kept is None else kept.tolist()
    sums, solved = _Sums(relations, weight, wanted, threshold), Solved()
    while True:
        sums.close(mask)
        ways = evidence(relations, np.array(mask, dtype=bool), solved)
        needed = _open_ways(ways, protected, weight, wanted)
        if not needed:
            for cell in ways:
                mask[cell] = False
            needed = sums.partners(mask)
            protected |= needed
        if not needed:
            return np.array(mask, dtype=bool)
        for cell in needed:
            mask[cell] = True


def _known(persons: ArrayLike, hidden: NDArray[np.bool_]) -> NDArray[np.float64]:
    people = np.asarray(persons, dtype=float)
    if people.shape != hidden.shape or not (people >= 0).all():
        raise ValueError("refused: persons must be known, not negative, and as many as the cells")
    return people


def _open_ways(ways: dict[int, list[int]], protected: set[int], weight: list[float], wanted: list[bool]) -> set[int]:
    """One shown cell to hide for every protected cell that can be computed; one that closes several is taken once."""
    chosen: set[int] = set()
    for cell in sorted(protected & ways.keys()):
        way = ways[cell]
        if way and chosen.isdisjoint(way):
            chosen.add(min(way, key=lambda other: (wanted[other], weight[other] == 0, weight[other], other)))
    return chosen


class _Sums:
    """The published sums with what choosing a partner needs; holds no mask."""

    def __init__(self, relations: Sequence[Relation], weight: list[float], wanted: list[bool], threshold: float):
        self.relations, self.weight, self.wanted, self.threshold = relations, weight, wanted, threshold
        self.member: list[list[int]] = [[] for _ in weight]
        for at, (total, parts) in enumerate(relations):
            for cell in (total, *parts):
                self.member[cell].append(at)

    def close(self, mask: list[bool]) -> None:
        """Hide partners in `mask` until every sum is safe."""
        waiting = deque(range(len(self.relations)))
        queued = set(waiting)
        while waiting:
            at = waiting.popleft()
            queued.discard(at)
            chosen = self.partner(at, mask)
            if chosen is None:
                continue
            mask[chosen] = True
            again = [other for other in self.member[chosen] if other not in queued]
            waiting.extend(again)
            queued.update(again)

    def partners(self, mask: list[bool]) -> set[int]:
        """The next partner of every sum that is not safe."""
        found = (self.partner(at, mask) for at in range(len(self.relations)))
        return {cell for cell in found if cell is not None}

    def partner(self, at: int, mask: list[bool]) -> int | None:
        """The cell to hide next in the sum, or None where it is safe."""
        total, parts = self.relations[at]
        closed = [part for part in parts if mask[part]]
        if mask[total] and closed:
            return None
        if not mask[total] and (not closed or (len(closed) >= 2 and self._enough(total, parts, closed, mask))):
            return None
        shown = [part for part in parts if not mask[part] and self.weight[part] > 0]
        candidates = shown if mask[total] else [*shown, total]
        if candidates:
            return min(candidates, key=lambda cell: (self.wanted[cell], cell == total, self.weight[cell], cell))
        return next((part for part in parts if not mask[part]), None)

    def _enough(self, total: int, parts: Sequence[int], closed: list[int], mask: list[bool]) -> bool:
        """Whether the hidden parts surely hold enough persons. One person may be in several parts, so that their
        persons do not add up; but the union is no smaller than its largest part, nor than the total less the rest."""
        rest = sum(self.weight[part] for part in parts if not mask[part])
        return max(self.weight[total] - rest, *(self.weight[part] for part in closed)) >= self.threshold
