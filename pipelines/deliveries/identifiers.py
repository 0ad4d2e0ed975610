"""Finds what points out a person, wherever it stands in a delivered table: the patterns run in the database, and only
the few cells that match are looked at here."""

from dataclasses import dataclass

import duckdb
import pandera.pandas as pa

from identity import numbers
from identity.text import NUMBER, RESERVE, kinds_in
from pipelines.deliveries.compiled import repeats

BIRTH = "födelsedatum"
BEFORE, AFTER = r"(?:^|[^0-9A-Za-z])[A-Za-z]{0,6}", r"(?:$|[^0-9A-Za-z])"
SHARE = 0.5  # of a column's cells of that form
# what the database looks for, so that only few cells are looked at here
SUSPECT = (
    rf"{BEFORE}{numbers.PERSONAL}{AFTER}|(?:^|[^0-9A-Za-z]){numbers.RESERVED}{AFTER}|@|\+ ?46|(?:^|[^0-9A-Za-z])00?46"
    rf"|(?:^|[^0-9A-Za-z-])0[1-9][0-9]{{0,2}} ?[ {numbers.DASHES}/-] ?[1-9]|(?:^|[^0-9A-Za-z-])07[02369][0-9]{{7}}"
    rf"|[A-Za-zÀ-ÿ],? +[A-Za-zÀ-ÿ]"
)
DAY_OF_BIRTH = r"^(?:18|19|20)[0-9]{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])$"
TWELVE = rf"^{numbers.RESERVED}$"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One kind of thing in one column, and the rows that hold it."""

    kind: str
    column: str
    rows: tuple[int, ...]


def find(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    suspected: str,
    schema: pa.DataFrameSchema,
    *,
    serial: frozenset[str],
) -> list[Found]:
    """Everything in the staged text table that points out somebody, by kind and column. The patterns run in the database;
    only the few cells that match are looked at here. `suspected` is the table of the rows that may break the contract. In
    the columns `serial` ten and twelve digits are the sender's own counting."""
    found: list[Found] = []
    for name, suspects, days in _counts(connection, table, suspected, schema):
        hits, likely = _hits(connection, table, name, schema.columns[name].metadata["holds"]) if suspects else ({}, [])
        if name in serial:
            hits = {kind: rows for kind, rows in hits.items() if kind not in (NUMBER, RESERVE)}
        elif likely and len(likely) >= SHARE * _of_form(connection, table, name, TWELVE):
            hits[RESERVE] = [*hits.get(RESERVE, []), *likely]
        if days and (born := _days_of_birth(connection, table, name)):
            hits[BIRTH] = born
        found += [Found(kind=kind, column=name, rows=tuple(sorted(set(rows)))) for kind, rows in sorted(hits.items())]
    return found


def _counts(
    connection: duckdb.DuckDBPyConnection, table: str, suspected: str, schema: pa.DataFrameSchema
) -> list[tuple[str, int, int]]:
    """Of every column: how many cells (texts, where they repeat) are to be looked at, and how many have the form of a day
    where no day is declared. A cell that keeps to a closed form points out nobody: of such columns only the suspected rows
    are looked at."""
    closed = [name for name, column in schema.columns.items() if _is_closed(column)]
    again = [name for name, column in schema.columns.items() if name not in closed and repeats(column)]
    found: list[tuple[str, int, int]] = []
    for names, rows in (
        ([name for name in schema.columns if name not in (*closed, *again)], table),
        (closed, f"{table} SEMI JOIN {suspected} USING (rad_nr)"),
        *(([name], f'(SELECT DISTINCT "{name}" FROM {table}) AS texter') for name in again),
    ):
        asked = ", ".join(_counted(name, schema.columns[name].metadata["holds"]) for name in names)
        counted = connection.execute(f"SELECT {asked} FROM {rows}").fetchall()[0] if names else ()
        found += zip(names, counted[::2], counted[1::2], strict=True)
    return found


def _counted(name: str, holds: str) -> str:
    days = "0" if holds == "tid" else f"""count(*) FILTER (regexp_matches("{name}", '{DAY_OF_BIRTH}'))"""
    return f"""count(*) FILTER (regexp_matches("{name}", '{SUSPECT}')), {days}"""


def _is_closed(column: pa.Column) -> bool:
    return column.metadata["holds"] == "tid" or (column.metadata["holds"] == "kod" and column.metadata["form"] != "kod")


def _hits(
    connection: duckdb.DuckDBPyConnection, table: str, name: str, holds: str
) -> tuple[dict[str, list[int]], list[int]]:
    """Kind → row numbers of one column, and the rows that look like a reserve number without check digit."""
    cells = connection.execute(
        f'SELECT rad_nr, "{name}" FROM {table} WHERE regexp_matches("{name}", $pattern) ORDER BY rad_nr',
        {"pattern": SUSPECT},
    )
    hits: dict[str, list[int]] = {}
    likely: list[int] = []
    while block := cells.fetchmany(50_000):
        for number, cell in block:
            for kind in kinds_in(cell, holds):
                hits.setdefault(kind, []).append(number)
            if numbers.is_likely_reserved(cell):
                likely.append(number)
    return hits, likely


def _of_form(connection: duckdb.DuckDBPyConnection, table: str, name: str, form: str) -> int:
    query = f'SELECT count(*) FROM {table} WHERE regexp_matches("{name}", $form)'
    return connection.execute(query, {"form": form}).fetchall()[0][0]


def _days_of_birth(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> list[int]:
    """Rows with a day of birth, where most of the column's cells of eight digits, or of the form of a date, are one: a
    few are what counting from 10000000 meets by chance."""
    cells = connection.execute(
        f'SELECT rad_nr, "{name}" FROM {table} WHERE regexp_matches("{name}", $form) ORDER BY rad_nr',
        {"form": DAY_OF_BIRTH},
    ).fetchall()
    days = [number for number, cell in cells if numbers.born_on(cell.replace("-", ""))]
    alike = r"^[0-9]{4}-?[0-9]{2}-?[0-9]{2}$"
    return days if days and len(days) >= SHARE * _of_form(connection, table, name, alike) else []
