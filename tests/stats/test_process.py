"""Processes: the season by hand, signs without the season, limits from a baseline, and missing points."""

import numpy as np
import pytest

from pipelines.stats import laney
from pipelines.stats.process import followed_rate, followed_share
from pipelines.stats.season import seasonal_index
from pipelines.stats.xmr import NOTHING, OUTSIDE, RUN


def test_the_season_is_found_again():
    season = np.array([1.2, 0.9, 0.8, 1.1])
    level = np.linspace(40, 60, 14)
    found = seasonal_index(level * season[(np.arange(14) + 2) % 4], length=4, first=2)
    np.testing.assert_allclose(found, season, rtol=0.01)
    assert found.mean() == pytest.approx(1)


def test_ratios_by_hand():
    x = np.array([10, 20, 30, 40, 10, 20, 30, 40, 10, 20.0])
    # every centred mean over a year is 25
    np.testing.assert_allclose(seasonal_index(x, length=4), x[:4] / 25)
    assert seasonal_index(x[:9], length=4).tolist() == [1, 1, 1, 1]
    assert seasonal_index(np.zeros(12), length=4).tolist() == [1, 1, 1, 1]
    np.testing.assert_allclose(seasonal_index([1, 2, 3, 1, 2, 3, 1.0], length=3), [0.5, 1, 1.5])


def test_a_season_is_no_sign_and_the_lines_follow_it():
    generator = np.random.default_rng(5)
    season = np.tile([1.5, 1.0, 0.5, 1.0], 5)
    n = np.full((300, 20), 1000)
    x = generator.poisson(0.05 * n * season)
    with_season = followed_rate(x, n, per=1000, season=season)
    without = followed_rate(x, n, per=1000)
    assert (with_season.causes.rule != NOTHING).mean() < 0.03
    np.testing.assert_allclose(with_season.chart.mean[0] / season, with_season.chart.mean[0, 1])
    np.testing.assert_allclose(with_season.value, 1000 * x / n)
    assert (
        with_season.chart.upper[0, 0] - with_season.chart.lower[0, 0]
        < without.chart.upper[0, 0] - without.chart.lower[0, 0]
    )


def test_a_step_is_found_against_the_baseline_and_missing_points_break_a_run():
    n = np.full(24, 1000)
    x = np.r_[[50, 54, 47, 52, 49, 53, 46, 51, 50, 48, 52, 50], np.full(12, 54)].astype(float)
    found = followed_rate(x, n, per=1000, baseline=12)
    assert found.causes.rule[12:].tolist() == [RUN] * 12
    assert found.chart.mean[0] == pytest.approx(1000 * x[:12].sum() / 12_000)
    x[18] = np.nan
    holed = followed_rate(x, n, per=1000, baseline=12)
    assert np.isnan(holed.value[18])
    assert holed.causes.rule[18:].tolist() == [NOTHING] * 6
    assert holed.causes.rule[12:18].tolist() == [NOTHING] * 6


def test_missing_points_change_nothing_for_the_others():
    x, n = np.array([10, 30, 12, 40.0]), np.array([100, 200, 100, 250.0])
    holed = laney.p_prime(np.r_[np.nan, x], np.r_[100, n])
    np.testing.assert_allclose(holed.upper[1:], laney.p_prime(x, n).upper)
    assert np.isnan(holed.z[0])
    short = laney.u_prime(x, n, baseline=2)
    np.testing.assert_allclose(short.mean, 40 / 300)


def test_shares_are_percent_and_one_far_out_is_outside():
    n = np.full(12, 200)
    x = np.r_[np.tile([98, 102, 100], 4)[:11], 150]
    found = followed_share(x, n, per=100, baseline=11)
    assert found.value[-1] == pytest.approx(75)
    assert (found.causes.rule[-1], found.causes.direction[-1]) == (OUTSIDE, 1)
    assert found.chart.trial
