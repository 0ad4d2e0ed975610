"""Tables of diagrams as Excel and CSV: exactly the cells of the page, with what they are about."""

import csv
import io
import re
from collections.abc import Sequence

import xlsxwriter

from dashboard.figures.content import Cell, Column, Diagram
from dashboard.report.origin import Origin, about, columns
from dashboard.texts.pages.site import PRODUCT
from dashboard.texts.report import files as say

RISKY = ("=", "+", "-", "@", "\t", "\r")
DIALECTS = {"svensk": (";", ","), "maskin": (",", ".")}
LONGEST_SHEET = 31  # letters, Excel's limit
DECIMALS = re.compile(r",(\d+)")
FORBIDDEN = str.maketrans({mark: " " for mark in "[]:*?/\\"})
Titled = tuple[Diagram, Origin]


def headings(content: Diagram) -> list[str]:
    """The first column, and each other with its group and unit: Kvinnor, Nedre (95 %)."""
    return [content.table.first, *(_heading(column) for column in content.table.columns)]


def _heading(column: Column) -> str:
    name = f"{column.group}, {column.label}" if column.label else column.group
    return f"{name} ({column.unit})" if column.unit else name


def as_csv(content: Diagram, origin: Origin, *, dialect: str) -> bytes:
    """Swedish: semicolon, decimal comma, UTF-8 with mark, what it is about first. Machine: comma, decimal point, UTF-8,
    one header row; what it is about are columns, so that a program reads the file as it is. Raises KeyError on another
    dialect."""
    separator, point = DIALECTS[dialect]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    more = columns(content, origin) if dialect == "maskin" else []
    if dialect == "svensk":
        writer.writerows([_harmless(name), _harmless(said)] for name, said in about(content, origin))
        writer.writerow([])
    writer.writerow([_harmless(name) for name in (*headings(content), *(name for name, _ in more))])
    for first, cells in content.table.rows:
        told = (_harmless(value) for _, value in more)
        writer.writerow([_harmless(first), *(_plain(cell, point) for cell in cells), *told])
    encoding = "utf-8-sig" if dialect == "svensk" else "utf-8"
    return text.getvalue().encode(encoding)


def as_xlsx(contents: Sequence[Titled]) -> bytes:
    """A sheet that says what the tables are, and one sheet with a named table for each: numbers as numbers, hidden as ×."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        first, _ = contents[0]
        book.set_properties({"title": first.question, "subject": first.subtitle, "company": PRODUCT})
        sheets = (
            [say.TABLE] if len(contents) == 1 else [_sheet_name(at, one) for at, (one, _) in enumerate(contents, 1)]
        )
        _about_sheet(book, [(sheet, about(*one)) for sheet, one in zip(sheets, contents, strict=True)])
        for at, (sheet, (content, _)) in enumerate(zip(sheets, contents, strict=True), 1):
            _table_sheet(book, sheet, say.TABLE if len(contents) == 1 else f"{say.TABLE}{at}", content)
    return file.getvalue()


def _sheet_name(at: int, content: Diagram) -> str:
    """1 pagaende, 2 langd …: a number keeps apart what would be cut to the same letters."""
    return f"{at} {content.name.translate(FORBIDDEN)}"[:LONGEST_SHEET]


def _table_sheet(book: xlsxwriter.Workbook, name: str, table: str, content: Diagram) -> None:
    sheet = book.add_worksheet(name)
    names = headings(content)
    rows = [[first, *(_native(cell) for cell in cells)] for first, cells in content.table.rows]
    sheet.add_table(
        0, 0, max(1, len(rows)), len(names) - 1,
        {"name": table, "columns": [{"header": name} for name in names], "data": rows, "style": "Table Style Light 1"},
    )  # fmt: skip
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(names) - 1, 22)


def _about_sheet(book: xlsxwriter.Workbook, parts: Sequence[tuple[str, list[tuple[str, str]]]]) -> None:
    """What each sheet is about; with several sheets each begins with its name."""
    sheet = book.add_worksheet(say.READ_ME)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22, wrapped)
    sheet.set_column(1, 1, 100, wrapped)
    rows = [row for name, said in parts for row in ([(say.SHEET, name), *said, ("", "")] if len(parts) > 1 else said)]
    for at, (name, text) in enumerate(rows):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, text)


def _native(cell: Cell) -> float | str:
    return cell.text if cell.value is None else cell.value


def _plain(cell: Cell, point: str) -> float | int | str:
    """A number for a machine, or written with the reader's decimal mark."""
    if cell.value is None:
        return _harmless(cell.text)
    rounded = _rounded(cell.value, cell.text)
    return rounded if point == "." else f"{rounded:.10g}".replace(".", point)


def _rounded(value: float, text: str) -> float | int:
    """As many digits as the page shows: what is hidden in the last decimals is no knowledge. A count is a whole number."""
    written = DECIMALS.search(text)
    decimals = (len(written[1]) if written else 0) + 2 * ("%" in text)
    return round(value, decimals) if decimals else round(value)


def _harmless(text: str) -> str:
    """No text can be taken for a formula by the program that opens the file."""
    return f"'{text}" if text.startswith(RISKY) else text
