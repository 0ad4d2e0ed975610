"""Files: the cells of the page, numbers as numbers, no formula from data, and what the table is about in every one."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import queries
from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.report.export import RISKY, as_csv, as_xlsx, headings
from dashboard.report.origin import Origin, filtered
from dashboard.texts.report.origin import NO_FILTER

FACTS = {"demo": "ja", "troskel": "7", "release_id": "20260101T000000Z-ab", "data_tom": "2026-10-31"}
ORIGIN = Origin(
    place="Vårdcentralen Alfa", enhet_id="SE1", manad="2026-10", lage="preliminar", beside=(), facts=FACTS,
    definition="Det här räknas.", link="https://sjukvy.example/matt/startade#sa-raknar-vi",
)  # fmt: skip


COLUMNS = (Column(group="Kvinnor", label="Värde", unit="per 1 000 listade"), Column(group="Män", label="", unit=""))
ROWS = (("2026-10", (Cell(value=41.234, text="41,2"), Cell(value=None, text="×"))),)


def made(name="startade", rows=ROWS, note=""):
    return Diagram(
        name=name, measure="startade", question="Hur många?", title="Titel.", subtitle="Enhet, period.", summary="",
        figure=None, state=None, reading=("a", "b"), notes=(note,) if note else (), method="Metod.",
        tabulated=lambda: TableData(caption="c", first="Månad", columns=COLUMNS, rows=tuple(rows)),
    )  # fmt: skip


def read(content, dialect):
    text = as_csv(content, ORIGIN, dialect=dialect).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if dialect == "svensk" else ","))


def test_headings_have_their_unit():
    assert headings(made()) == ["Månad", "Kvinnor, Värde (per 1 000 listade)", "Män"]


def test_the_swedish_file_says_first_what_it_is_and_rounds_as_the_page():
    lines = read(made(note="En anmärkning."), "svensk")
    said = dict(line[:2] for line in lines[: lines.index([])])
    assert said["Enhet"] == "Vårdcentralen Alfa (SE1)"
    assert said["Månad"] == "oktober 2026 (preliminär)"
    assert said["Filter"] == NO_FILTER
    assert said["Definition"] == "Det här räknas."
    assert said["Utgåva"] == FACTS["release_id"]
    assert "färre än 7 personer" in said["Skydd"]
    assert said["Så räknar vi"] == ORIGIN.link
    assert "Påhittade uppgifter" in said
    assert lines[-1] == ["2026-10", "41,2", "×"]


def test_the_file_for_programs_has_one_header_and_says_in_every_row_what_it_is():
    head, row = read(made(), "maskin")
    found = dict(zip(head, row, strict=True))
    assert found["Kvinnor, Värde (per 1 000 listade)"] == "41.2"
    assert found["Män"] == "×"
    assert found["enhet_id"] == "SE1"
    assert (found["manad"], found["manad_lage"]) == ("2026-10", "preliminar")
    assert found["filter"] == NO_FILTER
    assert found["definition"] == ORIGIN.link
    assert found["utgava"] == FACTS["release_id"]
    assert found["troskel"] == "7"
    assert found["pahittat"] == "ja"


@pytest.mark.parametrize(
    ("value", "text", "swedish", "machine"),
    [
        (1234, "1\u00a0234", "1234", "1234"),
        (0.4806, "48,1\u00a0%", "0,481", "0.481"),
        (0.4806, "48\u00a0%", "0,48", "0.48"),
        (-0.8999999999999952, "\u22120,9 ○", "-0,9", "-0.9"),
    ],
)
def test_a_number_has_the_digits_of_the_page_and_a_count_has_none(value, text, swedish, machine):
    content = made(rows=[("2026-10", (Cell(value=value, text=text),) * 2)])
    assert read(content, "svensk")[-1][1] == swedish
    assert read(content, "maskin")[-1][1] == machine


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("startade", NO_FILTER),
        ("startade-r12", NO_FILTER),
        ("startade-diagnos5", "Per diagnosgrupp"),
        ("startade-diagnos5-psykiska", "Diagnosgrupp: Psykiska sjukdomar"),
        ("startade-avsnitt-F00-F99", "Diagnoskapitel: F00–F99 Psykiska sjukdomar"),
    ],
)
def test_what_a_table_is_narrowed_to(name, said):
    assert filtered(made(name), ORIGIN).startswith(said)


def test_units_beside_are_named():
    beside = Origin(**{**vars(ORIGIN), "beside": ("Beta", "Gamma")})
    assert filtered(made("startade-urval"), beside) == "Bredvid: Beta, Gamma"


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30))
def test_no_text_from_data_becomes_a_formula(text):
    for start in ("", *RISKY[:4]):
        name = f"{start}{text}"
        content = made(rows=[(name, (Cell(value=None, text=name), Cell(value=1.0, text="1")))])
        for dialect in ("svensk", "maskin"):
            cells = read(content, dialect)[-1][:2]
            assert not any(cell.startswith(RISKY) for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([(content, ORIGIN)])))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_workbook_of_several_tables_has_a_sheet_for_each():
    long = made("x" * 40)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([(made(), ORIGIN), (made("langd:a/b"), ORIGIN), (long, ORIGIN)])))
    assert book.sheetnames[:3] == ["Läs mig", "1 startade", "2 langd a b"]
    assert len(book.sheetnames[3]) == 31
    assert [name for sheet in book for name in sheet.tables] == ["Tabell1", "Tabell2", "Tabell3"]
    read_me = [row[:2] for row in book["Läs mig"].iter_rows(values_only=True)]
    assert [text for name, text in read_me if name == "Blad"] == book.sheetnames[1:]
    assert book["1 startade"]["B2"].value == 41.234
    assert book["1 startade"]["C2"].value == "×"


def test_the_month_is_one_workbook(client, release, scope):
    unit = queries.places(release, scope)[0]
    answer = client.get(f"/export/manad.xlsx?enhet={unit.enhet_id}&manad=2026-03")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sjukvy-manad-2026-03.xlsx"'
    names = openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames
    assert {"1 langd", "2 pagaende"} <= set(names)
    assert any("kaskad" in name for name in names)
    assert client.get("/export/manad.csv").status_code == 404


def test_every_export_is_logged_without_figures(client, release, scope, caplog):
    unit = queries.places(release, scope)[0]
    with caplog.at_level("INFO", logger="sjukvy.export"):
        client.get(f"/export/pagaende.csv?enhet={unit.enhet_id}&manad=2026-03")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "sjukvy.export"]
    assert line.startswith(f"pagaende.csv for {unit.enhet_id} 2026-03, ")


def test_every_diagram_offers_its_files_and_its_picture(show):
    text = show("/atergang", "?manad=2026-03")[1]
    for offered in ("Ladda ner Excel", "Ladda ner CSV", "CSV för program", "Ladda ner bild"):
        assert f'"{offered}"' in text
    assert "&dialekt=maskin" in text
