"""The landmark view of a region whose effect is known: it shows none where there is none, and ever/never would have."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import declared, warehouse
from pipelines.compute.landmark import landmark_cells, landmarks
from pipelines.compute.lattice import CURVE_KEYS, curve_relations
from pipelines.compute.protect import protect_landmark
from pipelines.disclosure.audit import exactly_recoverable
from pipelines.settings import Settings
from pipelines.stats.survival import aalen_johansen, at_days
from pipelines.synthetic.cases import CAUSES, draw_cases
from pipelines.synthetic.diagnoses import DIAGNOSES
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.units import make_units
from schemas.dimensions import ALDERSGRUPP, ARM
from schemas.measures import MEASURES
from tests.examples import examples
from tests.oracle import landmark as slow

MEASURE = MEASURES["landmark"]
CHOSEN = Settings()
AREAS = 8  # places that share nobody: the intervals of each are put to the test
FIRST, LAST = np.datetime64("2024-01-01"), np.datetime64("2025-12-31")
COHORT = pd.DataFrame({"period": ["2024-12"] * 4, "kvartal": ["2024-03", "2024-06", "2024-09", "2024-12"]})


def drawn(effect, patients):
    """The cases of a region of AREAS places, started in one year and followed for a year more."""
    units = make_units(patients, 120, 7)
    cases = pd.DataFrame(
        draw_cases(
            Region(units), [unit for unit in units if unit.listed], Period(first=FIRST, last=LAST, effect=effect),
            np.random.default_rng(7),
        )
    ).query("0 <= start < 366")  # fmt: skip
    groups = pd.read_csv(declared.CODES / "diagnos5.csv").set_index("diagnosgrupp")["diagnos5"]
    bands = {age: band.id for band in ALDERSGRUPP.categories for age in range(band.low, band.high + 1)}
    causes = np.array([cause if cause in {one.id for one in MEASURE.causes} else None for cause in NAMED])
    days = (LAST - FIRST).astype(int) - cases["start"] + 1
    return pd.DataFrame(
        {
            "kvartal": [COHORT["kvartal"][at] for at in np.minimum(3, cases["start"] // 92)],
            "enhet_nr": cases["unit"] % AREAS + 1,
            "patient_nr": cases["patient"],
            "sjukfall_nr": range(len(cases)),
            "start_datum": FIRST + cases["start"].to_numpy().astype("m8[D]"),
            "kon": np.where(cases["row"] % 2, "M", "K"),
            "diagnosgrupp": [DIAGNOSES[dx].group for dx in cases["row"] // 2],
            "diagnos5": groups[[DIAGNOSES[dx].group for dx in cases["row"] // 2]].to_numpy(),
            "aldersgrupp": cases["alder"].map(bands),
            "dag": np.minimum(cases["length"], days),
            "orsak": np.where(cases["length"] <= days, causes[cases["cause"]], None),
            "insats": np.where(cases["insats"] <= cases["length"], cases["insats"], np.nan),
        }
    )


# moving away censors, and an end without a registered outcome is an unknown one
NAMED = [{"alderspension": "pension", "ej_registrerad": "okand"}.get(cause, cause) for cause in CAUSES]


def nodes():
    units = [
        {"enhet_id": f"E{nr}", "niva": "enhet", "enhetstyp": "vardcentral", "omrade": None, "region": "R"}
        for nr in range(1, AREAS + 1)
    ]
    return pd.DataFrame([*units, {"enhet_id": "region:R", "niva": "region", "region": "R"}]).astype(object)


def figures(cases, measure=MEASURE, ends="mart.atergang"):
    """The published tables of the cases (as in the table `ends`), by the product's own SQL and estimates."""
    contacts = cases[cases["insats"].notna()]  # noqa: F841  (read by name in the query, as frame and edges)
    edges = [(nr, place) for nr in range(1, AREAS + 1) for place in (f"E{nr}", "region:R")]
    frame = pd.DataFrame(edges, columns=["enhet_nr", "enhet_id"])  # noqa: F841
    with duckdb.connect() as store:
        store.execute("CREATE SCHEMA core; CREATE SCHEMA mart")
        store.execute(f"CREATE TABLE {ends} AS SELECT * FROM cases")
        store.execute(
            """CREATE TABLE core.forsta_insats AS SELECT patient_nr, sjukfall_nr,
                CAST(CAST(start_datum AS DATE) + CAST(insats AS INTEGER) - 1 AS DATE) AS insats_datum FROM contacts"""
        )
        store.execute(f"ALTER TABLE {ends} ALTER start_datum TYPE DATE")
        store.execute("CREATE TABLE core.landmark_dag AS SELECT unnest([30, 60, 90]) AS dag")
        store.execute("CREATE TEMP TABLE nod AS SELECT * FROM frame")
        warehouse.run_step(store, measure.base)
        cells = protect_landmark(landmark_cells(store, measure, nodes(), COHORT), nodes(), CHOSEN)
        return landmarks(store, measure, cells, nodes(), CHOSEN)


def z_values(gaps, name, day=90):
    """Difference over its standard error, of every place but the region."""
    shown = gaps[(gaps["utfall"] == "tal") & (gaps["dag"] == day) & (gaps["enhet_id"] != "region:R")]
    width = (shown[f"{name}_ovre"] - shown[f"{name}_nedre"]) / (2 * 1.96)
    return (shown[name] / width).to_numpy()


def naive(cases):
    """What the product never shows: return within 150 days from the start, those who ever against those who never had an
    insats. Only here, to know that the view above would have been needed."""
    day, shares = np.arange(400), []
    for part in (cases[cases["insats"].notna()], cases[cases["insats"].isna()]):
        end = np.minimum(part["dag"], 399)
        event = np.bincount(end[part["orsak"] == "atergang"], minlength=400)
        other = np.bincount(end[part["orsak"].notna() & (part["orsak"] != "atergang")], minlength=400)
        censored = np.bincount(end[part["orsak"].isna()], minlength=400)
        fit = aalen_johansen(day, np.stack([event, other]), censored, level=0.95)
        shares.append((at_days(day, fit.share[0], [150], start=0.0)[0], fit.variance[0, 150]))
    (ever, one), (never, two) = shares
    return ever - never, (ever - never) / np.sqrt(one + two)


@pytest.fixture(scope="module")
def without_effect():
    cases = drawn(0.0, 4_000_000)
    return cases, *figures(cases)


def of_region(gaps):
    found = gaps[(gaps["enhet_id"] == "region:R") & (gaps["dag"] == 90)]
    assert len(found) == 6  # two sexes, three landmarks
    return found


def test_without_effect_the_landmark_shows_none_and_ever_against_never_would(without_effect):
    """Insats is given by diagnosis (and unit) in the synthetic region, and diagnoses differ in length: what is not adjusted
    for shows that as a difference, far beyond chance."""
    cases, _, gaps = without_effect
    region = of_region(gaps)
    assert region["differens"].abs().max() < 0.02
    assert (region["differens_nedre"] <= 0).sum() >= 5
    assert (region["differens_ovre"] >= 0).sum() >= 5
    assert region["differens"].abs().mean() < 0.3 * region["ojusterad"].abs().mean()
    adjusted, crude = z_values(gaps, "differens"), z_values(gaps, "ojusterad")
    assert (np.abs(adjusted) < 1.96).mean() > 0.85
    assert (np.abs(crude) < 1.96).mean() < 0.6
    assert abs(adjusted.mean()) < 0.5
    difference, z = naive(cases)
    assert difference < -0.2
    assert z < -30


def test_where_insats_is_given_without_regard_to_diagnosis_the_intervals_hold_their_level(monkeypatch):
    """Then nothing is left to adjust for, but ever against never is as wrong as before: a case must last to be helped."""
    monkeypatch.setattr("pipelines.synthetic.cases.chance", lambda need, coverage: np.full(len(need), 0.35))
    cases = drawn(0.0, 4_000_000)
    _, gaps = figures(cases)
    for name in ("differens", "ojusterad"):
        z = z_values(gaps, name)
        assert len(z) == 6 * AREAS
        assert (np.abs(z) < 1.96).mean() > 0.9
        assert abs(z.mean()) < 0.35
    difference, z = naive(cases)
    assert difference < -0.15
    assert z < -30


def test_a_known_effect_has_its_sign():
    """Half again the hazard of every ending after the first insats."""
    _, gaps = figures(drawn(0.5, 1_000_000))
    assert (of_region(gaps)["differens_nedre"] > 0).all()


def test_both_arms_are_the_same_mix_and_n_is_everybody_open(without_effect):
    cases, rows, _ = without_effect
    shown = rows[(rows["enhet_id"] == "region:R") & (rows["dag"] == 0)].set_index(["kon", "fran_dag", "arm"])["n"]
    for (sex, day), arms in shown.groupby(["kon", "fran_dag"]):
        open_after = cases[(cases["kon"] == sex) & (cases["dag"] > day)]
        helped = (open_after["insats"] <= day).sum()
        assert arms.to_dict() == {
            (sex, day, "insats"): helped,
            (sex, day, "inte_annu"): len(open_after) - helped,
        }


def test_every_shown_share_is_that_of_the_slow_implementation():
    cases = drawn(0.2, 250_000)
    rows, gaps = figures(cases)
    names = [one.id for one in MEASURE.causes]
    compared = set()
    told = rows[(rows["utfall"] == "tal") & rows["enhet_id"].isin(["region:R", "E1", "E2"])]
    for (place, sex, day), shown in told.groupby(["enhet_id", "kon", "fran_dag"]):
        inside = cases[(cases["kon"] == sex) & (cases["dag"] > day)]
        inside = inside if place == "region:R" else inside[inside["enhet_nr"] == int(place[1:])]
        people = [
            {"arm": ARM.ids[0] if row.insats <= day else ARM.ids[1], "patient": row.patient_nr, "dag": row.dag - day,
             "stratum": (row.aldersgrupp, row.diagnosgrupp, row.diagnos5),
             "orsak": row.orsak if isinstance(row.orsak, str) else None}
            for row in inside.itertuples()
        ]  # fmt: skip
        found = slow.standardised(people, MEASURE.horizons[-1], names)
        for row in shown.itertuples():
            assert row.andel == pytest.approx(found[row.arm][row.dag], abs=5e-5), (place, sex, day, row.dag)
            assert row.n == sum(case["arm"] == row.arm for case in people)
        gap = gaps[(gaps["enhet_id"] == place) & (gaps["kon"] == sex) & (gaps["fran_dag"] == day)]
        for row in gap[gap["utfall"] == "tal"].itertuples():
            assert row.differens == pytest.approx(found["insats"][row.dag] - found["inte_annu"][row.dag])
        compared.add(place)
    assert len(compared) > 1


@pytest.mark.parametrize(("name", "ends"), [("landmark", "atergang"), ("landmark_avslut", "avslut")])
def test_where_strata_are_alike_the_standardised_share_is_that_of_the_strata(name, ends):
    """Whoever is in a stratum leaves on its day; the arms are unlike mixes of two strata, so all of the difference is mix."""
    people = [("psykiska", True, 100, 100), ("rorelse", True, 40, 70), ("psykiska", False, 30, 100),
              ("rorelse", False, 90, 70)]  # fmt: skip
    frame = pd.DataFrame(people, columns=["diagnos5", "insats", "antal", "dag"])
    frame = frame.loc[frame.index.repeat(frame["antal"])].reset_index(drop=True)
    frame = frame.assign(
        kvartal="2024-06", enhet_nr=frame.index % AREAS + 1, patient_nr=frame.index, sjukfall_nr=1, kon="K",
        aldersgrupp="38-47", orsak=ends, diagnosgrupp=frame["diagnos5"], start_datum=np.datetime64("2024-05-01"),
        insats=np.where(frame["insats"], 10.0, np.nan),
    )  # fmt: skip
    rows, gaps = figures(frame, MEASURES[name], f"mart.{ends}")
    at = rows[(rows["enhet_id"] == "region:R") & (rows["fran_dag"] == 60) & (rows["dag"] == 30)].set_index("arm")
    assert at["andel"].tolist() == pytest.approx([130 / 260] * 2)
    assert at.loc[["insats", "inte_annu"], "ojusterad"].tolist() == pytest.approx([40 / 140, 90 / 120], abs=5e-5)
    gap = gaps[(gaps["enhet_id"] == "region:R") & (gaps["fran_dag"] == 60) & (gaps["dag"] == 30)].iloc[0]
    assert gap["differens"] == pytest.approx(0)
    assert gap["ojusterad"] == pytest.approx(40 / 140 - 90 / 120)


def test_arms_that_cannot_be_made_alike_are_not_compared():
    frame = pd.DataFrame({"insats": [10.0] * 30 + [np.nan] * 30})
    frame = frame.assign(
        kvartal="2024-06", enhet_nr=frame.index % AREAS + 1, patient_nr=frame.index, sjukfall_nr=1, kon="K",
        aldersgrupp="38-47", diagnosgrupp="psykiska",
        diagnos5="psykiska", dag=100,
        orsak="atergang", start_datum=np.datetime64("2024-05-01"),
    )  # fmt: skip
    rows, gaps = figures(frame)
    own = rows[(rows["enhet_id"] == "region:R") & (rows["kon"] == "K")]
    assert set(own["utfall"]) == {"ej_beraknat"}
    assert own.drop(columns=["fran_dag", "dag"]).select_dtypes("number").isna().all(axis=None)
    assert set(gaps.loc[gaps["enhet_id"] == "region:R", "utfall"]) <= {"ej_beraknat", "dolt"}


@st.composite
def places(draw):
    """Cells of two områden with two or three units each, and of the region, by arm; one sex and one landmark."""
    shape = draw(st.lists(st.integers(2, 3), min_size=2, max_size=2))
    rows, units = [], []
    for area, size in zip("NS", shape, strict=True):
        for unit in range(size):
            units.append((f"{area}{unit}", area))
    numbers = {unit: [draw(st.integers(0, 60)) for _ in ARM.ids] for unit, _ in units}
    sums = dict(numbers)
    for area in "NS":
        sums[f"omrade:R/{area}"] = np.sum([numbers[unit] for unit, where in units if where == area], axis=0).tolist()
    sums["region:R"] = np.sum(list(numbers.values()), axis=0).tolist()
    for place, counts in sums.items():
        rows += [
            {"enhet_id": place, "period": "2024-12", "kon": "K", "fran_dag": 60, "arm": arm, "antal": count,
             "personer": float(count), "handelser": count // 2}
            for arm, count in zip(ARM.ids, counts, strict=True)
        ]  # fmt: skip
    frame = [
        {"enhet_id": unit, "niva": "enhet", "enhetstyp": "vardcentral", "omrade": area, "region": "R"}
        for unit, area in units
    ]
    frame += [{"enhet_id": f"omrade:R/{area}", "niva": "omrade", "omrade": area, "region": "R"} for area in "NS"]
    return pd.DataFrame(rows), pd.DataFrame([*frame, {"enhet_id": "region:R", "niva": "region", "region": "R"}])


@examples(30)
@given(places())
def test_no_hidden_arm_follows_from_the_other_or_from_places(made):
    """How many are open on the day is known everywhere (other curves tell it), so arm + arm = known is a sum too."""
    cells, where = made
    kept = protect_landmark(cells, where.astype(object), CHOSEN)
    hidden = kept["dold"].to_numpy()
    few = (kept["personer"] < CHOSEN.curve_persons) | (kept["handelser"] < CHOSEN.curve_events)
    assert hidden[few].all()
    assert kept.groupby("enhet_id")["dold"].nunique().eq(1).all(), "both arms or neither"
    arms = {arm: np.flatnonzero(kept["arm"] == arm) for arm in ARM.ids}
    sums = [
        (int(at[total]), tuple(int(at[part]) for part in parts))
        for at in arms.values()
        for total, parts in curve_relations(kept.iloc[at][CURVE_KEYS].reset_index(drop=True), where)
    ]
    assert len(sums) == 6
    both = [
        (len(kept) + place, tuple(int(arms[arm][place]) for arm in ARM.ids)) for place in range(len(arms[ARM.ids[0]]))
    ]
    known = np.concatenate([hidden, np.zeros(len(both), dtype=bool)])
    assert exactly_recoverable([*sums, *both], known) == []


def test_the_road_publishes_no_effect_where_there_is_none(region):
    """The small region from delivery to release: what can be shown there, and not more than chance apart."""
    from pipelines.releases import current

    folder = region.published / current(region.published)
    gaps = pd.read_parquet(folder / "landmarkskillnad.parquet")
    rows = pd.read_parquet(folder / "landmark.parquet")
    shown = gaps[(gaps["utfall"] == "tal") & (gaps["dag"] == 90)]
    assert set(gaps["matt_id"]) == {"landmark"}
    assert len(shown) > 10
    assert rows["utfall"].isin(["tal", "dolt", "ej_beraknat"]).all()
    outside = (shown["differens_nedre"] > 0) | (shown["differens_ovre"] < 0)
    assert outside.mean() < 0.25  # cohorts of the same region overlap, so these are few independent ones
    silent = rows[rows["utfall"] != "tal"]
    numbers = silent.select_dtypes("number").drop(columns=["fran_dag", "dag"])
    assert numbers.isna().all(axis=None)
    told = rows[rows["utfall"] == "tal"]
    assert (told["n"] >= 20).all()
    assert (told["i_risk"] % 5 == 0).all()
    assert told.groupby(["enhet_id", "period", "kon", "fran_dag"])["arm"].nunique().eq(2).all()
