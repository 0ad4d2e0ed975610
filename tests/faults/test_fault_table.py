"""Every line of the fault table, through the real load and build: the promised behaviour, and never a value in a text."""

import sys

import duckdb
import openpyxl
import pytest

from pipelines.deliveries import load
from pipelines.errors import DeliveryError
from pipelines.release import build_release
from pipelines.releases import current
from pipelines.settings import Settings
from tests.rows import enhet, intyg, koordinering, listade, write_csv, write_delivery

SENTINEL = "HEMLIGT77"
TEST_NUMBERS = ("19121212-1212", "191212121212", "121212-1212", "701063-2391", "PNR191212121212")


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data")


def take(path, settings, **options):
    paths = path if isinstance(path, list) else [path]
    return load(paths, settings, progress=lambda what, done, total: None, **options)


def ask(settings, query):
    connection = duckdb.connect(str(settings.warehouse), read_only=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def everything_said(settings):
    """All of the ledger but the checksum and the clock, whose digits can be any digits."""
    return str(ask(settings, "SELECT * EXCLUDE (sha256, mottagen) FROM ledger.leverans"))


def refused(path, settings):
    with pytest.raises(DeliveryError) as caught:
        take(path, settings)
    assert ask(settings, "SELECT count(*) FROM raw.intyg") == [(0,)]
    assert SENTINEL not in caught.value.text + everything_said(settings)
    assert caught.value.exit_code == 10
    return caught.value.text


def test_a_directory_that_does_not_exist(tmp_path, settings):
    assert "finns-inte: mappen eller filen finns inte" in refused(tmp_path / "finns-inte", settings)


def test_an_empty_directory_and_an_unknown_file(tmp_path, settings):
    (tmp_path / "tom").mkdir()
    assert "har inga filer" in refused(tmp_path / "tom", settings)
    write_csv(tmp_path / "annat.csv", [intyg()])
    assert "börjar inte med ett extrakts namn" in refused(tmp_path / "annat.csv", settings)
    (tmp_path / "intyg.docx").write_bytes(b"x")
    assert "filtypen läses inte" in refused(tmp_path / "intyg.docx", settings)


@pytest.mark.parametrize("content", [b"", b"intyg_id;period_nr\n"])
def test_an_empty_file(tmp_path, settings, content):
    (tmp_path / "intyg.csv").write_bytes(content)
    assert "intyg.csv" in refused(tmp_path / "intyg.csv", settings)


def test_a_file_with_only_the_header(tmp_path, settings):
    path = write_csv(tmp_path / "intyg.csv", [intyg()])
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert "filen har inga rader" in refused(path, settings)


def test_every_truncation_is_refused(tmp_path, settings):
    path = write_csv(tmp_path / "intyg.csv", [intyg(intyg_id=f"A-{at}", patient_id=SENTINEL) for at in range(20)])
    whole = path.read_bytes()
    for length in [*range(len(whole) // 16, len(whole), len(whole) // 16), *range(len(whole) - 40, len(whole))]:
        path.write_bytes(whole[:length])
        if whole[length - 1 : length] != b"\n":
            assert "avkortad" in refused(path, settings) or length < 200


def test_truncation_at_a_line_is_found_by_the_manifest(tmp_path, settings):
    folder = write_delivery(
        tmp_path / "d", {"intyg": [intyg(intyg_id=f"A-{at}") for at in range(9)]},
        typ="tillagg", period_fran="2024-03-01", period_till="2024-03-31",
    )  # fmt: skip
    path = folder / "intyg.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:-3]) + "\n")
    assert "fel kontrollsumma: 6 rader, 9 utlovade" in refused(folder, settings)


def test_wrong_control_totals(tmp_path, settings):
    folder = write_delivery(
        tmp_path / "d", {"intyg": [intyg()]}, typ="tillagg", period_fran="2024-03-01", period_till="2024-03-31"
    )
    manifest = folder / "leverans.toml"
    manifest.write_text(manifest.read_text() + '[filer.intyg.kontroll]\n"SE0000000001-1001|2024-03" = 2\n')
    assert "fel kontrollsummor för 1 kombinationer" in refused(folder, settings)


def test_a_manifest_that_is_wrong(tmp_path, settings):
    folder = write_delivery(tmp_path / "d", {"intyg": [intyg()]}, typ="tillagg", period_fran="i går", hittepa="x")
    text = refused(folder, settings)
    assert "leverans.toml: period_fran" in text
    assert "leverans.toml: hittepa" in text
    assert "period_till" in text


def test_columns_missing_and_undeclared(tmp_path, settings):
    row = intyg(fritext=SENTINEL)
    del row["fran"]
    text = refused(write_csv(tmp_path / "intyg.csv", [row]), settings)
    assert "obligatorisk kolumn saknas: fran" in text
    assert "kolumn utanför kontraktet: fritext" in text
    headless = write_csv(tmp_path / "intyg.csv", [intyg()])
    headless.write_text("\n".join(f"{SENTINEL}{at}" for at in range(4)) + "\n")
    assert "rubrikraden saknas" in refused(headless, settings)


@pytest.mark.parametrize("number", TEST_NUMBERS)
@pytest.mark.parametrize("column", ["patient_id", "diagnos", "intyg_id", "bidiagnoser"])
def test_a_personal_number_anywhere(tmp_path, settings, number, column):
    rows = [intyg(bidiagnoser=""), intyg(intyg_id="A-2", bidiagnoser="") | {column: f"{number}"}]
    text = refused(write_csv(tmp_path / "intyg.csv", rows), settings)
    assert f"personnummer i kolumn {column}, 1 rader (rad 3)" in text
    assert "1212" not in text
    assert "2391" not in text
    assert "1212" not in everything_said(settings)
    assert "2391" not in everything_said(settings)


def test_a_personal_number_in_a_header_a_file_name_or_the_manifest(tmp_path, settings):
    row = intyg() | {"191212121212": "x"}
    assert "rubrikraden innehåller ett personnummer" in refused(write_csv(tmp_path / "intyg.csv", [row]), settings)
    named = write_csv(tmp_path / "intyg_191212121212.csv", [intyg()])
    text = refused(named, settings)
    assert "filnamnet innehåller ett personnummer" in text
    assert "1912" not in text + everything_said(settings)
    folder = write_delivery(
        tmp_path / "d", {"intyg": [intyg()]}, typ="tillagg", period_fran="19121212-1212", period_till="x"
    )
    assert "leverans.toml: innehåller ett personnummer" in refused(folder, settings)


@pytest.mark.parametrize(
    "harmless",
    ["SE2321000016-1001", "19121212-1213", "550e8400-e29b-41d4-a716-121212121212", "aaaaaaaa191212121212bbbb"],
)
def test_what_is_no_personal_number_loads(tmp_path, settings, harmless):
    result = take(write_csv(tmp_path / "intyg.csv", [intyg(patient_id=harmless)]), settings)
    assert result[0].inlasta == 1


def test_no_encoding_of_swedish_text(tmp_path, settings):
    path = write_csv(tmp_path / "enheter.csv", [enhet()])
    path.write_bytes(path.read_text().encode("cp437"))
    assert "texten är varken UTF-8, UTF-16 eller cp1252" in refused(path, settings)


@pytest.mark.parametrize("name", ["intyg.xlsx", "intyg.parquet"])
def test_a_damaged_workbook_or_parquet(tmp_path, settings, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 skadad " + SENTINEL.encode())
    assert name in refused(tmp_path / name, settings)


ROW_FAULTS = {
    "impossible date": ({"fran": "2024-02-30"}, "fran: är inget datum som finns"),
    "not a date": ({"tom": SENTINEL}, "tom: är inte skrivet ÅÅÅÅ-MM-DD"),
    "unknown code": ({"handelse": SENTINEL}, "handelse: är ingen känd kod"),
    "missing value": ({"patient_id": ""}, "patient_id: värde saknas"),
    "tom before fran": ({"tom": "2024-02-01"}, "hela raden: tom ligger före fran"),
    "not a number": ({"period_nr": SENTINEL}, "period_nr: är inget heltal"),
}


@pytest.mark.parametrize(("changes", "rule"), ROW_FAULTS.values(), ids=ROW_FAULTS)
def test_a_faulty_row_goes_to_quarantine_with_its_reasons(tmp_path, settings, changes, rule):
    path = write_csv(tmp_path / "intyg.csv", [intyg(), intyg(intyg_id="A-2") | changes])
    (result,) = take(path, settings)
    assert (result.rader_in, result.inlasta, result.karantan) == (2, 1, 1)
    ((number, rules),) = ask(settings, "SELECT rad_nr, regler FROM ledger.karantan")
    assert number == 3
    assert rule in rules
    assert SENTINEL not in str(result) + everything_said(settings) + str(rules)


def test_duplicate_keys(tmp_path, settings):
    rows = [intyg(), intyg(), intyg(intyg_id="A-2"), intyg(intyg_id="A-2", grad=50), intyg(intyg_id="A-3")]
    (result,) = take(write_csv(tmp_path / "intyg.csv", rows), settings)
    assert (result.inlasta, result.karantan) == (2, 3)
    found = ask(settings, "SELECT rad_nr, regler[1] FROM ledger.karantan ORDER BY rad_nr")
    assert found == [
        (3, "nyckeln: samma nyckel flera gånger"),
        (4, "nyckeln: samma nyckel, olika innehåll"),
        (5, "nyckeln: samma nyckel, olika innehåll"),
    ]


def test_the_same_key_and_time_with_other_content_later(tmp_path, settings):
    take(write_csv(tmp_path / "intyg.csv", [intyg()]), settings)
    (result,) = take(write_csv(tmp_path / "intyg.csv", [intyg(grad=50), intyg(intyg_id="A-2")]), settings)
    assert (result.inlasta, result.dubbletter, result.karantan) == (1, 0, 1)
    (result,) = take(write_csv(tmp_path / "intyg.csv", [intyg(), intyg(intyg_id="A-3")]), settings)
    assert (result.inlasta, result.dubbletter, result.karantan) == (1, 1, 0)


def test_a_correction_of_a_register_replaces_the_row(tmp_path, settings):
    take(write_csv(tmp_path / "listade.csv", [listade()]), settings)
    take(write_csv(tmp_path / "listade.csv", [listade(antal=310)]), settings)
    assert ask(settings, "SELECT antal FROM raw.listade WHERE indragen_av IS NULL") == [(310,)]


def test_a_full_delivery_withdraws_what_is_absent_and_stops_when_it_is_much(tmp_path, settings):
    said = {"typ": "fullstandig", "period_fran": "2024-03-01", "period_till": "2024-03-31"}
    rows = [intyg(intyg_id=f"A-{at}") for at in range(100)]
    take(write_delivery(tmp_path / "one", {"intyg": rows}, **said), settings)
    (result,) = take(write_delivery(tmp_path / "two", {"intyg": rows[:97]}, **said), settings)
    assert (result.dubbletter, result.indragna) == (97, 3)
    fewer = write_delivery(tmp_path / "three", {"intyg": rows[:50]}, **said)
    with pytest.raises(DeliveryError, match="dra in 48 % av raderna för SE0000000001-1001"):
        take(fewer, settings)
    assert ask(settings, "SELECT count(*) FROM raw.intyg WHERE indragen_av IS NULL") == [(97,)]
    (result,) = take(fewer, settings, approved_by="Data Steward")
    assert result.indragna == 47


def test_a_delivery_is_all_or_nothing_and_others_still_load(tmp_path, settings):
    bad = write_delivery(tmp_path / "bad", {"intyg": [intyg(intyg_id="B-1")], "koordinering": [koordinering()]})
    (bad / "koordinering.csv").write_bytes(b"")
    good = write_delivery(tmp_path / "good", {"intyg": [intyg()]})
    with pytest.raises(DeliveryError, match=r"koordinering\.csv: filen är tom"):
        take([bad, good], settings)
    assert ask(settings, "SELECT intyg_id FROM raw.intyg") == [("A-1",)]
    assert ask(
        settings, "SELECT DISTINCT orsak FROM ledger.leverans WHERE filnamn = 'intyg.csv' AND status = 'avvisad'"
    ) == [("en annan fil i leveransen är avvisad",)]


def test_a_crash_leaves_nothing(tmp_path, settings, monkeypatch):
    folder = write_delivery(tmp_path / "d", {"enheter": [enhet()], "intyg": [intyg()]})

    def crash(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr(sys.modules["pipelines.deliveries.load"], "withdraw_absent", crash)
    with pytest.raises(MemoryError):
        take(folder, settings)
    assert ask(settings, "SELECT count(*) FROM raw.enheter") == [(0,)]
    monkeypatch.undo()
    assert [result.status for result in take(folder, settings)] == ["inlast", "inlast"]


def test_xlsx_and_parquet_say_the_same_as_csv(tmp_path, settings):
    row = intyg(diagnos="M545")
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "intyg.xlsx")
    duckdb.sql("SELECT * FROM read_csv($path, all_varchar = true)", params={
        "path": str(write_csv(tmp_path / "intyg.csv", [row]))
    }).write_parquet(str(tmp_path / "intyg.parquet"))  # fmt: skip
    assert [take(tmp_path / name, settings)[0].inlasta for name in ("intyg.csv", "intyg.xlsx", "intyg.parquet")] == [
        1,
        0,
        0,
    ]


UNKNOWN = [
    enhet(),
    enhet(enhet_id="SE0000000001-1002", namn="Vårdcentralen Andra"),
]


def test_unknown_is_loaded_and_counted_and_left_out_is_counted(tmp_path, settings):
    rows = (
        [intyg(intyg_id=f"A-{at}", patient_id=f"P{at}") for at in range(10)]
        + [intyg(intyg_id=f"E-{at}", patient_id=f"E{at}", enhet_id="SE0000000001-7777") for at in range(6)]
        + [intyg(intyg_id=f"D-{at}", patient_id=f"D{at}", diagnos=["", "XX9"][at % 2]) for at in range(7)]
        + [intyg(intyg_id=f"K-{at}", patient_id=f"K{at}", kon="okand") for at in range(8)]
        + [intyg(intyg_id=f"O-{at}", patient_id=f"O{at}", fran="2009-01-01") for at in range(5)]
        + [intyg(intyg_id=f"F-{at}", patient_id=f"F{at}", tom="2046-01-01") for at in range(5)]
        + [intyg(intyg_id=f"G-{at}", patient_id=f"G{at}", grad=40) for at in range(3)]
    )
    folder = write_delivery(
        tmp_path / "d",
        {"enheter": UNKNOWN, "intyg": rows},
        typ="tillagg",
        period_fran="2024-01-01",
        period_till="2024-06-30",
    )
    assert all(result.karantan == 0 for result in take(folder, settings))
    release, new = build_release(settings, progress=lambda what: None)
    assert new
    published = settings.published / release / "kvalitet.parquet"
    query = "SELECT regel, antal FROM read_parquet($path) WHERE extrakt = 'intyg'"
    found = dict(duckdb.sql(query, params={"path": str(published)}).fetchall())
    assert found["Okänd enhet"] == 6
    assert found["Diagnos saknas eller är ogiltig"] == 7
    assert found["Kön: uppgift saknas"] == 8
    assert found["börjar före 2010"] == 5
    assert found["slutar mer än fem år fram"] == 5
    assert found["grad utanför 25, 50, 75 och 100"] is None  # three rows are few persons


def test_a_refused_delivery_leaves_the_last_release_on_screen(tmp_path, settings):
    rows = [intyg(intyg_id=f"A-{at}", patient_id=f"P{at}") for at in range(30)]
    good = write_delivery(
        tmp_path / "d", {"enheter": [enhet()], "intyg": rows}, typ="tillagg", period_fran="2024-01-01",
        period_till="2024-06-30",
    )  # fmt: skip
    take(good, settings)
    release, _ = build_release(settings, progress=lambda what: None)
    (tmp_path / "intyg.csv").write_bytes(b"")
    with pytest.raises(DeliveryError):
        take(tmp_path / "intyg.csv", settings)
    assert current(settings.published) == release
    assert build_release(settings, progress=lambda what: None) == (release, False)
