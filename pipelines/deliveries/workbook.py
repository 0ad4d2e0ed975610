"""Opens a workbook that somebody else wrote: the rows of its first sheet, without trusting what it says of itself."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl

from pipelines.deliveries.refusal import FileRefused

LARGEST_SHEET, LARGEST_RATIO = 2_000_000_000, 200
# what zipfile, the XML reader and openpyxl raise on bytes that are no workbook
UNREADABLE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, ParseError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip


@contextmanager
def first_sheet(path: Path) -> Iterator[Iterator[tuple]]:
    """The rows of the first sheet, as tuples of cells. Raises FileRefused where there is no workbook to read, also in
    the middle of the rows: a sheet is read as it is unpacked."""
    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # rows beyond the size that the file states would be lost
            yield sheet.iter_rows(values_only=True)
        finally:
            book.close()
    except UNREADABLE:
        raise FileRefused(f"{path.name}: arbetsboken kan inte läsas; den kan vara skadad eller avkortad") from None


def cell_text(cell: object) -> str | None:
    """A cell as a sender would have typed it; None when it is empty."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refuse_bombs(path: Path) -> None:
    """A workbook is a compressed archive: look at what it says it expands to before expanding it."""
    try:
        with zipfile.ZipFile(path) as archive:
            expanded = sum(entry.file_size for entry in archive.infolist())
    except UNREADABLE:
        raise FileRefused(f"{path.name}: arbetsboken kan inte läsas; den kan vara skadad eller avkortad") from None
    if expanded > LARGEST_SHEET or expanded > LARGEST_RATIO * max(path.stat().st_size, 1 << 20):
        raise FileRefused(f"{path.name}: arbetsboken är orimligt stor uppackad")
