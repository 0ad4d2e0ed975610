"""Reads a delivered file as text, every cell as it stands, into the staging table."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa

from pipelines.deliveries.identifiers import holds_identity_number
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.workbook import cell_text, first_sheet
from schemas.extracts.fields import headers, required_columns

STAGED = "inkommet"
DELIMITERS = ";,\t"
LONGEST_HEADER = 1 << 16
SHEET_ROWS = 50_000
MOST_SHEET_ROWS = 1_048_576  # what a sheet can hold; the number a damaged row claims can be any
WHITE = " \t\r\n\u00a0\u200b\ufeff"  # round a cell


def first_rows(path: Path, most: int) -> list[list[str]]:
    """The first rows of a CSV file or workbook as texts, to recognise it by; none where they cannot be read."""
    try:
        if path.suffix.lower() == ".xlsx":
            with first_sheet(path) as rows:
                return [[cell_text(cell) or "" for cell in row] for row in islice(rows, most)]
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [file.readline(LONGEST_HEADER) for _ in range(most)]
        return [next(csv.reader([line], delimiter=delimiter_of(line)), []) for line in lines if line]
    except (FileRefused, OSError, UnicodeDecodeError, csv.Error):
        return []


def delimiter_of(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def stage(connection: duckdb.DuckDBPyConnection, path: Path, schema: pa.DataFrameSchema, *, counted: bool) -> int:
    """Fill STAGED with rad_nr (header = row 1) and every column of the contract as trimmed text, empty as missing.
    `counted`: the sender has said how many rows there are. Returns the number of rows. Raises FileRefused."""
    readers = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
    try:
        columns = readers[path.suffix.lower()](connection, path, schema, counted)
    except duckdb.Error as fault:
        raise FileRefused(_reading_fault(path, fault)) from None
    rows = connection.execute("SELECT count(*) FROM ratt").fetchall()[0][0]
    if rows == 0:
        raise FileRefused(f"{path.name}: filen har inga rader")
    cells = ", ".join(
        f'nullif(trim("{name}", $white), \'\') AS "{name}"' if name in columns else f'CAST(NULL AS VARCHAR) AS "{name}"'
        for name in schema.columns
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {STAGED} AS SELECT rad_nr, {cells} FROM ratt", {"white": WHITE})
    connection.execute("DROP TABLE ratt")
    return rows


def _csv(connection: duckdb.DuckDBPyConnection, path: Path, schema: pa.DataFrameSchema, counted: bool) -> list[str]:
    refuse_unless_whole_text(path, counted)
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
        delimiter = delimiter_of(line)
        header = next(csv.reader([line], delimiter=delimiter), [])
    columns = _accepted(path, header, schema)
    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)  # names of the contract, checked above
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ratt AS SELECT row_number() OVER () + 1 AS rad_nr, * FROM read_csv($path, "
        "auto_detect = false, header = true, delim = $delimiter, quote = '\"', escape = '\"', null_padding = false, "
        f"columns = {{{texts}}})",
        {"path": str(path), "delimiter": delimiter},
    )
    return columns


def refuse_unless_whole_text(path: Path, counted: bool) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    last = b""
    with path.open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
                last = block[-1:]
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise FileRefused(f"{path.name}: texten är inte UTF-8") from None
    if not last:
        raise FileRefused(f"{path.name}: filen är tom")
    if last != b"\n" and not counted:
        raise FileRefused(f"{path.name}: sista raden saknar radslut; filen kan vara avkortad")


def _xlsx(connection: duckdb.DuckDBPyConnection, path: Path, schema: pa.DataFrameSchema, counted: bool) -> list[str]:
    with first_sheet(path) as rows:
        header = ["" if cell is None else str(cell) for cell in next(rows, ())]
        while header and not header[-1].strip():
            header.pop()
        columns = _accepted(path, header, schema)
        names = ", ".join(f'"{name}" VARCHAR' for name in columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE ratt (rad_nr BIGINT, {names})")
        for block in _blocks(path, rows, len(columns)):
            frame = pd.DataFrame(block, columns=["rad_nr", *columns])
            connection.register("block", frame)
            connection.execute("INSERT INTO ratt SELECT * FROM block")
            connection.unregister("block")
    return columns


def _blocks(path: Path, rows: Iterator[tuple], width: int) -> Iterator[list[list]]:
    """Lists of [row number, text…] of bounded length; wholly empty rows are no rows."""
    numbered = enumerate(rows, start=2)
    while block := list(islice(numbered, SHEET_ROWS)):
        if block[-1][0] > MOST_SHEET_ROWS:
            raise FileRefused(f"{path.name}: arbetsboken har fler rader än ett blad kan ha")
        for number, row in block:
            _refuse_strange(path, number, row, width)
        yield [
            [number, *(cell_text(cell) for cell in row[:width]), *[None] * (width - len(row))]
            for number, row in block
            if any(cell is not None for cell in row)
        ]


def _refuse_strange(path: Path, number: int, row: tuple, width: int) -> None:
    if any(cell is not None for cell in row[width:]):
        raise FileRefused(f"{path.name}: celler utanför rubrikraden på rad {number}")
    if any(isinstance(cell, str) and cell.startswith("=") for cell in row):
        raise FileRefused(f"{path.name}: formel på rad {number}; leverera värden")


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path, schema: pa.DataFrameSchema, counted: bool) -> list[str]:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)})
    kinds = {name: kind for name, kind, *_ in described.fetchall()}
    columns = _accepted(path, list(kinds), schema)
    cells = ", ".join(f'{_parquet_text(name, kinds[name])} AS "{name}"' for name in columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE ratt AS SELECT row_number() OVER () + 1 AS rad_nr, {cells} FROM read_parquet($path)",
        {"path": str(path)},
    )
    return columns


def _parquet_text(name: str, kind: str) -> str:
    """A cell as the contract writes it: whole numbers are often kept as floats, and times as instants."""
    if kind in ("DOUBLE", "FLOAT"):
        whole = f'"{name}" = trunc("{name}") AND abs("{name}") < 1e15'
        return f'CASE WHEN {whole} THEN CAST(CAST("{name}" AS BIGINT) AS VARCHAR) ELSE CAST("{name}" AS VARCHAR) END'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"""strftime(make_timestamp(epoch_us("{name}")), '%Y-%m-%dT%H:%M:%S.%fZ')"""
    return f'CAST("{name}" AS VARCHAR)'


def _accepted(path: Path, header: list[str], schema: pa.DataFrameSchema) -> list[str]:
    """The header's columns if they are those of the contract. Names in the message come from the contract or are
    checked first: a file without header has a person's values where the names should be."""
    others = headers(schema)
    names = [others.get(name.strip().lower(), name.strip()) for name in header]
    if any(holds_identity_number(name) for name in names):
        raise FileRefused(f"{path.name}: rubrikraden innehåller ett personnummer")
    undeclared = [name for name in names if name not in schema.columns]
    missing = [name for name in required_columns(schema) if name not in names]
    faults = [f"{path.name}: obligatorisk kolumn saknas: {name}" for name in missing]
    if undeclared and len(undeclared) == len(names):
        faults.append(f"{path.name}: rubrikraden saknas eller är en annan än kontraktets")
    else:
        faults += [f"{path.name}: kolumn utanför kontraktet: {_shown(name)}" for name in undeclared]
    faults += [f"{path.name}: kolumnen står flera gånger: {name}" for name in set(names) if names.count(name) > 1]
    if faults:
        raise FileRefused(*faults)
    return names


def _shown(name: str) -> str:
    """A column's name if it looks like one, else its absence: a name may be a value."""
    return name if re.fullmatch(r"[A-Za-zÅÄÖåäö_ ]{1,40}", name) else "(namn som inte liknar en kolumn)"


def _reading_fault(path: Path, fault: duckdb.Error) -> str:
    """What the database says, without the line that it quotes."""
    text = str(fault)
    line = re.search(r"Line:? (\d+)", text)
    where = f" på rad {line.group(1)}" if line else ""
    if "column" in text.lower() and line:
        return f"{path.name}: fel antal kolumner{where}; filen kan vara avkortad"
    if isinstance(fault, duckdb.InvalidInputException) and line:
        return f"{path.name}: raden kan inte läsas{where}; filen kan vara avkortad"
    return f"{path.name}: filen kan inte läsas{where}; den kan vara skadad eller avkortad"
