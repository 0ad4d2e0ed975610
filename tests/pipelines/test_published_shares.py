"""Försäkringskassan's published shares, rates and stocks, from the counts beside them and by our functions: every figure
that has its counts. Percentages without counts (the web exports) cannot be made again and are not compared."""

import numpy as np
import pandas as pd
import pytest

from pipelines.stats.intervals import wilson
from pipelines.stats.standardisation import crude_rate
from pipelines.stats.survival import at_days, kaplan_meier

COLUMNS = (("antal", "andel"), ("antal_kvinnor", "andel_kvinnor"), ("antal_man", "andel_man"))
LAST_DAYS = [29, 89, 179, 364]  # of the published groups of length, of which all begin after day 14


def agree(found, published, half):
    """Rounded as published, to the last digit; a tie may go either way."""
    np.testing.assert_array_less(np.abs(np.asarray(found) - np.asarray(published)), np.asarray(half) + 1e-9)


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "reference" / "fk"


@pytest.fixture(scope="module")
def quarters(folder):
    """Ongoing cases by quarter and chapter; of rows that stand several times the one whose sexes sum to the whole."""
    rows = pd.read_csv(folder / "pag-sjp-diagnos-hela-sverige.csv", na_values=["..", "-"])
    return rows[
        ~(rows["antal"] != rows["antal_kvinnor"].fillna(0) + rows["antal_man"].fillna(0)) | rows["antal"].isna()
    ]


def test_every_share_of_ongoing_cases(quarters):
    """Percent of the sex's own ongoing cases, by chapter and quarter 2005–2018."""
    whole = quarters[quarters["diagnoskapitel_kod"] == "Samtliga"].set_index(["ar", "kvartal"])
    compared = 0
    for count, share in COLUMNS:
        known = quarters[quarters[count].notna() & quarters[share].notna()]
        cases = known[["ar", "kvartal"]].merge(whole[[count]], left_on=["ar", "kvartal"], right_index=True)[count]
        published = known[share].to_numpy()
        # three figures are published: two decimals below ten percent, one above
        agree(100 * wilson(known[count], cases, level=0.95).value, published, np.where(published < 10, 0.005, 0.05))
        compared += len(known)
    assert compared == 3567


def test_every_stock(quarters):
    """Kvinnor and män sum to the whole of each chapter; the chapters to all cases, less what is not published (a chapter
    or two of few cases each quarter)."""
    both = quarters.dropna(subset=["antal", "antal_kvinnor", "antal_man"])
    assert len(both) == 1144 and (both["antal_kvinnor"] + both["antal_man"] == both["antal"]).all()
    exact = 0
    for count, _ in COLUMNS:
        whole = quarters["diagnoskapitel_kod"] == "Samtliga"
        chapters = quarters[~whole].groupby(["ar", "kvartal"])[count]
        left = quarters[whole].set_index(["ar", "kvartal"])[count] - chapters.sum()
        assert len(left) == 56 and left.between(0, 119).all()
        exact += int((left == 0).sum())
    assert exact == 27


def test_every_share_still_open(folder):
    """Open on day 30, 90, 180 and 365 of those longer than 14 days: S(29)/S(14) … by Kaplan–Meier from the lengths."""
    lengths = pd.read_csv(folder / "fk_startade_sjukfall_langd_diagnos.csv")
    year = lengths[lengths["startar"] == 2017].pivot(index="icd10_3", columns="langdgrupp", values="antal_sjukfall")
    ended = year[["15-29", "30-89", "90-179", "180-364"]].to_numpy(dtype=float)
    longer = np.column_stack([np.zeros((len(year), 3)), year["365+"]])
    fit = kaplan_meier(LAST_DAYS, ended, longer, level=0.95)
    published = pd.read_csv(folder / "fk_2017_survival_by_dx.csv").set_index("icd10_3").loc[year.index]
    assert (fit.at_risk[:, 0] == published["n"]).all() and published.shape == (24, 5)
    open_ = at_days(fit.day, fit.survival, LAST_DAYS, start=1.0)
    agree(open_, published[["S30", "S90", "S180", "S365"]], 0.0005)


@pytest.mark.parametrize("year", [2015, 2017])
def test_every_number_started(folder, year):
    rows = pd.read_csv(folder / "fk_startade_sjukfall_langd_diagnos.csv").query("startar == @year")
    table = rows.pivot(index="icd10_3", columns="langdgrupp", values="antal_sjukfall")
    assert (table.drop(columns="totalt").sum(axis=1) == table["totalt"]).all()
    assert (table.drop(index="ALLA").sum() == table.loc["ALLA"]).all()


def test_every_share_of_women(folder):
    rows = pd.read_csv(folder / "fk_personer_diagnos_kon_2015.csv")
    assert len(rows) == 27 and (rows["kvinnor"] + rows["man"] == rows["totalt"]).all()
    agree(wilson(rows["kvinnor"], rows["totalt"], level=0.95).value, rows["andel_kvinnor"], 0.00005)


def test_every_sjukpenningtal_with_its_days(folder):
    """Net days of twelve months per insured."""
    rows = pd.read_csv(folder / "fk_national_month_2024_11_2026_06.csv")
    days, insured = (rows[[name]].to_numpy() for name in ("sick_pay_net_days_r12", "insured_15_69"))
    assert len(rows) == 20
    agree(crude_rate(days, insured, per=1), rows["sjukpenningtal_2_0"], 0.005)
