"""Unit against unit and unit against region: standardised rates, days, funnels, overdispersion, flags and ranks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats import flags, funnel, overdispersion
from pipelines.stats.days import day_sums, rate_of_days
from pipelines.stats.intervals import rate, wilson
from pipelines.stats.overdispersion import Kind
from pipelines.stats.standardisation import (
    aligned,
    crude_rate,
    directly_standardised,
    directly_standardised_persons,
    indirectly_standardised,
)

HOW = {"per": 1000, "level": 0.95}
strata = st.lists(st.tuples(st.integers(3, 60), st.integers(100, 5_000), st.integers(1, 900)), min_size=4, max_size=9)


@given(strata, st.floats(0.1, 50))
def test_only_the_proportions_of_the_weights_matter_and_own_weights_give_the_crude_rate(rows, factor):
    x, n, w = np.array(rows, dtype=float).T
    found, scaled = directly_standardised(x, n, w, **HOW), directly_standardised(x, n, factor * w, **HOW)
    np.testing.assert_allclose([scaled.value, scaled.lower, scaled.upper], [found.value, found.lower, found.upper])
    assert found.lower < found.value < found.upper
    np.testing.assert_allclose(directly_standardised(x, n, n, **HOW).value, crude_rate(x, n, per=1000))
    np.testing.assert_allclose(indirectly_standardised(x, n, x, n, scale=1, level=0.95).value, 1)


@given(strata)
def test_persons_with_one_event_each_are_independent_events_and_more_each_are_less_sure(rows):
    x, n, w = np.array(rows, dtype=float).T
    one = np.stack([x, 0 * x], axis=-1)
    found, same = directly_standardised(x, n, w, **HOW), directly_standardised_persons(one, n, w, **HOW)
    np.testing.assert_allclose([same.value, same.lower, same.upper], [found.value, found.lower, found.upper])
    pairs = directly_standardised_persons(np.stack([0 * x, x], axis=-1), n, w, **HOW)
    np.testing.assert_allclose(pairs.value, 2 * found.value)
    twice = directly_standardised(2 * x, n, w, **HOW)
    np.testing.assert_allclose((pairs.upper - pairs.lower) / (twice.upper - twice.lower), np.sqrt(2))


def test_a_missing_part_or_few_events_give_no_figure_and_wrong_parts_are_refused():
    n, w = [100, 100], [1, 1]
    assert np.isnan(directly_standardised([4, 5], n, w, **HOW).value)
    assert np.isnan(directly_standardised([40, np.nan], n, w, **HOW).value)
    assert np.isnan(directly_standardised([40, 30], [100, np.nan], w, **HOW).upper)
    assert np.isnan(indirectly_standardised([4, np.nan], n, [9, 9], n, scale=1, level=0.95).value)
    assert np.isnan(indirectly_standardised([0, 0], [0, 0], [9, 9], n, scale=1, level=0.95).value)
    with pytest.raises(ValueError, match=r"events < 0 \(1\), denominators <= 0 \(1\), weights <= 0 \(1\)"):
        directly_standardised([-1, 5], [100, 0], [0, 1], **HOW)
    with pytest.raises(ValueError, match="unequal strata"):
        directly_standardised([40], [100], w, **HOW)


def test_strata_are_put_in_the_order_of_the_standard_or_refused_with_every_fault():
    assert aligned(["40–49", "18–39", "50–67"], ["18–39", "40–49", "50–67"]).tolist() == [1, 0, 2]
    with pytest.raises(
        ValueError, match=r"duplicate strata \(1\), .*missing in the unit \(1\), .*in the standard \(1\)"
    ):
        aligned(["a", "a", "c"], ["a", "b"])


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(30, 365)), min_size=3, max_size=30))
def test_days_vary_by_person_and_the_same_person_twice_is_no_more_sure(rows):
    d, t = np.array(rows, dtype=float).T
    found = rate_of_days(day_sums(d, t), **HOW)
    np.testing.assert_allclose(found.value, 1000 * d.sum() / t.sum())
    if not d.any():
        assert np.isnan([found.lower, found.upper]).all()
        return
    half = 1.959963984540054 * np.sqrt(len(d) / (len(d) - 1) * ((d - d.sum() / t.sum() * t) ** 2).sum()) / d.sum()
    # from sums of squares: what is 0 person by person may be 1e-8 of the rate
    logs = np.log([found.upper / found.value, found.value / found.lower])
    np.testing.assert_allclose(logs, half, rtol=1e-6, atol=1e-6)
    longer = rate_of_days(day_sums(2 * d, 2 * t), **HOW)
    np.testing.assert_allclose(np.log([longer.value / found.value, longer.upper / found.upper]), 0, atol=1e-6)


def test_one_person_has_no_interval_and_byar_on_days_would_be_far_too_sure():
    assert np.isnan(rate_of_days(day_sums([20.0], [365.0]), **HOW).lower)
    days = np.concatenate([np.zeros(900), np.full(100, 60.0)])
    ours, byar = rate_of_days(day_sums(days, np.full(1000, 365.0)), **HOW), rate(6_000, 365_000, **HOW)
    assert ours.upper - ours.lower > 5 * (byar.upper - byar.lower)
    with pytest.raises(ValueError, match="days < 0"):
        rate_of_days(day_sums([-3.0, 2.0], [5.0, 20.0]), **HOW)


@given(st.integers(1, 5_000), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_the_share_funnel_is_where_wilson_meets_the_pooled_share(n, pooled, level):
    lines = funnel.share_funnel(n, pooled, level=level)
    if lines.lower > 0:
        np.testing.assert_allclose(wilson(lines.lower * n, n, level=level).upper, pooled, atol=1e-9)
    if lines.upper < 1:
        np.testing.assert_allclose(wilson(lines.upper * n, n, level=level).lower, pooled, atol=1e-9)


def test_funnels_of_more_events_are_narrower_and_no_event_has_no_upper_line():
    lines = funnel.ratio_funnel(np.arange(1, 200), level=0.998)
    assert (np.diff(lines.lower) > 0).all() and (np.diff(lines.upper) < 0).all()
    assert np.isnan(funnel.ratio_funnel(0, level=0.95).upper)


def test_a_unit_is_flagged_only_outside_in_the_same_direction_two_years_running():
    assert funnel.side([1.1, 0.5, 0.9, np.nan], [1.4, 0.8, 1.2, 1], 1.0).tolist() == [1, -1, 0, 0]
    assert funnel.outside_two_years([1, 1, -1, -1, 0], [1, -1, -1, 0, 0]).tolist() == [1, 0, -1, 0, 0]


@pytest.mark.parametrize("kind", list(Kind))
def test_units_that_vary_by_chance_alone_are_not_widened_and_units_that_differ_are(kind):
    generator = np.random.default_rng(11)
    size = generator.integers(400, 4_000, 400).astype(float)
    ratio = kind in (Kind.RATIO_ROOT, Kind.RATIO_LOG)
    mean = np.ones(400) if ratio else np.full(400, 0.2)
    draw = generator.poisson if ratio else None
    alike = draw(mean * size) if ratio else generator.binomial(size.astype(int), mean)
    spread = mean * np.exp(generator.normal(0, 0.2, 400))
    unlike = draw(spread * size) if ratio else generator.binomial(size.astype(int), np.minimum(spread, 1))
    calm, wild = (overdispersion.dispersion(kind, events, size) for events in (alike, unlike))
    s = overdispersion.standard_error(kind, alike, size)
    plain = overdispersion.widened(kind, s, theta=calm.theta, tau2=0.0, level=0.95)
    wide = overdispersion.widened(kind, s, theta=wild.theta, tau2=wild.tau2, level=0.95)
    assert calm.phi < 1.2 and wild.phi > 3 and wild.tau2 > 20 * calm.tau2
    assert (wide.lower < plain.lower).all() and (wide.upper > plain.upper).all()
    assert np.abs(overdispersion.adjusted_z(wild, s)).max() < np.abs(wild.z).max()


def test_limits_never_widen_with_size():
    s = np.array([0.05, 0.2, 0.4, 0.9, 2.0])
    for kind in Kind:
        found = overdispersion.widened(kind, s, theta=overdispersion.centre(kind, 0.3), tau2=0.02, level=0.998)
        assert (np.diff(found.lower) <= 0).all() and (np.diff(found.upper) >= 0).all()
    with pytest.raises(ValueError, match="no events on the log scale"):
        overdispersion.dispersion(Kind.RATIO_LOG, [0, 3], [2.0, 2.0])


def test_false_discoveries_are_adjusted_as_published():
    """Benjamini & Hochberg 1995, section 4.1: fifteen tests, of which four are significant at 0.05."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert (flags.benjamini_hochberg(p) <= 0.05).sum() == 4
    mixed = flags.benjamini_hochberg([[0.04, np.nan], [0.01, 0.02]])
    np.testing.assert_allclose(mixed, [[0.04, np.nan], [0.03, 0.03]])
    # a smaller p never has the larger adjusted one
    np.testing.assert_allclose(flags.benjamini_hochberg([0.030, 0.031, 0.032, 0.9]), [0.128 / 3] * 3 + [0.9])
    with pytest.raises(ValueError, match="outside"):
        flags.benjamini_hochberg([1.2])
    np.testing.assert_allclose(flags.two_sided_p([1.959963984540054, -1.959963984540054]), 0.05)


def test_ranks_are_sure_only_when_units_are_far_apart():
    far = flags.rank_intervals([1, 5, 9], [0.1, 0.1, 0.1], level=0.95, seed=1)
    assert far.lower.tolist() == far.upper.tolist() == [1, 2, 3]
    near = flags.rank_intervals(np.zeros(50), np.ones(50), level=0.95, seed=1)
    assert near.lower.max() <= 5 and near.upper.min() >= 46
    again = flags.rank_intervals(np.zeros(50), np.ones(50), level=0.95, seed=1)
    assert (again.value == near.value).all()
    with pytest.raises(ValueError, match="replicates"):
        flags.rank_intervals([1], [1], level=0.95, seed=1, replicates=100)
    with pytest.raises(ValueError, match="missing"):
        flags.rank_intervals([np.nan], [1], level=0.95, seed=1)
