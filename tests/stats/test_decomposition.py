"""Components add up, whoever comes first, and equal the mean over every order of replacement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats.decomposition import (
    bootstrapped,
    cross_classified,
    das_gupta,
    drawn_again,
    kitagawa,
    linearised,
    person_weights,
    shares_of,
)
from tests.oracle.signs import shared_out

group = st.lists(st.tuples(st.integers(1, 900), st.floats(0, 80)), min_size=3, max_size=3)
table = st.lists(
    st.lists(st.tuples(st.integers(1, 90), st.floats(0, 80)), min_size=3, max_size=3), min_size=2, max_size=2
)


def parts(rows):
    size, rates = np.moveaxis(np.array(rows, dtype=float), -1, 0)
    return size, rates


@given(group, group)
def test_composition_and_level_add_up_to_the_difference_and_change_sign_with_the_order(first, second):
    (n1, r1), (n2, r2) = parts(first), parts(second)
    found = kitagawa(shares_of(n1), r1, shares_of(n2), r2)
    np.testing.assert_allclose(found.effect.sum(), found.difference, atol=1e-9)
    np.testing.assert_allclose(found.difference, (n1 * r1).sum() / n1.sum() - (n2 * r2).sum() / n2.sum(), atol=1e-9)
    np.testing.assert_allclose(found.first - found.second, found.effect, atol=1e-9)
    turned = kitagawa(shares_of(n2), r2, shares_of(n1), r1)
    np.testing.assert_allclose(turned.effect, -found.effect, atol=1e-9)
    np.testing.assert_allclose(kitagawa(shares_of(n1), r1, shares_of(n1), r2).effect[0], 0, atol=1e-9)


@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(0.1, 9)), min_size=2, max_size=5))
def test_an_effect_is_its_mean_over_all_orders(factors):
    first, second = ([pair[side] for pair in factors] for side in (0, 1))
    for rate in (lambda *x: np.prod(x, axis=0), lambda *x: np.asarray(x[0] / (1 + sum(x[1:])))):
        found = das_gupta(first, second, rate)
        np.testing.assert_allclose(found.effect, shared_out(first, second, rate), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found.effect.sum(), found.difference, rtol=1e-9, atol=1e-9)


@given(table, table)
def test_age_diagnosis_and_rate_add_up_and_collapse_to_composition_and_level(first, second):
    (n1, r1), (n2, r2) = parts(first), parts(second)
    found = cross_classified(n1, r1, n2, r2)
    flat = kitagawa(shares_of(n1.ravel()), r1.ravel(), shares_of(n2.ravel()), r2.ravel())
    np.testing.assert_allclose(found.effect.sum(), flat.difference, atol=1e-9)
    np.testing.assert_allclose([found.effect[:2].sum(), found.effect[2]], flat.effect, atol=1e-9)
    turned = cross_classified(n1.T, r1.T, n2.T, r2.T)
    np.testing.assert_allclose(turned.effect[[1, 0, 2]], found.effect, atol=1e-9)


def test_drawing_persons_again_gives_intervals_that_hold_the_effect_and_the_same_ones_each_time():
    time, days = np.array([[1, 0], [1, 0], [0, 1], [0, 1]]), np.array([[0, 0], [30, 0], [0, 0], [0, 50]])
    women, men = ((np.array(persons), time, days) for persons in ([300, 40, 260, 60], [350, 20, 260, 30]))

    def split(n1, r1, n2, r2):
        return kitagawa(shares_of(n1), r1, shares_of(n2), r2)

    found = bootstrapped(women, men, split, level=0.95, seed=4)
    sizes = [group[0] @ time for group in (women, men)]
    rates = [group[0] @ days / size for group, size in zip((women, men), sizes, strict=True)]
    plain = split(sizes[0], rates[0], sizes[1], rates[1])
    np.testing.assert_allclose(found.effect, plain.effect)
    assert (found.lower < found.effect).all() and (found.effect < found.upper).all()
    assert found.lower[1] > 0  # the level differs, the composition hardly
    again = bootstrapped(women, men, split, level=0.95, seed=4)
    assert (again.lower == found.lower).all() and (
        bootstrapped(women, men, split, level=0.95, seed=5).lower != found.lower
    ).any()


def test_the_linearised_intervals_are_those_of_drawing_persons_again():
    """Persons with one or two cases, in two ages and two diagnoses; the two ways differ by the draw alone."""
    case = np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1],
                     [1, 1, 0, 0], [0, 0, 1, 1]])  # fmt: skip
    event = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1],
                      [1, 1, 0, 0], [0, 0, 0, 1]])  # fmt: skip
    persons = [4 * np.array([90, 60, 70, 40, 55, 80, 45, 50, 35]), 4 * np.array([60, 25, 90, 30, 60, 45, 20, 20, 60])]

    def from_rates(n1, r1, n2, r2):
        shape = (-1, 2, 2)
        return cross_classified(n1.reshape(shape), r1.reshape(shape), n2.reshape(shape), r2.reshape(shape))

    def from_totals(first, second):
        return from_rates(first[:, :4], first[:, 4:] / first[:, :4], second[:, :4], second[:, 4:] / second[:, :4])

    drawn = bootstrapped(*((group, case, event) for group in persons), from_rates, level=0.95, seed=3, replicates=8000)
    z = np.hstack([case, event]).astype(float)
    totals = np.stack([group @ z for group in persons])[:, None]
    cross = np.stack([z.T @ (group[:, None] * z) for group in persons])[:, None]
    found = linearised(totals, cross, from_totals, level=0.95)
    np.testing.assert_allclose(found.effect[0], drawn.effect, atol=1e-12)
    np.testing.assert_allclose((found.upper - found.lower)[0], drawn.upper - drawn.lower, rtol=0.06)
    np.testing.assert_allclose(found.lower[0], drawn.lower, atol=0.004)
    # person by person, and with more persons than weights in as many groups
    parts = [np.random.default_rng(8).permutation(np.repeat(z, group, axis=0)) for group in persons]
    for most in (2_500, 1_000):
        again = drawn_again(*parts, person_weights(most, seed=6), from_totals, level=0.95)
        np.testing.assert_allclose(again.effect, drawn.effect, atol=1e-12)
        np.testing.assert_allclose(again.upper - again.lower, drawn.upper - drawn.lower, rtol=0.08)
    # that two cases are one person's counts: the same cases of as many persons have another interval
    single = [np.tile(np.eye(4)[at], 2) * row for row in z for at in range(4) if row[at]]
    weight = [[count for count, row in zip(group, z, strict=True) for at in range(4) if row[at]] for group in persons]
    apart = np.stack([np.einsum("p,pz,py->zy", w, np.array(single), np.array(single)) for w in weight])[:, None]
    assert (np.abs(linearised(totals, apart, from_totals, level=0.95).upper - found.upper) > 1e-5).all()


def test_the_intervals_hold_the_parts_as_often_as_they_say_where_strata_are_small():
    """Six strata of a dozen persons each and less, drawn from a population whose parts are known."""
    mixes = [np.array([0.35, 0.2, 0.15, 0.15, 0.1, 0.05]), np.array([0.2, 0.25, 0.15, 0.2, 0.1, 0.1])]
    rates = [np.array([0.4, 0.7, 0.6, 0.45, 0.65, 0.5]), np.array([0.45, 0.75, 0.6, 0.5, 0.7, 0.6])]

    def split(first, second):
        sizes, raw = zip(*((side[:, :6], side[:, 6:] / np.where(side[:, :6] > 0, side[:, :6], np.nan))
                           for side in (first, second)), strict=True)  # fmt: skip
        lent = [np.where(np.isnan(own), other, own).reshape(-1, 2, 3) for own, other in (raw, raw[::-1])]
        return cross_classified(sizes[0].reshape(-1, 2, 3), lent[0], sizes[1].reshape(-1, 2, 3), lent[1])

    truth = split(*(np.hstack([mix, mix * rate])[None] for mix, rate in zip(mixes, rates, strict=True))).effect[0]
    generator, weights, held = np.random.default_rng(1969), person_weights(130, seed=2), np.zeros(3)
    for _ in range(400):
        groups = []
        for size, mix, rate in zip((130, 100), mixes, rates, strict=True):
            stratum = generator.choice(6, size, p=mix)
            case = np.eye(6)[stratum]
            groups.append(np.hstack([case, case * (generator.random(size) < rate[stratum])[:, None]]))
        found = drawn_again(*groups, weights, split, level=0.95)
        held += (found.lower <= truth) & (truth <= found.upper)
    assert (held / 400 >= 0.93 - 2 * np.sqrt(0.93 * 0.07 / 400)).all(), held / 400


def test_refusals():
    with pytest.raises(ValueError, match="number of factors"):
        das_gupta([1], [1, 2], lambda *x: np.asarray(x[0]))
    with pytest.raises(ValueError, match="shares < 0"):
        kitagawa([-0.1, 1.1], [1, 1], [0.5, 0.5], [1, 1])
    with pytest.raises(ValueError, match="size < 0"):
        cross_classified([[-1, 2]], [[1, 1]], [[1, 2]], [[1, 1]])
    with pytest.raises(ValueError, match="replicates"):
        bootstrapped(([1], [[1]], [[1]]), ([1], [[1]], [[1]]), kitagawa, level=0.95, seed=1, replicates=10)
    with pytest.raises(ValueError, match="replicates"):
        person_weights(10, seed=1, replicates=100)
    assert np.isnan(kitagawa([0.5, 0.5], [1, np.nan], [0.5, 0.5], [1, 1]).difference)
