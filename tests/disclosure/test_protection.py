"""What is hidden stays hidden: random hierarchies, an independent attacker, and the leaks of others."""

import json
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disclosure.audit import evidence, exactly_recoverable
from pipelines.disclosure.curves import followed, rounded_to_five, too_small
from pipelines.disclosure.margins import protect
from pipelines.disclosure.primary import primary
from tests.examples import examples

SEXES, UNITS, QUARTERS = 2, 3, 4


def cube(counts):
    """Cells and sums of units × quarters × sex with every margin: the lattice of a flow, as (values, relations)."""
    whole = np.zeros((UNITS + 1, QUARTERS + 1, SEXES + 1))
    whole[:-1, :-1, :-1] = counts
    for axis in range(3):
        margin = [slice(None)] * 3
        margin[axis] = slice(-1, None)
        inner = [slice(None)] * 3
        inner[axis] = slice(0, -1)
        whole[tuple(margin)] = whole[tuple(inner)].sum(axis=axis, keepdims=True)
    place = np.arange(whole.size).reshape(whole.shape)
    relations = []
    for axis in range(3):
        lines = np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])
        relations += [(int(line[-1]), tuple(int(part) for part in line[:-1])) for line in lines]
    return whole.ravel(), relations


def determined(relations, hidden):
    """The attacker again, with fractions and dense elimination: cells whose unit vector lies in the row space."""
    columns = [int(cell) for cell in np.flatnonzero(hidden)]
    rows = []
    for total, parts in relations:
        row = [Fraction(0)] * len(columns)
        for at, cell in enumerate(columns):
            row[at] = Fraction(int(cell == total) - int(cell in parts))
        rows.append(row)
    pivots = 0
    for at in range(len(columns)):
        chosen = next((r for r in range(pivots, len(rows)) if rows[r][at]), None)
        if chosen is None:
            continue
        rows[pivots], rows[chosen] = rows[chosen], rows[pivots]
        rows[pivots] = [value / rows[pivots][at] for value in rows[pivots]]
        for r in range(len(rows)):
            if r != pivots and rows[r][at]:
                rows[r] = [a - rows[r][at] * b for a, b in zip(rows[r], rows[pivots], strict=True)]
        pivots += 1
    return {columns[row.index(1)] for row in rows if sum(value != 0 for value in row) == 1}


counts = st.lists(st.integers(0, 12), min_size=UNITS * QUARTERS * SEXES, max_size=UNITS * QUARTERS * SEXES).map(
    lambda values: np.array(values, dtype=float).reshape(UNITS, QUARTERS, SEXES)
)


@given(counts, st.sampled_from([3, 5]))
def test_no_small_cell_can_be_computed(numbers, threshold):
    values, relations = cube(numbers)
    small = values < threshold
    hidden = protect(relations, small, values, threshold=threshold)
    assert (hidden | ~small).all()
    assert determined(relations, hidden) == set()
    for total, parts in relations:
        inside = [part for part in parts if hidden[part]]
        if inside and not hidden[total]:
            assert len(inside) >= 2
            assert sum(values[part] for part in inside) >= min(threshold, sum(values[part] for part in parts))
    assert (hidden == protect(relations, small, values, threshold=threshold)).all()


@given(counts)
def test_the_audit_agrees_with_the_independent_attacker(numbers):
    values, relations = cube(numbers)
    hidden = values < 5
    found = exactly_recoverable(relations, hidden)
    assert set(found) == determined(relations, hidden)


@examples(25)
@given(counts)
def test_hiding_a_cell_of_the_evidence_closes_that_way(numbers):
    values, relations = cube(numbers)
    hidden = values < 5
    for cell, way in evidence(relations, hidden).items():
        assert not hidden[way].any()
        # with nothing but the way shown, the cell still follows: the evidence is enough by itself
        only = np.ones(values.size, dtype=bool)
        only[way] = False
        assert cell in determined(relations, only)


def test_showing_one_partner_by_force_is_found():
    values, relations = cube(np.full((UNITS, QUARTERS, SEXES), 20.0))
    small = np.zeros(values.size, dtype=bool)
    small[0] = True
    hidden = protect(relations, small, values, threshold=5)
    assert exactly_recoverable(relations, hidden) == []
    partners = [cell for cell in np.flatnonzero(hidden) if cell != 0]
    broken = hidden.copy()
    broken[partners] = False
    assert exactly_recoverable(relations, broken) == [0]


def test_three_shown_quarters_and_their_sum_do_not_give_the_fourth():
    values = np.array([36.0, 40.0, 33.0, 4.0, 113.0])
    hidden = protect([(4, (0, 1, 2, 3))], values < 5, values, threshold=5)
    assert hidden.sum() >= 2
    assert hidden[3]


def test_two_sexes_and_their_sum():
    values = np.array([23.0, 2.0, 25.0])
    assert protect([(2, (0, 1))], values < 5, values, threshold=5).tolist() == [True, True, False]


def test_zero_is_hidden_unless_it_tells_nothing():
    cells = pd.DataFrame({"personer": [0, 4, 5, 0], "noll_ofarlig": [False, False, False, True]})
    assert primary(cells, threshold=5).tolist() == [True, True, False, False]


def test_linked_tables_are_one_system(shared):
    """Two linked tables: protected one by one a cell stays exact, and the audit sees it; together none does."""
    linked = json.loads((shared / "oracles" / "sdc" / "linked_136.json").read_text(encoding="utf-8"))
    names, values = linked["joint"]["cells"], np.array(linked["joint"]["value"], dtype=float)
    inner = linked["data"]["region"]
    matrix = np.array(linked["joint"]["x"])
    relations = [
        (names.index(total), tuple(names.index(inner[row]) for row in np.flatnonzero(matrix[:, names.index(total)])))
        for total in names
        if total not in inner
    ]
    relations.append((names.index("Total"), (names.index("county-1"), names.index("county-2"))))
    small = np.array([name in inner and value < linked["threshold"] for name, value in zip(names, values, strict=True)])
    separate = np.array(
        [name in set(linked["table1"]["suppressed"] + linked["table2"]["suppressed"]) for name in names]
    )
    assert names.index("K") in exactly_recoverable(relations, separate)
    hidden = protect(relations, small, values, threshold=linked["threshold"])
    assert exactly_recoverable(relations, hidden) == []
    assert hidden.sum() <= len(linked["joint"]["suppressed"]) + 1


def test_curves_need_persons_and_events_and_are_cut():
    cells = pd.DataFrame({"personer": [19, 20, 20], "handelser": [15, 9, 10]})
    assert too_small(cells, persons=20, events=10).tolist() == [True, True, False]
    assert followed([[40, 12, 5, 4], [9, 9, 9, 9], [4, 3, 2, 1]], least=5).sum(axis=1).tolist() == [3, 4, 0]
    assert rounded_to_five([12, 13, 0]).tolist() == [10, 15, 0]
