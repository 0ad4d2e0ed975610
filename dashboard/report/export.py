"""A diagram's table as Excel and CSV: exactly the cells of the page, with what they are about."""

import csv
import io

import xlsxwriter

from dashboard.figures.content import Cell, Diagram
from dashboard.texts import states

RISKY = ("=", "+", "-", "@", "\t", "\r")
DIALECTS = {"svensk": (";", ","), "maskin": (",", ".")}


def about(content: Diagram, facts: dict[str, str], *, link: str) -> list[tuple[str, str]]:
    """What a reader of the file must know, as (name, text)."""
    rows = [
        ("Fråga", content.question),
        ("Visar", content.title),
        ("Urval", content.subtitle),
        ("Data till och med", facts["data_tom"]),
        ("Utgåva", facts["release_id"]),
        (
            "Skydd",
            f"Värden som bygger på färre än {facts['troskel']} personer, och värden som kunde avslöja dem, är dolda.",
        ),
        ("Tecken", states.MARKS),
        ("Metod", content.method),
        ("Så räknar vi", link),
        ("Får spridas", "internt"),
        *(("Att tänka på", note) for note in content.notes),
    ]
    return (
        [(states.DEMO, "Region, enheter och patienter finns inte på riktigt."), *rows]
        if facts["demo"] == "ja"
        else rows
    )


def headings(content: Diagram) -> list[str]:
    return [content.table.first, *(f"{column.group}, {column.label}" for column in content.table.columns)]


def as_csv(content: Diagram, facts: dict[str, str], *, dialect: str, link: str) -> bytes:
    """Swedish: semicolon, decimal comma, UTF-8 with mark. Machine: comma, decimal point, UTF-8, one header row and the
    facts in a last column block left out, so that a program reads it as it is. Raises KeyError on another dialect."""
    separator, point = DIALECTS[dialect]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if dialect == "svensk":
        writer.writerows([_harmless(name), _harmless(said)] for name, said in about(content, facts, link=link))
        writer.writerow([])
    writer.writerow([_harmless(name) for name in headings(content)])
    for first, cells in content.table.rows:
        writer.writerow([_harmless(first), *(_plain(cell, point) for cell in cells)])
    encoding = "utf-8-sig" if dialect == "svensk" else "utf-8"
    return text.getvalue().encode(encoding)


def as_xlsx(content: Diagram, facts: dict[str, str], *, link: str) -> bytes:
    """A sheet that says what it is, and one sheet with a named table: numbers as numbers, hidden as ×."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": content.question, "subject": content.subtitle, "company": "Sjukvy"})
        _about_sheet(book, about(content, facts, link=link))
        sheet = book.add_worksheet("Tabell")
        names = headings(content)
        rows = [[first, *(_native(cell) for cell in cells)] for first, cells in content.table.rows]
        sheet.add_table(
            0, 0, max(1, len(rows)), len(names) - 1,
            {"name": "Tabell", "columns": [{"header": name} for name in names], "data": rows, "style": "Table Style Light 1"},
        )  # fmt: skip
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(names) - 1, 22)
    return file.getvalue()


def _about_sheet(book: xlsxwriter.Workbook, rows: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Läs mig")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22, wrapped)
    sheet.set_column(1, 1, 100, wrapped)
    for at, (name, text) in enumerate(rows):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, text)


def _native(cell: Cell) -> float | str:
    return cell.text if cell.value is None else cell.value


def _plain(cell: Cell, point: str) -> float | str:
    """A number for a machine, or written with the reader's decimal mark."""
    if cell.value is None:
        return cell.text
    # as many digits as the page shows: what is hidden in the last decimals is no knowledge
    decimals = len(cell.text.rpartition(",")[2].rstrip("\u00a0%")) if "," in cell.text else 0
    rounded = round(cell.value, decimals + 2 * ("%" in cell.text))
    return rounded if point == "." else f"{rounded:.10g}".replace(".", point)


def _harmless(text: str) -> str:
    """No text can be taken for a formula by the program that opens the file."""
    return f"'{text}" if text.startswith(RISKY) else text
