"""Joint suppression and the attacker: reference tables, the leaks of others, and random linked tables."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pipelines.disclosure import attack
from pipelines.disclosure.attack import reach
from pipelines.disclosure.elimination import Secrets, coordinates, suppress
from tests.examples import examples

CASES = (
    "ssbtools_help_example", "example1_2014_age_geo", "opensafely_sex_differencing", "sickleave_unit_sex_age_dx",
    "sickleave_linked_2way", "scale_60u",
)  # fmt: skip


def equation(relation):
    """The total less its parts is nothing."""
    total, parts = relation
    row = {total: 1}
    for part in parts:
        row[part] = row.get(part, 0) - 1
    return row


def matrix_of(relations, size):
    """[sum, cell]: +1 for the total and −1 for each part."""
    rows = np.zeros((len(relations), size))
    for row, relation in zip(rows, relations, strict=True):
        for cell, factor in equation(relation).items():
            row[cell] += factor
    return sparse.csr_matrix(rows)


def follows(equations, hidden):
    """Which hidden cells are known when the shown ones are: nothing is left free in them."""
    shown = [{int(cell): 1} for cell in np.flatnonzero(~hidden)]
    return hidden & [not row for row in coordinates([*equations, *shown], hidden.size)]


class Table:
    """A reference table: its published cells first, then the inner ones, which nobody publishes."""

    def __init__(self, case):
        self.published = case["n_cells"]
        inside = np.zeros((case["n_inner"], case["n_cells"]), dtype=bool)
        inside[case["x_row"], case["x_col"]] = True
        inner = case["inner"].get("freq", case["inner"].get("n"))
        self.values = np.array([*case["cells"]["z"], *inner], dtype=float)
        self.relations = [
            (cell, tuple((self.published + np.flatnonzero(inside[:, cell])).tolist())) for cell in range(self.published)
        ]
        self.primary = np.isin(np.arange(self.values.size), case["primary"])
        self.closed = np.arange(self.values.size) >= self.published

    def suppressed(self, *, alone=None):
        nobody = np.zeros(self.values.size, dtype=bool)
        secrets = Secrets(primary=self.primary, alone=nobody if alone is None else alone, closed=self.closed)
        order = np.argsort(-self.values[: self.published], kind="stable")
        return suppress([equation(one) for one in self.relations], secrets, order)

    def bounds(self, hidden, wanted):
        enough = np.full(len(wanted), np.inf)
        return reach(
            matrix_of(self.relations, self.values.size), self.values, hidden | self.closed, wanted, enough=enough
        )


@pytest.fixture(scope="module")
def sdc(shared):
    return {
        name: json.loads((shared / "oracles" / "sdc" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("gauss_cases", "audit_expected")
    }


@pytest.mark.parametrize("name", CASES)
def test_no_more_is_hidden_than_by_the_reference_and_nothing_follows(sdc, name):
    case = sdc["gauss_cases"][name]
    table = Table(case)
    hidden = table.suppressed()
    assert (hidden & ~table.primary & ~table.closed).sum() <= np.atleast_1d(case["secondary"]).size
    assert not (follows([equation(one) for one in table.relations], hidden | table.closed) & table.primary).any()
    assert (hidden == table.suppressed()).all()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("pattern", ["bounds_primary_only", "bounds_gauss"])
def test_the_attackers_bounds_are_those_of_the_reference(sdc, name, pattern):
    case, expected = sdc["gauss_cases"][name], sdc["audit_expected"][name][pattern]
    table = Table(case)
    closed = (
        case["primary"]
        if pattern == "bounds_primary_only"
        else [*np.atleast_1d(case["primary"]), *np.atleast_1d(case["secondary"])]
    )
    hidden = np.isin(np.arange(table.values.size), closed)
    found = table.bounds(hidden, np.array([int(cell) for cell in expected]))
    bounds = np.array(list(expected.values()), dtype=float)
    np.testing.assert_array_equal(found.least, np.ceil(bounds[:, 0] - 1e-6))
    np.testing.assert_array_equal(found.greatest, np.floor(bounds[:, 1] + 1e-6))


def test_three_quarters_and_their_sum_do_not_give_the_fourth(shared):
    told = json.loads((shared / "oracles" / "nav_sykefravar" / "nav_cases.json").read_text(encoding="utf-8"))
    weak = told["known_weakness_to_beat"][0]["published"]
    lost = [weak[quarter]["lost"] for quarter in ("q1", "q2", "q3")]
    values = np.array([*lost, weak["last4_sum"]["lost"] - sum(lost), weak["last4_sum"]["lost"]])
    relations = [(4, (0, 1, 2, 3))]
    small = np.array([False, False, False, True, False])
    secrets = Secrets(primary=small, alone=small & False, closed=small & False)
    hidden = suppress([equation(one) for one in relations], secrets, [4, 2, 0, 1])
    assert hidden.sum() == 2
    found = reach(matrix_of(relations, 5), values, hidden, np.array([3]), enough=np.array([np.inf]))
    assert found.width[0] >= 5


UNITS, GROUPS, SEXES = 3, 3, 2
tables = st.lists(st.integers(0, 9), min_size=UNITS * GROUPS * SEXES, max_size=UNITS * GROUPS * SEXES).map(
    lambda values: np.array(values, dtype=float).reshape(UNITS, GROUPS, SEXES)
)


def linked(counts):
    """units × groups × sexes with every margin of two: tables that share cells."""
    whole = np.zeros((UNITS + 1, GROUPS + 1, SEXES + 1))
    whole[:-1, :-1, :-1] = counts
    for axis in range(3):
        last, inner = [slice(None)] * 3, [slice(None)] * 3
        last[axis], inner[axis] = slice(-1, None), slice(0, -1)
        whole[tuple(last)] = whole[tuple(inner)].sum(axis=axis, keepdims=True)
    place = np.arange(whole.size).reshape(whole.shape)
    relations = [
        (int(line[-1]), tuple(int(part) for part in line[:-1]))
        for axis in range(3)
        for line in np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])
    ]
    return whole.ravel(), relations


def rank(rows):
    """Of a matrix of fractions."""
    rows, found = [list(map(Fraction, row)) for row in rows], 0
    for at in range(len(rows[0]) if rows else 0):
        chosen = next((row for row in range(found, len(rows)) if rows[row][at]), None)
        if chosen is None:
            continue
        rows[found], rows[chosen] = rows[chosen], rows[found]
        for other in range(found + 1, len(rows)):
            if factor := rows[other][at] / rows[found][at]:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[found], strict=True)]
        found += 1
    return found


def known_to(relations, hidden, known):
    """Which hidden cells follow from the shown ones and the `known`, by ranks: slow, and knows nothing of elimination."""
    unknown = [cell for cell in np.flatnonzero(hidden).tolist() if cell not in known]
    rows = [[int(cell == total) - int(cell in parts) for cell in unknown] for total, parts in relations]
    before = rank(rows)
    return {
        cell
        for at, cell in enumerate(unknown)
        if rank([*rows, [int(one == at) for one in range(len(unknown))]]) == before
    }


@examples(30)
@given(tables)
def test_nothing_small_follows_not_even_for_a_person_who_is_alone(counts):
    values, relations = linked(counts)
    small, nobody = values < 4, np.zeros(values.size, dtype=bool)
    alone = values == 1
    secrets = Secrets(primary=small, alone=alone, closed=nobody)
    hidden = suppress([equation(one) for one in relations], secrets, np.argsort(-values, kind="stable"))
    assert (hidden | ~small).all()
    found = follows([equation(one) for one in relations], hidden)
    assert set(np.flatnonzero(found)) == known_to(relations, hidden, set())
    assert not (found & small).any()
    for one in np.flatnonzero(alone)[:3]:
        assert not {cell for cell in known_to(relations, hidden, {int(one)}) if small[cell]}


@pytest.mark.parametrize("large", [0, attack.LARGE])
@given(tables)
def test_what_is_found_is_possible_and_a_cell_shown_by_force_is_noticed(large, counts):
    values, relations = linked(counts)
    small, nobody = values < 3, np.zeros(values.size, dtype=bool)
    secrets = Secrets(primary=small, alone=nobody, closed=nobody)
    equations = [equation(one) for one in relations]
    hidden = suppress(equations, secrets, np.argsort(-values, kind="stable"))
    wanted = np.flatnonzero(small)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(attack, "LARGE", large)
        quick, exact = (
            reach(matrix_of(relations, values.size), values, hidden, wanted, enough=np.full(wanted.size, enough))
            for enough in (2.0, np.inf)
        )
    assert ((exact.least <= values[wanted]) & (values[wanted] <= exact.greatest)).all()
    assert ((exact.least <= quick.least) & (quick.greatest <= exact.greatest)).all()
    assert ((quick.width >= 2) == (exact.width >= 2)).all()
    for partner in np.flatnonzero(hidden & ~small):
        shown = hidden.copy()
        shown[partner] = False
        # elimination hides nothing that it need not: without a partner something follows, or the partner itself did
        assert follows(equations, shown)[wanted].any() or follows(equations, hidden)[partner]
