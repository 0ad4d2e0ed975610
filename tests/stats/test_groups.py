"""Restricted means, tests between groups, grades and coordination: a slow implementation, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.stats import coordination
from pipelines.stats.counting import count_days
from pipelines.stats.grades import GRADES, grade_shares
from pipelines.stats.group_tests import gray, gray_pairs, log_rank, mantel_byar
from pipelines.stats.restricted_mean import difference, mean_days_gained, ratio, restricted_mean, shared_tau
from pipelines.stats.survival import aalen_johansen, at_risk
from tests.oracle import survival as slow

LEVEL = 0.95
person = st.tuples(st.just(-1), st.integers(1, 20), st.integers(0, 2))
late_person = st.tuples(st.integers(-1, 6), st.integers(1, 20), st.integers(0, 1)).filter(lambda p: p[0] < p[1])
groups_of = st.lists(st.lists(person, min_size=2, max_size=25), min_size=2, max_size=4)


def tables(groups, causes=2):
    """events[G, K, T] and at_risk[G, T] on common days."""
    people = [person for group in groups for person in group]
    number = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    entered = [np.nan if p[0] < 0 else p[0] for p in people]
    counts = count_days(
        [p[1] for p in people], [p[2] for p in people], causes=causes, entered=entered, group=number, groups=len(groups)
    )
    return counts, at_risk(counts.day, counts.events.sum(axis=1) + counts.censored, counts.entered_after)


@given(st.lists(late_person, min_size=1, max_size=40), st.integers(1, 25))
def test_the_restricted_mean_is_days_counted_one_by_one(people, tau):
    counts, _ = tables([people], causes=1)
    found = restricted_mean(
        counts.day, counts.events[0, 0], counts.censored[0], tau=tau, level=LEVEL, entered_after=counts.entered_after[0]
    )
    np.testing.assert_allclose([found.value, found.variance], slow.restricted(people, tau), atol=1e-9)


@given(st.lists(person, min_size=1, max_size=40), st.integers(1, 25))
def test_days_on_sick_leave_and_days_gained_fill_the_period(people, tau):
    counts, _ = tables([people])
    events, gone = counts.events[0], counts.censored[0]
    on = restricted_mean(counts.day, events.sum(axis=0), gone, tau=tau, level=LEVEL)
    gained = [mean_days_gained(counts.day, events[k], events[1 - k], gone, tau=tau, level=LEVEL) for k in (0, 1)]
    np.testing.assert_allclose(on.value + gained[0].value + gained[1].value, tau, atol=1e-9)
    alone = mean_days_gained(counts.day, events.sum(axis=0), 0 * events[0], gone, tau=tau, level=LEVEL)
    np.testing.assert_allclose([alone.value, alone.variance], [tau - on.value, on.variance], atol=1e-9)


def test_days_gained_vary_as_the_mean_of_persons_when_nobody_is_censored():
    left, cause = np.array([1, 3, 3, 5, 8, 9, 12]), np.array([1, 2, 1, 1, 2, 1, 1])
    counts = count_days(left, cause, causes=2)
    found = mean_days_gained(counts.day, *counts.events, counts.censored, tau=10, level=LEVEL)
    own = np.where(cause == 1, np.maximum(0, 10 - left), 0)
    np.testing.assert_allclose([found.value, found.variance], [own.mean(), own.var() / own.size])


def test_contrasts_turn_with_their_groups():
    counts, _ = tables([[(-1, d, 1) for d in (3, 5, 8, 20)], [(-1, d, 1) for d in (2, 4, 4, 9)]])
    first, second = (
        restricted_mean(counts.day, counts.events[g].sum(axis=0), counts.censored[g], tau=15, level=LEVEL)
        for g in (0, 1)
    )
    there, back = difference(first, second, level=LEVEL), difference(second, first, level=LEVEL)
    np.testing.assert_allclose([there.value, there.lower, there.upper], [-back.value, -back.upper, -back.lower])
    for lost in (False, True):
        there, back = ratio(first, second, level=LEVEL, lost=lost), ratio(second, first, level=LEVEL, lost=lost)
        np.testing.assert_allclose([there.value, there.lower, there.p], [1 / back.value, 1 / back.upper, back.p])
    assert np.isnan(ratio(first, restricted_mean([30], [1], [0], tau=15, level=LEVEL), level=LEVEL, lost=True).value)


def test_tau_is_lowered_to_what_every_group_can_bear():
    assert shared_tau([10, 20, 30], [[50, 30, 12], [40, 11, 2]], 90) == 20
    assert shared_tau([10, 20, 30], [[50, 30, 12], [40, 11, 2]], 15) == 15
    assert shared_tau([10], [[3]], 90) == 0


@given(st.lists(st.lists(late_person, min_size=2, max_size=25), min_size=2, max_size=4))
def test_log_rank_equals_the_slow_implementation(groups):
    counts, risk = tables(groups, causes=1)
    found = log_rank(counts.events[:, 0], risk)
    score, variance = slow.log_rank(groups, counts.day.tolist())
    np.testing.assert_allclose(found.score, score, atol=1e-9)
    np.testing.assert_allclose(found.variance, variance, atol=1e-9)
    np.testing.assert_allclose(found.expected + found.score, found.observed, atol=1e-9)


@given(groups_of, st.sampled_from([0.0, 1.0]))
def test_a_test_does_not_care_which_group_is_named_first(groups, rho):
    for make in (_log_ranked, _grayed):
        found, turned = make(groups, rho), make(groups[::-1], rho)
        np.testing.assert_allclose(turned.statistic, found.statistic, rtol=1e-6, atol=1e-8, equal_nan=True)
        np.testing.assert_allclose(found.score.sum(), 0, atol=1e-9)
        np.testing.assert_allclose(turned.score[::-1], found.score, atol=1e-9)


@given(groups_of)
def test_equal_groups_do_not_differ(groups):
    for make in (_log_ranked, _grayed):
        np.testing.assert_allclose(make([groups[0], groups[0]], 0.0).score, 0, atol=1e-9)


@given(groups_of)
def test_strata_add_up(groups):
    counts, risk = tables(groups)
    own, other = counts.events[:, 0], counts.events[:, 1]
    once = gray(own, other, risk)
    twice = gray(np.stack([own, own]), np.stack([other, other]), np.stack([risk, risk]))
    np.testing.assert_allclose(twice.score, 2 * once.score, atol=1e-9)
    np.testing.assert_allclose(twice.variance, 2 * once.variance, atol=1e-9)
    np.testing.assert_allclose(
        log_rank(np.stack([own, own]), np.stack([risk, risk])).score, 2 * log_rank(own, risk).score
    )


@given(st.lists(groups_of.map(lambda groups: groups[:2]), min_size=2, max_size=3))
def test_many_pairs_at_once_equal_each_by_itself(pairs):
    counts, risk = tables([group for pair in pairs for group in pair])
    size = (len(pairs), 2, counts.day.size)
    own, other, inside = (part.reshape(size) for part in (counts.events[:, 0], counts.events[:, 1], risk))
    statistic, p = gray_pairs(own[:, None], other[:, None], inside[:, None])
    alone = [gray(own[at], other[at], inside[at]) for at in range(len(pairs))]
    np.testing.assert_allclose(statistic, [one.statistic for one in alone], atol=1e-9)
    np.testing.assert_allclose(p, [one.p for one in alone], atol=1e-9)
    together = gray(own, other, inside)  # the same pairs as the strata of one test
    np.testing.assert_allclose(gray_pairs(own, other, inside), [together.statistic, together.p], atol=1e-9)


def test_without_competition_gray_is_log_rank():
    """The same score, and in groups alike the same variance but for sampling."""
    generator = np.random.default_rng(3)
    groups = [[(-1, min(int(day), 60), int(day <= 60)) for day in generator.geometric(0.02, 2_000)] for _ in range(2)]
    counts, risk = tables(groups)
    ours, theirs = gray(counts.events[:, 0], 0 * risk, risk), log_rank(counts.events[:, 0], risk)
    np.testing.assert_allclose(ours.score, theirs.score, atol=1e-9)
    np.testing.assert_allclose(ours.variance, theirs.variance, rtol=0.03)


@pytest.mark.slow
def test_tests_reject_as_often_as_they_say():
    """Two causes, three groups alike, censoring: 5 % of 1 500 samples within four standard errors."""
    generator = np.random.default_rng(20191297)
    rejected = {"gray": 0, "log-rank": 0}
    for _ in range(1_500):
        day, cause = generator.geometric(0.03, 300), generator.choice([1, 2], 300, p=[0.7, 0.3])
        stop = generator.integers(10, 80, 300)
        people = list(zip([-1] * 300, np.minimum(day, stop), np.where(day <= stop, cause, 0), strict=True))
        groups = [people[at::3] for at in range(3)]
        rejected["gray"] += _grayed(groups, 0.0).p < 0.05
        rejected["log-rank"] += _log_ranked(groups, 0.0).p < 0.05
    for count in rejected.values():
        assert abs(count / 1_500 - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 1_500)


def _log_ranked(groups, rho):
    counts, risk = tables(groups)
    return log_rank(counts.events[:, 0], risk, rho=rho)


def _grayed(groups, rho):
    counts, risk = tables(groups)
    return gray(counts.events[:, 0], counts.events[:, 1], risk, rho=rho)


def moves_of(paths, size):
    """day, start, moves and censored of paths: the grade on each day while followed."""
    last = max(len(path) for path in paths) - 1
    start, moves, gone = np.zeros(size), np.zeros((size, size, last + 1)), np.zeros((size, last + 1))
    for path in paths:
        start[path[0]] += 1
        for day in range(1, len(path)):
            if path[day] != path[day - 1]:
                moves[path[day - 1], path[day], day] += 1
        gone[path[-1], len(path) - 1] += 1
    return np.arange(last + 1), start, moves, gone


paths_of = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=8), min_size=1, max_size=25)


@given(paths_of)
def test_grades_equal_the_slow_implementation_and_sum_to_one(paths):
    day, start, moves, gone = moves_of(paths, len(GRADES))
    found = grade_shares(day, start, moves, gone, level=LEVEL)
    np.testing.assert_allclose(found.share[:, 1:].T, slow.grades(paths, len(GRADES)), atol=1e-12)
    np.testing.assert_allclose(found.share.sum(axis=0), 1, atol=1e-9)
    known = np.isfinite(found.lower)
    assert (found.lower[known] <= found.share[known]).all() and (found.share[known] <= found.upper[known]).all()


@given(st.lists(person, min_size=2, max_size=30))
def test_grades_that_are_only_left_are_cumulative_incidences(people):
    counts, risk = tables([people])
    events, gone = counts.events[0], counts.censored[0]
    fit = aalen_johansen(counts.day, events, gone, level=LEVEL)
    moves = np.zeros((3, 3, counts.day.size))
    moves[0, 1:] = events
    waiting = np.stack([gone, 0 * gone, 0 * gone])
    found = grade_shares(counts.day, [len(people), 0, 0], moves, waiting, level=LEVEL)
    np.testing.assert_allclose(found.share[1:], fit.share, atol=1e-12)
    np.testing.assert_allclose(found.variance[1:], fit.variance, atol=1e-12)
    np.testing.assert_allclose(found.at_risk[0], risk[0])


def test_grades_without_censoring_are_shares_with_their_binomial_variance():
    paths = [[0, 0, 2, 4], [0, 2, 2, 4], [2, 2, 0, 0], [2, 4, 4, 2], [0, 0, 0, 0]]
    found = grade_shares(*moves_of(paths, 5), level=LEVEL)
    share = np.array([np.bincount([path[-1] for path in paths], minlength=5) / 5])[0]
    np.testing.assert_allclose(found.share[:, -1], share)
    with pytest.raises(ValueError, match="more move"):
        grade_shares([1], [1, 0], [[[0], [2]], [[0], [0]]], [[0], [0]], level=LEVEL)
    with pytest.raises(ValueError, match="negative"):
        grade_shares([1], [1, 0], [[[0], [1]], [[0], [0]]], [[0], [-1]], level=LEVEL)


def test_an_insats_on_the_exit_day_counts_and_one_after_it_does_not():
    time, state = coordination.first_event([10, 10, 10, 10], [1, 1, 0, 0], [10, 11, np.nan, 4])
    assert time.tolist() == [10, 10, 10, 4]
    assert state.tolist() == [1, 2, 0, 1]


def test_the_landmark_keeps_who_is_open_after_it_and_starts_its_own_clock():
    rows = ([30, 31, 45, 60, 60], [1, 1, 1, 0, 2], [3, np.nan, 30, 31, 2])
    counts = coordination.landmark(*rows, day=30, causes=2, weight=[9, 1, 2, 3, 4])
    assert counts.day.tolist() == [1, 15, 30]
    assert counts.events.sum(axis=(1, 2)).tolist() == [1, 6]
    assert counts.censored.sum(axis=1).tolist() == [3, 0]


def test_exposure_begins_after_the_day_of_the_insats():
    events, risk = coordination.time_dependent([5, 8, 8], [1, 1, 0], [np.nan, 5, 8])
    # days 5 and 8: the second case is unexposed through day 5
    assert risk.tolist() == [[3, 1], [0, 1]]
    assert events.tolist() == [[1, 0], [0, 1]]


def test_never_against_ever_invents_an_effect_that_the_score_test_does_not():
    """Coordination that does nothing: cases must last to get it."""
    generator = np.random.default_rng(5)
    left, offered = generator.geometric(0.02, 4_000), generator.geometric(0.02, 4_000)
    insats = np.where(offered < left, offered, np.nan)
    ever = np.isfinite(insats).astype(int)
    counts = count_days(left, np.ones(4_000, int), causes=1, group=ever, groups=2)
    naive = log_rank(counts.events[:, 0], at_risk(counts.day, counts.events[:, 0] + counts.censored))
    assert naive.p < 1e-20
    assert mantel_byar(*coordination.time_dependent(left, np.ones(4_000, int), insats)).p > 0.01


def test_tests_refuse_what_they_cannot_compare():
    with pytest.raises(ValueError, match="two groups"):
        log_rank([[1, 2]], [[5, 3]])
    with pytest.raises(ValueError, match="two groups"):
        mantel_byar(np.ones((3, 2)), np.full((3, 2), 5))
    with pytest.raises(ValueError, match="two groups"):
        gray_pairs(np.ones((1, 3, 2)), np.ones((1, 3, 2)), np.full((1, 3, 2), 5))
    assert np.isnan(log_rank([[0, 0], [0, 0]], [[5, 3], [4, 2]]).p)
