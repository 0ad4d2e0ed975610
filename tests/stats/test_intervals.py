"""Intervals and contrasts: published figures, refusals, and how often they cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from scipy.stats import poisson as poisson_distribution

from pipelines.stats.contrasts import share_difference, share_ratio
from pipelines.stats.intervals import byar_lower, byar_upper, mean, mean_of_skewed, poisson, rate, wilson
from pipelines.stats.standardisation import directly_standardised_persons, indirectly_standardised


def close(found, expected, tolerance=1e-9):
    np.testing.assert_allclose(found, expected, rtol=tolerance)


def both(make, first, second):
    """A contrast of two rates per 1 000."""
    a, b = (rate(x, np.full_like(x, 1000.0), per=1000, level=0.95) for x in (first, second))
    return make(a.value, a.lower, a.upper, b.value, b.lower, b.upper)


def test_known_values():
    close([wilson(65, 100, level=0.95).lower, wilson(65, 100, level=0.95).upper], [0.552544, 0.736358], 1e-5)
    close([poisson(5, level=0.95).lower, poisson(5, level=0.95).upper], [1.62349, 11.66833], 1e-5)
    close([poisson(65, level=0.95).lower, poisson(65, level=0.95).upper], [50.16319, 82.84914], 1e-6)
    assert poisson(0, level=0.95).lower == 0


def test_refusals_list_every_fault():
    with pytest.raises(ValueError, match=r"x < 0 \(1\), n <= 0 \(1\)"):
        wilson([-1, 1], [5, 0], level=0.95)
    with pytest.raises(ValueError, match="x > n"):
        wilson(6, 5, level=0.95)
    with pytest.raises(ValueError, match="denominator <= 0"):
        rate(1, 0, per=1000, level=0.95)


def test_missing_stays_missing_and_zero_stays_zero():
    found = rate([np.nan, 3, 0], [10, np.nan, 10], per=1000, level=0.95)
    assert np.isnan(found.value[:2]).all()
    assert found.value[2] == 0 == found.lower[2] < found.upper[2]
    ratio = both(share_ratio, np.array([5.0, 0.0]), np.array([0.0, 5.0]))
    assert np.isnan(ratio.value[0])
    assert ratio.value[1] == 0 == ratio.lower[1] < ratio.upper[1]
    shares = share_ratio(0.5, 0.4, 0.6, 0.0, 0.0, 0.1)
    assert np.isnan([shares.value, shares.lower, shares.upper]).all()


def test_a_contrast_of_equals_holds_no_difference():
    difference = both(share_difference, np.array(50.0), np.array(50.0))
    assert difference.lower < 0 == difference.value < difference.upper
    unbounded = share_ratio(96, 50, 140, 62, -10, 134)
    assert np.isnan(unbounded.upper)
    assert 0 < unbounded.lower < unbounded.value
    ratio = share_ratio(0.3, 0.25, 0.35, 0.3, 0.25, 0.35)
    assert ratio.lower < 1 == ratio.value < ratio.upper
    assert share_difference(0.3, 0.25, 0.35, 0.1, 0.08, 0.12).lower > 0


@pytest.mark.parametrize(("first", "second"), [(6.0, 6.0), (25.0, 12.0), (80.0, 40.0)])
def test_rate_contrasts_cover_as_often_as_they_say(first, second):
    """Exact coverage over every pair of counts with any weight."""
    x1, x2 = (
        np.arange(poisson_distribution.ppf(1e-7, m), poisson_distribution.ppf(1 - 1e-7, m)) for m in (first, second)
    )
    a, b = np.meshgrid(x1, np.maximum(x2, 0), indexing="ij")
    odds = poisson_distribution.pmf(a, first) * poisson_distribution.pmf(b, second)
    difference = both(share_difference, a, b)
    covered = (difference.lower <= first - second) & (first - second <= difference.upper)
    assert 0.93 < float((odds * covered).sum()) < 0.985
    ratio = both(share_ratio, a, b)
    inside = ~((ratio.lower > first / second) | (ratio.upper < first / second))
    assert float((odds * inside).sum()) > 0.945


def test_wilson_covers_as_often_as_it_says():
    for p in (0.1, 0.3, 0.5):
        x = np.arange(61)
        found = wilson(x, np.full(61, 60), level=0.95)
        assert 0.92 < float((binom.pmf(x, 60, p) * ((found.lower <= p) & (p <= found.upper))).sum()) < 0.98


@given(st.integers(1, 10_000), st.data(), st.sampled_from([0.95, 0.998]))
def test_intervals_hold_their_value_and_grow_with_the_level(n, data, level):
    x = data.draw(st.integers(0, n))
    for found, wider in (
        (wilson(x, n, level=level), wilson(x, n, level=0.999)),
        (rate(x, n, per=1000, level=level), rate(x, n, per=1000, level=0.999)),
        (poisson(x, level=level, exact=True), poisson(x, level=0.999, exact=True)),
    ):
        assert found.lower <= found.value + 1e-12 and found.value <= found.upper + 1e-12
        assert wider.lower <= found.lower + 1e-12 and found.upper <= wider.upper + 1e-12
    assert wilson(x, n, level=level).n == n and wilson(x, n, level=level).events == x


def test_byar_from_ten_is_near_the_exact_limits_and_missing_where_its_cube_is_negative():
    x = np.arange(10, 2_000)
    exact = poisson(x, level=0.998, exact=True)
    close(byar_lower(x, level=0.998), exact.lower, 0.02)
    close(byar_upper(x, level=0.998), exact.upper, 0.02)
    assert np.isnan(byar_lower(1, level=0.998)) and np.isfinite(poisson(1, level=0.998).lower)


def test_a_mean_of_one_has_no_limits_and_a_missing_value_is_left_out():
    found = mean([[1.0, np.nan, 3.0], [5.0, np.nan, np.nan], [np.nan] * 3], level=0.95)
    np.testing.assert_array_equal(found.value, [2, 5, np.nan])
    np.testing.assert_allclose(found.upper, [2 + 12.7062047362, np.nan, np.nan])
    assert found.n.tolist() == [2, 1, 0]


def test_persons_with_several_cases_widen_a_rate_as_in_a_standardised_rate_of_one_stratum():
    persons = np.array([[40.0, 8.0, 2.0]])  # with one, two and three cases
    cases, squares = 40 + 16 + 6, 40 + 32 + 18
    found = rate(cases, 1200, per=1000, level=0.95, squares=squares)
    standard = directly_standardised_persons(persons, [1200], [1], per=1000, level=0.95)
    close([found.lower, found.upper], [standard.lower, standard.upper])
    ratio = indirectly_standardised([cases], [1200], [50], [1000], scale=1, level=0.95, squares=squares)
    close([ratio.lower * 60, ratio.upper * 60], [found.lower * 1.2, found.upper * 1.2])
    alone, independent = (rate(cases, 1200, per=1000, level=0.95, squares=one) for one in (cases, None))
    close([alone.lower, alone.upper], [independent.lower, independent.upper], 1e-15)
    few = rate([0, 6], [50, 50], per=1000, level=0.95, squares=[0, 36])
    assert few.lower[1] == 0 == few.lower[0] and np.isfinite(few.upper).all()
    with pytest.raises(ValueError, match="squares < events"):
        rate(5, 10, per=1, level=0.95, squares=4)


def test_rates_of_persons_who_fall_ill_again_cover_as_often_as_they_say():
    """Persons fall ill a Poisson number of times at gamma rates; independent events would cover 88 percent here."""
    rng = np.random.default_rng(7)
    cases = rng.poisson(rng.gamma(0.25, 0.1 / 0.25, (4_000, 1_000)))
    counted = {"events": cases.sum(axis=1), "denominator": np.full(4_000, 1_000), "per": 1, "level": 0.95}
    clustered, independent = rate(**counted, squares=(cases**2).sum(axis=1)), rate(**counted)
    covered = [float(((one.lower <= 0.1) & (one.upper >= 0.1)).mean()) for one in (clustered, independent)]
    assert covered[1] < 0.91 < 0.93 < covered[0] < 0.975


def test_the_mean_of_a_skewed_sample_covers_more_often_than_students():
    rng = np.random.default_rng(8)
    samples = rng.lognormal(0, 1, (2_000, 60))
    truth = np.exp(0.5)
    covered = {make: np.mean([found.lower <= truth <= found.upper for found in (make(one, level=0.95) for one in samples)])
               for make in (mean, mean_of_skewed)}  # fmt: skip
    assert covered[mean] < 0.915 < 0.92 < covered[mean_of_skewed]
    even = mean_of_skewed([1.0, 2.0, 3.0, 4.0], level=0.95)
    close(
        [even.lower, even.upper],
        [mean([1.0, 2.0, 3.0, 4.0], level=0.95).lower, mean([1.0, 2.0, 3.0, 4.0], level=0.95).upper],
    )
    assert np.isnan(mean_of_skewed([1.0], level=0.95).lower)
