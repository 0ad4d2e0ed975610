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

Equation = Mapping[int, int]  # factors of cells whose sum is known: whole numbers by position
Row = dict[int, int]  # the same modulo PRIME, or what one cell is in terms of others
Print = tuple[int, int]
Mask = NDArray[np.bool_]
PRIME = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What must not follow, all of one length: `primary` cells, among them `alone` (one person, who knows it), and cells that
    are `closed` (published nowhere, but nothing to protect)."""

    primary: Mask
    alone: Mask
    closed: Mask


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


def coordinates(equations: Sequence[Equation], size: int) -> list[Row]:
    """Of every cell what it is in terms of those that the equations leave free; a free cell is itself."""
    rest, aside = _put_aside(equations)
    bound: dict[int, Row] = {}
    users: dict[int, set[int]] = {}
    for said in sorted(rest, key=len):
        row = _substituted(said, bound)
        if row:
            _bind(row, min(row, key=lambda cell: len(users.get(cell, ()))), bound, users)
    for said, cell in reversed(aside):
        bound[cell] = _solved(_substituted(said, bound), cell)
    return [bound.get(cell, {cell: 1}) for cell in range(size)]


def _put_aside(equations: Sequence[Equation]) -> tuple[list[Equation], list[tuple[Equation, int]]]:
    """The equations that remain when those are put aside, one after the other, that have a cell which no remaining one has:
    (the remaining, [(equation, cell)]). They say what that cell is and nothing else."""
    where: dict[int, set[int]] = {}
    for at, said in enumerate(equations):
        for cell in said:
            where.setdefault(cell, set()).add(at)
    alone = [cell for cell, places in where.items() if len(places) == 1]
    aside: dict[int, int] = {}
    while alone:
        cell = alone.pop()
        if len(where[cell]) != 1:
            continue  # its equation was put aside for another cell
        (at,) = where[cell]
        aside[at] = cell
        for other in equations[at]:
            where[other].discard(at)
            if len(where[other]) == 1:
                alone.append(other)
    rest = [said for at, said in enumerate(equations) if at not in aside]
    return rest, [(equations[at], cell) for at, cell in aside.items()]


def _substituted(said: Equation, bound: Mapping[int, Row]) -> Row:
    """The equation in free cells."""
    row = {cell: factor for cell, factor in said.items() if cell not in bound}
    for cell in said:
        if cell in bound:
            for part, value in bound[cell].items():
                row[part] = row.get(part, 0) + said[cell] * value
    return {cell: factor % PRIME for cell, factor in row.items() if factor % PRIME}


def _solved(row: Row, cell: int) -> Row:
    """What the cell is, where the row is nothing."""
    factor = row.pop(cell)
    if factor == PRIME - 1:
        return row
    scale = PRIME - _inverse(factor)
    return {other: value * scale % PRIME for other, value in row.items()}


def _inverse(factor: int) -> int:
    return factor if factor in (1, PRIME - 1) else pow(factor, -1, PRIME)


def _bind(row: Row, chosen: int, bound: dict[int, Row], users: dict[int, set[int]]) -> None:
    """Let the row say what `chosen` is, here and in all that was said in terms of it."""
    said = _solved(row, chosen)
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
    """What is left of the cells that are not tried yet when those that are published are known, and two random sums of it:
    both are 0 where nothing is left."""

    def __init__(self, rows: Sequence[Row], secrets: Secrets):
        concerned = np.flatnonzero(secrets.primary | ~secrets.closed).tolist()
        self.rows = {cell: dict(rows[cell]) for cell in concerned}
        self.users: dict[int, set[int]] = {}
        for cell, row in self.rows.items():
            for part in row:
                self.users.setdefault(part, set()).add(cell)
        weights = np.random.default_rng(0).integers(1, PRIME, (len(rows), 2)).tolist()
        self.prints = {cell: _print(row, weights) for cell, row in self.rows.items()}
        secret = np.flatnonzero(secrets.primary).tolist()
        alone = set(np.flatnonzero(secrets.primary & secrets.alone).tolist())
        self.lines = _Lines({cell: self.prints[cell] for cell in secret}, alone)

    def published(self, cell: int) -> bool:
        """Publish the cell if no guarded one follows then. It is not asked for again."""
        row, (one, other) = self.rows.pop(cell), self.prints.pop(cell)
        for part in row:
            self.users[part].discard(cell)
        if not row:
            return True  # it follows from what is published
        first = min(row, key=lambda part: len(self.users[part]))
        scale = PRIME - _inverse(row[first])
        factors = {user: self.rows[user][first] * scale % PRIME for user in self.users[first]}
        after = {
            user: ((self.prints[user][0] + factor * one) % PRIME, (self.prints[user][1] + factor * other) % PRIME)
            for user, factor in factors.items()
        }
        if not self.lines.moved(after):
            return False
        self.prints |= after
        for user, factor in factors.items():
            self._add(user, row, factor)
        return True

    def _add(self, user: int, row: Row, factor: int) -> None:
        held = self.rows[user]
        for part, value in row.items():
            left = (held.get(part, 0) + factor * value) % PRIME
            if left:
                held[part] = left
                self.users[part].add(user)
            else:
                held.pop(part, None)
                self.users[part].discard(user)


class _Lines:
    """Which secret cells are multiples of each other, by what is left of them: who is alone in one of these knows them all."""

    def __init__(self, prints: Mapping[int, Print], alone: set[int]):
        self.alone = alone
        self.line = {cell: _line(one) for cell, one in prints.items()}
        self.on: dict[int, set[int]] = {}
        for cell, line in self.line.items():
            self.on.setdefault(line, set()).add(cell)
        told = set().union(*(self._told(line) for line in self.on)) if self.on else set()
        self.guarded = self.line.keys() - told

    def moved(self, prints: Mapping[int, Print]) -> bool:
        """Move the secret ones of these cells to where they lie now, unless a guarded cell would be told then."""
        moves = {cell: _line(one) for cell, one in prints.items() if cell in self.line}
        if any(line == 0 and cell in self.guarded for cell, line in moves.items()):
            return False
        before = {cell: self.line[cell] for cell in moves}
        self._move(moves)
        if self.alone and any(self._told(line) & self.guarded for line in set(moves.values())):
            self._move(before)
            return False
        return True

    def _move(self, moves: Mapping[int, int]) -> None:
        for cell, line in moves.items():
            self.on[self.line[cell]].discard(cell)
            self.on.setdefault(line, set()).add(cell)
            self.line[cell] = line

    def _told(self, line: int) -> set[int]:
        """The cells of a line that follow for everybody, or for one who is alone in another."""
        cells = self.on[line]
        if line == 0:
            return cells
        knowing = cells & self.alone
        return cells - knowing if len(knowing) == 1 else cells if knowing else set()


def _print(row: Row, weights: Sequence[Sequence[int]]) -> Print:
    one = sum(value * weights[part][0] for part, value in row.items())
    other = sum(value * weights[part][1] for part, value in row.items())
    return one % PRIME, other % PRIME


def _line(one: Print) -> int:
    """0 where nothing is left, and one number for all multiples of the same."""
    first, second = one
    return (first * _inverse(second) if second else first) % PRIME + 1 if first or second else 0
