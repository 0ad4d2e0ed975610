"""Curves of many cells at once against the slow implementation, cell by cell, and what must not follow from them."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.compute.adjusted import adjusted_shares
from pipelines.compute.curve import STRATA, count_events
from pipelines.compute.curve_rows import curves
from pipelines.compute.lattice import GROUP_KEYS, curve_relations
from pipelines.compute.pairs import _pairs, pair_figures
from pipelines.compute.protect import protect_curves, protect_states
from pipelines.disclosure.audit import exactly_recoverable
from pipelines.errors import MeasureError
from pipelines.settings import Settings
from pipelines.stats.group_tests import gray
from schemas.dimensions import ALDERSGRUPP, DIAGNOS5, SYSSELSATTNING
from schemas.measures import MEASURES
from tests.oracle import survival as slow

MEASURE = MEASURES["atergang"]
CAUSES = [MEASURE.event.id, *(cause.id for cause in MEASURE.competing)]
COHORT = pd.DataFrame({"period": ["2025-03"] * 4, "kvartal": ["2024-06", "2024-09", "2024-12", "2025-03"]})
UNITS = 4
CHOSEN = Settings()


def made(size=900, seed=5):
    """Invented cases: a few units of unlike size, groups of unlike size, many ties, some followed no longer."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "kvartal": random.choice([*COHORT["kvartal"], "2023-12"], size),
            "enhet_nr": random.choice(range(1, UNITS + 1), size, p=[0.5, 0.3, 0.15, 0.05]),
            "patient_nr": random.integers(0, int(0.8 * size), size),
            "kon": random.choice(["K", "M", "okand"], size, p=[0.6, 0.395, 0.005]),
            "diagnos5": random.choice(DIAGNOS5.ids[:3], size, p=[0.6, 0.3, 0.1]),
            "aldersgrupp": random.choice(ALDERSGRUPP.ids[:3], size, p=[0.5, 0.4, 0.1]),
            "startgrad": random.choice(["100", "75", "50", "25"], size, p=[0.7, 0.1, 0.15, 0.05]),
            "sysselsattning": "okand",
            "dag": np.ceil(random.weibull(0.7, size) * 60).astype(int),
            "orsak": random.choice([*CAUSES[:2], None], size, p=[0.8, 0.1, 0.1]),
            "egen": False,
        }
    )


def nodes():
    units = [
        {
            "enhet_id": f"E{nr}",
            "niva": "enhet",
            "enhetstyp": "vardcentral",
            "omrade": "N" if nr < 3 else "S",
            "region": "R",
        }
        for nr in range(1, UNITS + 1)
    ]
    areas = [{"enhet_id": f"omrade:R/{name}", "niva": "omrade", "omrade": name, "region": "R"} for name in "NS"]
    top = [{"enhet_id": "region:R", "niva": "region", "region": "R"}]
    return pd.DataFrame([*units, *areas, *top]).astype(object)


@pytest.fixture(scope="module")
def rows():
    return made()


def end_data(connection, day):
    """The last month of the cohort, and the last day of data."""
    connection.execute("CREATE SCHEMA core")
    connection.execute("CREATE TABLE core.manad AS SELECT '2025-03' AS manad, DATE '2025-03-31' AS sista")
    connection.execute("CREATE TABLE core.period AS SELECT CAST($day AS DATE) AS data_tom", {"day": day})


@pytest.fixture(scope="module")
def store(rows):
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA mart")
    connection.execute("CREATE TABLE mart.atergang AS SELECT * FROM rows")
    edges = [(nr, f"E{nr}") for nr in range(1, UNITS + 1)]
    edges += [(nr, "omrade:R/N" if nr < 3 else "omrade:R/S") for nr in range(1, UNITS + 1)]
    edges += [(nr, "region:R") for nr in range(1, UNITS + 1)]
    frame = pd.DataFrame(edges, columns=["enhet_nr", "enhet_id"])  # noqa: F841  (read by name in the query)
    connection.execute("CREATE TEMP TABLE nod AS SELECT * FROM frame")
    end_data(connection, "2025-09-30")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def cells(store):
    return protect_curves(count_events(store, MEASURE, nodes(), COHORT), nodes(), CHOSEN)


@pytest.fixture(scope="module")
def kurva(store, cells):
    return curves(store, MEASURE, cells, nodes(), CHOSEN)


def persons_of(rows, enhet_id, sex, split="ingen", group="alla"):
    """Who is in a cell, as the slow implementation wants them: (entered, left on day, number of the cause)."""
    inside = rows[rows["kvartal"].isin(COHORT["kvartal"])]
    if enhet_id != "region:R":
        units = {"omrade:R/N": (1, 2), "omrade:R/S": (3, 4)}.get(enhet_id) or (int(enhet_id[1:]),)
        inside = inside[inside["enhet_nr"].isin(units)]
    inside = inside if sex == "alla" else inside[inside["kon"] == sex]
    inside = inside if split == "ingen" else inside[inside[split] == group]
    numbers = {cause: at for at, cause in enumerate(CAUSES, 1)}
    return [(-1, row.dag, numbers.get(row.orsak, 0)) for row in inside.itertuples()]


def test_every_shown_curve_is_that_of_the_slow_implementation(kurva, rows):
    shown = kurva[(kurva["utfall"] == "tal") & (kurva["orsak_id"] == MEASURE.event.id)]
    compared = 0
    for (enhet_id, sex, split, group), curve in shown.groupby(["enhet_id", "kon", "indelning", "grupp"]):
        people = persons_of(rows, enhet_id, sex, split, group)
        every = list(range(max(curve["dag"]) + 1))
        found = slow.curves(people, every, len(CAUSES))
        share = [found["F"][day][0] for day in curve["dag"]]
        np.testing.assert_allclose(curve["andel"], share, atol=5.1e-5)
        assert (curve["n"] == len(people)).all()
        assert all(found["risk"][day] >= CHOSEN.curve_at_risk for day in curve["dag"])
        everybody = [left for _, left, _ in persons_of(rows, "region:R", sex, split, group)]
        remain = [sum(left >= day for left in everybody) / len(everybody) for day in curve["dag"]]
        assert min(remain) * len(people) >= 2 * CHOSEN.curve_at_risk - 1e-9
        compared += 1
    assert compared > 30
    assert set(shown["indelning"]) == {"ingen", "diagnos5", "aldersgrupp", "startgrad"}


def test_how_far_a_curve_goes_depends_on_everybody_and_not_on_how_its_own_cases_went(kurva, rows):
    of_whole = (kurva["indelning"] == "ingen") & (kurva["orsak_id"] == MEASURE.event.id)
    told = kurva[of_whole & kurva["dag"].isin(MEASURE.horizons)]  # shown or hidden: followed so long
    last = told[told["kon"].isin(["K", "M"])].groupby(["enhet_id", "kon"])["dag"].max()
    for (unit, sex), day in last[["E1", "E2"]].items():
        everybody = np.array([left for _, left, _ in persons_of(rows, "region:R", sex)])
        n = len(persons_of(rows, unit, sex))
        far = [day for day in MEASURE.horizons if n * (everybody >= day).mean() >= 2 * CHOSEN.curve_at_risk]
        assert day == max(far) < MEASURE.horizons[-1]


def test_groups_are_shown_on_the_declared_days_and_the_whole_on_the_grid(kurva):
    shown = kurva[kurva["utfall"] == "tal"]
    assert set(shown.loc[shown["indelning"] != "ingen", "dag"]) <= set(MEASURE.horizons)
    assert {7, 14, 21} <= set(shown.loc[shown["indelning"] == "ingen", "dag"])
    assert not set(kurva["kon"]) & {"okand"}


def test_what_no_certificate_says_is_no_breakdown(cells):
    assert "sysselsattning" in MEASURE.breakdowns
    assert SYSSELSATTNING.column not in set(cells["indelning"])


def test_small_cells_are_hidden_and_no_sum_gives_one(cells):
    told = cells[cells["indelning"] != STRATA].reset_index(drop=True)
    people = told["personer"].to_numpy()
    hidden = told["dold"].to_numpy()
    few = (people < CHOSEN.curve_persons) | (told["handelser"] < CHOSEN.curve_events)
    assert (hidden | ~few | (people == 0)).all()
    assert 0 < hidden.sum() < len(told)
    assert exactly_recoverable(curve_relations(told, nodes()), hidden) == []
    place = {key: at for at, key in enumerate(told[GROUP_KEYS].itertuples(index=False, name=None))}
    for (enhet_id, period, sex, split, group), total in place.items():
        sums = [[(enhet_id, period, part, split, group) for part in ("K", "M", "okand")]] if sex == "alla" else []
        if split == "ingen" and sex in ("K", "M"):
            sums += [
                [key for key in place if key[:3] == (enhet_id, period, sex) and key[3] == name]
                for name in ("diagnos5", "aldersgrupp", "startgrad")
            ]
        if enhet_id == "region:R":
            sums.append([(area, period, sex, split, group) for area in ("omrade:R/N", "omrade:R/S")])
        for parts in sums:
            closed = [part for part in parts if hidden[place[part]]]
            assert len(closed) != 1 or hidden[total], "the total less the shown parts"
            assert not hidden[total] or closed, "the parts together"


def test_median_and_mean_days_are_those_of_the_slow_implementation(store, cells, kurva, rows):
    values, contrasts = pair_figures(store, MEASURE, cells, kurva, nodes(), CHOSEN)
    shown = values[values["utfall"] == "tal"]
    assert set(shown["storhet"]) == {"median", "medeldagar", "standard"}
    for row in shown.itertuples():
        people = persons_of(rows, row.enhet_id, row.kon)
        if row.storhet == "medeldagar":
            value, variance = slow.restricted(people, row.dag)
            assert row.varde == pytest.approx(value)
            assert row.ovre - row.nedre == pytest.approx(2 * 1.959964 * variance**0.5, rel=1e-6)
        if row.storhet == "median":
            every = list(range(366))
            share = [one[0] for one in slow.curves(people, every, len(CAUSES))["F"]]
            assert share[int(row.varde)] >= 0.5 - 1e-9
            assert share[int(row.varde) - 1] <= 0.5 + 1e-9
    gaps = contrasts[(contrasts["utfall"] == "tal") & (contrasts["storhet"] == "medeldagar")]
    both = shown.pivot_table(index=["enhet_id", "dag"], columns="kon", values="varde", aggfunc="first")
    for gap in gaps.itertuples():
        women, men = both.loc[(gap.enhet_id, gap.dag), ["K", "M"]]
        assert (gap.differens, gap.kvot) == (pytest.approx(women - men), pytest.approx(women / men))
    tests = contrasts[contrasts["p"].notna()]
    assert set(tests["storhet"]) == {"kurva", "kurva_diagnos"}
    for row in tests.itertuples():
        groups = DIAGNOS5.ids if row.storhet == "kurva_diagnos" else ["alla"]
        strata = [
            [persons_of(rows, row.enhet_id, sex, "diagnos5" if group != "alla" else "ingen", group) for sex in "KM"]
            for group in groups
        ]
        assert row.p == pytest.approx(grays_p([pair for pair in strata if all(pair)]), abs=1e-9)


def grays_p(strata):
    """Gray's test of the persons of kvinnor and män in each stratum, from counts per day of their own."""
    days = np.arange(1, 367)
    own, other, inside = np.zeros((3, len(strata), 2, days.size))
    for at, pair in enumerate(strata):
        for sex, people in enumerate(pair):
            for _, day, cause in people:
                last = min(day, 366)
                inside[at, sex, :last] += 1
                own[at, sex, last - 1] += cause == 1 and day < 366
                other[at, sex, last - 1] += cause > 1 and day < 366
    return gray(own, other, inside).p


def test_nothing_is_told_of_a_pair_with_a_hidden_curve(store, cells, kurva):
    whole = cells["indelning"].eq("ingen") & cells["enhet_id"].eq("E2") & cells["kon"].eq("M")
    assert not cells.loc[whole, "dold"].any()
    hidden = cells.assign(dold=cells["dold"] | whole)
    values, contrasts = pair_figures(store, MEASURE, hidden, kurva, nodes(), CHOSEN)
    men = values[(values["enhet_id"] == "E2") & (values["kon"] == "M")]
    assert set(men["utfall"]) == {"dolt"}
    assert men[["varde", "nedre", "ovre", "n"]].isna().all(axis=None)
    between = contrasts[contrasts["enhet_id"] == "E2"]
    assert set(between["utfall"]) == {"dolt"}
    assert between[["differens", "kvot", "p"]].isna().all(axis=None)
    women = values[(values["enhet_id"] == "E2") & (values["kon"] == "K")]
    assert set(women.loc[women["storhet"] == "medeldagar", "utfall"]) <= {"tal", "ej_beraknat"}
    assert set(women.loc[women["storhet"] == "standard", "utfall"]) == {"ej_beraknat"}


def test_equal_sexes_within_strata_are_equal_when_standardised():
    """Whoever is in a stratum leaves on its day; women and men are unlike mixes of two strata."""
    people = [
        ("2025-03", 1, "K", "psykiska", 100, 60), ("2025-03", 1, "K", "rorelse", 40, 20),
        ("2025-03", 1, "M", "psykiska", 30, 60), ("2025-03", 1, "M", "rorelse", 90, 20),
    ]  # fmt: skip
    columns = ["kvartal", "enhet_nr", "kon", "diagnos5", "antal", "dag"]
    frame = pd.DataFrame(people, columns=columns)
    frame = frame.loc[frame.index.repeat(frame["antal"])].reset_index(drop=True)
    frame = frame.assign(
        patient_nr=frame.index,
        aldersgrupp="38-47",
        startgrad="100",
        sysselsattning="okand",
        orsak="atergang",
        egen=False,
    )
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA mart")
        connection.execute("CREATE TABLE mart.atergang AS SELECT * FROM frame")
        connection.execute("CREATE TEMP TABLE nod AS SELECT 1 AS enhet_nr, 'E1' AS enhet_id")
        found = protect_curves(count_events(connection, MEASURE, nodes(), COHORT), nodes(), CHOSEN)
        pairs = _pairs(found)
        adjusted = adjusted_shares(connection, MEASURE, found, pairs, CHOSEN)
    assert pairs["enhet_id"].tolist() == ["E1"]
    assert adjusted.strata.tolist() == [2]
    at_30 = MEASURE.horizons.index(30)
    np.testing.assert_allclose(adjusted.share[0, :, at_30], (40 + 90) / 260)


def test_a_cause_that_is_not_declared_stops_the_build(store):
    store.execute("CREATE OR REPLACE TABLE mart.fel AS SELECT * REPLACE ('annat' AS orsak) FROM mart.atergang LIMIT 5")
    wrong = type(MEASURE)(**{**vars(MEASURE), "base": "mart.fel"})
    with pytest.raises(MeasureError) as caught:
        count_events(store, wrong, nodes(), COHORT)
    assert tuple(caught.value.faults) == ("annat",)
    count_events(store, MEASURE, nodes(), COHORT)  # the tables that the other tests read


def test_a_day_on_which_one_state_has_few_is_hidden_as_a_whole_and_cannot_be_subtracted():
    numbers = {"E1": (40, 30, 9), "E2": (3, 50, 9), "E3": (20, 20, 9), "E4": (25, 25, 9), "omrade:R/N": (43, 80, 18),
               "omrade:R/S": (45, 45, 18), "region:R": (88, 125, 36)}  # fmt: skip
    states = pd.DataFrame(
        [
            {"enhet_id": enhet, "period": "2025-03", "kon": "K", "orsak_id": state, "dag": 28, "antal": float(count),
             "slut": float(counts[2]), "kvar": float(counts[0] + counts[1]), "personer": 100.0}
            for enhet, counts in numbers.items()
            for state, count in zip(("hel", "partiell", "0"), counts, strict=True)
        ]
    )  # fmt: skip
    hidden = (
        protect_states(states, nodes(), MEASURES["hel_deltid"], CHOSEN).groupby("enhet_id")["dold"].agg(["min", "max"])
    )
    assert (hidden["min"] == hidden["max"]).all()
    assert hidden.loc["E2", "max"]
    assert hidden.loc[["E1", "omrade:R/N"], "max"].any(), "område less E1 would be E2"
    assert not hidden.loc[["E3", "E4"], "max"].any()
