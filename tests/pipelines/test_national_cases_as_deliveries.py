"""The certificates of every national sjukfall case through the real loader: everything comes in as it was written, and
what is stopped is what must be."""

import csv
from collections import Counter
from datetime import date, datetime

import duckdb
import pytest

from pipelines.deliveries import load
from pipelines.settings import Settings
from tests import cases
from tests.rows import write_csv

# intyg_id → what keeps the certificate out, read off the cases by hand
STOPPED = {
    ("ST-At1020", "c4"): "enhet_id: värde saknas",
    ("ST-At1504VardenhetOgiltigtHsaId", "c4"): "enhet_id: värde saknas",
    ("ST-At3701", "c3"): "enhet_id: värde saknas",
    ("SP-03", "c1"): "hela raden: tom ligger före fran",
    ("SP-04", "c1"): "hela raden: tom ligger före fran",
    ("ST-At1116", "c2"): "fran: värde saknas",
    **{("ST-At8401", f"c{at}"): "alder: värde saknas" for at in range(1, 6)},
}
WHOLE = ("period_nr", "grad", "alder")
DAYS = ("fran", "tom")
MOMENTS = ("kand_fran", "signerad")
UNITS = ("vardgivare_id", "enhet_id")


def as_loaded(row):
    """What the warehouse must hold of a written row, worked out without the loader."""
    typed = {name: value or None for name, value in row.items()}
    typed |= {name: int(row[name]) for name in WHOLE}
    typed |= {name: date.fromisoformat(row[name]) for name in DAYS}
    typed |= {name: datetime.fromisoformat(row[name]) if row[name] else None for name in MOMENTS}
    typed |= {name: row[name].replace(" ", "").upper() for name in UNITS}
    return tuple(typed[name] for name in cases.INTYG)


@pytest.fixture(scope="module")
def delivered(shared):
    return cases.read(shared / "cases" / "sjukfall.json")


@pytest.fixture(scope="module")
def warehouse(delivered, tmp_path_factory):
    """All cases in one delivery of two files; yields (results by extract, read-only connection)."""
    folder = tmp_path_factory.mktemp("cases")
    write_csv(folder / "intyg.csv", [row for case in delivered for row in case.intyg])
    write_csv(folder / "enheter.csv", [row for case in delivered for row in case.enheter])
    chosen = Settings(data=tmp_path_factory.mktemp("data"))
    results = load([folder], chosen, progress=lambda what, done, total: None)
    with duckdb.connect(str(chosen.warehouse), read_only=True) as connection:
        yield {result.extrakt: result for result in results}, connection, folder


def test_every_row_is_accounted_for(delivered, warehouse):
    results, _, _ = warehouse
    assert len(delivered) == 271
    assert results["intyg"].rader_in == sum(len(case.intyg) for case in delivered) == 991
    for result in results.values():
        assert result.status == "inlast"
        assert result.rader_in == result.inlasta + result.dubbletter + result.karantan
    assert (results["intyg"].dubbletter, results["intyg"].karantan) == (0, len(STOPPED))
    assert results["enheter"].inlasta == sum(len(case.enheter) for case in delivered)


def test_what_is_stopped_is_what_must_be(delivered, warehouse):
    _, connection, _ = warehouse
    of = {case.prefix: case.key for case in delivered}
    found = {
        (of[name[: len("SE-000-")]], name[len("SE-000-") :]): rules
        for name, rules in connection.execute(
            "SELECT json_extract_string(innehall, 'intyg_id'), regler FROM ledger.karantan"
        ).fetchall()
    }
    assert found.keys() == STOPPED.keys()
    assert {key: rule for key, rule in STOPPED.items() if rule not in found[key]} == {}


def test_the_loaded_rows_of_every_case_are_those_written(delivered, warehouse):
    """Read back from the file, so that writing is not what is compared."""
    _, connection, folder = warehouse
    columns = ", ".join(cases.INTYG)
    loaded: dict[str, Counter] = {}
    for row in connection.execute(f"SELECT {columns} FROM raw.intyg WHERE indragen_av IS NULL").fetchall():
        loaded.setdefault(row[0][: len("SE-000-")], Counter())[row] += 1
    with (folder / "intyg.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file, delimiter=";"))
    for case in delivered:
        stopped = {case.prefix + name for key, name in STOPPED if key == case.key}
        mine = [row for row in written if row["intyg_id"].startswith(case.prefix) and row["intyg_id"] not in stopped]
        assert loaded.get(case.prefix, Counter()) == Counter(as_loaded(row) for row in mine), case.key


def test_spellings_of_one_unit_are_one_unit(delivered, warehouse):
    _, connection, _ = warehouse
    prefix = next(case.prefix for case in delivered if case.key == "ST-At1028")
    assert connection.execute(
        "SELECT DISTINCT vardgivare_id, enhet_id FROM raw.intyg WHERE starts_with(intyg_id, $case)", {"case": prefix}
    ).fetchall() == [(f"{prefix}FVG1", f"{prefix}ENHET1")]
    assert connection.execute("SELECT handelse, period_nr FROM raw.intyg WHERE handelse = 'makulerat'").fetchall() == [
        ("makulerat", 1)
    ]
