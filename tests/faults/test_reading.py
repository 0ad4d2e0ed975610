"""How files are opened and understood: limits, parts, a sender's own words; and the database's checks against pandera's."""

import gzip
import shutil

import duckdb
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity import numbers
from pipelines.deliveries import load
from pipelines.deliveries.check import FAULTS, TEXT, _failures, check, suspect
from pipelines.deliveries.inspect import add_to_sender, inspect
from pipelines.deliveries.read import stage_as
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.sender import path_of
from pipelines.errors import DeliveryError
from pipelines.reading import Limits, Unreadable, plain, read
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from tests.examples import examples
from tests.faults.corpus import rows_of, text
from tests.rows import intyg, write_csv, write_delivery

SECRET = "HEMLIGT77"  # pragma: allowlist secret
WORDS = {
    "intyg_id": "Intygs-id", "period_nr": "Periodnr", "handelse": "Händelse", "kand_fran": "Känd från",
    "patient_id": "Patient", "vardgivare_id": "Vårdgivare", "enhet_id": "HSA-id enhet", "typ": "Intygstyp",
    "fran": "Fr.o.m.", "tom": "T.o.m.", "grad": "Omfattning", "diagnos": "ICD-10", "kon": "Kön", "alder": "Ålder",
}  # fmt: skip


@pytest.fixture
def chosen(tmp_path):
    shutil.copytree(Settings().config, tmp_path / "config")
    return Settings(data=tmp_path / "data", config=tmp_path / "config")


def take(path, chosen, **said):
    return load([path], chosen, progress=lambda *told: None, **said)


def test_a_senders_words_are_suggested_kept_and_used(tmp_path, chosen):
    rows = [row | {"kon": "Kvinna", "patient_id": SECRET} for row in rows_of("intyg")]
    path = tmp_path / "intyg.csv"
    path.write_text(text(rows, header=[WORDS[name] for name in rows[0]]), encoding="cp1252")
    with pytest.raises(DeliveryError, match="sjukvy inspect"):
        take(path, chosen)
    found = inspect(path, chosen)
    assert (found.extract, found.rows, found.encoding, found.missing) == ("intyg", 6, "cp1252", ())
    assert found.meant == {word: name for name, word in WORDS.items()}
    assert SECRET not in found.written
    add_to_sender(path_of(chosen, "Region Prov"), found)
    with pytest.raises(FileRefused, match="säger redan något om intyg"):
        add_to_sender(path_of(chosen, "region-prov"), found)
    (result,) = take(path, chosen, sender="Region Prov")
    assert (result.inlasta, result.karantan) == (6, 0)


def test_a_file_without_headings_is_not_repeated_by_inspect(tmp_path, chosen):
    path = tmp_path / "intyg.csv"
    path.write_text(f"{SECRET};{SECRET}A\n1;2\n")
    with pytest.raises(FileRefused, match="ingen rad liknar rubrikerna") as refused:
        inspect(path, chosen)
    assert SECRET not in str(refused.value)


def test_a_full_delivery_in_monthly_parts_withdraws_together(tmp_path, chosen):
    said = {"typ": "fullstandig", "period_fran": "2024-01-01", "period_till": "2024-12-31"}
    rows = [intyg(intyg_id=f"A-{at}") for at in range(60)]
    take(write_delivery(tmp_path / "one", {"intyg_1": rows[:30], "intyg_2": rows[30:]}, **said), chosen)
    second = write_delivery(tmp_path / "two", {"intyg_1": rows[1:30], "intyg_2": rows[31:]}, **said)
    results = take(second, chosen)
    assert [(result.dubbletter, result.indragna) for result in results] == [(29, 0), (29, 2)]
    third = write_delivery(tmp_path / "four", {"intyg_1": rows[1:30], "intyg_2": rows[32:]}, **said)
    results = take(third, chosen)
    assert [(result.dubbletter, result.indragna) for result in results] == [(29, 0), (28, 1)]
    folder = tmp_path / "three" / "intyg"
    folder.mkdir(parents=True)
    for month in ("2024-05", "2024-06"):
        write_csv(folder / f"{month}.csv", [intyg(intyg_id=f"B-{month}")])
    assert [result.inlasta for result in take(folder.parent, chosen)] == [1, 1]


def test_what_unpacks_to_too_much_or_takes_too_long_is_stopped(tmp_path):
    bomb = tmp_path / "intyg.csv.gz"
    bomb.write_bytes(gzip.compress(b"a;b\n" + b"1;2\n" * 2_000_000))
    known = {plain("a"), plain("b")}
    whole = read(bomb, tmp_path, known=known, counted=False, limits=Limits())
    assert whole.header == ("a", "b")
    with pytest.raises(Unreadable, match="orimligt stor uppackad"):
        read(bomb, tmp_path, known=known, counted=False, limits=Limits(expanded=1 << 20))
    with pytest.raises(Unreadable, match=r"för mycket minne eller tid|mer minne"):
        read(bomb, tmp_path, known=known, counted=False, limits=Limits(memory=1 << 24))
    with pytest.raises(Unreadable, match="för mycket minne eller tid"):
        read(bomb, tmp_path, known=known, counted=False, limits=Limits(seconds=0))
    assert read(bomb, tmp_path, known=known, counted=False, limits=Limits()).header == ("a", "b")


def test_reading_a_long_sheet_says_how_far_it_has_come(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("intyg")
    sheet.append(list(rows_of("intyg")[0]))
    for _ in range(25_000):
        sheet.append(["1"])
    book.save(tmp_path / "intyg.xlsx")
    told = []
    read(
        tmp_path / "intyg.xlsx", tmp_path, known=set(rows_of("intyg")[0]), counted=False, limits=Limits(),
        tell=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert [done for done, _ in told] == sorted(done for done, _ in told) and len(told) >= 3
    assert told[-1] == (25_001, 25_001)


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("19121212K056", True), ("19121212K057", False), ("991912000014", True), ("991912000015", False),
        ("191212321218", True), ("191212321219", False), ("191202301218", False),
    ],
)  # fmt: skip
def test_reserve_numbers_by_their_check_digit(written, valid):
    assert numbers.is_reserved(written) == valid


@pytest.mark.parametrize("written", ["22121212AB12", "00122045AB12", "19121212SF1A", "19121212-A123"])
def test_reserve_numbers_without_check_digit_are_likely(tmp_path, chosen, written):
    assert numbers.is_likely_reserved(written)
    rows = [intyg(intyg_id=f"A-{at}", patient_id=written) for at in range(3)]
    with pytest.raises(DeliveryError, match="reservnummer i kolumn patient_id, 3 rader") as refused:
        take(write_csv(tmp_path / "intyg.csv", rows), chosen)
    assert written not in refused.value.text


def test_a_senders_serial_numbers_are_no_personal_numbers(tmp_path, chosen):
    path = write_csv(tmp_path / "intyg.csv", [intyg(intyg_id="191212121212")])
    with pytest.raises(DeliveryError, match="personnummer i kolumn intyg_id"):
        take(path, chosen, sender="prov")
    (chosen.config / "avsandare").mkdir()
    (chosen.config / "avsandare" / "prov.toml").write_text('[intyg]\nlopnummer = ["intyg_id"]\n')
    assert take(path, chosen, sender="prov")[0].inlasta == 1
    with pytest.raises(DeliveryError, match="personnummer i kolumn patient_id"):
        take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id="191212121212")]), chosen, sender="prov")


cells = st.sampled_from(
    ["", "x", "K", "2024-03-01", "2024-02-30", "2024-13-01", "1", "-5", "99999", "1,5", "alla", "SE0000000001-1001", "å" * 130,
     "2024-03-01T10:00:00", "utfardat", "gallande", "18-22", "\u0661", "1\n"]
)  # fmt: skip


@examples(25)
@given(st.sampled_from(sorted(EXTRACTS)), st.data())
def test_the_database_suspects_every_row_that_pandera_faults(extract, data):
    """A second way to say the contract may suspect too much, never too little."""
    schema = EXTRACTS[extract]
    valid = rows_of(extract)[0]
    changes = st.dictionaries(st.sampled_from(sorted(schema.columns)), cells, max_size=4)
    rows = [{name: str(valid.get(name, "")) for name in schema.columns} | data.draw(changes) for _ in range(6)]
    frame = pd.DataFrame(rows).replace({"": None}).astype(TEXT)
    frame.index = pd.Index(range(2, 8), name="rad_nr")
    expected = _failures(frame, schema)
    with duckdb.connect() as connection:
        connection.register("given", frame.reset_index())
        stage_as(connection, "SELECT * FROM given", kept=True)
        suspect(connection, schema)
        check(connection, schema, len(rows), progress=lambda done: None)
        found = connection.execute(f"SELECT rad_nr, kolumn, regel FROM {FAULTS}").fetchall()
    assert sorted(found) == sorted(map(tuple, expected.to_numpy().tolist()))
