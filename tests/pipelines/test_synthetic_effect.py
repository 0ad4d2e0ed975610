"""What coordination does in the synthetic region: nothing, or exactly what was asked for, and the truth says which."""

import numpy as np
import pandas as pd
import pytest

from pipelines.stats.survival import at_days, kaplan_meier
from pipelines.synthetic import generate
from pipelines.synthetic.cases import draw_cases
from pipelines.synthetic.lengths import sample, table
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.truth import _coverage_levels, _paths
from pipelines.synthetic.units import make_units


def drawn(effect, patients=400_000, seed=3):
    units = make_units(patients, patients // 8000, seed)
    period = Period(first=np.datetime64("2024-01-01"), last=np.datetime64("2025-12-31"), effect=effect)
    cases = draw_cases(Region(units), [unit for unit in units if unit.listed], period, np.random.default_rng(seed))
    return pd.DataFrame(cases).query("start >= 0"), units


def observed_and_expected(cases, hazard_ratio):
    """Endings after the day of the first insats, and how many the usual hazard times `hazard_ratio` would give."""
    helped = cases[cases["insats"] < cases["length"]]
    row, insats, length = (helped[name].to_numpy() for name in ("row", "insats", "length"))
    survival = table()
    expected = 0.0
    for one, begin, end in zip(row, insats, length, strict=True):
        days = survival[one, begin : end + 1]
        at_risk = days[:-1] > 0
        expected += (1 - (days[1:][at_risk] / days[:-1][at_risk]) ** hazard_ratio).sum()
    return len(helped), expected


@pytest.mark.parametrize("effect", [0.0, 0.5])
def test_the_hazard_after_the_first_insats_is_what_was_asked_for(effect):
    cases, _ = drawn(effect)
    observed, expected = observed_and_expected(cases, 1 + effect)
    error = observed**-0.5
    assert abs(observed / expected - 1) < 3 * error
    _, wrong = observed_and_expected(cases, 1.5 - effect)
    assert abs(observed / wrong - 1) > 10 * error  # the test could have told the difference


def test_without_effect_no_length_depends_on_coordination():
    """The day is drawn without regard to the length, so the usual curve holds among the chosen as among the others."""
    cases, _ = drawn(0.0)
    chosen = cases["insats"] < 1000
    for part in (cases[chosen], cases[~chosen]):
        for day in (14, 60, 180):
            expected = table()[part["row"], day]
            error = np.sqrt((expected * (1 - expected)).sum())
            assert abs((part["length"] > day).sum() - expected.sum()) < 4 * error


def test_the_naive_comparison_finds_a_difference_where_there_is_none():
    """Those who got an insats had to stay long enough to get it: immortal time. A landmark has no such difference."""
    cases, _ = drawn(0.0)
    f43 = cases[(cases["row"] == cases["row"].mode()[0])]
    ever = f43["insats"] <= f43["length"]
    assert f43.loc[ever, "length"].mean() > 1.4 * f43.loc[~ever, "length"].mean()
    at_30 = f43[f43["length"] > 30]
    by_30 = at_30["insats"] <= 30
    later = [(at_30.loc[group, "length"] > 90) for group in (by_30, ~by_30)]
    error = sum(part.mean() * (1 - part.mean()) / len(part) for part in later) ** 0.5
    assert abs(later[0].mean() - later[1].mean()) < 3 * error


@pytest.mark.parametrize("effect", [0.0, 0.5])
def test_the_truth_knows_the_effect(effect):
    """S(t) of one diagnosis over all units, as drawn and as the truth computes it."""
    cases, units = drawn(effect, patients=2_000_000)
    row = int(cases["row"].mode()[0])
    chances, paths = _paths(row // 2, "KM"[row % 2], _coverage_levels(units), effect)
    some = cases.loc[cases["row"] == row, "length"].to_numpy()
    for day in (30, 60, 120, 240, 360):
        true = float(chances @ paths[:, day])
        assert abs((some > day).mean() - true) < 3.5 * (true * (1 - true) / len(some)) ** 0.5


def test_the_effect_is_exported(tmp_path):
    small = {"patients": 3_000, "enheter": 2, "first": "2025-01", "last": "2025-03", "seed": 1}
    for effect in (0.0, 0.3):
        out = generate(tmp_path / f"r{effect}", **small, effect=effect, progress=lambda *_: None)
        said = pd.read_csv(out.with_name(f"{out.name}-sanning") / "effekt.csv")
        assert said.to_dict("records") == [{"effekt": effect, "hazardkvot": 1 + effect}]
    with pytest.raises(ValueError, match="negative effect"):
        generate(tmp_path / "x", **small, effect=-0.1, progress=lambda *_: None)


def test_lengths_are_drawn_from_their_table():
    """Also where two rows meet in the one ascending search."""
    rng = np.random.default_rng(2)
    for row in (0, 9, len(table()) - 1):
        lengths = sample(np.full(200_000, row), rng.random(200_000))
        curve = kaplan_meier(*np.unique(lengths, return_counts=True), np.zeros(len(np.unique(lengths))), level=0.95)
        days = [2, 3, 14, 29, 89, 364, 1000]
        found = at_days(curve.day, curve.survival, days, start=1.0)
        true = table()[row, days]
        assert (np.abs(found - true) <= 4 * np.sqrt(true * (1 - true) / 200_000) + 1e-12).all()
    assert sample(np.array([0]), np.array([0.0])) == table().shape[1] - 1
    assert sample(np.array([1]), np.array([np.nextafter(1, 0)])) >= 3
