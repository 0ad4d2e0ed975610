"""A workbook that somebody else wrote: the rows of the sheet that has the header, without trusting what it says of itself."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405  (the name of an error; nothing is parsed with it)

import openpyxl

from pipelines.reading.headings import FEWEST, WITHIN, header_at, plain
from pipelines.reading.unreadable import Unreadable

LARGEST_RATIO = 200
BLOCK_ROWS = 10_000
MOST_ROWS = 1_048_576  # what a sheet can hold; the number a damaged row claims can be any
DAMAGED = "arbetsboken kan inte läsas; den kan vara skadad eller avkortad"
# what zipfile, the XML reader and openpyxl raise on bytes that are no workbook
UNREADABLE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, ParseError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip


@contextmanager
def opened(path: Path, largest: int) -> Iterator[Any]:
    """The workbook, of at most so many bytes unpacked. Raises Unreadable, also in the middle of the rows: a sheet is
    read as it is unpacked."""
    _refuse_bombs(path, largest)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        try:
            yield book
        finally:
            book.close()
    except UNREADABLE:
        raise Unreadable(DAMAGED) from None


def rows_of(book: Any, known: set[str] = frozenset()) -> Iterator[tuple]:  # type: ignore[assignment]
    """The rows of the first sheet with known headings, else of the first sheet, as tuples of cells."""
    for sheet in [*book.worksheets, book.worksheets[0]]:
        sheet.reset_dimensions()  # rows beyond the size that the file states would be lost
        rows = sheet.iter_rows(values_only=True)
        first = list(islice(rows, WITHIN))
        if known and any(len({plain(str(cell)) for cell in row if cell} & known) >= FEWEST for row in first):
            break
    return chain(first, rows)


def top(path: Path, largest: int, most: int) -> list[list[str]]:
    """The first rows as texts."""
    with opened(path, largest) as book:
        return [[cell_text(cell) or "" for cell in row] for row in islice(rows_of(book), most)]


def to_texts(
    path: Path, out: Path, *, known: set[str], largest: int, tell: Callable[[int, int], None]
) -> dict[str, Any]:
    """Write rad_nr (the sheet's own) and c0, c1 … as Parquet. `tell` of how many rows, of as many as the longest sheet says
    that it has. Raises Unreadable."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(path, largest) as book:
        said = min(max(sheet.max_row or 0 for sheet in book.worksheets), MOST_ROWS)
        rows = rows_of(book, known)
        above = list(islice(rows, WITHIN + 1))
        at = header_at([[cell_text(cell) or "" for cell in row] for row in above], known)
        header = [cell_text(cell) or "" for cell in above[at]] if above else []
        while header and not header[-1].strip():
            header.pop()
        names = [f"c{number}" for number in range(len(header))]
        schema = pa.schema([("rad_nr", pa.int64()), *((name, pa.string()) for name in names)])
        with pq.ParquetWriter(out, schema, compression="lz4") as writer:
            for block in _blocks(chain(above[at + 1 :], rows), at + 2, len(header)):
                columns = list(zip(*block, strict=True)) if block else [()] * (len(header) + 1)
                writer.write_table(pa.table([list(column) for column in columns], schema=schema))
                done = block[-1][0] if block else 0
                tell(done, max(done, said))
    return {"header": header, "at": at + 1, "tidy": False, "numbered": True, "encoding": "", "delimiter": ""}


def cell_text(cell: object) -> str | None:
    """A cell as a sender would have typed it; None when it is empty."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _blocks(rows: Iterator[tuple], first: int, width: int) -> Iterator[list[list]]:
    """Lists of [row number, text…] of bounded length; wholly empty rows are no rows."""
    numbered = enumerate(rows, start=first)
    while block := list(islice(numbered, BLOCK_ROWS)):
        if block[-1][0] > MOST_ROWS:
            raise Unreadable("arbetsboken har fler rader än ett blad kan ha")
        for number, row in block:
            _refuse_strange(number, row, width)
        yield [
            [number, *(cell_text(cell) for cell in row[:width]), *[None] * (width - len(row))]
            for number, row in block
            if any(cell is not None for cell in row)
        ]


def _refuse_strange(number: int, row: tuple, width: int) -> None:
    if any(cell is not None and str(cell).strip() for cell in row[width:]):
        raise Unreadable(f"celler utanför rubrikraden på rad {number}")
    if any(isinstance(cell, str) and cell.startswith("=") for cell in row):
        raise Unreadable(f"formel på rad {number}; leverera värden")


def _refuse_bombs(path: Path, largest: int) -> None:
    """A workbook is a compressed archive: look at what it says it expands to before expanding it."""
    try:
        with zipfile.ZipFile(path) as archive:
            expanded = sum(entry.file_size for entry in archive.infolist())
    except UNREADABLE:
        raise Unreadable(DAMAGED) from None
    if expanded > largest or expanded > LARGEST_RATIO * max(path.stat().st_size, 1 << 20):
        raise Unreadable("arbetsboken är orimligt stor uppackad")
