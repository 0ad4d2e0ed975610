"""The whole road on a synthetic region: figures against its truth, against the rows, and against each other."""

import json

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.audit import archived_truth
from pipelines.deliveries import load
from pipelines.release import build_release
from pipelines.releases import current, point, releases
from pipelines.settings import Settings
from pipelines.synthetic import generate
from schemas.dimensions import BREAKDOWNS
from schemas.measure import Count, Curve, Landmark, Occupation, Resource, Selection, Share, Time
from schemas.measures import MEASURES, with_parts
from schemas.tables import PUBLISHED

OWN = {"patients": 6_000, "enheter": 2, "first": "2025-08", "last": "2026-10", "seed": 3}
AT = ["matt_id", "enhet_id", "periodtyp", "period", "indelning", "grupp"]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A region that may be changed, as small as one that has every measure can be."""
    chosen = Settings(data=tmp_path_factory.mktemp("own"), demo=True)
    folder = generate(chosen.data / "deliveries" / "region", **OWN, progress=lambda done, total: None)
    load([folder], chosen, progress=lambda what, done, total: None)
    build_release(chosen, progress=lambda what: None)
    return chosen


@pytest.fixture(scope="module")
def tables(region):
    folder = region.published / current(region.published)
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in PUBLISHED}


@pytest.mark.parametrize(("matt", "orsak"), [("atergang", "atergang"), ("tackning", "insats")])
def test_estimates_agree_with_the_truth(tables, region, matt, orsak):
    truth = pd.read_csv(region.data / "deliveries" / "region-sanning" / f"{matt}.csv")
    curves = tables["kurva"]
    whole = curves[
        (curves["matt_id"] == matt)
        & (curves["orsak_id"] == orsak)
        & curves["enhet_id"].str.startswith("region:")
        & (curves["utfall"] == "tal")
        & (curves["indelning"] == "ingen")
        & curves["period"].isin(["2024-12", "2025-12"])  # two cohorts that share nobody
    ]
    both = whole.merge(truth[truth["diagnosgrupp"] == "alla"], on=["kon", "dag"])
    both = both[both["nedre"].notna() & (both["dag"] >= 14)]
    assert len(both) > 15
    off = both["andel"] - both["sann_andel"]
    # the interval is not symmetric near 1: measure by the half of it that lies towards the truth
    half = np.where(off > 0, both["andel"] - both["nedre"], both["ovre"] - both["andel"])
    error = off / (half / 1.96)
    assert error.abs().max() < 4
    assert abs(error.mean()) < 2


def test_sums_hold_where_everything_is_shown(tables):
    values = tables["varde"]
    wide = values.pivot_table(index=AT, columns="kon", values="antal")
    shown = wide.dropna()
    assert len(shown) > 100
    assert (shown["K"] + shown["M"] == shown["alla"]).all()
    # statistics are no parts of a whole, and questions are parts of one topic only
    parts = ~values["indelning"].isin(["ingen", "fordelning", "fraga"])
    groups = values[parts & (values["kon"] == "alla")]
    by_group = groups.groupby([*AT[:4], "indelning"]).agg(
        antal=("antal", "sum"), dolda=("antal", lambda a: a.isna().sum())
    )
    whole = values[(values["indelning"] == "ingen") & (values["kon"] == "alla")].set_index(AT[:4])["antal"]
    complete = by_group[by_group["dolda"] == 0].reset_index("indelning").join(whole.rename("antal_hel")).dropna()
    assert set(complete["indelning"]) >= {"diagnos5", "aldersgrupp"}
    assert (complete["antal"] == complete["antal_hel"]).all()


def test_hidden_is_missing_and_never_zero(tables, region):
    for name in ("varde", "skillnad", "kurva", "uppdelning", "gradskillnad"):
        hidden = tables[name][tables[name]["utfall"] == "dolt"]
        numbers = hidden.select_dtypes("number").drop(columns=["dag"], errors="ignore")
        assert len(hidden) > 0
        assert numbers.isna().all(axis=None)
    of_no_person = [name for name, measure in MEASURES.items() if isinstance(measure, Resource)]
    small = tables["varde"][(tables["varde"]["utfall"] == "tal") & ~tables["varde"]["matt_id"].isin(of_no_person)]
    harmless = small["indelning"].map(lambda name: name in BREAKDOWNS and BREAKDOWNS[name].harmless_zero)
    # of a group that nobody in the whole region is in
    group = ["matt_id", "periodtyp", "period", "indelning", "grupp"]
    truth = archived_truth(region.audits / current(region.published))
    top = truth[truth["enhet_id"].str.startswith("region:") & truth["kon"].eq("alla") & truth["antal"].eq(0)]
    harmless |= pd.MultiIndex.from_frame(small[group]).isin(pd.MultiIndex.from_frame(top[group]))
    assert ((small["antal"] >= 5) | (harmless & small["antal"].eq(0))).all()
    faults = tables["datafel"][tables["datafel"]["utfall"] == "tal"]
    assert faults["antal"].eq(0).any()
    assert not faults["antal"].between(1, 4).any()


def test_nothing_follows_from_measures_that_lie_within_each_other(tables):
    """Who is in a measure and not in the next is a difference of two published counts: never one to four."""
    values = tables["varde"]
    at = ["enhet_id", "period", "kon"]
    compared = 0
    for measure in with_parts(MEASURES).values():
        for parent in measure.within if isinstance(measure, Count) else ():
            split, group = measure.of if isinstance(measure, Share) else ("ingen", "alla")
            own, whole = values[values["matt_id"] == measure.id], values[values["matt_id"] == parent]
            keys = [*at, "periodtyp", "indelning", "grupp"]
            if measure.time is not Time.FLOW or split != "ingen":
                own = own[own["indelning"] == "ingen"]
                whole = whole[(whole["indelning"] == split) & (whole["grupp"] == group)]
                keys = at if measure.time is Time.STOCK else [*at, "periodtyp"]
            both = whole.merge(own, on=keys, suffixes=("", "_del"))
            rest = (both["antal"] - both["antal_del"]).dropna()
            compared += len(rest)
            assert not rest[both["kon"] != "okand"].between(0, 4).any(), (measure.id, parent)
    assert compared > 2000


def test_no_hidden_count_is_left_alone_in_a_sum(tables):
    values = tables["varde"].assign(dold=tables["varde"]["utfall"].eq("dolt"))
    by_sex = values[values["periodtyp"] != "manad"].groupby(AT)
    # a group of an enhet has no alla that the other sex would follow from
    with_all = by_sex["kon"].agg(lambda sexes: "alla" in set(sexes))
    alone = by_sex["dold"].sum()[with_all].eq(1)
    signed = values.assign(antal=values["antal"].where(values["kon"].eq("alla"), -values["antal"]))
    followed = signed[signed["periodtyp"] != "manad"].groupby(AT)["antal"].sum()[with_all][alone].abs()
    assert (followed >= 5).all()  # what follows was hidden for the sake of others, and is no secret
    # a hidden quarter cannot be had from the twelve months and the other three
    flows = values[
        (values["matt_id"] == "startade") & values["kon"].isin(["K", "M"]) & (values["indelning"] == "ingen")
    ]
    for (_, _), unit in flows.groupby(["enhet_id", "kon"]):
        hidden = dict(zip(zip(unit["periodtyp"], unit["period"], strict=True), unit["dold"], strict=True))
        for (kind, period), total_hidden in hidden.items():
            if kind == "r12" and not total_hidden:
                ends = pd.period_range(end=period, periods=12, freq="M")[2::3].astype(str)
                assert sum(hidden["kvartal", end] for end in ends) != 1


def test_what_is_left_of_a_chapter_is_never_one_hidden_section_or_few_persons(tables):
    """The page shows a chapter without the sections beside it: all that is hidden of it together."""
    values = tables["varde"][tables["varde"]["matt_id"] == "under_manaden"]
    inside = {one.id: one.inside for one in BREAKDOWNS["avsnitt"].categories}
    at = ["enhet_id", "periodtyp", "period", "kon", "grupp"]
    parts = values[values["indelning"] == "avsnitt"].assign(grupp=lambda rows: rows["grupp"].map(inside))
    assert not parts["enhet_id"].isin(tables["enhet"].query("niva == 'enhet'")["enhet_id"]).any()
    summed = parts.groupby(at).agg(delar=("antal", "sum"), dolda=("antal", lambda numbers: numbers.isna().sum()))
    chapters = values[(values["indelning"] == "kapitel") & (values["utfall"] == "tal")].set_index(at)
    both = chapters.join(summed, how="inner")
    both = both[both.index.get_level_values("grupp") != "okand"]
    rest = both["antal"] - both["delar"]
    assert len(both) > 200
    assert not both["dolda"].eq(1).any()
    assert (rest[both["dolda"] > 0] >= 5).all()
    assert (rest[both["dolda"] == 0] == 0).all()


def test_curves_rise_and_stay_between_their_limits(tables):
    rows = tables["kurva"][tables["kurva"]["utfall"] == "tal"]
    shown = rows[rows["matt_id"].isin([one.id for one in MEASURES.values() if isinstance(one, Curve)])]
    for _, curve in shown.groupby(["matt_id", "enhet_id", "period", "kon", "indelning", "grupp", "orsak_id"]):
        share = curve.sort_values("dag")["andel"].to_numpy()
        assert (np.diff(share) >= -1e-12).all()
    assert (shown["i_risk"] % 5 == 0).all()
    assert set(shown["matt_id"]) >= {"atergang", "tackning", "tid_insats", "varaktig", "partiell"}
    assert not set(shown["matt_id"]) & {"avslut", "varaktigt_avslut"}  # they stand in only without outcomes


def test_the_states_of_a_day_are_one_whole_or_hidden(tables):
    states = tables["kurva"][tables["kurva"]["matt_id"].isin(["grader", "hel_deltid"])]
    by_day = states.groupby(["matt_id", "enhet_id", "period", "kon", "dag"])
    assert by_day["utfall"].nunique().eq(1).all()
    shown = by_day["andel"].sum(min_count=1).dropna()
    assert len(shown) > 100
    assert np.allclose(shown, 1)
    told = states[states["utfall"] == "tal"]
    assert (told["andel"] * told["n"] >= 4.5).all(), "nobody is one of a few"


def test_states_differ_by_what_is_shown_of_both_sexes_and_by_nothing_hidden(tables):
    key = ["matt_id", "enhet_id", "period", "orsak_id", "dag"]
    gaps = tables["gradskillnad"]
    states = tables["kurva"][tables["kurva"]["matt_id"].isin(gaps["matt_id"])]
    sides = [states[states["kon"] == sex].set_index(key) for sex in ("K", "M")]
    women, men = (side.reindex(pd.MultiIndex.from_frame(gaps[key])).reset_index() for side in sides)
    assert set(gaps["matt_id"]) == {"grader", "hel_deltid"}
    both = women["utfall"].eq("tal") & men["utfall"].eq("tal")
    assert gaps["utfall"].eq("tal").eq(both).all()
    assert (gaps["utfall"].eq("dolt") | both).all(), "nothing is told of a day that either sex hides"
    assert np.allclose(gaps.loc[both, "differens"], (women["andel"] - men["andel"])[both])
    inside = gaps["differens_nedre"].le(gaps["differens"]) & gaps["differens"].le(gaps["differens_ovre"])
    assert inside[both & gaps["differens_nedre"].notna()].all()
    # the states of a day are one whole: so are their differences
    assert np.allclose(gaps[both].groupby(["matt_id", "enhet_id", "period", "dag"])["differens"].sum(), 0)
    assert both.sum() > 100


def test_full_and_partial_are_the_grades_together(tables):
    key = ["enhet_id", "period", "kon", "dag"]
    shown = tables["kurva"][tables["kurva"]["utfall"] == "tal"]
    fine = shown[shown["matt_id"] == "grader"].pivot(index=key, columns="orsak_id", values="andel")
    coarse = shown[shown["matt_id"] == "hel_deltid"].pivot(index=key, columns="orsak_id", values="andel")
    both = fine.join(coarse.drop(columns="0")).dropna()
    assert len(both) > 50
    # one state instead of three shares their censoring: nearly alike, and no further
    assert (both["100"] - both["hel"]).abs().max() < 0.02
    assert (both[["75", "50", "25"]].sum(axis=1) - both["partiell"]).abs().max() < 0.02


def test_standardised_and_mean_days_are_told_where_both_sexes_are(tables):
    values, gaps = tables["kurvtal"], tables["kurvskillnad"]
    region = values[values["enhet_id"].str.startswith("region:") & (values["utfall"] == "tal")]
    assert set(region["storhet"]) == {"median", "medeldagar", "standard"}
    standard = region[region["storhet"] == "standard"].merge(
        tables["kurva"].query("orsak_id == matt_id and indelning == 'ingen'"),
        on=["matt_id", "enhet_id", "period", "kon", "dag"],
    )
    assert len(standard) > 20
    assert (standard["varde"] - standard["andel"]).abs().max() < 0.05
    told = gaps[gaps["p"].notna()].groupby("storhet")["matt_id"].agg(set)
    assert told["kurva"] > told["kurva_diagnos"] == {"atergang"}


def test_stock_is_the_number_of_open_cases(tables, region):
    """The published stock of one month against a count over the certificates as they were delivered."""
    rows = pd.read_csv(region.data / "deliveries" / "region" / "intyg.csv", sep=";", dtype=str)
    rows = rows[rows["typ"] == "FK7804"].sort_values(["patient_id", "fran"])
    start, end = pd.to_datetime(rows["fran"]), pd.to_datetime(rows["tom"])
    so_far = end.groupby(rows["patient_id"]).cummax().groupby(rows["patient_id"]).shift()
    case = ((start - so_far).dt.days > 6).groupby(rows["patient_id"]).cumsum()
    spans = pd.DataFrame({"p": rows["patient_id"], "case": case, "start": start, "end": end})
    cases = spans.groupby(["p", "case"]).agg(start=("start", "min"), end=("end", "max"))
    day = pd.Timestamp("2025-05-31")
    expected = int(((cases["start"] <= day) & (cases["end"] >= day)).sum())
    found = tables["varde"].query(
        "matt_id == 'pagaende' and period == '2025-05' and kon == 'alla' and enhet_id.str.startswith('region:') "
        "and indelning == 'ingen'"
    )
    assert found["antal"].tolist() == [expected]


def test_every_measure_of_the_release_has_figures(tables):
    for measure in MEASURES.values():
        # hardly anybody falls ill again in the synthetic region, and few of the young have a plan
        if measure.id not in ("avslut", "varaktigt_avslut", "landmark_avslut", "aterinsjuknande", "handlingsplan_unga"):
            table = "kurva" if isinstance(measure, Curve | Occupation) else "varde"
            table = "landmark" if isinstance(measure, Landmark) else table
            names = [share.id for share in measure.shares] if isinstance(measure, Selection) else [measure.id]
            rows = tables[table][tables[table]["matt_id"].isin(names)]
            assert (rows["utfall"] == "tal").any(), measure.id


def test_nothing_new_publishes_nothing_and_rollback_points_back(own):
    first = current(own.published)
    assert build_release(own, progress=lambda what: None) == (first, False)
    stricter = own.model_copy(update={"threshold": 7})
    second, new = build_release(stricter, progress=lambda what: None)
    assert new
    assert second != first
    assert current(own.published) == second
    point(own.published, first)
    assert current(own.published) == first
    assert releases(own.published) == sorted([first, second])


def test_a_release_is_what_its_manifest_says(region):
    folder = region.published / current(region.published)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{folder / 'sjukvy.duckdb'}' AS release (READ_ONLY)")
        for name, rows in manifest["rows"].items():
            assert connection.execute(f"SELECT count(*) FROM release.{name}").fetchall() == [(rows,)]
    assert not any("patient" in column for name in PUBLISHED for column in PUBLISHED[name].columns)


def test_a_crash_while_publishing_leaves_the_release_that_stood(own, monkeypatch):
    before, listing = current(own.published), sorted(path.name for path in own.published.iterdir())

    def crash(_folder):
        raise OSError("disk full")

    monkeypatch.setattr("pipelines.publish._verify", crash)
    with pytest.raises(OSError, match="disk full"):
        build_release(own.model_copy(update={"threshold": 9}), progress=lambda what: None)
    assert current(own.published) == before
    assert sorted(path.name for path in own.published.iterdir()) == listing


def test_without_outcomes_the_honest_measure_stands_in(tmp_path, own):
    folder = own.data / "deliveries" / "region"
    chosen = Settings(data=tmp_path)
    paths = [folder / f"{name}.csv" for name in ("enheter", "listade", "intyg")]
    load(paths, chosen, progress=lambda what, done, total: None)
    release, _ = build_release(chosen, progress=lambda what: None)
    curves = pd.read_parquet(chosen.published / release / "kurva.parquet")
    of_ends = {"avslut", "varaktigt_avslut", "aterinsjuknande", "partiell", "grader", "hel_deltid"}
    assert set(curves["matt_id"]) == of_ends
    words = " ".join(str(vars(MEASURES[name])) for name in ("avslut", "varaktigt_avslut")).lower()
    assert "återgång" not in words.replace("behöver inte betyda återgång", "").replace("pension, flytt", "").replace(
        "återgång, sjukersättning", ""
    ), "the end of a certificate is no return"


def test_the_floor_of_protection_is_not_a_setting():
    for change in ({"threshold": 2}, {"curve_persons": 5}, {"least_listed": 1}, {"target_day": 31}):
        with pytest.raises(ValueError, match=next(iter(change))):
            Settings(**change)
