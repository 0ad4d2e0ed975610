"""Curves against R, against a slow implementation, and against what must always hold."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats.survival import aalen_johansen, at_days, kaplan_meier, quantile
from tests.oracle.survival import curves

LEVEL = 0.95


def table(time, cause, causes):
    """day, events[cause, day], censored[day] of persons."""
    days = np.unique(time)
    events = np.array([[(time[time == day] == day)[cause[time == day] == k].sum() for day in days] for k in causes])
    censored = np.array([(cause[time == day] == 0).sum() for day in days])
    return days, events, censored


def test_lung_kaplan_meier_equals_r(shared):
    folder = shared / "oracles" / "survival_curves"
    expected = json.loads((folder / "km_lung_loglog.json").read_text())
    persons = pd.read_csv(folder / "lung.csv")
    days, events, censored = table(persons["time"].to_numpy(), persons["event"].to_numpy(), [1])
    fit = kaplan_meier(days, events[0], censored, level=LEVEL)
    overall = pd.DataFrame(expected["overall"])
    assert overall["time"].tolist() == days.tolist()
    for ours, theirs in ((fit.survival, "surv"), (fit.lower, "lower"), (fit.upper, "upper")):
        stated = pd.to_numeric(overall[theirs], errors="coerce").to_numpy()
        known = np.isfinite(stated) & np.isfinite(ours)
        assert known.sum() > 100
        np.testing.assert_allclose(ours[known], stated[known], rtol=1e-8)
    median = quantile(days, fit.survival, 0.5)
    assert median == 310
    assert (quantile(days, fit.lower, 0.5), quantile(days, fit.upper, 0.5)) == (284, 361)


@pytest.mark.parametrize("group", ["F", "M"])
def test_mgus2_aalen_johansen_equals_r(shared, group):
    folder = shared / "oracles" / "survival_curves"
    expected = json.loads((folder / "cr_mgus2.json").read_text())["aj_by_group"]
    persons = pd.read_csv(folder / "mgus2.csv")
    persons = persons[persons["group"] == group]
    days, events, censored = table(persons["time"].to_numpy(), persons["status"].to_numpy(), [1, 2])
    fit = aalen_johansen(days, events, censored, level=LEVEL)
    own = [at for at, stratum in enumerate(expected["strata"]) if stratum == f"g={group}"]
    assert [expected["time"][at] for at in own] == days.tolist()
    for ours, theirs in (
        (fit.share, "pstate"),
        (np.sqrt(fit.variance), "std_err"),
        (fit.lower, "lower"),
        (fit.upper, "upper"),
    ):
        stated = np.array(
            [[np.nan if cell is None else cell for cell in row] for row in (expected[theirs][at] for at in own)],
            dtype=float,
        )
        for cause in (0, 1):
            known = np.isfinite(stated[:, cause - 2]) & np.isfinite(ours[cause])
            assert known.sum() > 20
            np.testing.assert_allclose(ours[cause][known], stated[known, cause - 2], rtol=1e-8, atol=1e-12)


persons = st.lists(
    st.tuples(st.integers(-1, 6), st.integers(0, 20), st.integers(0, 2)).filter(lambda p: p[0] < p[1]),
    min_size=1,
    max_size=40,
)


@given(persons)
def test_counts_per_day_equal_the_slow_implementation(people):
    days = np.arange(0, 21)
    left = np.zeros((3, 21))
    late = np.zeros(21)
    for entered, exit_day, cause in people:
        left[cause, exit_day] += 1
        if entered >= 0:
            late[entered] += 1
    fit = aalen_johansen(days, left[1:], left[0], level=LEVEL, entered_after=late)
    slow = curves(people, list(days), 2)
    np.testing.assert_allclose(fit.at_risk, slow["risk"])
    np.testing.assert_allclose(fit.survival, slow["S"], atol=1e-12)
    np.testing.assert_allclose(fit.share.T, slow["F"], atol=1e-12)
    np.testing.assert_allclose(fit.share.sum(axis=0) + fit.survival, 1, atol=1e-9)
    assert (np.diff(fit.share, axis=1) >= -1e-12).all()
    known = np.isfinite(fit.lower)
    assert (fit.lower[known] <= fit.share[known] + 1e-9).all()
    assert (fit.share[known] <= fit.upper[known] + 1e-9).all()
    one = kaplan_meier(days, left[1:].sum(axis=0), left[0], level=LEVEL, entered_after=late)
    np.testing.assert_allclose(one.survival, fit.survival, atol=1e-12)


def test_without_censoring_the_incidence_is_the_share():
    fit = aalen_johansen([0, 1, 5], [[2, 3, 0], [0, 1, 4]], [0, 0, 0], level=LEVEL)
    np.testing.assert_allclose(fit.share[:, -1], [0.5, 0.5])
    np.testing.assert_allclose(fit.variance[0, -1], 0.5 * 0.5 / 10)
    np.testing.assert_allclose(at_days(fit.day, fit.share[0], [-1, 0, 4, 9], start=0.0), [0, 0.2, 0.5, 0.5])


def test_an_undefined_interval_is_missing_never_zero_wide():
    fit = aalen_johansen([1, 2], [[0, 5]], [0, 0], level=LEVEL)
    assert np.isnan(fit.lower).all()
    assert np.isnan(fit.upper).all()


def test_quantiles_meet_a_flat_stretch_in_its_middle_and_may_be_missing():
    assert quantile([1, 2, 4], [0.75, 0.5, 0.25], 0.5) == 3
    assert quantile([1, 2, 4], [0.75, 0.6, 0.4], 0.5) == 4
    assert np.isnan(quantile([1, 2], [0.9, 0.8], 0.5))


def test_refusals():
    with pytest.raises(ValueError, match="negative"):
        aalen_johansen([1], [[-1]], [0], level=LEVEL)
    with pytest.raises(ValueError, match="increase"):
        kaplan_meier([2, 1], [1, 1], [0, 0], level=LEVEL)
    with pytest.raises(ValueError, match="at risk"):
        kaplan_meier([1, 2], [1, 0], [0, 0], level=LEVEL, entered_after=[0, 1])
