"""The attacker's algebra: which hidden cells follow exactly from everything that is shown, and from which cells.

Every published sum with hidden members is an equation in them. A hidden cell is determined if and only if its unit
vector is a combination of the equations, that is, if it stands alone among the hidden cells of a row of the fully
reduced system (Langsrud 2024, "Secondary cell suppression by Gaussian elimination"). The arithmetic is exact, modulo
a prime: the coefficients begin as ±1, and a wrong answer needs a determinant that 2**31 − 1 divides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Relation = tuple[int, tuple[int, ...]]  # (the total, its parts): positions of cells
Row = dict[int, int]  # cell → factor; a shown cell stands as ~cell, which is negative
Solved = dict[tuple[tuple[int, ...], tuple[int, ...]], dict[int, list[int]]]
PRIME = 2**31 - 1


def exactly_recoverable(relations: Sequence[Relation], hidden: NDArray[np.bool_]) -> list[int]:
    """The hidden cells whose value follows from the shown ones by any combination of the sums, in order."""
    return sorted(evidence(relations, hidden))


def evidence(
    relations: Sequence[Relation], hidden: NDArray[np.bool_], solved: Solved | None = None
) -> dict[int, list[int]]:
    """For every exactly recoverable cell the shown cells that one way of computing it uses. Hiding any of them closes
    that way (there may be others). Sums that share no hidden cell are solved apart; `solved` keeps what has been solved
    from one call with the same relations to the next."""
    known = {} if solved is None else solved
    found: dict[int, list[int]] = {}
    closed = hidden.tolist()
    for numbers, inside in _apart(relations, closed):
        key = (tuple(numbers), tuple(inside))
        if key not in known:
            known[key] = _ways([relations[at] for at in numbers], closed)
        found |= known[key]
    return found


def _apart(relations: Sequence[Relation], closed: list[bool]) -> Iterator[tuple[list[int], list[int]]]:
    """(numbers of the relations, hidden cells) of every part of the system that shares no hidden cell with another."""
    root: dict[int, int] = {}

    def find(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    first: list[tuple[int, int]] = []
    for at, (total, parts) in enumerate(relations):
        inside = [cell for cell in (total, *parts) if closed[cell]]
        for cell in inside:
            root.setdefault(cell, cell)
            root[find(cell)] = find(inside[0])
        if inside:
            first.append((at, inside[0]))
    numbers: dict[int, list[int]] = defaultdict(list)
    cells: dict[int, list[int]] = defaultdict(list)
    for at, cell in first:
        numbers[find(cell)].append(at)
    for cell in sorted(root):
        cells[find(cell)].append(cell)
    yield from ((numbers[top], cells[top]) for top in sorted(numbers))


def _ways(relations: Sequence[Relation], closed: list[bool]) -> dict[int, list[int]]:
    """The evidence in one part of the system. The ways are followed only where the hidden cells alone show that there
    is one: mostly there is none, and the rows are much longer with what is shown."""
    equations = _equations(relations, closed)
    bare = [{cell: factor for cell, factor in row.items() if cell >= 0} for row in equations]
    if not _alone(bare):
        return {}
    return {pivot: sorted(~cell for cell in row if cell < 0) for pivot, row in _alone(equations).items()}


def _alone(equations: list[Row]) -> dict[int, Row]:
    """The rows of the fully reduced system with one hidden cell, by that cell."""
    pivots: dict[int, Row] = {}
    users: dict[int, set[int]] = defaultdict(set)  # hidden cell → pivots whose row it stands in
    for equation, own in _ordered(equations):
        row = _reduced(equation, pivots)
        inside = _hidden(row)
        if not inside:
            continue
        pivot = own if own is not None else min(inside, key=lambda cell: (len(users[cell]), cell))
        if row[pivot] != 1:
            inverse = PRIME - 1 if row[pivot] == PRIME - 1 else pow(row[pivot], PRIME - 2, PRIME)
            row = {cell: factor * inverse % PRIME for cell, factor in row.items()}
        pivots[pivot] = row
        if own is None:
            _enter(pivot, pivots, users)
    return {pivot: row for pivot, row in pivots.items() if len(_hidden(row)) == 1}


def _hidden(row: Row) -> list[int]:
    return [cell for cell in row if cell >= 0]


def _equations(relations: Sequence[Relation], closed: list[bool]) -> list[Row]:
    rows = []
    for total, parts in relations:
        row: Row = defaultdict(int)
        row[total if closed[total] else ~total] += 1
        for part in parts:
            row[part if closed[part] else ~part] -= 1
        rows.append({cell: factor % PRIME for cell, factor in row.items() if factor % PRIME})
    return rows


def _ordered(rows: list[Row]) -> Iterable[tuple[Row, int | None]]:
    """The rows in an order that needs little work. A row with a cell that no other row has (directly, or when such rows
    are put aside first) comes last, with that cell as its pivot: nothing before it has to be reduced again."""
    inside = [_hidden(row) for row in rows]
    aside = _put_aside(inside)
    gone = {at for at, _ in aside}
    for at in sorted(set(range(len(rows))) - gone, key=lambda at: (len(inside[at]), at)):
        yield rows[at], None
    for at, cell in reversed(aside):
        yield rows[at], cell


def _put_aside(inside: list[list[int]]) -> list[tuple[int, int]]:
    """(row, cell) where no other row has the cell, one after the other."""
    where: dict[int, set[int]] = defaultdict(set)
    for at, cells in enumerate(inside):
        for cell in cells:
            where[cell].add(at)
    waiting = [cell for cell in sorted(where) if len(where[cell]) == 1]
    aside: list[tuple[int, int]] = []
    while waiting:
        cell = waiting.pop()
        if len(where[cell]) != 1:
            continue
        (at,) = where[cell]
        aside.append((at, cell))
        for other in inside[at]:
            where[other].discard(at)
            if len(where[other]) == 1:
                waiting.append(other)
    return aside


def _reduced(equation: Row, pivots: dict[int, Row]) -> Row:
    row = dict(equation)
    for cell in equation:
        if cell in pivots:
            _subtract(row, row[cell], pivots[cell])
    return row


def _enter(pivot: int, pivots: dict[int, Row], users: dict[int, set[int]]) -> None:
    """Eliminate the new pivot from the rows that have it, and note where its row's cells now stand."""
    new = pivots[pivot]
    inside = _hidden(new)
    for other in list(users[pivot]):
        row = pivots[other]
        _subtract(row, row[pivot], new)
        for cell in inside:
            if cell in row:
                users[cell].add(other)
            else:
                users[cell].discard(other)
    for cell in inside:
        users[cell].add(pivot)


def _subtract(row: Row, factor: int, pivot_row: Row) -> None:
    for cell, value in pivot_row.items():
        left = (row.get(cell, 0) - factor * value) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
