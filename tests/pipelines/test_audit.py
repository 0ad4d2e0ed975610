"""The attacker's turn: it finds nothing in a release as it is, and whatever is forced open."""

import json
import shutil

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

import sjukvy
from pipelines.audit import REPORT, archived_truth, audit, counted_families
from pipelines.compute.lattice import KEYS
from pipelines.deliveries import load
from pipelines.errors import CheckError, DisclosureError
from pipelines.publish import publish
from pipelines.release import _gate, audit_release, build_release
from pipelines.releases import DATABASE, current, releases
from pipelines.settings import Settings
from pipelines.synthetic import generate
from schemas.tables import PUBLISHED

FAMILY = "startade"


@pytest.fixture(scope="module")
def release(region):
    return current(region.published)


@pytest.fixture(scope="module")
def truth(region, release):
    return archived_truth(region.audits / release)


@pytest.fixture(scope="module")
def tables(region, release):
    return {name: pd.read_parquet(region.published / release / f"{name}.parquet") for name in PUBLISHED}


def found(tables, truth):
    """The report of changed tables, without progress."""
    with duckdb.connect() as connection:
        for name in ("varde", "skillnad", "uppdelning", "enhet", "fakta"):
            connection.register(name, tables[name])
        return audit(connection, truth, Settings(threshold=5), progress=lambda what: None)


def opened(tables, truth, mask):
    """The tables with the cells of the truth that the mask has shown as they are."""
    cells = truth.loc[mask, [*KEYS, "antal"]].rename(columns={"antal": "sant"})
    both = tables["varde"].merge(cells, on=KEYS, how="left")
    now = both["sant"].notna()
    assert both.loc[now, "utfall"].eq("dolt").all() and now.sum() == len(cells)
    told = both.assign(utfall=both["utfall"].mask(now, "tal"), antal=both["antal"].where(~now, both["sant"]))
    return tables | {"varde": told.drop(columns="sant")}


@pytest.fixture(scope="module")
def own(truth, tables):
    """The cells of one family, with `utfall` as published."""
    (family,) = [one for one in counted_families(set(truth["matt_id"])) if FAMILY in one]
    return truth[truth["matt_id"].isin(family)].merge(tables["varde"][[*KEYS, "utfall"]], on=KEYS, how="left")


def hidden(cells):
    return cells["utfall"].eq("dolt")


def test_the_archived_report_says_what_the_attacker_finds_again(region, release, tmp_path, monkeypatch):
    archived = json.loads((region.audits / release / REPORT).read_text(encoding="utf-8"))
    assert archived["utgava"] == release and archived["fel"] == []
    small = [part for part in archived["delar"] if part["sma"]]
    assert len(small) > 5 and all(part["smalast"] >= archived["troskel"] for part in small)
    assert all(part["dolda"] >= part["sma"] for part in archived["delar"])
    assert not list((region.published / release).glob(f"*{REPORT}*"))  # it lies with the rows
    for part in (region.published, region.audits):
        shutil.copytree(part, tmp_path / part.name)
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path))
    said = CliRunner().invoke(sjukvy.app, ["audit", release])
    assert said.exit_code == 0 and "Inget dolt tal" in said.output
    assert all(str(part["sma"]) in said.output for part in small)
    assert isinstance(CliRunner().invoke(sjukvy.app, ["audit", "20000101T000000Z-0"]).exception, CheckError)


def test_whatever_is_forced_open_is_found(tables, own):
    secret, others = hidden(own) & own["liten"], hidden(own) & ~own["liten"]
    assert secret.sum() > 50 and others.sum() > 50
    report = found(opened(tables, own, others), own)
    assert any("räkna ut för nära" in fault for fault in report.fel)
    one = own.index == own.index[secret][0]
    assert any("för få och visas" in fault for fault in found(opened(tables, own, one), own).fel)
    chosen = own.index[others][:: others.sum() // 12]
    gave_away = [bool(found(opened(tables, own, own.index == cell), own).fel) for cell in chosen]
    assert sum(gave_away) > 2  # the others are hidden for the sake of more than one


def test_a_wrong_number_and_a_contrast_with_a_hidden_one_are_found(tables, own):
    shown = tables["varde"]["utfall"].eq("tal") & tables["varde"]["matt_id"].eq(FAMILY)
    wrong = tables["varde"].assign(antal=tables["varde"]["antal"].mask(shown, tables["varde"]["antal"] + 1))
    assert any("annat tal" in fault for fault in found(tables | {"varde": wrong}, own).fel)
    gaps = tables["skillnad"]
    of_hidden = hidden(gaps) & gaps["dag"].lt(0)
    report = found(tables | {"skillnad": gaps.assign(utfall=gaps["utfall"].mask(of_hidden, "tal"))}, own)
    assert any(fault.startswith("skillnad:") for fault in report.fel)


def test_a_release_that_gives_somebody_away_is_not_published(region, tables, own, tmp_path):
    plain = {name: rows for name, rows in tables.items()} | {
        "fakta": tables["fakta"][~tables["fakta"]["namn"].isin(["release_id", "skapad"])]
    }
    leaking = opened(plain, own, hidden(own) & ~own["liten"])
    data = region.model_copy(update={"data": tmp_path})
    gate = _gate(data, own, lambda what: None)
    with pytest.raises(DisclosureError) as refused:
        publish(leaking, data.published, inputs="x", gate=gate)
    assert refused.value.exit_code == 12
    assert FAMILY in refused.value.text
    assert releases(data.published) == [] and not data.audits.exists()
    assert list(data.published.glob(".building*")) == []
    release = publish(plain, data.published, inputs="x", gate=gate)
    pd.testing.assert_frame_equal(archived_truth(data.audits / release), own)


@pytest.mark.slow  # three deliveries of a small region, each computed and audited as a release
def test_releases_month_by_month_give_nobody_away(tmp_path):
    """Every delivery replaces the one before and changes most numbers of it."""
    # what every delivery changes is no deviation that somebody must sign here
    chosen, before = Settings(data=tmp_path, demo=True, deviation_stop=1e6), None
    for last in ("2026-08", "2026-09", "2026-10"):
        folder = tmp_path / "deliveries" / last
        generate(
            folder, patients=12_000, enheter=4, first="2024-11", last=last, seed=7, progress=lambda done, total: None
        )
        load([folder], chosen, progress=lambda what, done, total: None, approved_by="test")
        release, new = build_release(chosen, progress=lambda what: None)
        assert new
        report = audit_release(chosen, release, progress=lambda what: None)
        assert report.fel == [] and all(part.smalast >= 5 for part in report.delar if part.smalast >= 0)
        counted = archived_truth(chosen.audits / release)["matt_id"].unique()
        rows = pd.read_parquet(chosen.published / release / "varde.parquet")
        rows = rows[rows["matt_id"].isin(counted)].set_index(KEYS)["utfall"]
        if before is not None:
            assert len(before) > 1000
            assert rows.reindex(before).dropna().eq("dolt").all()
        before = rows.index[rows.eq("dolt")]


@pytest.mark.slow  # a region of 200 vårdcentraler
def test_a_region_of_two_hundred_units_gives_nobody_away(tmp_path):
    chosen = Settings(data=tmp_path, demo=True)
    folder = generate(
        tmp_path / "deliveries" / "region", patients=1_000_000, enheter=200, first="2025-07", last="2026-10", seed=5,
        progress=lambda done, total: None,
    )  # fmt: skip
    load([folder], chosen, progress=lambda what, done, total: None)
    release, _ = build_release(chosen, progress=lambda what: None)
    report = audit_release(chosen, release, progress=lambda what: None)
    assert report.fel == []
    small = [part for part in report.delar if part.sma]
    assert len(small) > 5 and all(part.smalast >= report.troskel for part in small)
    with duckdb.connect(str(chosen.published / release / DATABASE), read_only=True) as written:
        ((units,),) = written.execute("SELECT count(*) FROM enhet WHERE enhetstyp = 'vardcentral'").fetchall()
        ((shown,),) = written.execute("SELECT count(*) FROM varde WHERE utfall = 'tal' AND antal > 0").fetchall()
    assert units == 200 and shown > 20_000
