"""Vårdcentraler against their region: expectations counted again by hand, flags that chance does not raise, peers."""

import numpy as np
import pandas as pd
import pytest

from pipelines import warehouse
from pipelines.compute import funnel, peers
from pipelines.compute.count import count_cells, rates
from pipelines.compute.curve import count_events
from pipelines.compute.curve_rows import curves
from pipelines.compute.protect import protect_curves
from pipelines.compute.windows import cohorts, make_nodes
from pipelines.stats.intervals import poisson
from pipelines.stats.overdispersion import Kind
from schemas.dimensions import ALDERSGRUPP
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED
from tests.protected import protect_counts

YEARS = ("2025-06", "2026-06")


@pytest.fixture
def opened(region, monkeypatch):
    """The small region, in which five units make a funnel."""
    monkeypatch.setattr(funnel, "LEAST_UNITS", 5)
    with warehouse.open_warehouse(region) as connection:
        yield connection, region, make_nodes(connection)


@pytest.mark.parametrize("name", ["startade", "pagaende"])
def test_the_expectation_of_a_rate_is_the_regions_rates_among_the_units_listade(opened, name):
    connection, settings, nodes = opened
    measure = MEASURES[name]
    cells = protect_counts(count_cells(connection, measure, nodes), nodes, {name: measure}, settings)
    found = funnel.rate_funnels(connection, measure, rates(cells, measure, least_listed=50), nodes)
    shown = found[found["utfall"] == "tal"]
    assert len(shown) > 10
    again = expected_by_hand(connection, measure)
    for row in shown.itertuples():
        observed = counted_by_hand(connection, measure, row.period, row.kon).get(row.enhet_id, 0)
        expected = again[row.enhet_id, row.period, row.kon]
        assert row.underlag == round(expected)
        assert row.varde == pytest.approx(row.niva * observed / expected, abs=0.06 + 0.06 * observed / expected)
    # what the units are expected to have is what the region has
    last = found["period"].max()
    for sex in ("K", "M"):
        total = sum(value for (_, period, kon), value in again.items() if (period, kon) == (last, sex))
        assert total == pytest.approx(sum(counted_by_hand(connection, measure, last, sex).values()))


def months(measure, period):
    if measure.id == "pagaende":
        return [period]
    year, month = map(int, period.split("-"))
    last = 12 * year + month - 1
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(last - 11, last + 1)]


def rows_of(connection, measure):
    return connection.execute(
        f"""SELECT enhet.enhet_id, rad.manad, rad.kon, rad.alder FROM {measure.base} AS rad
        JOIN core.enhet AS enhet ON enhet.enhet_nr = rad.enhet_nr
        WHERE enhet.enhetstyp = 'vardcentral' AND ({measure.where})"""
    ).df()


def counted_by_hand(connection, measure, period, sex):
    rows = rows_of(connection, measure)
    chosen = rows[rows["manad"].isin(months(measure, period)) & rows["kon"].eq(sex)]
    return chosen["enhet_id"].value_counts().to_dict()


def expected_by_hand(connection, measure):
    """Σ listade × cases in the region over listade in the region, by age, in plain loops."""
    listed = connection.execute(
        """SELECT enhet.enhet_id, manad, kon, grupp, antal FROM mart.listade_alder AS rad
        JOIN core.enhet AS enhet ON enhet.enhet_nr = rad.enhet_nr
        WHERE indelning = 'aldersgrupp' AND enhet.enhetstyp = 'vardcentral'"""
    ).fetchall()
    cases = rows_of(connection, measure)
    bands = [(band.id, band.low, band.high) for band in ALDERSGRUPP.categories if hasattr(band, "low")]
    found = {}
    for period in sorted(p for p in cases["manad"].unique() if p[-2:] in ("03", "06", "09", "12")):
        inside = set(months(measure, period))
        if not inside <= set(cases["manad"]):
            continue
        by_month = {}
        for enhet, manad, kon, grupp, antal in listed:
            if manad in inside:
                by_month[enhet, kon, grupp] = by_month.get((enhet, kon, grupp), 0) + antal / len(inside)
        now = cases[cases["manad"].isin(inside)]
        for sex in ("K", "M"):
            for name, low, high in bands:
                here = now[now["kon"].eq(sex) & now["alder"].between(low, high)]
                own = {enhet: size for (enhet, kon, grupp), size in by_month.items() if (kon, grupp) == (sex, name)}
                for enhet, size in own.items():
                    key = (enhet, period, sex)
                    found[key] = found.get(key, 0) + size * len(here) / sum(own.values())
    return found


def test_the_expectation_of_a_curve_is_the_regions_share_in_the_units_strata(opened):
    """Without pooling of strata the weighted mean of the units' expectations is the mean of the region's strata."""
    connection, settings, nodes = opened
    measure = MEASURES["atergang"]
    whole = cohorts(connection)
    cells = protect_curves(count_events(connection, measure, nodes, whole), nodes, settings)
    rows = curves(connection, measure, cells, nodes, settings)
    found = funnel.curve_funnels(connection, measure, cells, rows, nodes, settings)
    shown = found[found["utfall"] == "tal"]
    assert len(shown) > 10
    event = rows[rows["orsak_id"].eq("atergang") & rows["dag"].eq(90) & rows["indelning"].eq("ingen")]
    crude = event.set_index(["enhet_id", "period", "kon"])
    sizes = cells[cells["indelning"].eq("ingen")].set_index(["enhet_id", "period", "kon"])["antal"]
    for (period, sex), part in shown.groupby(["period", "kon"]):
        own = [crude.loc[(unit, period, sex), "andel"] * 100 for unit in part["enhet_id"]]
        n = np.array([sizes[unit, period, sex] for unit in part["enhet_id"]])
        expected = part["niva"] - (part["varde"].to_numpy() - np.array(own))
        assert np.average(expected, weights=n) == pytest.approx(part["niva"].iloc[0], abs=2.5)
        assert (part["underlag"].to_numpy() <= n + 1).all()
    assert (shown["varde"] - shown["niva"]).abs().max() < 30


def units(events, sizes, level):
    """One region, year and sex of a rate, as `_funnels` takes it."""
    return pd.DataFrame(
        {
            "enhet_id": [f"E{at:02d}" for at in range(len(events))], "region": "region:R", "period": YEARS[1], "kon": "K",
            "kvot_utfall": "tal", "orsak": None, "niva": level, "handelser": events, "underlag": sizes,
            "litet": np.asarray(sizes) < funnel.LEAST_EXPECTED, "egen_nedre": 0.0, "egen_ovre": 1e6, "metod": "m",
        }
    )  # fmt: skip


def judged(rows, periods=YEARS):
    parts = [rows.assign(period=period) for period in periods]
    return PUBLISHED["tratt"].validate(
        funnel.flagged(funnel.funnels(pd.concat(parts), "startade", "r12", Kind.RATIO_ROOT))
    )


def test_a_unit_far_outside_two_years_running_differs_and_one_year_is_not_enough():
    sizes = np.linspace(30, 200, 26)
    calm = np.rint(sizes)
    odd = np.where(np.arange(26) == 20, 2 * calm, calm)
    both = judged(units(odd, sizes, 70.0))
    last = both[both["period"] == YEARS[1]].set_index("enhet_id")
    assert last["avviker"].to_dict() == {f"E{at:02d}": "over" if at == 20 else "inom" for at in range(26)}
    assert both.loc[both["period"] == YEARS[0], "avviker"].isna().all()
    first, second = units(calm, sizes, 70.0), units(odd, sizes, 70.0)
    once = pd.concat([first.assign(period=YEARS[0]), second.assign(period=YEARS[1])])
    once = funnel.flagged(funnel.funnels(once, "startade", "r12", Kind.RATIO_ROOT))
    assert (once.loc[once["period"] == YEARS[1], "avviker"] == "inom").all()
    assert (once.loc[once["period"] == YEARS[1], "sida"] == "over").sum() == 1


def test_units_that_vary_more_than_chance_have_wider_limits_and_hardly_flagged():
    rng = np.random.default_rng(4)
    sizes = rng.uniform(20, 200, 40)
    chance = judged(units(rng.poisson(sizes).astype(float), sizes, 70.0))
    varied = judged(units(rng.poisson(sizes * rng.lognormal(0, 0.35, 40)).astype(float), sizes, 70.0))
    widths = [(part["ovre_998"] - part["nedre_998"]).mean() for part in (chance, varied)]
    assert widths[1] > 1.5 * widths[0]
    assert varied["fi"].iloc[0] > 2
    last = varied[varied["period"] == YEARS[1]]
    alone = poisson(last["varde"] / 70 * last["underlag"], level=0.998)
    outside = (alone.lower > last["underlag"]) | (alone.upper < last["underlag"])
    assert outside.sum() >= 10, "by the limits of chance alone"
    assert last["avviker"].isin(["over", "under"]).sum() <= 2


def test_chance_alone_hardly_ever_flags_a_unit():
    """Three hundred regions in which nothing differs: at most one flag in all of them."""
    rng = np.random.default_rng(8)
    flags, sides = 0, 0
    for _ in range(300):
        sizes = rng.uniform(10, 150, 26)
        years = [units(rng.poisson(sizes).astype(float), sizes, 70.0).assign(period=period) for period in YEARS]
        found = funnel.flagged(funnel.funnels(pd.concat(years), "startade", "r12", Kind.RATIO_ROOT))
        flags += int(found["avviker"].isin(["over", "under"]).sum())
        sides += int(found["sida"].ne("inom").sum())
    assert flags <= 1
    assert sides < 0.01 * 300 * 52


def test_the_three_outcomes_of_a_unit():
    sizes = np.r_[np.linspace(30, 90, 12), 4.0, 50.0, 60.0]
    rows = units(np.rint(sizes), sizes, 70.0)
    rows.loc[13, "kvot_utfall"] = "dolt"
    rows.loc[14, ["kvot_utfall", "orsak", "handelser"]] = ["ej_beraknat", "underlag_saknas", np.nan]
    found = judged(rows).query("period == '2026-06'").set_index("enhet_id")
    assert found["utfall"].tolist()[12:] == ["ej_beraknat", "dolt", "ej_beraknat"]
    assert found["orsak"].fillna("").tolist()[12:] == ["litet_underlag", "", "underlag_saknas"]
    assert found["enheter"].iloc[0] == 12
    few = judged(units(np.rint(sizes[:9]), sizes[:9], 70.0))
    assert set(few["orsak"]) == {"for_fa_enheter"}


def test_likeness_is_symmetrical_and_nothing_for_the_same_mix():
    counts = np.array([[10.0, 20, 30, 40, 0], [20, 40, 60, 80, 0], [40, 30, 20, 10, 0], [np.nan, np.nan, np.nan, 5, 5]])
    apart = peers._dissimilarity(counts)
    assert apart[0, 1] == pytest.approx(0)
    assert apart[0, 2] == pytest.approx(0.4), "forty in a hundred have to change group"
    assert np.allclose(apart, apart.T, equal_nan=True)
    assert np.isnan(apart[0, 3]), "two known groups in common are too few"


def test_peers_and_spread_say_what_is_published_and_nothing_else(opened, monkeypatch):
    connection, _, nodes = opened
    monkeypatch.setattr(peers, "LEAST_UNITS", 4)
    values = published(connection, nodes)
    found = PUBLISHED["likhet"].validate(peers.alike(connection, MEASURES["startade"], values, nodes))
    centres = set(nodes.loc[nodes["enhetstyp"].eq("vardcentral"), "enhet_id"])
    assert set(found["enhet_id"]) == centres
    assert (found["enhet_id"] != found["lik_enhet_id"]).all()
    assert found.groupby("enhet_id")["ordning"].apply(list).map(lambda order: order == [1, 2, 3, 4, 5]).all()
    mutual = found.merge(found, left_on=["enhet_id", "lik_enhet_id"], right_on=["lik_enhet_id", "enhet_id"])
    assert (mutual["storlek_x"] * mutual["storlek_y"]).between(0.97, 1.03).all()
    assert (mutual["alder_x"] == mutual["alder_y"]).all()
    bands = peers.spread(values, pd.DataFrame(columns=PUBLISHED["kurva"].columns), MEASURES, nodes)
    bands = PUBLISHED["spridning"].validate(bands)
    row = bands.iloc[-1]
    own = values[
        values["matt_id"].eq(row["matt_id"]) & values["period"].eq(row["period"]) & values["kon"].eq(row["kon"])
        & values["periodtyp"].eq(row["periodtyp"]) & values["indelning"].eq("ingen") & values["enhet_id"].isin(centres)
    ]["varde"].dropna()  # fmt: skip
    assert row["enheter"] == len(own)
    assert row["p50"] == pytest.approx(own.median(), abs=0.051)


def published(connection, nodes):
    measure = MEASURES["startade"]
    cells = count_cells(connection, measure, nodes).assign(dold=False)
    return rates(cells, measure, least_listed=50)
