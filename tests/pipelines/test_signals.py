"""The table `signal`: from published values alone, hidden ones missing, new baselines and targets only by decision."""

import numpy as np
import pandas as pd
import pytest

from pipelines.compute.signals import signals
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED

QUARTERS = [f"{year}-{month:02d}" for year in range(2021, 2027) for month in (3, 6, 9, 12)][:20]
MONTHS = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
NO_DECISION = pd.DataFrame(columns=["typ", "enhet_id", "matt_id", "fran", "riktning", "varde"])


def rows(matt, enhet, kind, periods, counts, *, listed=1000.0, kon="K"):
    shown = np.isfinite(counts)
    return pd.DataFrame(
        {
            "matt_id": matt, "enhet_id": enhet, "periodtyp": kind, "period": periods, "kon": kon, "indelning": "ingen",
            "grupp": "alla", "utfall": np.where(shown, "tal", "dolt"), "antal": counts,
            "namnare": np.where(shown, listed, np.nan),
        }
    )  # fmt: skip


def made(*parts, decided=NO_DECISION):
    values = pd.concat(parts, ignore_index=True)
    nodes = pd.DataFrame({"enhet_id": values["enhet_id"].unique()})
    nodes["niva"] = np.where(nodes["enhet_id"].str.startswith("region:"), "region", "enhet")
    found = signals(values, MEASURES, decided, nodes)
    return PUBLISHED["signal"].validate(found)


STEADY = np.tile([50.0, 53, 48, 51, 49, 52], 4)[:20]
STEP = np.r_[STEADY[:11], 49.0, np.full(8, 75.0)]


def test_a_step_in_a_flow_is_a_sign_and_a_steady_flow_is_not():
    found = made(rows("startade", "A", "kvartal", QUARTERS, STEP), rows("startade", "B", "kvartal", QUARTERS, STEADY))
    signs = found[found["regel"] != "ingen"]
    assert set(signs["enhet_id"]) == {"A"}
    assert signs["period"].tolist() == QUARTERS[12:]
    assert not found["provisorisk"].any()
    assert found["mitt"].iloc[0] == pytest.approx(1000 * STEP[:12].sum() / 12_000)


def test_a_hidden_value_is_missing_and_short_series_are_left_out():
    holed = STEADY.copy()
    holed[3] = np.nan
    short = np.full(20, np.nan)
    short[-5:] = 50
    found = made(rows("startade", "A", "kvartal", QUARTERS, holed), rows("startade", "B", "kvartal", QUARTERS, short))
    assert QUARTERS[3] not in set(found["period"])
    assert set(found["enhet_id"]) == {"A"}
    assert len(found) == 19


def test_limits_rest_on_the_shown_points_of_the_baseline():
    late, later = STEADY.copy(), STEADY.copy()
    late[:5], later[:7] = np.nan, np.nan
    found = made(rows("startade", "A", "kvartal", QUARTERS, late), rows("startade", "B", "kvartal", QUARTERS, later))
    assert set(found["enhet_id"]) == {"A"}
    assert found["provisorisk"].all()


def test_fewer_than_twelve_points_are_provisional():
    found = made(rows("startade", "A", "kvartal", QUARTERS[:10], STEADY[:10]))
    assert found["provisorisk"].all()


def test_a_stock_is_followed_at_the_end_of_quarters():
    counts = np.tile([50.0, 51, 52], 20)
    found = made(rows("pagaende", "A", "manad", MONTHS, counts))
    assert set(found["period"].str[-2:]) == {"03", "06", "09", "12"}
    assert (found["varde"] == 52).all()


def test_a_new_baseline_is_a_decision():
    decided = pd.DataFrame(
        {"typ": ["ombasering"], "enhet_id": ["A"], "matt_id": ["startade"], "fran": [QUARTERS[12]], "riktning": [None],
         "varde": [np.nan]}
    )  # fmt: skip
    parts = [rows("startade", enhet, "kvartal", QUARTERS, STEP) for enhet in ("A", "B")]
    found = made(*parts, decided=decided)
    own = found[found["enhet_id"] == "A"]
    assert (own["regel"] == "ingen").all()
    assert own["mitt"].iloc[-1] == pytest.approx(75)
    assert (found.loc[found["enhet_id"] == "B", "regel"] != "ingen").any()


def test_a_target_is_judged_by_the_limits():
    decided = pd.DataFrame(
        {"typ": "mal", "enhet_id": ["A", "B", "C"], "matt_id": "startade", "fran": "2022-01", "riktning": "lagre",
         "varde": [20.0, 50.0, 90.0], "beslutad_av": "Nämnden", "kalla": ["§ 1", "§ 2", "§ 3"]}
    )  # fmt: skip
    found = made(*(rows("startade", enhet, "kvartal", QUARTERS, STEADY) for enhet in "ABC"), decided=decided)
    last = found[found["period"] == QUARTERS[-1]].set_index("enhet_id")
    assert last["mal_nas"].to_dict() == {"A": "nej", "B": "ibland", "C": "ja"}
    assert last[["mal_fran", "mal_beslutad_av", "mal_kalla"]].loc["B"].to_list() == ["2022-01", "Nämnden", "§ 2"]
    assert found[found["period"] < "2022-01"][["mal", "mal_fran", "mal_beslutad_av", "mal_kalla"]].isna().all(axis=None)


def test_the_region_gives_the_season_of_its_units():
    season = np.tile([1.6, 1.0, 0.4, 1.0], 5)
    region = rows("startade", "region:R", "kvartal", QUARTERS, 5000 * season, listed=100_000.0)
    unit = rows("startade", "A", "kvartal", QUARTERS, np.round(50 * season))
    found = made(region, unit)
    assert (found["regel"] == "ingen").all()
    own = found[found["enhet_id"] == "A"]
    np.testing.assert_allclose(own["mitt"] / own["mitt"].mean(), season, rtol=1e-6)


def test_a_mean_without_a_denominator_is_followed_by_xmr_and_overlapping_years_are_not():
    ages = np.tile([45.0, 46.0, 45.5, 46.5], 5)
    stock = rows("alder_pagaende", "A", "manad", QUARTERS, np.full(20, np.nan)).assign(utfall="tal", varde=ages)
    overlapping = rows("alder_startade", "A", "r12", QUARTERS, np.full(20, np.nan)).assign(utfall="tal", varde=ages)
    found = made(stock, overlapping)
    assert set(found["matt_id"]) == {"alder_pagaende"}
    assert set(found["metod"]) == {"XmR"}
    moved = np.abs(np.diff(ages[:12])).mean()
    assert found["mitt"].iloc[0] == pytest.approx(ages[:12].mean())
    assert found["ovre"].iloc[0] == pytest.approx(ages[:12].mean() + 2.66 * moved)
    assert (found["varde"].to_numpy() == ages).all()
    raised = stock.assign(varde=np.r_[ages[:-1], 60.0])
    assert made(raised).iloc[-1]["regel"] == "utanfor"
