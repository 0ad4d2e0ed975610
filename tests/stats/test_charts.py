"""Control charts, alerts and trends: a slow implementation, both directions, and series that do nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats import alerts, laney, trend, xmr
from tests.oracle import signs

# whole numbers and a factor that is no power of two: equal points are equal, sums are not exact
series = st.lists(st.integers(0, 12), min_size=2, max_size=30).map(lambda values: [0.1 * value for value in values])


@given(series, st.booleans())
def test_limits_and_signs_equal_the_slow_implementation(values, screened):
    chart = xmr.xmr(values, screened=screened)
    slow = signs.limits(values, screened)
    np.testing.assert_allclose([chart.mean[0], chart.lower[0], chart.upper[0]], slow, atol=1e-12)
    found = xmr.special_causes(values, chart)
    lines = tuple(round(line, 9) for line in slow)
    expected = [signs.sign([round(value, 9) for value in values], at, *lines) for at in range(len(values))]
    assert list(zip(found.rule.tolist(), found.direction.tolist(), strict=True)) == expected


@given(series)
def test_a_mirrored_series_has_mirrored_limits_and_signs(values):
    chart, mirror = xmr.xmr(values), xmr.xmr(np.negative(values))
    np.testing.assert_allclose([mirror.lower, mirror.upper], [-chart.upper, -chart.lower], atol=1e-12)
    here, there = xmr.special_causes(values, chart), xmr.special_causes(np.negative(values), mirror)
    assert (here.rule == there.rule).all() and (here.direction == -there.direction).all()


twelve = st.lists(st.integers(0, 12), min_size=12, max_size=12).map(lambda values: [0.1 * value for value in values])


@given(st.lists(twelve, min_size=2, max_size=4))
def test_many_series_at_once_equal_each_by_itself(many):
    charts = xmr.xmr(many)
    found = xmr.special_causes(many, charts)
    for at, values in enumerate(many):
        alone = xmr.xmr(values)
        np.testing.assert_allclose(charts.upper[at], alone.upper)
        assert (found.rule[at] == xmr.special_causes(values, alone).rule).all()


def test_each_rule_in_each_direction():
    calm = [10.0, 10.6, 9.4, 10.5, 9.5, 10.4, 9.6, 10.5, 9.5, 10.6, 9.4, 10.0]
    cases = {
        xmr.OUTSIDE: [*calm, 14.0],
        xmr.TREND: [*calm, 9.0, 9.2, 9.4, 9.6, 9.8, 10.0, 10.2],
        xmr.TWO_OF_THREE: [*calm, 12.0, 10.2, 12.0],
        xmr.RUN: [*calm, 10.5, 10.3, 10.6, 10.4, 10.5, 10.3, 10.6],
    }
    for rule, values in cases.items():
        for sign in (1, -1):
            own = 10 + sign * (np.array(values) - 10)
            chart = xmr.rebased(own, [], baseline=12)[0]
            found = xmr.special_causes(own, chart)
            assert (found.rule[12:] == rule).sum() >= (1 if rule == xmr.OUTSIDE else 2), (rule, sign)
            assert set(found.direction[12:][found.rule[12:] == rule].tolist()) == {sign}
            assert not found.rule[:12].any()


def test_new_limits_start_where_people_decided_and_no_rule_looks_across():
    values = [1.0, 2.0] * 8 + [11.0, 12.0] * 8
    chart, found = xmr.rebased(values, [16])
    assert chart.mean[[0, 31]].tolist() == [1.5, 11.5]
    assert not found.rule.any() and not chart.trial
    assert xmr.special_causes(values, xmr.xmr(values)).rule.any()
    assert xmr.xmr(values[:8]).trial
    with pytest.raises(ValueError, match="baseline"):
        xmr.xmr(values, baseline=1)


def test_judgement_needs_a_declared_direction():
    assert xmr.judged([1, -1, 0], -1).tolist() == [-1, 1, 0]
    assert xmr.judged([1, -1, 0], 0).tolist() == [0, 0, 0]
    assert xmr.target_reached([4, 4, 4], [8, 8, 8], [3, 9, 5], 1).tolist() == [1, -1, 0]
    assert xmr.target_reached([4, 4, 4], [8, 8, 8], [3, 9, 5], -1).tolist() == [-1, 1, 0]
    with pytest.raises(ValueError, match="direction"):
        xmr.target_reached(4, 8, 5, 0)


def test_equal_denominators_give_level_limits_and_chance_alone_gives_the_classical_chart():
    generator = np.random.default_rng(2)
    for make, draw, spread in (
        (laney.p_prime, lambda n: generator.binomial(n, 0.3), 0.3 * 0.7),
        (laney.u_prime, lambda n: generator.poisson(0.3 * n), 0.3),
    ):
        n = np.full((200, 60), 400)
        chart = make(draw(n), n)
        np.testing.assert_allclose(np.ptp(chart.upper, axis=-1), 0, atol=1e-12)
        assert abs(chart.sigma_z.mean() - 1) < 0.02
        np.testing.assert_allclose((chart.upper - chart.lower).mean(), 6 * np.sqrt(spread / 400), rtol=0.02)
        uneven = np.array([100, 400, 1600, 100, 400, 1600])
        lines = make(draw(uneven), uneven)
        width = lines.upper - lines.mean
        np.testing.assert_allclose(width[0], 2 * width[1])


def test_laney_is_the_hand_calculation():
    x, n = np.array([10, 30, 12, 40]), np.array([100, 200, 100, 250])
    mean = 92 / 650
    z = (x / n - mean) / np.sqrt(mean * (1 - mean) / n)
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    chart = laney.p_prime(x, n)
    np.testing.assert_allclose(chart.upper, mean + 3 * sigma_z * np.sqrt(mean * (1 - mean) / n))
    assert laney.p_prime([0, 0], [50, 60]).upper.tolist() == [0, 0]
    np.testing.assert_allclose(laney.u_prime(x, n, per=1000).upper, 1000 * laney.u_prime(x, n).upper)
    with pytest.raises(ValueError, match="x > n"):
        laney.p_prime([3], [2])


def test_a_flat_series_never_alerts_and_a_missing_month_starts_over():
    assert not alerts.cusum(np.ones(40)).direction.any()
    up = [*[10.0, 11.0] * 8, *[40.0] * 6]
    assert (alerts.cusum(up).direction == 1).any()
    assert (alerts.cusum(np.negative(up)).direction == -alerts.cusum(up).direction).all()
    gap = [*up[:19], np.nan, 10.0]
    assert alerts.cusum(gap).direction[19] == 0
    with pytest.raises(ValueError, match="window"):
        alerts.cusum(up, window=1)


def test_a_trend_needs_every_year_and_its_interval():
    x = np.array([5.0, 6.0, 7.0, 8.0, 9.0])
    rising = trend.five_point_trend(
        [x, x[::-1], 0 * x + 7], [x - 1, x[::-1] - 1, 0 * x + 6], [x + 1, x[::-1] + 1, 0 * x + 8]
    )
    assert rising.direction.tolist() == [1, -1, 0]
    np.testing.assert_allclose(rising.slope, [1, -1, 0], atol=1e-12)
    one = np.array([5.0, 5.0, 5.0, 5.0, 9.0])
    assert trend.five_point_trend(one, one - 0.1, one + 0.1).direction == 0  # the work of one year
    for value, low, high in ((x[1:], x[1:] - 1, x[1:] + 1), (x, x, x), (x, x - 1, np.full(5, np.nan))):
        found = trend.five_point_trend(value, low, high)
        assert not found.known and found.direction == 0 and np.isnan(found.slope)
