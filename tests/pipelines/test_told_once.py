"""Two releases: a corrected certificate moves one person, and nothing that is told of durations shows which."""

import shutil
from datetime import date

import numpy as np
import pandas as pd
import pytest

from pipelines.compute.once import ONCE, earliest, of_measures, once
from pipelines.deliveries import load
from pipelines.earlier import told_before
from pipelines.release import build_release
from pipelines.releases import current
from pipelines.settings import Settings
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED
from tests.rows import write_delivery

KEYS = list(PUBLISHED["kurva"].unique)
NODES = pd.DataFrame({"enhet_id": ["A", "B", "C"]})


def curve(place, points, *, period="2026-06", kon="K"):
    """Rows of a curve: {day: (outcome, share)}."""
    return pd.DataFrame(
        [
            ("atergang", place, period, kon, "ingen", "alla", "atergang", day, outcome, None, share, np.nan, np.nan, 20.0,
             40.0, "")
            for day, (outcome, share) in points.items()
        ],
        columns=list(PUBLISHED["kurva"].columns),
    )  # fmt: skip


def told(rows, place):
    return rows[rows["enhet_id"].eq(place)].set_index("dag")["andel"].to_dict()


def test_a_point_is_told_once_and_days_come_after_all_that_were_told():
    first = pd.concat(
        [
            curve("A", {30: ("tal", 0.5), 60: ("dolt", np.nan), 90: ("tal", 0.7)}),
            curve("B", {-1: ("dolt", np.nan)}),
        ]
    )
    second = pd.concat(
        [
            curve("A", {30: ("tal", 0.525), 37: ("tal", 0.55), 60: ("tal", 0.6), 90: ("tal", 0.7), 120: ("tal", 0.8)}),
            curve("A", {30: ("tal", 0.4)}, period="2026-09"),
            curve("B", {30: ("tal", 0.3), 120: ("tal", 0.5)}),
            curve("C", {30: ("tal", 0.2)}),
        ]
    )
    now = once("kurva", second, earliest([first], KEYS), NODES)
    old = now[now["period"].eq("2026-06")]
    assert told(old, "A") == pytest.approx({30: 0.5, 60: np.nan, 90: 0.7, 120: 0.8}, nan_ok=True)
    assert told(old, "B") == {120: 0.5}  # what was hidden of it stays so
    assert told(old, "C") == {30: 0.2}  # a new place
    assert told(now[now["period"].eq("2026-09")], "A") == {30: 0.4}
    third = once("kurva", second.assign(andel=0.9), earliest([first, now], KEYS), NODES)
    pd.testing.assert_frame_equal(third, now)


def test_what_cannot_be_computed_yet_is_told_later():
    keys = list(PUBLISHED["kurvtal"].unique)
    first = pd.DataFrame(
        [("atergang", place, "2026-06", "K", "median", -1, outcome, value) for place, outcome, value in
         (("A", "ej_beraknat", np.nan), ("B", "tal", 30.0), ("C", "dolt", np.nan))],
        columns=[*keys, "utfall", "varde"],
    )  # fmt: skip
    second = first.assign(utfall="tal", varde=[40.0, 31.0, 20.0])
    now = once("kurvtal", second, earliest([first], keys), NODES).set_index("enhet_id")["varde"]
    assert now.to_dict() == pytest.approx({"A": 40.0, "B": 30.0, "C": np.nan}, nan_ok=True)


@pytest.mark.parametrize(("anew", "bound"), [(None, 2), (date(2026, 2, 1), 1), (date(2026, 4, 1), 0)])
def test_a_gross_fault_may_be_told_again_from_a_day(tmp_path, anew, bound):
    settings = Settings(data=tmp_path, told_anew_from=anew)
    names = ("20260115T080000Z-aaaaaaaa", "20260315T080000Z-bbbbbbbb")
    for at, name in enumerate(names):
        (settings.published / name).mkdir(parents=True)
        for table in ONCE:
            columns = PUBLISHED[table]
            empty = pd.DataFrame(columns=list(columns.columns))
            rows = curve("A", {30 + at: ("tal", 0.5)}) if table == "kurva" else empty
            rows.to_parquet(settings.published / name / f"{table}.parquet", index=False)
    assert len(told_before(settings, names)["kurva"]) == bound


@pytest.fixture
def corrected(region, tmp_path):
    """The region again, with one certificate that lasted other days than first said."""
    chosen = region.model_copy(update={"data": tmp_path})
    for path in region.data.iterdir():
        shutil.copytree(path, tmp_path / path.name)
    rows = pd.read_csv(tmp_path / "deliveries" / "region" / "intyg.csv", sep=";", dtype=str, keep_default_na=False)
    unit = rows.loc[rows["kon"].eq("K"), "enhet_id"].value_counts().index[0]
    alone = ~rows["patient_id"].duplicated(keep=False) & rows["enhet_id"].eq(unit) & rows["kon"].eq("K")
    (wrong,) = rows[alone & rows["fran"].between("2025-08-01", "2025-08-31")].head(1).to_dict("records")
    last = str(pd.Timestamp(wrong["fran"]) + pd.Timedelta(days=45))[:10]
    new = wrong | {"intyg_id": wrong["intyg_id"] + "x", "tom": last, "kand_fran": "2026-10-30T09:00:00"}
    old = wrong | {"handelse": "makulerat", "kand_fran": "2026-10-30T08:00:00"}
    folder = write_delivery(
        tmp_path / "deliveries" / "rattelse", {"intyg": [old, new]}, typ="tillagg", avsandare="region-pahittad",
        skapad="2026-10-31T12:00:00", period_fran="2025-08-01", period_till="2026-10-31",
    )  # fmt: skip
    load([folder], chosen, progress=lambda what, done, total: None, approved_by="test")
    before = current(chosen.published)
    after, new = build_release(chosen, progress=lambda what: None)
    assert new and after != before
    return chosen, before, after


@pytest.mark.slow  # a region is built a second time
def test_a_correction_of_one_person_shows_in_no_curve(corrected):
    chosen, before, after = corrected
    for table in ONCE:
        first, second = (
            of_measures(pd.read_parquet(chosen.published / name / f"{table}.parquet"), MEASURES)
            for name in (before, after)
        )
        keys = list(PUBLISHED[table].unique)
        both = first[first["utfall"].isin(["tal", "dolt"])].merge(second, on=keys, how="left", suffixes=("", "_nu"))
        for name in set(first) - {*keys, "avviker"}:
            then, now = both[name].astype(object), both[f"{name}_nu"].astype(object)
            assert ((then == now) | (then.isna() & now.isna())).all(), (table, name)
        assert len(both) > 50
        assert len(second) == len(first), table  # nothing is told that was not
    counts = [pd.read_parquet(chosen.published / name / "varde.parquet") for name in (before, after)]
    assert not counts[0]["antal"].equals(counts[1]["antal"])
