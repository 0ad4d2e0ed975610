"""The counting measures a second time, from the delivered files and in plain pandas."""

import numpy as np
import pandas as pd
import pytest

from pipelines.releases import current

MONTH, QUARTER = "2025-05", "2025-06"
LAST = {"manad": pd.Timestamp("2025-05-31"), "kvartal": pd.Timestamp("2025-06-30"), "r12": pd.Timestamp("2025-06-30")}
FIRST = {"manad": pd.Timestamp("2025-05-01"), "kvartal": pd.Timestamp("2025-04-01"), "r12": pd.Timestamp("2024-07-01")}


@pytest.fixture(scope="module")
def published(region):
    folder = region.published / current(region.published)
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("varde", "enhet")}


@pytest.fixture(scope="module")
def delivered(region):
    folder = region.data / "deliveries" / "region"
    return {name: pd.read_csv(folder / f"{name}.csv", sep=";", dtype=str) for name in ("intyg", "bemanning")}


@pytest.fixture(scope="module")
def certificates(delivered):
    """The periods that count, each with the number of its case."""
    rows = delivered["intyg"].query("typ == 'FK7804'").copy()
    rows["fran"], rows["tom"] = pd.to_datetime(rows["fran"]), pd.to_datetime(rows["tom"])
    rows = rows.sort_values(["patient_id", "fran", "kand_fran", "grad"], kind="stable").reset_index(drop=True)
    before = rows.groupby("patient_id")["tom"].cummax().groupby(rows["patient_id"]).shift()
    rows["fall"] = ((rows["fran"] - before).dt.days > 6).groupby(rows["patient_id"]).cumsum()
    return rows


@pytest.fixture(scope="module")
def cases(certificates):
    return (
        certificates.groupby(["patient_id", "fall"])
        .agg(start=("fran", "min"), slut=("tom", "max"), kon=("kon", "last"))
        .reset_index()
    )


def whole(published, matt, periodtyp, period, kon):
    values = published["varde"]
    found = values[
        (values["matt_id"] == matt) & (values["periodtyp"] == periodtyp) & (values["period"] == period)
        & (values["kon"] == kon) & (values["indelning"] == "ingen") & values["enhet_id"].str.startswith("region:")
    ]  # fmt: skip
    assert len(found) == 1
    return found.iloc[0]


def days_until(rows, day):
    """Distinct certified days of one case up to a day, one by one."""
    return len({d for row in rows.itertuples() for d in pd.date_range(row.fran, min(row.tom, day))})


def test_ended_cases(published, cases):
    for kon, kept in (("K", cases["kon"] == "K"), ("M", cases["kon"] == "M"), ("alla", cases["kon"].notna())):
        expected = int((kept & cases["slut"].between(FIRST["kvartal"], LAST["kvartal"])).sum())
        assert whole(published, "avslutade", "kvartal", QUARTER, kon)["antal"] == expected


@pytest.mark.parametrize(
    ("matt", "periodtyp", "period"), [("under_manaden", "manad", MONTH), ("under_manaden", "kvartal", QUARTER)]
)
def test_cases_of_a_period_are_counted_once(published, cases, matt, periodtyp, period):
    inside = (cases["start"] <= LAST[periodtyp]) & (cases["slut"] >= FIRST[periodtyp])
    assert whole(published, matt, periodtyp, period, "alla")["antal"] == int(inside.sum())


def test_cases_of_a_year_by_the_section_of_their_latest_diagnosis(published, certificates, cases):
    day = LAST["r12"]
    inside = cases[(cases["start"] <= day) & (cases["slut"] >= FIRST["r12"])]
    begun = certificates[certificates["fran"] <= day].merge(inside[["patient_id", "fall"]])
    category = begun.groupby(["patient_id", "fall"]).tail(1)["diagnos"].str.upper().str[:3]
    values = published["varde"]
    rows = values[
        (values["matt_id"] == "under_manaden") & (values["indelning"] == "avsnitt") & (values["period"] == QUARTER)
        & (values["kon"] == "alla") & values["enhet_id"].str.startswith("region:") & (values["utfall"] == "tal")
    ]  # fmt: skip
    assert len(rows) > 10
    assert set(rows["periodtyp"]) == {"r12"}
    for row in rows[rows["grupp"] != "okand"].itertuples():
        first, last = row.grupp.split("-")
        assert row.antal == category.between(first, last).sum(), row.grupp


def test_persons_of_a_year_are_counted_once(published, cases):
    inside = (cases["start"] <= LAST["r12"]) & (cases["slut"] >= FIRST["r12"])
    for kon in ("K", "M"):
        expected = cases[inside & (cases["kon"] == kon)]["patient_id"].nunique()
        assert whole(published, "unika_personer", "r12", QUARTER, kon)["antal"] == expected


def test_long_and_partial_cases_and_cases_without_income(published, certificates, cases):
    day = LAST["manad"]
    open_ = cases[(cases["start"] <= day) & (cases["slut"] >= day)]
    begun = certificates[certificates["fran"] <= day].merge(open_[["patient_id", "fall"]])
    latest = begun.groupby(["patient_id", "fall"]).tail(1)
    lengths = begun.groupby(["patient_id", "fall"]).apply(lambda rows: days_until(rows, day), include_groups=False)
    for limit in (28, 60, 90, 180, 365):
        assert whole(published, f"langa_{limit}", "manad", MONTH, "alla")["antal"] in (
            int((lengths > limit).sum()),
            np.nan,
        )
    partial = latest["grad"].ne("100").sum()
    row = whole(published, "andel_partiell", "manad", MONTH, "alla")
    assert (row["antal"], row["namnare"]) == (partial, len(open_))
    assert row["varde"] == pytest.approx(100 * partial / len(open_))
    row = whole(published, "utan_sgi", "manad", MONTH, "alla")
    assert row["utfall"] == "dolt" or row["antal"] == latest["har_sgi"].eq("nej").sum()


def test_staffing_is_the_sum_of_the_posts(published, delivered):
    rows = delivered["bemanning"].query("roll == 'rehabkoordinator' and manad == @MONTH")
    row = whole(published, "bemanning", "manad", MONTH, "alla")
    assert row["antal"] == pytest.approx(rows["fte"].astype(float).sum())
    assert row["varde"] == pytest.approx(1000 * row["antal"] / row["namnare"])
    assert np.isnan(row["nedre"])
