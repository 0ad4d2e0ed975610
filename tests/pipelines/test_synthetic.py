"""The synthetic region: a valid delivery, the same for a seed, believable, and true to its truth."""

import gc
import tomllib

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from identity.text import holds_identity_number
from pipelines.deliveries import load
from pipelines.settings import Settings
from pipelines.synthetic import generate
from pipelines.synthetic.write import FORMATS, Extracts
from schemas.extracts import EXTRACTS, OPTIONAL
from tests.conftest import SMALL_REGION

ARGUMENTS = SMALL_REGION | {"patients": 6_000, "enheter": 3, "first": "2025-01", "last": "2025-06"}


def make(folder, **changes):
    return generate(folder, **(ARGUMENTS | changes), progress=lambda done, total: None)


def read(folder, name):
    return pd.read_csv(folder / f"{name}.csv", sep=";", dtype=str)


def test_every_extract_satisfies_its_contract(tmp_path):
    folder = make(tmp_path / "r")
    for name, schema in EXTRACTS.items():
        schema.validate(read(folder, name), lazy=True)
    assert set(EXTRACTS) - OPTIONAL <= {path.stem for path in folder.glob("*.csv")}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path):
    first, again, other = make(tmp_path / "a"), make(tmp_path / "b"), make(tmp_path / "c", seed=12)
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert all((first / name).read_bytes() == (again / name).read_bytes() for name in names)
    assert (first / "intyg.csv").read_bytes() != (other / "intyg.csv").read_bytes()
    for table in ("atergang.csv", "tackning.csv"):
        assert (tmp_path / "a-sanning" / table).read_bytes() == (tmp_path / "b-sanning" / table).read_bytes()


def test_the_manifest_counts_what_is_there(tmp_path):
    folder = make(tmp_path / "r")
    manifest = tomllib.loads((folder / "leverans.toml").read_text(encoding="utf-8"))
    for name, said in manifest["filer"].items():
        rows = read(folder, name)
        assert said["rader"] == len(rows)
        if "kontroll" in said:
            assert sum(said["kontroll"].values()) == len(rows)


def test_no_cell_looks_like_a_personal_number(tmp_path):
    folder = make(tmp_path / "r", patients=20_000)
    for path in folder.iterdir():
        assert not holds_identity_number(path.read_text(encoding="utf-8"))


def test_parquet_holds_the_same_text_as_csv(tmp_path):
    """Also dirtied, where rows from several hands meet in one file; and the reader of deliveries takes both."""
    written = [make(tmp_path / form / "r", form=form, dirt=True) for form in ("csv", "parquet")]
    for end in ("", "-tillagg-1", "-tillagg-2"):
        text, columnar = (out.with_name(f"r{end}") for out in written)
        for path in text.glob("*.csv"):
            other = pd.read_parquet(columnar / f"{path.stem}.parquet").astype("str").replace("", np.nan)
            pd.testing.assert_frame_equal(read(text, path.stem), other, check_dtype=False, check_column_type=False)
    results = load([written[1]], Settings(data=tmp_path / "data", demo=True), progress=lambda *_: None)
    assert {result.status for result in results} == {"inlast"}
    with pytest.raises(ValueError, match="format"):
        make(tmp_path / "x", form="xlsx")


def test_memory_follows_the_chunk_and_not_the_region(tmp_path, monkeypatch):
    """In many chunks: other random numbers, the same kind of region, every patient once."""
    monkeypatch.setattr("pipelines.synthetic.region.LISTED_MONTHS", 1)
    folder = make(tmp_path / "r", patients=40_000, enheter=6)
    rows = read(folder, "intyg")
    assert not rows.duplicated(["intyg_id", "period_nr"]).any()
    assert (rows.groupby("patient_id")["listad_enhet_id"].nunique() == 1).all()
    assert rows["listad_enhet_id"].nunique() == 6


@pytest.mark.parametrize("form", FORMATS)
def test_a_delivery_that_fails_half_way_lets_go_of_its_files(tmp_path, capfd, form):
    extracts = Extracts(tmp_path, form)
    extracts.add("utfall", pa.table({"utfall": ["okand"]}))
    with pytest.raises(pa.ArrowInvalid), extracts:
        extracts.add("utfall", pa.table({"utfall": [b"\xff"]}))
    assert extracts.growing["utfall"].file.closed
    del extracts
    gc.collect()
    assert capfd.readouterr().err == ""


def test_a_chunk_without_cases_is_extracts_without_rows(tmp_path):
    """A hundred persons in a month without a certificate; the files are those that need no sjukfall."""
    out = generate(
        tmp_path / "r", patients=100, enheter=1, first="2025-01", last="2025-01", seed=1, progress=lambda *_: None
    )
    assert {path.stem for path in out.glob("*.csv")} == {"enheter", "listade", "bemanning", "mal"}


def test_a_tiny_region_and_a_wrong_period(tmp_path):
    assert (make(tmp_path / "r", patients=200, enheter=2, last="2025-03") / "enheter.csv").is_file()
    with pytest.raises(ValueError, match="ends before it begins"):
        make(tmp_path / "x", last="2024-12")
    with pytest.raises(ValueError, match="fewer than 100"):
        make(tmp_path / "x", patients=3)


def test_it_is_believable(region):
    folder = region.data / "deliveries" / "region"
    rows = read(folder, "intyg")
    counted = rows[rows["typ"] == "FK7804"]
    starts = counted.groupby("patient_id").agg(kon=("kon", "first"), fran=("fran", "min"))
    inside = starts[starts["fran"] >= "2024-01-01"]
    share_of_women = inside["kon"].eq("K").mean()
    by_month = pd.to_datetime(inside["fran"]).dt.month.value_counts()
    patients_with_several = counted.groupby("patient_id")["intyg_id"].nunique().gt(1).mean()
    assert 0.58 < share_of_women < 0.70
    assert by_month[7] < 0.8 * by_month[[1, 2, 9, 10]].mean()
    assert patients_with_several > 0.4
    assert counted["period_nr"].eq("2").any()
    assert counted["grad"].ne("100").mean() > 0.2
    assert (rows["enhet_id"] != rows["listad_enhet_id"]).any()
    events = read(folder, "koordinering")
    assert {"erbjuden", "samtycke", "avbojt", "insats"} <= set(events["handelse"].dropna())
    assert events["kva_koder"].eq("GC001|ZV506").any()
    assert events["handelse"].isna().any()
    assert read(folder, "utfall")["utfall"].nunique() >= 7


def test_truth_is_a_family_of_curves(tmp_path):
    make(tmp_path / "r")
    for table in ("atergang", "tackning"):
        truth = pd.read_csv(tmp_path / "r-sanning" / f"{table}.csv")
        for _, curve in truth.groupby(["kon", "diagnosgrupp"]):
            share = curve.sort_values("dag")["sann_andel"].to_numpy()
            assert (np.diff(share) >= 0).all()
            assert 0 <= share[0] <= share[-1] <= 1
        assert set(truth["kon"]) == {"K", "M"}
        assert "alla" in set(truth["diagnosgrupp"])
