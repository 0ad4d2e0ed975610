"""A delivered file as the staged rows of its extract: read as text by another process, its headings recognised, its cells
in the contract's own spelling."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandera.pandas as pa

from identity.text import points_out_somebody
from pipelines import reading
from pipelines.deliveries.canonical import canonical
from pipelines.deliveries.pseudonym import Key, pseudonymise
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.sender import AS_IS, ExtractForm
from pipelines.reading import SILENT, Content, Limits, Unreadable, plain
from pipelines.reading.text import WHITE
from pipelines.reading.unreadable import quoted
from schemas.extracts.fields import headers, required_columns

STAGED = "inkommet"
ADVICE = "sjukvy inspect FIL föreslår vad rubrikerna betyder"


def stage(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    schema: pa.DataFrameSchema,
    folder: Path,
    *,
    counted: bool,
    limits: Limits,
    form: ExtractForm = AS_IS,
    key: Key | None = None,
    tell: Callable[[int, int], None] = SILENT,
) -> int:
    """Let STAGED be rad_nr (as in the file) and every column of the contract as trimmed text in its canonical form, empty
    as missing. `folder` holds the texts as long as STAGED is used; `counted`: the sender has said how many rows there are;
    `key` makes the pseudonyms that the form asks for; `tell` hears of rows read. Returns how many rows. Raises
    FileRefused."""
    spelled = spellings(schema, form)
    try:
        content = reading.read(path, folder, known=set(spelled), counted=counted, limits=limits, tell=tell)
    except Unreadable as fault:
        raise FileRefused(f"{path.name}: {fault}") from None
    places = _accepted(connection, path, content, schema, spelled)
    if key is not None:
        pseudonymise(content.texts, places, form.pseudonymisera, key)
    query = f"SELECT count(*) FROM read_parquet('{quoted(content.texts)}')"
    rows = connection.execute(query).fetchall()[0][0]
    if rows == 0:
        raise FileRefused(f"{path.name}: filen har inga rader")
    cells = ", ".join(_cell(name, column, places, content, form) for name, column in schema.columns.items())
    number = "rad_nr" if content.numbered else f"file_row_number + {content.at + 1} AS rad_nr"
    source = f"read_parquet('{quoted(content.texts)}', file_row_number = true)"
    stage_as(connection, f"SELECT {number}, {cells} FROM {source}", kept=False)
    return rows


def stage_as(connection: duckdb.DuckDBPyConnection, query: str, *, kept: bool) -> None:
    """Let STAGED be the query: kept as a table, or asked anew each time."""
    kinds = connection.execute(
        "SELECT table_type FROM information_schema.tables WHERE table_name = $name", {"name": STAGED}
    )
    for (kind,) in kinds.fetchall():
        connection.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {STAGED}")
    connection.execute(f"CREATE TEMP {'TABLE' if kept else 'VIEW'} {STAGED} AS {query}")


def spellings(schema: pa.DataFrameSchema, form: ExtractForm = AS_IS) -> dict[str, str]:
    """Every heading that is known, in its plain spelling, and the column that it is."""
    known = {plain(name): name for name in schema.columns}
    known |= {plain(heading): column for heading, column in headers(schema).items()}
    return known | {plain(heading): column for heading, column in form.rubriker.items()}


def _cell(name: str, column: pa.Column, places: dict[str, int], content: Content, form: ExtractForm) -> str:
    if name not in places:
        return f'CAST(NULL AS VARCHAR) AS "{name}"'
    cell = f"c{places[name]}"
    if not content.tidy:
        cell = f"trim({cell}, {_quoted(WHITE)})"
    return f'{in_form(cell, name, column, form)} AS "{name}"'


def in_form(cell: str, name: str, column: pa.Column, form: ExtractForm) -> str:
    """The SQL expression that gives a trimmed text in the contract's spelling, with the sender's codes; empty as NULL."""
    codes = form.koder.get(name, {})
    if codes:
        cases = " ".join(f"WHEN {_quoted(given)} THEN {_quoted(code)}" for given, code in codes.items())
        cell = f"CASE {cell} {cases} ELSE {cell} END"
    return f"nullif({canonical(column, cell)}, '')"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _accepted(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    content: Content,
    schema: pa.DataFrameSchema,
    spelled: dict[str, str],
) -> dict[str, int]:
    """Column → its place in the file, if the headings are those of the contract. Names in the message come from the
    contract or are checked first: a file without header has a person's values where the names should be."""
    given = [(at, heading.strip()) for at, heading in enumerate(content.header)]
    if any(points_out_somebody(heading) for _, heading in given):
        raise FileRefused(
            f"{path.name}: rubrikraden innehåller ett personnummer, en e-postadress eller ett telefonnummer"
        )
    blank = [at for at, heading in given if not heading]
    named = [(at, heading, spelled.get(plain(heading))) for at, heading in given if heading]
    unknown = [heading for _, heading, column in named if column is None]
    columns = [column for _, _, column in named if column is not None]
    missing = [name for name in required_columns(schema) if name not in columns]
    faults = [f"{path.name}: obligatorisk kolumn saknas: {name}" for name in missing]
    if unknown and not columns:
        faults.append(f"{path.name}: rubrikraden saknas eller är en annan än kontraktets")
    else:
        faults += [f"{path.name}: kolumn utanför kontraktet: {shown(name)}" for name in unknown]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    faults += [f"{path.name}: kolumnen står flera gånger: {name}" for name in twice]
    faults += [
        f"{path.name}: kolumn {at + 1} saknar rubrik men har värden" for at in _with_values(connection, content, blank)
    ]
    if unknown and missing:
        faults.append(f"{path.name}: {ADVICE}")
    if faults:
        raise FileRefused(*faults)
    return {column: at for at, _, column in named if column is not None}


def _with_values(connection: duckdb.DuckDBPyConnection, content: Content, places: list[int]) -> list[int]:
    """The columns without heading that are more than a delimiter after the last cell."""
    if not places:
        return []
    counts = ", ".join(f"count(nullif(trim(c{at}, {_quoted(WHITE)}), ''))" for at in places)
    ((*found,),) = connection.execute(f"SELECT {counts} FROM read_parquet('{quoted(content.texts)}')").fetchall()
    return [at for at, count in zip(places, found, strict=True) if count]


def shown(name: str) -> str:
    """A column's name if it looks like one, else its absence: a name may be a value."""
    return name if re.fullmatch(r"[A-Za-zÅÄÖåäö_ ]{1,40}", name) else "(namn som inte liknar en kolumn)"
