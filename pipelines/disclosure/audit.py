"""The attacker's algebra: which hidden cells are determined by everything that is shown."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Relation = tuple[int, tuple[int, ...]]
Row = dict[int, int]
PRIME = (
    2**31 - 1
)  # exact arithmetic without growing fractions; a false answer has odds of about one in two thousand million


def recoverable(relations: Sequence[Relation], hidden: NDArray[np.bool_], cells: NDArray[np.int64]) -> list[int]:
    """Those of `cells` whose value follows from the shown ones by any combination of the sums. Each sum with hidden
    members is an equation in them; a cell is determined when the reduced system has a row with nothing but it."""
    determined = set(_determined(_equations(relations, hidden)))
    return [int(cell) for cell in cells if cell in determined]


def _equations(relations: Sequence[Relation], hidden: NDArray[np.bool_]) -> list[Row]:
    rows = []
    for total, parts in relations:
        row: Row = defaultdict(int)
        if hidden[total]:
            row[total] += 1
        for part in parts:
            if hidden[part]:
                row[part] -= 1
        row = {cell: factor % PRIME for cell, factor in row.items() if factor % PRIME}
        if row:
            rows.append(row)
    return sorted(rows, key=len)


def _determined(equations: list[Row]) -> list[int]:
    """Gauss–Jordan on sparse rows modulo PRIME, keeping every pivot row free of the other pivots."""
    pivots: dict[int, Row] = {}
    users: dict[int, set[int]] = defaultdict(set)  # cell → pivots whose row it stands in
    for equation in equations:
        row = _reduced(equation, pivots)
        if not row:
            continue
        pivot = min(row, key=lambda cell: (len(users[cell]), cell))
        inverse = pow(row[pivot], PRIME - 2, PRIME)
        row = {cell: factor * inverse % PRIME for cell, factor in row.items()}
        for other in list(users[pivot]):
            _replace(pivots[other], pivot, row, users, other)
        pivots[pivot] = row
        for cell in row:
            users[cell].add(pivot)
    return [pivot for pivot, row in pivots.items() if len(row) == 1]


def _reduced(equation: Row, pivots: dict[int, Row]) -> Row:
    row = dict(equation)
    for cell in [cell for cell in equation if cell in pivots]:
        _subtract(row, row[cell], pivots[cell])
    return row


def _subtract(row: Row, factor: int, pivot_row: Row) -> None:
    for cell, value in pivot_row.items():
        left = (row.get(cell, 0) - factor * value) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _replace(row: Row, pivot: int, pivot_row: Row, users: dict[int, set[int]], owner: int) -> None:
    before = set(row)
    _subtract(row, row[pivot], pivot_row)
    for cell in before - set(row):
        users[cell].discard(owner)
    for cell in set(row) - before:
        users[cell].add(owner)
