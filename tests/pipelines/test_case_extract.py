"""The analysts' extract of the synthetic region: what is in the file, in the manifest and in the log, and what never is."""

import hashlib
import json
import re
import shutil

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

import sjukvy
from pipelines.case_extract import HIERARCHY, case_extract, manifest_path
from pipelines.errors import DeliveryError, DisclosureError
from pipelines.releases import current
from pipelines.settings import Settings
from schemas.case_extract import ORDER, QUASI, VALUES


@pytest.fixture(scope="module")
def own(region, tmp_path_factory):
    """The region once more, to write in."""
    folder = tmp_path_factory.mktemp("own")
    for part in ("warehouse", "published"):
        shutil.copytree(region.data / part, folder / part)
    return region.model_copy(update={"data": folder})


@pytest.fixture(scope="module")
def made(own, tmp_path_factory):
    """An extract: (rows, manifest, file)."""
    out = tmp_path_factory.mktemp("made") / "utdrag.parquet"
    manifest = take(own, out)
    return pd.read_parquet(out), manifest, out


def take(settings, out, *, k=5, share=0.05):
    return case_extract(settings, out, k=k, most_suppressed=share, progress=lambda what: None)


def query(settings, text):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(text).df()


def test_nobody_is_alone_and_every_case_is_accounted_for(made, own):
    """Persons counted in the warehouse, by joining each class of the file to the cases that it was made from."""
    rows, manifest, _ = made
    cases = query(own, "SELECT * FROM mart.utdrag")
    shown = {name: level["visas_som"] for name, level in manifest["kolumner"]["kvasiidentifierare"].items()}
    persons = cases.groupby(list(shown.values()))["patient_nr"].nunique()
    big = persons[persons >= 5]
    classes = rows.groupby(list(shown)).size()
    assert set(classes.index) == set(big.index)
    assert manifest["k"]["efter"]["personer_i_minsta_klassen"] == big.min() >= 5
    assert manifest["k"]["efter"]["klasser"] == len(big)
    assert manifest["k"]["fore"]["personer_i_minsta_klassen"] == 1
    counts = manifest["rader"]
    assert counts["i_utdraget"] == len(rows) > 1000
    assert counts["i_utdraget"] + counts["utelamnade"] == len(cases)
    assert len(cases) + counts["utanfor_urvalet"] == counts["sjukfall"]
    assert 0 < counts["utelamnade"] <= 0.05 * len(cases)


def test_no_patient_and_no_date(made):
    rows, _, out = made
    assert rows.columns.tolist() == [*HIERARCHY, *VALUES]
    assert [column for column in rows if pd.api.types.is_datetime64_any_dtype(rows[column])] == []
    text = rows.select_dtypes(exclude="number").astype(str)
    assert not text.map(lambda value: bool(re.search(r"\d{4}-\d{2}-\d{2}", str(value)))).any(axis=None)
    # the order of the file is that of what it shows, and not that in which patients were numbered
    pd.testing.assert_frame_equal(rows, rows.sort_values(rows.columns.tolist(), kind="stable", ignore_index=True))
    assert out.stat().st_mode & 0o077 == 0


def test_coarser_columns_are_functions_of_the_finer(own):
    cases = query(own, "SELECT * FROM mart.utdrag")
    for quasi in QUASI:
        for fine, coarse in zip(quasi.levels, quasi.levels[1:], strict=False):
            assert cases.groupby(fine)[coarse].nunique().max() == 1
            assert cases[coarse].notna().all()
    assert {name: ORDER.count(name) for name in HIERARCHY} == {
        name: len(levels) - 1 for name, levels in HIERARCHY.items()
    }


def test_what_is_kept_agrees_with_the_curves(own):
    """The same ends and days as the published curves of return and coverage are made from."""
    mine = query(own, "SELECT foljd_dagar AS dag, slut FROM mart.utdrag WHERE slut NOT IN ('pagar', 'flyttat')")
    curve = query(own, "SELECT dag, orsak AS slut FROM mart.atergang WHERE orsak IS NOT NULL")
    assert sorted(mine.itertuples(index=False, name=None)) == sorted(curve.itertuples(index=False, name=None))
    assert query(own, "SELECT count(*) AS n FROM mart.utdrag")["n"].tolist() == query(
        own, "SELECT count(*) AS n FROM mart.atergang"
    )["n"].tolist()  # fmt: skip


def test_the_day_of_the_first_insats_is_counted_again(own):
    """Each started case and each contact of its patient, in pandas."""
    cases = query(own, "SELECT patient_nr, start_datum, sista_dag, enhet_nr AS forsta FROM mart.startade")
    contacts = query(own, "SELECT patient_nr, enhet_nr, datum FROM core.koordinering WHERE handelse = 'insats'")
    followed = query(own, "SELECT data_tom FROM core.period")["data_tom"][0] - pd.Timedelta(days=own.outcome_window)
    pairs = cases.merge(contacts[contacts["datum"] <= followed], on="patient_nr")
    pairs = pairs[pairs["datum"].between(pairs["start_datum"], pairs["sista_dag"])]
    first = pairs[pairs["datum"] == pairs.groupby(["patient_nr", "start_datum"])["datum"].transform("min")]
    expected = [
        (patient, (datum - start).days + 1, bool((same["enhet_nr"] == same["forsta"]).any()))
        for (patient, start, datum), same in first.groupby(["patient_nr", "start_datum", "datum"])
    ]
    found = query(own, "SELECT patient_nr, insats_dag, insats_egen FROM mart.utdrag WHERE insats_dag IS NOT NULL")
    assert len(found) > 100
    assert sorted(found.itertuples(index=False, name=None)) == sorted(expected)


def test_the_manifest_says_how_and_the_log_says_who(made, own):
    rows, manifest, out = made
    assert json.loads(manifest_path(out).read_text(encoding="utf-8")) == manifest
    assert manifest["fil"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert manifest["underlag"]["utgava_av_samma_indata"] == current(own.published)
    log = query(own, "SELECT * FROM ledger.utdrag")
    assert log.columns.tolist() == ["tid_utc", "anvandare", "k", "rader", "sha256"]
    assert log.iloc[0].tolist()[1:] == [manifest["fil"]["av"], 5, len(rows), manifest["fil"]["sha256"]]


def test_the_same_region_gives_the_same_file_and_a_row_more_in_the_log(made, own, tmp_path):
    rows, _, _ = made
    before = query(own, "SELECT * FROM ledger.utdrag")
    take(own, tmp_path / "igen.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "igen.parquet"), rows)
    after = query(own, "SELECT * FROM ledger.utdrag ORDER BY tid_utc")
    assert len(after) == len(before) + 1
    pd.testing.assert_frame_equal(after.head(len(before)), before)


def test_a_stricter_k_is_never_finer(made, own, tmp_path):
    _, loose, _ = made
    strict = take(own, tmp_path / "strang.parquet", k=40)
    assert strict["k"]["efter"]["personer_i_minsta_klassen"] >= 40
    assert strict["k"]["efter"]["klasser"] < loose["k"]["efter"]["klasser"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"k": 2}, "k är minst 3"),
        ({"share": 1.0}, "minst 0 och under 1"),
        ({"k": 10**6}, "inte ens de grövsta"),
        ({"name": "utdrag.csv"}, "slutar på .parquet"),
        ({"name": "finns.parquet"}, "skrivs aldrig över"),
    ],
)
def test_what_is_refused_leaves_no_file_and_no_row_in_the_log(made, own, tmp_path, change, said):
    (tmp_path / "finns.parquet").touch()
    log = query(own, "SELECT * FROM ledger.utdrag")
    out = tmp_path / change.get("name", "utdrag.parquet")
    with pytest.raises(DisclosureError, match=said):
        take(own, out, **{key: value for key, value in change.items() if key != "name"})
    assert [path.name for path in tmp_path.iterdir()] == ["finns.parquet"]
    pd.testing.assert_frame_equal(query(own, "SELECT * FROM ledger.utdrag"), log)


def test_rows_about_persons_never_lie_among_the_published(own):
    with pytest.raises(DisclosureError, match="publicerade"):
        take(own, own.published / "utdrag.parquet")


def test_a_log_that_cannot_be_written_leaves_no_file(own, tmp_path, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError("disk full")

    monkeypatch.setattr("pipelines.case_extract._log", full)
    with pytest.raises(OSError, match="disk full"):
        take(own, tmp_path / "utdrag.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_how_many_and_where(own, tmp_path, monkeypatch):
    monkeypatch.setenv("SJUKVY_DATA", str(own.data))
    out = tmp_path / "utdrag.parquet"
    done = CliRunner().invoke(sjukvy.app, ["extract", "--k", "8", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"{len(pd.read_parquet(out))} sjukfall" in " ".join(done.output.split())


def test_nothing_loaded_says_what_to_do(tmp_path):
    with pytest.raises(DeliveryError, match="sjukvy load"):
        take(Settings(data=tmp_path), tmp_path / "utdrag.parquet")
