"""What is published of curves is turned back into events, with all that can be subtracted; and the rule a second time."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipelines.compute import counted, group_points, points
from pipelines.disclosure import curves as rule
from pipelines.release import build_release
from pipelines.releases import current
from schemas.dimensions import BREAKDOWNS
from schemas.measure import Curve, Occupation
from schemas.measures import MEASURES

THRESHOLD = 5
CURVES = [one.id for one in MEASURES.values() if isinstance(one, Curve)]
STATES = [one.id for one in MEASURES.values() if isinstance(one, Occupation)]
OF_A_CURVE = ["matt_id", "period", "orsak_id"]


# the attacker: reads the published tables and knows what they are


def published(folder):
    """Every shown point of the curves, with the events through it as n·F says."""
    rows = pd.read_parquet(folder / "kurva.parquet")
    shown = rows[rows["matt_id"].isin(CURVES) & (rows["utfall"] == "tal")]
    return shown.assign(handelser=(shown["n"] * shown["andel"]).round(6)), pd.read_parquet(folder / "enhet.parquet")


def of_other_tables(folder):
    """Those who have ended, of all measures of states at once, and the arms of landmarks, as they are: curves too."""
    rows = pd.read_parquet(folder / "kurva.parquet")
    ended = rows[rows["matt_id"].isin(STATES) & (rows["orsak_id"] == "0") & (rows["utfall"] == "tal")]
    arms = pd.read_parquet(folder / "landmark.parquet")
    arms = arms[arms["utfall"] == "tal"].assign(indelning="ingen", grupp="alla")
    arms = arms.assign(orsak_id=arms["fran_dag"].astype(str) + arms["arm"], andel=arms["ojusterad"])
    both = pd.concat([ended.assign(matt_id="grader"), arms], ignore_index=True)
    return both.assign(handelser=(both["n"] * both["andel"]).round(6))


def children(units):
    """Region → its områden and the vårdcentraler outside any, område → its vårdcentraler."""
    centres = units[(units["niva"] == "enhet") & (units["enhetstyp"] == "vardcentral")]
    areas = units[units["niva"] == "omrade"]
    below = {
        row.enhet_id: centres.loc[centres["omrade"] == row.omrade, "enhet_id"].tolist() for row in areas.itertuples()
    }
    for row in units[units["niva"] == "region"].itertuples():
        below[row.enhet_id] = [*areas["enhet_id"], *centres.loc[centres["omrade"].isna(), "enhet_id"]]
    return below


def sums_of(cell, below, splits):
    """Every way in which a cell (enhet, kon, indelning, grupp) is the sum of others."""
    place, sex, split, group = cell
    if sex == "alla":
        yield [(place, one, split, group) for one in ("K", "M")]
    if place in below:
        yield [(part, sex, split, group) for part in below[place]]
    if split == "ingen":
        for name in splits:
            yield [(place, sex, name, one) for one in BREAKDOWNS[name].ids]


def computed(known, below, splits):
    """What follows on one day from the events of the shown cells: {cell or set of cells: events}. Of each sum what is not
    shown of it together, and single cells as far as they can be had by subtraction, again and again."""
    found = dict(known)
    while True:
        more = {}
        for total in list(found):
            for parts in sums_of(total, below, splits) if isinstance(total, tuple) else ():
                unknown = frozenset(part for part in parts if part not in found)
                rest = found[total] - sum(found[part] for part in parts if part in found)
                if len(unknown) == 1:
                    more[next(iter(unknown))] = rest
                elif unknown and unknown not in found:
                    more[unknown] = rest
        fresh = {cell: count for cell, count in more.items() if cell not in found}
        if not fresh:
            return found
        found |= fresh


def few_between(rows, units):
    """(curve, cell or cells, day, day, events) of every stretch between two known points with fewer than the threshold."""
    below, claims = children(units), []
    for curve, shown in rows.groupby(OF_A_CURVE):
        splits = sorted(set(shown["indelning"]) - {"ingen"})
        series = {}
        for day, now in shown.groupby("dag"):
            cells = zip(now["enhet_id"], now["kon"], now["indelning"], now["grupp"], strict=True)
            for cell, count in computed(dict(zip(cells, now["handelser"], strict=True)), below, splits).items():
                series.setdefault(cell, [(-1, 0.0)]).append((day, count))
        claims += [
            (curve, cell, first, last, more - less)
            for cell, points_ in series.items()
            for (first, less), (last, more) in pairwise(points_)
            if 0.5 < more - less < THRESHOLD - 0.5
        ]
    return claims


def by_other_units(rows):
    """The events that are not the own unit's, as a curve of their own."""
    key = ["matt_id", "enhet_id", "period", "kon", "indelning", "grupp", "dag"]
    own = rows[rows["orsak_id"].str.endswith("_egen")]
    both = rows.merge(own[[*key, "handelser"]], on=key, suffixes=("", "_egen"))
    both = both[~both["orsak_id"].str.endswith("_egen")]
    return both.assign(handelser=both["handelser"] - both["handelser_egen"], orsak_id="andra")


def windows(curve):
    """Of each shown day the least and the most exits of other kinds that the numbers followed on allow, as they never fall:
    the number is those without the event in whole fives, less the others in whole fives."""
    fives = 5 * np.floor((curve["n"] - curve["handelser"].round()) / 5) - curve["i_risk"]
    return np.maximum.accumulate(fives), np.minimum.accumulate((fives + 4)[::-1])[::-1]


def windows_of_rounding(curve):
    """The same of numbers that are rounded themselves."""
    others = curve["n"] - curve["handelser"].round() - curve["i_risk"]
    return np.maximum.accumulate(others - 2), np.minimum.accumulate((others + 2)[::-1])[::-1]


def days_of_few(folder, rows):
    """Medians and their limits that are the day of one of the first or last few between two shown points: without
    censoring the height that is passed is known."""
    values = pd.read_parquet(folder / "kurvtal.parquet")
    medians = values[(values["storhet"] == "median") & (values["utfall"] == "tal")]
    whole = rows[
        (rows["indelning"] == "ingen") & (rows["orsak_id"] == rows["matt_id"].map(lambda one: MEASURES[one].event.id))
    ]
    series = {key: part.sort_values("dag") for key, part in whole.groupby(["matt_id", "enhet_id", "period", "kon"])}
    claims = []
    for row in medians.itertuples():
        curve = series[row.matt_id, row.enhet_id, row.period, row.kon]
        days, counts, height = curve["dag"].to_numpy(), curve["handelser"].to_numpy(), row.n / 2
        before = counts[days < row.varde].max(initial=0.0)
        after = np.inf if row.varde in days else counts[days > row.varde].min(initial=np.inf)
        if height - before < THRESHOLD - 0.5 or after - height < THRESHOLD - 0.5:
            claims.append(row)
    return claims, len(medians)


@pytest.fixture(scope="module")
def release(region):
    return region.published / current(region.published)


@pytest.fixture(scope="module")
def unruled(region, tmp_path_factory):
    """The same region published without the rule: every point as far as the curve is followed."""
    with pytest.MonkeyPatch.context() as patch:
        for room in (counted, group_points):
            patch.setattr(room, "linked", lambda counts, left, allowed, *_, **__: allowed)
        patch.setattr(points, "followed_in_fives", lambda n, events, left: rule.rounded_to_five(left))
        few = ("startade", "atergang", "tackning", "grader", "landmark")  # enough to be found, and quickly made
        patch.setattr("pipelines.release.available", lambda _extracts: {name: MEASURES[name] for name in few})
        patch.setattr("pipelines.compute.medians.apart", lambda days, *_, **__: np.ones(days.shape, dtype=bool))
        chosen = region.model_copy(update={"data": tmp_path_factory.mktemp("unruled")})
        (chosen.data / "warehouse").symlink_to(region.data / "warehouse")
        folder, _ = build_release(chosen, progress=lambda what: None)
    return chosen.published / folder


def test_no_few_events_between_two_points_follow_from_what_is_published(release):
    rows, units = published(release)
    assert len(rows) > 1_000
    assert few_between(rows, units) == []
    assert few_between(by_other_units(rows), units) == []
    others = of_other_tables(release)
    assert set(others["matt_id"]) == {"grader", "landmark"}
    assert few_between(others, units) == []


def test_the_same_attacker_finds_few_where_the_rule_is_not_applied(unruled):
    rows, units = published(unruled)
    claims = few_between(rows, units)
    assert len([claim for claim in claims if isinstance(claim[1], tuple)]) > 1_000
    assert few_between(by_other_units(rows), units)
    assert {claim[0][0] for claim in few_between(of_other_tables(unruled), units)} == {"grader", "landmark"}


def widths(rows, allowed):
    event = rows[
        (rows["indelning"] == "ingen") & rows["kon"].isin(["K", "M"]) & ~rows["orsak_id"].str.endswith("_egen")
    ]
    # where somebody is followed no longer n·F is no whole number, and the attacker cannot tell
    whole = event.groupby([*OF_A_CURVE, "enhet_id", "kon"]).filter(
        lambda part: (np.abs(part["handelser"] - part["handelser"].round()) < 0.06).all()
    )
    found = []
    for _, curve in whole.groupby([*OF_A_CURVE, "enhet_id", "kon"]):
        low, high = allowed(curve.sort_values("dag"))
        found.append(float((high - low).min()))
    # windows that contradict each other: what was taken for the number of events is not
    return np.array([width for width in found if width >= 0])


def test_numbers_followed_on_leave_five_possible_numbers_of_other_exits(release, unruled):
    kept, rounded = widths(published(release)[0], windows), widths(published(unruled)[0], windows_of_rounding)
    assert len(kept) > 50
    assert (kept >= THRESHOLD - 1).all()
    assert (rounded == 0).mean() > 0.05, "rounding alone gives the others away"


def test_no_median_is_the_day_of_one_of_a_few(release, unruled):
    claims, shown = days_of_few(release, published(release)[0])
    assert shown > 0
    assert claims == []
    assert len(days_of_few(unruled, published(unruled)[0])[0]) > 10


# the rule a second time, in plain Python


def plain_spaced(counts, allowed, order, least):
    """One cell: counts[cause][point]."""
    taken = []
    for at in order:
        if not allowed[at]:
            continue
        before = max((one for one in taken if one < at), default=None)
        after = min((one for one in taken if one > at), default=None)
        fine = all(
            cause[at] - (0 if before is None else cause[before]) >= least
            and (after is None or cause[after] - cause[at] >= least)
            for cause in counts
        )
        if fine:
            taken.append(at)
    return [at in taken for at in range(len(allowed))]


@st.composite
def curves_of(draw, cells=1):
    """counts[cell, cause, point] that rise, those who are left[cell, point], allowed points and an order."""
    causes, size = draw(st.integers(1, 2)), draw(st.integers(1, 7))
    steps = draw(arrays.arrays(np.int64, (cells, causes, size), elements=st.integers(0, 12)))
    counts = np.cumsum(steps, axis=-1).astype(float)
    over = draw(arrays.arrays(np.int64, (cells, 1), elements=st.integers(0, 30)))
    left = over + counts.sum(axis=1)[:, -1:] - counts.sum(axis=1)
    allowed = draw(arrays.arrays(np.bool_, (cells, size), elements=st.sampled_from([True, True, True, False])))
    return counts, left, allowed, draw(st.permutations(range(size)))


@given(curves_of(cells=3), st.sampled_from([3, 5]))
def test_points_are_those_of_the_plain_rule(made, least):
    counts, left, allowed, order = made
    found = rule.linked(counts, left, allowed, order, [], least=least)
    for cell in range(len(counts)):
        assert found[cell].tolist() == plain_spaced(counts[cell].tolist(), allowed[cell].tolist(), order, least)
        assert not found[cell].any() or np.diff(counts[cell][:, found[cell]], prepend=0).min() >= least


def summed(made):
    """Two totals of three and two cells, and the sum of these, before them: rows 0, 1, 2 are the totals."""
    counts, left, allowed, order = made
    parts = [(3, 4, 5), (6, 7)]
    areas = [np.stack([part[np.array(rows) - 3].sum(axis=0) for rows in parts]) for part in (counts, left)]
    every = [
        np.concatenate([area.sum(axis=0, keepdims=True), area, part])
        for area, part in zip(areas, (counts, left), strict=True)
    ]
    whole = np.concatenate([np.ones((3, allowed.shape[1]), dtype=bool), allowed])
    return *every, whole, order, [(0, (1, 2)), (1, parts[0]), (2, parts[1])]


@given(curves_of(cells=5), st.sampled_from([3, 5]))
def test_nothing_small_is_left_of_a_sum(made, least):
    """With the attacker's subtraction: every cell, and what is hidden of a shown total, has enough between known points."""
    counts, left, allowed, order, sums = summed(made)
    shown = rule.linked(counts, left, allowed, order, sums, least=least)
    assert not (shown & ~allowed).any()
    series = {}
    for at in range(shown.shape[-1]):
        known = {cell: counts[cell, :, at] for cell in np.flatnonzero(shown[:, at])}
        for total, parts in sums:
            hidden = frozenset(part for part in parts if part not in known)
            if total in known and hidden:
                assert len(hidden) > 1
                known[hidden] = counts[list(hidden), :, at].sum(axis=0)
        for cell, count in known.items():
            series.setdefault(cell, [np.zeros_like(count)]).append(count)
    for points_ in series.values():
        for less, more in pairwise(points_):
            assert (more - less >= least).all()


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_those_followed_on_are_less_than_five_off_and_tell_the_others_in_whole_fives(events, others, left):
    n = events + others + left
    told = float(rule.followed_in_fives(n, events, left))
    assert abs(told - left) < 5
    assert told == 5 * ((n - events) // 5) - 5 * (others // 5)
