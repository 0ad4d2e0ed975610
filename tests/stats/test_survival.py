"""Curves against a slow implementation, and what must always hold. Figures from R: test_reference.py."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats.counting import count_days
from pipelines.stats.survival import aalen_johansen, aalen_variance, at_days, kaplan_meier, limits, quantile
from tests.oracle.survival import curves, incidence_variance

LEVEL = 0.95
DAYS = np.arange(0, 21)
CURVES = ("at_risk", "survival", "share", "variance", "lower", "upper")

person = st.tuples(st.integers(-1, 6), st.integers(0, 20), st.integers(0, 2)).filter(lambda p: p[0] < p[1])
persons = st.lists(person, min_size=1, max_size=40)


def counted(people, weight=None):
    entered = [np.nan if p[0] < 0 else p[0] for p in people]
    left, cause = [p[1] for p in people], [p[2] for p in people]
    return count_days(left, cause, causes=2, entered=entered, weight=weight)


def fitted(people, weight=None, **how):
    counts = counted(people, weight)
    return aalen_johansen(
        counts.day, counts.events, counts.censored, level=LEVEL, entered_after=counts.entered_after, **how
    )


@given(persons)
def test_counts_per_day_equal_the_slow_implementation(people):
    fit = fitted(people)
    days = fit.day.tolist()
    slow = curves(people, days, 2)
    np.testing.assert_allclose(fit.at_risk, slow["risk"])
    np.testing.assert_allclose(fit.survival, slow["S"], atol=1e-12)
    np.testing.assert_allclose(fit.share.T, slow["F"], atol=1e-12)
    for cause in (1, 2):
        np.testing.assert_allclose(fit.variance[cause - 1], incidence_variance(people, days, cause, 2), atol=1e-12)


@given(persons)
def test_shares_sum_to_one_and_only_grow(people):
    fit = fitted(people)
    np.testing.assert_allclose(fit.share.sum(axis=0) + fit.survival, 1, atol=1e-9)
    assert (np.diff(fit.share, axis=1) >= -1e-12).all()


@given(persons, st.sampled_from(["log-log", "log", "plain"]))
def test_limits_hold_the_share_and_are_missing_at_0_and_1(people, scale):
    fit = fitted(people, scale=scale)
    inside = (fit.share > 1e-9) & (fit.share < 1 - 1e-9)
    assert (np.isfinite(fit.lower) == inside).all() and (np.isfinite(fit.upper) == inside).all()
    assert (fit.lower[inside] <= fit.share[inside] + 1e-9).all()
    assert (fit.share[inside] <= fit.upper[inside] + 1e-9).all()
    assert (fit.lower[inside] >= 0).all() and (fit.upper[inside] <= 1).all()


@given(persons)
def test_with_one_cause_the_incidence_is_one_less_the_survival(people):
    counts = counted(people)
    whole, how = counts.events.sum(axis=0), {"level": LEVEL, "entered_after": counts.entered_after}
    one = kaplan_meier(counts.day, whole, counts.censored, **how)
    fit = aalen_johansen(counts.day, whole[None], counts.censored, **how)
    np.testing.assert_allclose(fit.share[0], 1 - one.survival, atol=1e-12)
    # Greenwood, while anybody is left
    left = one.survival > 1e-9
    np.testing.assert_allclose(fit.variance[0][left], one.variance[left], atol=1e-12)


@given(persons, st.randoms())
def test_neither_the_order_of_rows_nor_the_order_of_causes_matters(people, chance):
    mixed = list(people)
    chance.shuffle(mixed)
    swapped = [(entered, left, (0, 2, 1)[cause]) for entered, left, cause in mixed]
    fit, other = fitted(people), fitted(swapped)
    np.testing.assert_allclose(other.survival, fit.survival, atol=1e-12)
    for name in ("share", "variance", "lower", "upper"):
        np.testing.assert_allclose(getattr(other, name)[::-1], getattr(fit, name), atol=1e-12)


@given(persons, st.data())
def test_a_weight_is_as_many_rows(people, data):
    weight = data.draw(st.lists(st.integers(1, 4), min_size=len(people), max_size=len(people)))
    rows = [person for person, count in zip(people, weight, strict=True) for _ in range(count)]
    once, many = fitted(people, weight), fitted(rows)
    for name in CURVES:
        np.testing.assert_allclose(getattr(once, name), getattr(many, name), atol=1e-12)


@given(st.lists(persons, min_size=2, max_size=4))
def test_many_curves_at_once_equal_each_by_itself(groups):
    everybody = [person for people in groups for person in people]
    number = np.repeat(np.arange(len(groups)), [len(people) for people in groups])
    entered = [np.nan if p[0] < 0 else p[0] for p in everybody]
    counts = count_days(
        [p[1] for p in everybody],
        [p[2] for p in everybody],
        causes=2,
        entered=entered,
        group=number,
        groups=len(groups),
    )
    how = {"level": LEVEL}
    all_ = aalen_johansen(counts.day, counts.events, counts.censored, entered_after=counts.entered_after, **how)
    for at in range(len(groups)):
        alone = aalen_johansen(
            counts.day, counts.events[at], counts.censored[at], entered_after=counts.entered_after[at], **how
        )
        for name in CURVES:
            np.testing.assert_allclose(getattr(all_, name)[at], getattr(alone, name), atol=1e-12)


def test_aalens_variance_is_near_the_delta_method_and_not_the_same():
    generator = np.random.default_rng(7)
    counts = count_days(generator.geometric(0.01, 2_000), generator.integers(0, 3, 2_000), causes=2)
    fit = aalen_johansen(counts.day, counts.events, counts.censored, level=LEVEL)
    se = np.sqrt(aalen_variance(counts.day, counts.events, counts.censored)) / np.sqrt(
        np.where(fit.variance > 0, fit.variance, 1)
    )
    known = (fit.at_risk > 100) & (fit.variance > 0)
    assert 0.985 < se[known].min() and se[known].max() < 1.015 and abs(se[known] - 1).max() > 1e-4


@pytest.mark.parametrize("late", [False, True])
def test_on_chosen_days_the_answer_is_the_same(late):
    generator = np.random.default_rng(11)
    entered = generator.integers(0, 2, 500) if late else None
    counts = count_days(2 + generator.geometric(0.02, 500), generator.integers(0, 3, 500), causes=2, entered=entered)
    how = {"level": LEVEL, "entered_after": counts.entered_after}
    every = aalen_johansen(counts.day, counts.events, counts.censored, **how)
    wanted = counts.day[[0, 7, 30, -1]]
    some = aalen_johansen(counts.day, counts.events, counts.censored, at=wanted, **how)
    for name in ("day", *CURVES):
        np.testing.assert_array_equal(getattr(some, name), getattr(every, name)[..., [0, 7, 30, -1]])


def test_without_censoring_the_incidence_is_the_share():
    fit = aalen_johansen([0, 1, 5], [[2, 3, 0], [0, 1, 4]], [0, 0, 0], level=LEVEL)
    np.testing.assert_allclose(fit.share[:, -1], [0.5, 0.5])
    np.testing.assert_allclose(fit.variance[0, -1], 0.5 * 0.5 / 10)
    np.testing.assert_allclose(at_days(fit.day, fit.share[0], [-1, 0, 4, 9], start=0.0), [0, 0.2, 0.5, 0.5])


def test_an_undefined_interval_is_missing_never_zero_wide():
    for scale in ("log-log", "log", "plain"):
        fit = aalen_johansen([1, 2], [[0, 5]], [0, 0], level=LEVEL, scale=scale)
        assert np.isnan(fit.lower).all()
        assert np.isnan(fit.upper).all()
    low, high = limits(np.array([0.0, 1.0]), np.array([0.01, 0.01]), level=LEVEL, scale="log-log")
    assert np.isnan([*low, *high]).all()


def test_quantiles_meet_a_flat_stretch_in_its_middle_and_may_be_missing():
    assert quantile([1, 2, 4], [0.75, 0.5, 0.25], 0.5) == 3
    assert quantile([1, 2, 4], [0.75, 0.6, 0.4], 0.5) == 4
    assert np.isnan(quantile([1, 2], [0.9, 0.8], 0.5))
    np.testing.assert_array_equal(quantile([1, 2, 4], [[0.75, 0.5, 0.25], [0.9, 0.8, 0.7]], 0.5), [3, np.nan])


def test_refusals():
    with pytest.raises(ValueError, match="negative"):
        aalen_johansen([1], [[-1]], [0], level=LEVEL)
    with pytest.raises(ValueError, match="not among"):
        aalen_johansen([1, 3], [[1, 1]], [0, 0], level=LEVEL, at=[2])
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([1], [1], [-1], level=LEVEL)
    with pytest.raises(ValueError, match="increase"):
        kaplan_meier([2, 1], [1, 1], [0, 0], level=LEVEL)
    with pytest.raises(ValueError, match="at risk"):
        kaplan_meier([1, 2], [1, 0], [0, 0], level=LEVEL, entered_after=[0, 1])
    with pytest.raises(ValueError, match="entered on or after"):
        count_days([3], [1], causes=1, entered=[3])
    with pytest.raises(ValueError, match="unknown cause"):
        count_days([3], [2], causes=1)
