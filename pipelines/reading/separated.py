"""A text file of separated values as a file of texts: delimiter, header, and every row with its number."""

import csv
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from pipelines.reading.headings import WITHIN, header_at
from pipelines.reading.text import BLOCK, as_utf8
from pipelines.reading.unreadable import Unreadable, quoted
from pipelines.reading.watch import watched

DELIMITERS = ";,\t"
LONGEST_ROW = 1 << 16
MOST_COLUMNS = 500
CUT = "sista raden saknar radslut; filen kan vara avkortad"


def top(path: Path, encoding: str, most: int = WITHIN + 1) -> list[list[str]]:
    """The first rows as lists of cells, after a row with the delimiter alone, which is the one that the rows above and
    around the header have most of."""
    with path.open(encoding=encoding, newline="") as file:
        said = file.readline(LONGEST_ROW)
        delimiter = said[4:5] if re.fullmatch(r"sep=.\s*", said) else ""
        if not delimiter:
            file.seek(0)
            lines = [line for line in islice(iter(lambda: file.readline(LONGEST_ROW), ""), WITHIN)]
            delimiter = max(DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
            file.seek(0)
        rows = csv.reader(iter(lambda: file.readline(LONGEST_ROW), ""), delimiter=delimiter)
        try:
            above = [said.split(delimiter)] if re.fullmatch(r"sep=.\s*", said) else []
            return [[delimiter], *above, *islice(rows, most)]
        except csv.Error:
            raise Unreadable("raderna kan inte delas upp i kolumner") from None


def every_row(path: Path, folder: Path, most: int) -> list[list[str]]:
    """The rows of a small file. Raises Unreadable."""
    text = as_utf8(path, folder)
    if not text.ended:
        raise Unreadable(CUT)
    return top(text.path, "utf-8-sig", most)[1:]


def to_texts(
    path: Path,
    out: Path,
    folder: Path,
    *,
    known: set[str],
    counted: bool,
    config: dict[str, Any],
    tell: Callable[[int, int], None],
) -> dict[str, Any]:
    """Write c0, c1 … as Parquet, in the order of the file. `tell` of how many rows, of about how many. Raises Unreadable."""
    text = as_utf8(path, folder)
    if not text.ended and not counted:
        raise Unreadable(CUT)
    source = _with_line_feeds(text.path, folder)
    (delimiter,), *rows = top(source, "utf-8-sig")
    at = header_at(rows, known)
    header = rows[at]
    following = next((row for row in rows[at + 1 :] if row), [])
    # a delimiter after the last cell of every row but not of the header
    extra = len(following) == len(header) + 1 and following[-1].strip() == ""
    names = [f"c{number}" for number in range(len(header) + extra)]
    if len(names) > MOST_COLUMNS:
        raise Unreadable("rubrikraden har orimligt många kolumner")
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    about = rows_in(source)
    with duckdb.connect(config=config) as connection, watched(connection, lambda part: tell(int(part * about), about)):
        try:
            connection.execute(
                f"""COPY (SELECT * FROM read_csv($path, auto_detect = false,
                    header = false, skip = $above, delim = $delimiter, quote = '"', escape = '"', null_padding = false,
                    columns = {{{columns}}})) TO '{quoted(out)}' (FORMAT parquet, COMPRESSION lz4)""",
                {"path": str(source), "delimiter": delimiter, "above": at + 1},
            )
        except duckdb.Error as fault:
            raise Unreadable(_reading_fault(fault)) from None
    header = [*header, ""] if extra else header
    tidy = text.tidy and (delimiter == "\t" or not text.tabs)
    return {"header": header, "at": at + 1, "tidy": tidy, "encoding": text.encoding, "delimiter": delimiter}


def rows_in(path: Path) -> int:
    """About how many lines there are, by the first of them."""
    with path.open("rb") as file:
        first = file.read(BLOCK)
    return path.stat().st_size * max(1, first.count(b"\n")) // max(1, len(first))


def _with_line_feeds(path: Path, folder: Path) -> Path:
    """The file, or a copy where lines end with a lone carriage return, as old spreadsheets wrote them."""
    with path.open("rb") as file:
        first = file.read(BLOCK)
    if b"\n" in first or b"\r" not in first:
        return path
    copy = folder / "lines.csv"
    with path.open("rb") as source, copy.open("wb") as target:
        while block := source.read(BLOCK):
            target.write(block.replace(b"\r", b"\n"))
    return copy


def _reading_fault(fault: duckdb.Error) -> str:
    """What the database says, without the line that it quotes."""
    text = str(fault)
    line = re.search(r"Line:? (\d+)", text)
    where = f" på rad {line.group(1)}" if line else ""
    if isinstance(fault, duckdb.OutOfMemoryException):
        return "filen kräver mer minne än läsningen får ta"
    if "column" in text.lower() and line:
        return f"fel antal kolumner{where}; filen kan vara avkortad"
    if line:
        return f"raden kan inte läsas{where}; filen kan vara avkortad"
    return "filen kan inte läsas; den kan vara skadad eller avkortad"
