"""k-anonymity: nobody alone, nobody lost, nothing coarser than its rule demands; counted again in plain Python."""

from collections import defaultdict
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.anonymity import anonymise, enough, least_diverse, persons_in_class

HIERARCHY = {
    "kon": ("kon",),
    "grupp": ("grupp", "grov", "alla"),
    "plats": ("enhet", "omrade", "alla"),
}
ORDER = ("grupp", "plats", "grupp", "plats")
COLUMNS = ["person", "kon", "grupp", "grov", "enhet", "omrade", "alla", "dagar"]

case = st.tuples(st.integers(1, 12), st.sampled_from("KM"), st.integers(0, 5), st.integers(0, 3), st.integers(1, 9))
many = st.lists(case, max_size=40)
ks, shares = st.integers(1, 6), st.sampled_from([0.0, 0.05, 0.2, 0.5])


def frame(rows):
    """Every coarser column is a function of the finer one; unit 3 has no område."""
    return pd.DataFrame(
        [(p, s, f"g{g}", f"G{g // 2}", f"e{e}", ("N", "N", "S", None)[e], "alla", d) for p, s, g, e, d in rows],
        columns=COLUMNS,
    )


def anonymous(cases, k, share):
    return anonymise(
        cases, HIERARCHY, person="person", order=ORDER, values=["person", "dagar"], k=k, most_suppressed=share
    )


def in_small_classes(rows, levels, k):
    """The second way: a dictionary of sets of persons."""
    names = [HIERARCHY[name][level] for name, level in levels.items()]
    records = [dict(zip(COLUMNS, row, strict=True)) for row in rows.itertuples(index=False, name=None)]
    persons = defaultdict(set)
    for record in records:
        persons[tuple(str(record[name]) for name in names)].add(record["person"])
    return sum(len(persons[tuple(str(record[name]) for name in names)]) < k for record in records)


@settings(max_examples=40)  # each example groups its cases up to a dozen times
@given(many, ks, shares)
def test_every_class_has_k_persons_and_no_case_is_lost(rows, k, share):
    cases = frame(rows)
    found = anonymous(cases, k, share)
    assert found.suppressed + len(found.rows) == len(cases)
    persons = found.rows.groupby(list(HIERARCHY), dropna=False)["person"].nunique()
    assert (persons >= k).all()
    assert found.after.number == len(persons)
    assert found.after.k == (persons.min() if len(persons) else 0)
    assert found.suppressed == in_small_classes(cases, found.levels, k)


@settings(max_examples=40)  # each example groups its cases up to a dozen times
@given(many, ks, shares)
def test_it_is_no_coarser_than_its_share_demands(rows, k, share):
    """Against every choice there is: the answer suffices or is the coarsest, and nothing nowhere coarser suffices."""
    cases = frame(rows)
    levels = enough(cases, HIERARCHY, person="person", order=ORDER, k=k, most_suppressed=share)
    coarsest = {name: len(columns) - 1 for name, columns in HIERARCHY.items()}
    most = share * len(cases)
    assert levels == coarsest or in_small_classes(cases, levels, k) <= most
    for choice in product(*(range(level + 1) for level in levels.values())):
        finer = dict(zip(HIERARCHY, choice, strict=True))
        if finer != levels:
            assert in_small_classes(cases, finer, k) > most


@settings(max_examples=40)  # each example groups its cases up to a dozen times
@given(many.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), ks, shares)
def test_the_order_of_the_cases_tells_nothing(both, k, share):
    one, other = (anonymous(frame(rows), k, share) for rows in both)
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert (one.levels, one.suppressed, one.before, one.after) == (
        other.levels, other.suppressed, other.before, other.after,
    )  # fmt: skip


def test_persons_are_counted_and_not_cases():
    cases = frame([(1, "K", 0, 0, 5)] * 7 + [(2, "K", 0, 0, 5)])
    assert persons_in_class(cases, ["kon", "grupp"], "person").tolist() == [2] * 8
    assert len(anonymous(cases, 3, 0.0).rows) == 0
    assert len(anonymous(cases, 2, 0.0).rows) == 8


def test_a_known_answer():
    """Group 0 and 1 become one before the place is touched; the lone man cannot be helped and is left out."""
    women = [(person, "K", person % 2, 0, 9) for person in range(1, 7)]
    found = anonymous(frame([*women, (7, "M", 0, 0, 9)]), 4, 0.2)
    assert found.levels == {"kon": 0, "grupp": 1, "plats": 0}
    assert found.suppressed == 1
    assert (found.before.k, found.before.number, found.after.k, found.after.number) == (1, 3, 6, 1)
    assert found.rows.columns.tolist() == [*HIERARCHY, "person", "dagar"]
    assert set(found.rows["grupp"]) == {"G0"}


def test_a_step_that_did_not_help_is_taken_back():
    """Coarser groups come first in the order and merge nothing here: only the place had to give way."""
    rows = [
        (3 * at + n, "K", group, unit, 9) for at, (group, unit) in enumerate(product((0, 2), (0, 1))) for n in range(3)
    ]
    assert anonymous(frame(rows), 5, 0.0).levels == {"kon": 0, "grupp": 0, "plats": 1}


@pytest.mark.parametrize(("values", "least"), [(["a", "b", "a", "a"], 1), (["a", "b", "a", None], 2), ([], 0)])
def test_a_class_of_one_outcome_is_seen(values, least):
    rows = pd.DataFrame({"grupp": ["x", "x", "y", "y"][: len(values)], "slut": values})
    assert least_diverse(rows, ["grupp"], "slut") == least
