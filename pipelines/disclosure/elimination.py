"""Joint secondary suppression by Gaussian elimination: as much as possible is published while no primary cell is in the span
of what is published (Langsrud 2024, "Secondary cell suppression by Gaussian elimination").

A cell is a vector in the space that the published sums leave free, so that a cell follows from others exactly when its
vector is a combination of theirs. Arithmetic is exact, modulo a prime: coefficients begin as ±1, and a wrong answer needs a
determinant that 2**31 − 1 divides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Relation = tuple[int, tuple[int, ...]]  # (the total, its parts): positions of cells
Equation = Mapping[int, int]  # factors of cells whose sum is known: whole numbers by position
Mask = NDArray[np.bool_]
PRIME = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What must not follow, all of one length: `primary` cells, among them `alone` (one person, who knows it), and cells that
    are `closed` (published nowhere, but nothing to protect)."""

    primary: Mask
    alone: Mask
    closed: Mask


def equation(relation: Relation) -> Equation:
    """The total less its parts is nothing."""
    total, parts = relation
    row = {total: 1}
    for part in parts:
        row[part] = row.get(part, 0) - 1
    return row


def suppress(equations: Sequence[Equation], secrets: Secrets, order: ArrayLike) -> Mask:
    """The mask of hidden cells: primary, closed, and those of the others that would give a primary cell away, tried in
    `order` (positions, the most useful first). A primary cell follows neither from what is published nor from that and the
    cell of a person who is alone in it. What the equations alone give away is not protected."""
    field = _Field(coordinates(equations, secrets.primary.size), secrets)
    hidden = secrets.primary | secrets.closed
    for cell in np.asarray(order, dtype=int):
        if not hidden[cell]:
            hidden[cell] = not field.published(int(cell))
    return hidden


def coordinates(equations: Sequence[Equation], size: int) -> NDArray[np.int64]:
    """[cell, coordinate] modulo PRIME: every cell in terms of those that the equations leave free."""
    bound: dict[int, dict[int, int]] = {}
    users: dict[int, set[int]] = {}
    for said in equations:
        row = {cell: factor % PRIME for cell, factor in said.items()}
        _substitute(row, bound)
        row = {cell: factor for cell, factor in row.items() if factor}
        if row:
            _bind(row, next((cell for cell in said if cell in row), min(row)), bound, users)
    free = [cell for cell in range(size) if cell not in bound]
    place = {cell: at for at, cell in enumerate(free)}
    vectors = np.zeros((size, len(free)), dtype=np.int64)
    vectors[free, np.arange(len(free))] = 1
    for cell, row in bound.items():
        for part, factor in row.items():
            vectors[cell, place[part]] = factor
    return vectors


def _substitute(row: dict[int, int], bound: dict[int, dict[int, int]]) -> None:
    for cell in [cell for cell in row if cell in bound]:
        factor = row.pop(cell)
        for part, value in bound[cell].items():
            row[part] = (row.get(part, 0) + factor * value) % PRIME


def _bind(row: dict[int, int], chosen: int, bound: dict[int, dict[int, int]], users: dict[int, set[int]]) -> None:
    """Let the row say what `chosen` is, here and in all that was said in terms of it."""
    scale = PRIME - pow(row.pop(chosen), PRIME - 2, PRIME)
    said = {cell: factor * scale % PRIME for cell, factor in row.items()}
    for other in users.pop(chosen, set()):
        held = bound[other]
        factor = held.pop(chosen)
        for cell, value in said.items():
            held[cell] = (held.get(cell, 0) + factor * value) % PRIME
            if held[cell]:
                users.setdefault(cell, set()).add(other)
            else:
                del held[cell]
                users[cell].discard(other)
    bound[chosen] = said
    for cell in said:
        users.setdefault(cell, set()).add(chosen)


class _Field:
    """The vectors of all cells that are not tried yet, reduced by those that are published. The last two columns are the
    vector times two random ones: both are 0 where nothing is left of it, and their quotient tells which line it lies on."""

    def __init__(self, vectors: NDArray[np.int64], secrets: Secrets):
        weights = np.random.default_rng(0).integers(1, PRIME, (2, vectors.shape[1]))
        prints = [(vectors * one % PRIME).sum(axis=1) % PRIME for one in weights]
        self.rows = np.column_stack([vectors, *prints])
        self.secret = np.flatnonzero(secrets.primary)
        self.alone = secrets.alone[self.secret]
        self.lines = self._lines(self.rows[self.secret, -2:])
        self.guarded = ~self._told(self.lines)

    def published(self, cell: int) -> bool:
        """Publish the cell if no guarded one follows then. It is not asked for again."""
        row = self.rows[cell].copy()
        self.rows[cell] = 0
        columns = np.flatnonzero(row)
        if not columns.size:
            return True  # it follows from what is published
        row = row * pow(int(row[columns[0]]), -1, PRIME) % PRIME
        if self._gives_away(row, int(columns[0])):
            return False
        users = np.flatnonzero(self.rows[:, columns[0]])
        at = np.ix_(users, columns)
        self.rows[at] = _reduced(self.rows[at], row[columns])
        return True

    def _gives_away(self, row: NDArray[np.int64], first: int) -> bool:
        """Whether a guarded cell would follow; if not, its line is the one that it lies on afterwards."""
        touched = np.flatnonzero(self.rows[self.secret, first])
        if not touched.size:
            return False
        prints = np.array([first, row.size - 2, row.size - 1])
        after = _reduced(self.rows[np.ix_(self.secret[touched], prints)], row[prints])[:, 1:]
        if (self.guarded[touched] & ~after.any(axis=1)).any():
            return True
        if self.alone.any():
            lines = self.lines.copy()
            lines[touched] = self._lines(after)
            if (self.guarded & self._told(lines)).any():
                return True
            self.lines = lines
        return False

    def _told(self, lines: NDArray[np.int64]) -> Mask:
        """Which secret cells follow for everybody, or are a multiple of one whose only person knows it."""
        as_alone = np.searchsorted(known := np.sort(lines[self.alone]), lines, side="right") - np.searchsorted(
            known, lines
        )
        return (lines == 0) | (as_alone > self.alone)

    def _lines(self, prints: NDArray[np.int64]) -> NDArray[np.int64]:
        """0 for a vector of which nothing is left, and one number for all multiples of another."""
        scale = np.array([pow(int(second), -1, PRIME) if second else 1 for _, second in prints], dtype=np.int64)
        return np.where(prints.any(axis=1), prints[:, 0] * scale % PRIME + 1, 0)


def _reduced(rows: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.int64]:
    """`rows` without what they have of `row`, which begins with 1."""
    return (rows - rows[:, :1] * row % PRIME) % PRIME
