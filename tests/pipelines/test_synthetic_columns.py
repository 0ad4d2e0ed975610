"""The quick ways of the generator say what the plain ones would: sorting, searching, and texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipelines.synthetic import columns as c
from pipelines.synthetic.odds import Steps, pick
from pipelines.synthetic.rows import in_order

WEIGHTS = arrays.arrays(np.float64, st.integers(1, 40), elements=st.just(0.0) | st.floats(1e-9, 1)).filter(
    lambda weights: weights.sum() > 0
)
PAIRS = st.lists(st.tuples(st.integers(0, 2_000), st.integers(-4_000, 4_000)), max_size=60)


@given(WEIGHTS, st.booleans(), st.data())
def test_a_step_is_what_a_search_finds(weights, left, data):
    """Also on the edges themselves, and where several edges are the same."""
    edges = np.cumsum(weights)
    inside = data.draw(arrays.arrays(np.float64, 30, elements=st.floats(0, float(edges[-1]))))
    values = np.concatenate([edges, np.nextafter(edges, 0), inside, [0.0]])
    found = Steps(edges, left=left).find(values)
    assert found.tolist() == np.searchsorted(edges, values, side="left" if left else "right").tolist()


def test_what_has_no_weight_is_never_picked_and_the_rest_by_weight():
    weights = np.array([0.0, 3.0, 0.0, 1.0, 0.0])
    picked = np.bincount(pick(weights, 100_000, np.random.default_rng(4)), minlength=5) / 100_000
    assert picked[[0, 2, 4]].tolist() == [0, 0, 0]
    assert picked[1] == pytest.approx(0.75, abs=4 * (0.75 * 0.25 / 100_000) ** 0.5)


@given(PAIRS)
def test_rows_are_in_order_and_equal_ones_as_they_were(pairs):
    first, second = (np.array([pair[at] for pair in pairs], dtype=np.int32) for at in range(2))
    assert in_order(first, second).tolist() == sorted(range(len(pairs)), key=lambda at: (pairs[at], at))


def test_ids_are_the_number_in_letters():
    numbers = np.array([0, 15, 16, 2**16 - 1, 2**16, (33 << 28) + 12_345, 2**48 - 1])
    plain = ["i" + "".join("abcdefghijklmnop"[int(digit, 16)] for digit in f"{number:012x}") for number in numbers]
    assert c.identities("i", numbers).to_pylist() == plain


def test_pseudonyms_are_five_bits_a_character_and_never_the_same():
    """As spelled out one character at a time, from the low bits up; thirteen of each mixed number."""
    numbers = np.arange(20_000)
    texts = c.pseudonyms(numbers, 7).to_pylist()
    first = c._mixed(numbers.astype(np.uint64), 7)
    second = c._mixed(first, 8)
    for at in (0, 1, 19_999):
        mixed = [int(first[at]), int(second[at])]
        plain = [number >> 5 * place & 31 for number in mixed for place in range(13)]
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # pragma: allowlist secret
        assert texts[at] == "".join(alphabet[digit] for digit in plain)
    assert len(set(texts)) == len(texts)


def test_days_and_instants_are_counted_from_the_first_day():
    zero = np.datetime64("2024-02-28")
    days = np.array([1, 0, -400, 2], dtype=np.int32)
    expected = [str(zero + int(day)) for day in days]
    assert c.days(zero, days).to_pylist() == expected == ["2024-02-29", "2024-02-28", "2023-01-24", "2024-03-01"]
    instants = c.instants(zero, days, np.array([0, 86_399, 3_661, 57_600])).to_pylist()
    assert instants == ["2024-02-29T00:00:00", "2024-02-28T23:59:59", "2023-01-24T01:01:01", "2024-03-01T16:00:00"]


def test_columns_without_rows():
    none = np.zeros(0, dtype=np.int64)
    empty = [c.identities("i", none), c.pseudonyms(none, 1), c.days(np.datetime64("2024-01-01"), none)]
    assert [column.to_pylist() for column in (*empty, c.instants(np.datetime64("2024-01-01"), none, none))] == [[]] * 4
