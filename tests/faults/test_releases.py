"""Releases on disk: kept, rolled back, damaged, read while others are published; and the backup that brings all back."""

import json
import shutil
import subprocess
import sys
import threading
import time

import duckdb
import pandas as pd
import pytest

from dashboard.release import NothingPublished, Releases
from pipelines.backup import LISTING, backup, restore
from pipelines.deliveries import load
from pipelines.errors import CheckError, DeliveryError
from pipelines.publish import publish
from pipelines.release import build_release
from pipelines.releases import KEPT, before, current, damaged, point, prune, read_manifest, releases
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from schemas.tables import PUBLISHED
from tests.rows import enhet, intyg, write_delivery


@pytest.fixture
def tables(region):
    """What a publication is handed, small enough to be written often; `named(n)` tells one release from another."""
    folder = region.published / current(region.published)
    found = {name: pd.read_parquet(folder / f"{name}.parquet").head(20) for name in PUBLISHED}
    facts = pd.read_parquet(folder / "fakta.parquet")
    facts = facts[~facts["namn"].isin(["release_id", "skapad"])]

    def named(number):
        return found | {
            "fakta": facts.assign(varde=facts["varde"].where(facts["namn"] != "region", f"Region {number}"))
        }

    return named


def put(folder, tables, number):
    return publish(tables(number), folder, inputs=str(number), gate=lambda written: None)


def flip(path):
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))


def shown(releases_):
    return releases_.current().facts["region"]


def test_the_last_twelve_are_kept_and_their_order_is_their_names(tmp_path, tables):
    made = [put(tmp_path, tables, number) for number in range(KEPT + 3)]
    assert made == sorted(made)
    assert releases(tmp_path) == made[-KEPT:]
    point(tmp_path, made[-KEPT])
    put(tmp_path, tables, "sist")
    assert len(releases(tmp_path)) == KEPT
    assert prune(tmp_path, kept=1) and releases(tmp_path) == [current(tmp_path)]


def test_rollback_goes_to_the_whole_release_before(tmp_path, tables):
    first, second, third = (put(tmp_path, tables, number) for number in range(3))
    assert before(tmp_path) == second
    flip(tmp_path / second / "varde.parquet")
    assert damaged(tmp_path / second) == ["varde.parquet"]
    assert before(tmp_path) == first
    with pytest.raises(CheckError, match=r"varde\.parquet"):
        point(tmp_path, second)
    assert current(tmp_path) == third


@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "manifest"])
def test_a_damaged_release_is_noticed_and_the_one_before_is_shown(tmp_path, tables, harm, caplog):
    put(tmp_path, tables, 1)
    open_before = Releases(tmp_path)
    assert shown(open_before) == "Region 1"
    second = put(tmp_path, tables, 2)
    database = tmp_path / second / "sjukvy.duckdb"
    if harm == "flip":
        flip(database)
    elif harm == "cut":
        database.write_bytes(database.read_bytes()[:-4096])
    elif harm == "gone":
        database.unlink()
    else:
        (tmp_path / second / "manifest.json").write_text("{")
    for reader in (open_before, Releases(tmp_path)):
        assert shown(reader) == "Region 1"
        assert reader.refused == second
    assert "cannot be shown" in caplog.text and caplog.records[0].levelname == "CRITICAL"
    put(tmp_path, tables, 3)
    assert shown(open_before) == "Region 3" and open_before.refused is None


def test_nothing_is_shown_where_nothing_is_whole(tmp_path, tables):
    flip(tmp_path / put(tmp_path, tables, 1) / "sjukvy.duckdb")
    with pytest.raises(NothingPublished):
        Releases(tmp_path).current()


@pytest.mark.parametrize("times", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_readers_across_publications_meet_no_error_and_no_mixture(tmp_path, tables, times):
    put(tmp_path, tables, 0)
    wrong, seen, stop = [], set(), threading.Event()

    def read():
        reader = Releases(tmp_path)
        while not stop.is_set():
            try:
                release = reader.current()
                cursor = release.connection.cursor()
                names = cursor.execute(
                    "SELECT varde FROM fakta WHERE namn IN ('region', 'release_id') ORDER BY namn"
                ).fetchall()
                cursor.execute("SELECT count(*) FROM varde").fetchall()
                seen.add(names[0][0])
                if names[1][0] != release.name:
                    wrong.append((names, release.name))
            except Exception as fault:
                wrong.append(repr(fault))
            time.sleep(0.002)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for number in range(1, times + 1):
        put(tmp_path, tables, number)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(seen) > times // 2


def test_a_second_run_is_told_to_wait(tmp_path):
    settings = Settings(data=tmp_path)
    folder = write_delivery(tmp_path / "d", {"intyg": [intyg()]})
    code = "import sys, time, duckdb; held = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    with open_warehouse(settings):
        pass
    with subprocess.Popen([sys.executable, "-c", code, str(settings.warehouse)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(DeliveryError, match="En annan körning pågår"):
            load([folder], settings, progress=lambda *said: None)
        other.kill()
    assert load([folder], settings, progress=lambda *said: None)[0].inlasta == 1


@pytest.mark.parametrize("harm", ["flip", "cut"])
def test_a_damaged_warehouse_is_told_and_changes_nothing_shown(tmp_path, harm, tables):
    settings = Settings(data=tmp_path)
    release = put(settings.published, tables, 1)
    with open_warehouse(settings) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS tal, md5(range::VARCHAR) AS text FROM range(300000)")
    whole = bytearray(settings.warehouse.read_bytes())
    settings.warehouse.write_bytes(
        bytes(whole[: len(whole) // 2]) if harm == "cut" else bytes(4096) + bytes(whole[4096:])
    )
    with pytest.raises(DeliveryError, match="Datalagret kan inte"):
        load([write_delivery(tmp_path / "d", {"intyg": [intyg()]})], settings, progress=lambda *said: None)
    assert current(settings.published) == release


def test_the_restore_drill(tmp_path):
    """Backup, lose everything, restore on a clean machine: the same release, and the same from a build of the same."""
    settings = Settings(data=tmp_path / "data")
    rows = [
        intyg(intyg_id=f"A-{at}", patient_id=f"P{at}", fran=f"2024-0{1 + at % 6}-01", tom="2024-06-20")
        for at in range(60)
    ]
    said = {"typ": "tillagg", "period_fran": "2024-01-01", "period_till": "2024-06-30"}
    delivery = write_delivery(tmp_path / "d", {"enheter": [enhet()], "intyg": rows}, **said)
    load([delivery], settings, progress=lambda *said: None)
    release, _ = build_release(settings, progress=lambda what: None)
    content = read_manifest(settings.published / release)["content"]
    copy = backup(settings, tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [copy.name]
    clean = Settings(data=tmp_path / "clean")
    assert restore(clean, copy) == release
    assert shown(Releases(clean.published)) == "Region Prov"
    assert build_release(clean, progress=lambda what: None) == (release, False)
    shutil.rmtree(clean.published)
    rebuilt, _ = build_release(clean, progress=lambda what: None)
    assert read_manifest(clean.published / rebuilt)["content"] == content
    flip(copy / "warehouse" / "sjukvy.duckdb")
    with pytest.raises(CheckError, match=r"Kopian är inte hel.*\n.*warehouse/sjukvy\.duckdb"):
        restore(settings, copy)
    assert current(settings.published) == release
    (copy / LISTING).unlink()
    with pytest.raises(CheckError, match=LISTING):
        restore(settings, copy)


def test_a_manifest_names_its_deliveries(region):
    listed = read_manifest(region.published / current(region.published))["deliveries"]
    assert {"intyg", "enheter"} <= {one["extrakt"] for one in listed}
    with duckdb.connect(str(region.warehouse), read_only=True) as warehouse:
        assert [one["leverans_nr"] for one in listed] == [
            number for (number,) in warehouse.execute(
                "SELECT leverans_nr FROM ledger.leverans WHERE status = 'inlast' ORDER BY leverans_nr"
            ).fetchall()
        ]  # fmt: skip
    assert json.dumps(listed)
