"""What libraries and publishers get wrong, a test each: ours does it right and cannot fall into it unnoticed."""

import numpy as np
import pandas as pd
import pytest

from pipelines.stats import overdispersion, xmr
from pipelines.stats.counting import count_days
from pipelines.stats.funnel import ratio_funnel, share_funnel, side
from pipelines.stats.group_tests import gray, log_rank, mantel_byar
from pipelines.stats.overdispersion import Kind
from pipelines.stats.restricted_mean import restricted_mean
from pipelines.stats.standardisation import crude_rate, directly_standardised, indirectly_standardised
from pipelines.stats.survival import aalen_johansen, at_days, at_risk, kaplan_meier, quantile
from tests.architecture.source import ROOT, imported

LEVEL = 0.95
NOT_FOR_THE_PRODUCT = {"lifelines", "sksurv", "statsmodels", "comprisk", "cmprsk"}


def test_who_enters_on_a_day_is_not_at_risk_that_day(shared):
    """PHReg(entry=) counts entry = t as at risk at t: on (start, stop] rows that is another person altogether."""
    assert at_risk([5, 9], [1, 1], entered_after=[1, 0]).tolist() == [1, 1]
    rows = pd.read_csv(shared / "oracles" / "survival_r" / "sickleave_counting_process.csv")
    right, wrong = (_score(rows, entered) for entered in (rows["tstart"], rows["tstart"] - 0.5))
    assert abs(right - 1.84495840408819) < 1e-8
    assert abs(wrong - right) > 0.3


def _score(rows, entered):
    counts = count_days(
        rows["tstop"].astype(float), rows["rtwe"], causes=1, entered=entered.where(entered > 0), group=rows["coord"]
    )
    events = counts.events[:, 0]
    return mantel_byar(events, at_risk(counts.day, events + counts.censored, counts.entered_after)).statistic


def test_ties_are_taken_together_and_never_jittered():
    """A jitter gives another figure each time; here the causes of one day share one risk set."""
    counts = count_days([5, 5, 5, 9], [1, 1, 2, 0], causes=2)
    fit = aalen_johansen(counts.day, counts.events, counts.censored, level=LEVEL)
    np.testing.assert_array_equal(fit.share[:, 0], [0.5, 0.25])
    order = np.random.default_rng(1).permutation(4)
    mixed = count_days(np.array([5, 5, 5, 9])[order], np.array([1, 1, 2, 0])[order], causes=2)
    assert (mixed.events == counts.events).all() and (mixed.censored == counts.censored).all()


def test_ties_in_mgus2_give_the_figure_of_r(shared):
    persons = pd.read_csv(shared / "oracles" / "survival_r" / "mgus2.csv").query("sex == 'F'")
    counts = count_days(persons["etime"], persons["ev"], causes=2)
    fit = aalen_johansen(counts.day, counts.events, counts.censored, level=LEVEL)
    assert abs(at_days(fit.day, fit.share[0], [120], start=0.0)[0] - 0.0738856643759262) < 1e-12


def test_an_event_comes_before_a_censoring_of_the_same_day():
    fit = kaplan_meier([5], [1], [1], level=LEVEL)
    assert fit.survival[0] == 0.5


def test_the_variance_of_a_restricted_mean_is_that_of_the_mean_not_of_a_person():
    """Without censoring the mean of min(T, τ) has the variance of a person over n."""
    left = np.random.default_rng(2).geometric(0.02, 800)
    counts = count_days(left, np.ones(800, int), causes=1)
    found = restricted_mean(counts.day, counts.events[0], counts.censored, tau=60, level=LEVEL)
    own = np.minimum(left, 60)
    np.testing.assert_allclose([found.value, found.variance], [own.mean(), own.var() / 800])


def test_no_survival_library_is_needed():
    """lifelines pins pandas below 3 and has no Gray's test; scikit-survival is GPL-3; comprisk knows no strata."""
    used = {name for path in (ROOT / "pipelines" / "stats").glob("*.py") for name in imported(path)}
    assert not used & NOT_FOR_THE_PRODUCT
    locks = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    assert not [name for name in ("lifelines", "scikit-survival", "comprisk", "statsmodels") if f"\n{name}==" in locks]


def test_grays_test_takes_strata(shared):
    persons = pd.read_csv(shared / "oracles" / "survival_r" / "cmprsk_example.csv")
    group, stratum = (pd.factorize(persons[name], sort=True)[0] for name in ("group", "strata"))
    strata = stratum.max() + 1
    counts = count_days(persons["time"], persons["cause"], causes=2, group=group * strata + stratum)
    risk = at_risk(counts.day, counts.events.sum(axis=1) + counts.censored)
    events, risk = (part.reshape(-1, strata, *part.shape[1:]).swapaxes(0, 1) for part in (counts.events, risk))
    assert abs(gray(events[:, :, 0], events[:, :, 1], risk).statistic - 1.59885416972742) < 1e-9


def test_outliers_are_pulled_in_to_linear_quantiles():
    """R's and numpy's type 7; other definitions give other φ."""
    events, expected = np.array([90, 130, 80, 150, 100, 120]), np.full(6, 100.0)
    found = overdispersion.dispersion(Kind.RATIO_ROOT, events, expected)
    ranked = np.sort(found.z)
    low, high = ranked[0] + 0.5 * (ranked[1] - ranked[0]), ranked[4] + 0.5 * (ranked[5] - ranked[4])
    np.testing.assert_allclose([found.used_z.min(), found.used_z.max()], [low, high])
    weibull = np.clip(found.z, *np.quantile(found.z, [0.1, 0.9], method="weibull"))
    assert abs(np.mean(weibull**2) - found.phi) > 0.1


def test_adjusted_cqc_limits_are_ratios_not_square_roots():
    found = overdispersion.widened(Kind.RATIO_ROOT, [0.05], theta=1.0, tau2=0.0075, level=LEVEL)
    np.testing.assert_allclose(found.upper, (1 + 1.959963984540054 * 0.1) ** 2)


def test_limits_of_a_ratio_of_counts_use_its_own_standard_error():
    found = overdispersion.standard_error(Kind.COUNTS, 20, 100)
    np.testing.assert_allclose(found, np.sqrt(20 / 20.5**2 + 100 / 100.5**2))
    assert abs(found - 1 / (2 * np.sqrt(100))) > 0.1


def test_monotone_limits_look_further_than_the_neighbour():
    """Near 0 the sine bends back: units out of size order, several of them beyond the bend."""
    s = np.array([0.5, 0.02, 0.9, 0.3, 0.1, 0.7])
    found = overdispersion.widened(Kind.SHARE, s, theta=overdispersion.centre(Kind.SHARE, 0.02), tau2=0.0, level=0.998)
    order = np.argsort(s)
    assert (np.diff(found.lower[order]) <= 0).all() and (np.diff(found.upper[order]) >= 0).all()
    assert (found.lower >= 0).all() and (found.upper <= 1).all()


def test_a_constant_series_has_its_mean_as_limits():
    chart = xmr.xmr([7.0] * 12)
    assert (chart.lower == 7).all() and (chart.upper == 7).all()
    assert not xmr.special_causes([7.0] * 12, chart).rule.any()


def test_a_missing_count_is_not_zero():
    assert np.isnan(crude_rate([12, np.nan], [100, 100], per=1))
    assert np.isnan(directly_standardised([12, np.nan], [100, 100], [1, 1], per=1, level=LEVEL).value)
    assert np.isnan(indirectly_standardised([12, np.nan], [9, 9], [1, 1], [9, 9], scale=1, level=LEVEL).value)


def test_the_upper_line_is_capped_at_what_can_be_not_at_100():
    assert share_funnel(1, 0.8, level=LEVEL).upper == 1
    assert ratio_funnel(1, level=LEVEL).upper > 30
    assert (side([0.1], [0.2], [np.nan]) == 0).all()


def test_limits_of_a_standardised_rate_hold_its_value_at_every_level():
    """The publisher's 99.8 % limits of this sheet are ten times too large."""
    for level in (0.95, 0.998):
        found = directly_standardised([30, 50], [700, 900], [8000, 7000], per=10_000, level=level)
        assert found.lower < found.value < found.upper < 2 * found.value


def test_a_point_on_the_mean_breaks_a_run_whatever_the_last_bit_says():
    values = [0.1 + 0.2, 0.3, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3]
    chart = xmr.xmr(values)
    assert values[0] != 0.3 and abs(chart.mean[0] - 0.3) < 1e-8
    shifted = [0.4, 0.4, 0.4, 0.1 + 0.2, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.3, 0.2, 0.2, 0.2]
    found = xmr.special_causes(shifted, xmr.xmr(shifted))
    assert not (found.rule == xmr.RUN).any()


def test_a_flat_step_is_no_trend_whatever_the_last_bit_says():
    values = [0.1, 0.2, 0.3, 0.1 + 0.2, 0.4, 0.5, 0.6, 0.1, 0.5, 0.1, 0.5, 0.1]
    found = xmr.special_causes(values, xmr.xmr(values))
    assert not (found.rule == xmr.TREND).any()


def test_a_curve_that_is_half_but_for_the_last_bit_is_half():
    fit = kaplan_meier(np.arange(1, 8), np.ones(7), np.zeros(7), level=LEVEL)
    assert quantile(fit.day, fit.survival, 3 / 7) == 3.5
    steps = np.cumprod([0.9, 0.8 / 0.9, 0.7 / 0.8, 0.5 / 0.7, 0.4 / 0.5])
    assert quantile([1, 2, 3, 4, 8], steps, 0.5) == 6


def test_one_less_survival_is_not_the_risk_of_return(shared):
    """With competing exits censored away, Kaplan–Meier overstates, and differently by sex."""
    persons = pd.read_csv(shared / "oracles" / "survival_r" / "sickleave_synth.csv")
    over = {}
    for sex, own in persons.groupby("sex"):
        counts = count_days(own["dur"], own["status"], causes=3)
        fit = aalen_johansen(counts.day, counts.events, counts.censored, level=LEVEL)
        naive = kaplan_meier(counts.day, counts.events[0], counts.censored + counts.events[1:].sum(axis=0), level=LEVEL)
        survival, share = (at_days(fit.day, part, [365], start=0.0)[0] for part in (naive.survival, fit.share[0]))
        over[sex] = 1 - survival - share
    assert over["K"] == pytest.approx(0.042, abs=0.001)
    assert over["M"] == pytest.approx(0.035, abs=0.001)


def test_log_rank_gives_the_figure_of_r(shared):
    persons = pd.read_csv(shared / "oracles" / "survival_r" / "lung.csv")
    counts = count_days(persons["time"], persons["event"], causes=1, group=persons["sex"] - 1)
    risk = at_risk(counts.day, counts.events[:, 0] + counts.censored)
    assert abs(log_rank(counts.events[:, 0], risk).statistic - 10.3267419548856) < 1e-9
