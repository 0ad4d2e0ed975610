"""What the warehouse may never hold, or lose, however a file is written."""

import random
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

import duckdb
import openpyxl
import pytest

from pipelines.deliveries import check, load
from pipelines.deliveries.convert import create_macros
from pipelines.errors import DeliveryError
from pipelines.reading import Unreadable
from pipelines.reading import workbook as sheets
from pipelines.settings import Settings
from tests.rows import PROVIDER, UNIT, enhet, intyg, listade, write_csv, write_delivery

FULL = {"typ": "fullstandig", "period_fran": "2024-01-01", "period_till": "2024-12-31"}


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data")


def take(path, settings):
    return load([path], settings, progress=lambda what, done, total: None)


def ask(settings, query):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def workbook(path, rows, *, blank_before_last=0):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for at, row in enumerate(rows):
        place = at + 2 + (blank_before_last if at == len(rows) - 1 else 0)
        for column, value in enumerate(row.values(), 1):
            book.active.cell(row=place, column=column, value=value)
    book.save(path)
    book.close()
    return path


def test_local_time_is_the_clock_in_stockholm():
    connection, chosen = duckdb.connect(), random.Random(1)
    create_macros(connection)
    moments = [
        datetime(1996, 1, 1, tzinfo=UTC) + timedelta(minutes=chosen.randrange(40 * 365 * 1440)) for _ in range(2000)
    ]
    offsets = [timezone(timedelta(minutes=chosen.choice([0, 60, 120, -330, 345]))) for _ in moments]
    texts = [moment.astimezone(offset).isoformat() for moment, offset in zip(moments, offsets, strict=True)]
    found = connection.execute(
        "SELECT local_time(given) FROM (SELECT unnest($texts) AS given)", {"texts": texts}
    ).fetchall()
    local = [(moment.astimezone(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None),) for moment in moments]
    assert found == local
    connection.close()


@pytest.mark.parametrize("when", ["2024-01-01T25:61", "2024-01-01T25:61Z", "2024-01-01T10:00+99:99"])
def test_a_time_that_no_clock_has_goes_to_quarantine(tmp_path, settings, when):
    (result,) = take(write_csv(tmp_path / "intyg.csv", [intyg(), intyg(intyg_id="B", kand_fran=when)]), settings)
    assert (result.inlasta, result.karantan) == (1, 1)
    assert ask(settings, "SELECT count(*) FROM raw.intyg WHERE kand_fran IS NULL") == [(0,)]


def test_one_unit_in_two_spellings_is_one_key(tmp_path, settings):
    rows = [
        listade(),
        listade(enhet_id=UNIT.lower()),
        listade(kon="M"),
        listade(kon="M", antal=9, enhet_id=UNIT.lower()),
    ]
    (result,) = take(write_csv(tmp_path / "listade.csv", rows), settings)
    assert (result.inlasta, result.karantan) == (1, 3)


def test_empty_rows_in_a_sheet_hide_no_fault(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(check, "CHUNK", 2)
    path = workbook(tmp_path / "intyg.xlsx", [intyg(), intyg(intyg_id="B", kon="ZZ")], blank_before_last=6)
    (result,) = take(path, settings)
    assert (result.inlasta, result.karantan) == (1, 1)


def test_a_sheet_that_states_a_wrong_size_loses_no_row(tmp_path, settings):
    written = workbook(tmp_path / "x.xlsx", [intyg(intyg_id=f"A-{at}") for at in range(9)])
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(tmp_path / "intyg.xlsx", "w") as target:
        for name in source.namelist():
            content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:N3"', source.read(name))
            target.writestr(name, content)
    assert take(tmp_path / "intyg.xlsx", settings)[0].inlasta == 9


def flipped(whole: bytes, chosen: random.Random, first: int) -> bytes:
    """The bytes with one bit the other way round, at or after `first`."""
    damaged = bytearray(whole)
    damaged[chosen.randrange(first, len(whole))] ^= 1 << chosen.randrange(8)
    return bytes(damaged)


def test_a_damaged_sheet_is_refused_and_not_a_crash(tmp_path, settings):
    whole = workbook(tmp_path / "x.xlsx", [intyg(intyg_id=f"A-{at}") for at in range(300)]).read_bytes()
    chosen, ends = random.Random(3), set()
    for _ in range(10):
        (tmp_path / "intyg.xlsx").write_bytes(flipped(whole, chosen, 0))
        try:
            take(tmp_path / "intyg.xlsx", settings)
            ends.add("inlast")
        except DeliveryError:
            ends.add("avvisad")
    assert "avvisad" in ends


@pytest.mark.parametrize("part", ["anywhere", "directory"])
def test_whatever_bit_is_wrong_in_a_sheet_its_opener_reads_or_refuses(tmp_path, part):
    path = workbook(tmp_path / "x.xlsx", [intyg()])
    whole, chosen, refused = path.read_bytes(), random.Random(4), 0
    first = {"anywhere": 0, "directory": whole.index(b"PK\x01\x02")}[part]
    for _ in range(600):
        path.write_bytes(flipped(whole, chosen, first))
        try:
            with sheets.opened(path, 1 << 20) as book:
                list(islice(sheets.rows_of(book), 5))
        except Unreadable:
            refused += 1
    assert 0 < refused < 600


@pytest.mark.parametrize("extra", [{"alder": "=20+20"}, {"\u200b": "HEMLIGT"}], ids=["formula", "outside"])
def test_formulas_and_cells_outside_the_header_are_refused(tmp_path, settings, extra):
    book = openpyxl.Workbook()
    book.active.append(list(intyg()))
    book.active.append(list((intyg() | extra).values()))
    book.save(tmp_path / "intyg.xlsx")
    with pytest.raises(DeliveryError) as caught:
        take(tmp_path / "intyg.xlsx", settings)
    assert "rad 2" in caught.value.text
    assert "HEMLIGT" not in caught.value.text


def test_parquet_numbers_as_floats_and_times_as_instants(tmp_path, settings):
    path = write_csv(tmp_path / "x.csv", [intyg()])
    duckdb.sql(
        "SELECT * REPLACE (CAST(grad AS DOUBLE) AS grad, TIMESTAMPTZ '2024-07-01 10:00:00+00' AS kand_fran) "
        "FROM read_csv($path)", params={"path": str(path)},
    ).write_parquet(str(tmp_path / "intyg.parquet"))  # fmt: skip
    assert take(tmp_path / "intyg.parquet", settings)[0].inlasta == 1
    assert ask(settings, "SELECT grad, kand_fran FROM raw.intyg") == [(100, datetime(2024, 7, 1, 12))]


def test_a_full_delivery_never_withdraws_itself_or_for_a_faulty_row(tmp_path, settings):
    rows = [intyg(intyg_id=f"A-{at}") for at in range(9)]
    take(write_delivery(tmp_path / "one", {"intyg": rows}, **FULL), settings)
    faulty = [rows[0] | {"grad": "x"}, *rows[1:]]
    (result,) = take(write_delivery(tmp_path / "two", {"intyg": faulty}, **FULL), settings)
    assert (result.karantan, result.indragna) == (1, 0)
    split = write_delivery(tmp_path / "three", {"intyg": rows}, **FULL)
    manifest = (split / "leverans.toml").read_text().split("[filer")[0]
    (split / "leverans.toml").write_text(manifest)
    write_csv(split / "intyg_2.csv", [intyg(intyg_id="C")])
    assert [(result.dubbletter, result.indragna) for result in take(split, settings)] == [(9, 0), (0, 0)]
    assert ask(settings, "SELECT count(*) FROM raw.intyg WHERE indragen_av IS NULL") == [(10,)]


@pytest.mark.parametrize("extract", ["utfall", "enheter"])
def test_control_totals_of_extracts_without_unit_or_month(tmp_path, settings, extract):
    outcome = {"patient_id": "P", "vardgivare_id": PROVIDER, "datum": "2024-03-01", "utfall": "atergang_arbete"}
    folder = write_delivery(tmp_path / "d", {extract: [outcome if extract == "utfall" else enhet()]}, **FULL)
    manifest = folder / "leverans.toml"
    manifest.write_text(manifest.read_text() + f'[filer.{extract}.kontroll]\n"{PROVIDER}|2024-03" = 2\n')
    with pytest.raises(DeliveryError, match="kontroll"):
        take(folder, settings)


@pytest.mark.parametrize("dash", ["\u2010", "\u2013", "\u2212", "\u00a0"])
def test_an_identity_number_with_another_dash(tmp_path, settings, dash):
    with pytest.raises(DeliveryError, match="personnummer"):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id=f"19121212{dash}1212")]), settings)


def test_white_space_round_a_cell_and_one_reason_a_cell(tmp_path, settings):
    rows = [intyg(kon="K\u00a0"), intyg(intyg_id="B", tom="")]
    (result,) = take(write_csv(tmp_path / "intyg.csv", rows), settings)
    assert result.regler == (("tom", "värde saknas", 1),)
