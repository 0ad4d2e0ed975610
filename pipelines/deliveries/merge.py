"""Puts checked rows into the raw table: new ones are added, known ones counted, corrections replace. What stands then
depends on what has been said and when, never on what came first."""

from datetime import datetime

import duckdb
import pandera.pandas as pa

from pipelines.deliveries.account import displaced
from pipelines.deliveries.check import FAULTS
from pipelines.deliveries.convert import create_macros
from pipelines.deliveries.convert import typed as as_type
from pipelines.deliveries.read import STAGED
from schemas.extracts.fields import key_columns

TYPED, ACCEPTED = "typade", "godkanda"
CONFLICT = "samma nyckel och kand_fran som tidigare, olika innehåll"
SAME, DIFFERENT = "samma nyckel flera gånger", "samma nyckel, olika innehåll"
UNREADABLE = "finns inte som värde av det slaget"


def typed(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> None:
    """Let TYPED be every staged row as the types of the warehouse (NULL where it cannot be), and ACCEPTED those without
    fault. What the contract let through but no type can hold (25 o'clock) is a fault, never a silent NULL."""
    create_macros(connection)
    cells = {name: as_type(column, f'"{name}"') for name, column in schema.columns.items()}
    listed = ", ".join(f'{cell} AS "{name}"' for name, cell in cells.items())
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {TYPED} AS SELECT rad_nr, {listed} FROM {STAGED} AS rader")
    lost = {
        name: f'"{name}" IS NOT NULL AND {cells[name]} IS NULL'
        for name, column in schema.columns.items()
        if column.metadata["sql"] != "VARCHAR"
    }
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in lost.values())
    ((*found,),) = connection.execute(f"SELECT {counts} FROM {STAGED} AS rader").fetchall() if lost else [()]
    for name in [name for name, count in zip(lost, found, strict=True) if count]:
        connection.execute(
            f"""INSERT INTO {FAULTS} SELECT rad_nr, '{name}', '{UNREADABLE}' FROM {STAGED} AS rader
            WHERE {lost[name]} AND NOT EXISTS (
                SELECT 1 FROM {FAULTS} AS brister WHERE brister.rad_nr = rader.rad_nr AND brister.kolumn = '{name}')"""
        )
    _accept(connection)
    _compare_keys(connection, schema)
    _accept(connection)


def _accept(connection: duckdb.DuckDBPyConnection) -> None:
    """ACCEPTED: the rows of TYPED without fault. Where there is none, nothing is compared for it: ten million rows are
    copied in half the time."""
    faulty = connection.execute(f"SELECT count(*) FROM {FAULTS}").fetchall()[0][0]
    without = (
        f"WHERE NOT EXISTS (SELECT 1 FROM {FAULTS} AS brister WHERE brister.rad_nr = rader.rad_nr)" if faulty else ""
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {ACCEPTED} AS SELECT * FROM {TYPED} AS rader {without}")


def _compare_keys(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> None:
    """Of identical copies the first stays; where copies differ nobody can know which is right, so none does. Compared
    as the warehouse sees them: se1-1001 and SE1-1001 are one unit."""
    key = ", ".join(f'"{name}"' for name in key_columns(schema))
    content = ", ".join(f'"{name}"' for name in schema.columns)
    # by hash first: eight bytes a row instead of the key, and hardly any row is left
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE flera AS
        SELECT * FROM {ACCEPTED} WHERE hash({key}) IN (
            SELECT hash({key}) AS nyckel FROM {ACCEPTED} GROUP BY nyckel HAVING count(*) > 1)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kopior AS
        WITH olika AS (
            SELECT {key}, count(DISTINCT row({content})) AS innehall_antal FROM flera GROUP BY {key} HAVING count(*) > 1
        )
        SELECT rad_nr, innehall_antal > 1 AS olika, row_number() OVER (PARTITION BY {key} ORDER BY rad_nr) AS ordning
        FROM flera JOIN olika USING ({key})"""
    )
    connection.execute(
        f"""INSERT INTO {FAULTS} SELECT rad_nr, 'nyckeln', CASE WHEN olika THEN '{DIFFERENT}' ELSE '{SAME}' END
        FROM kopior WHERE olika OR ordning > 1"""
    )


def merge(
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int, said: datetime
) -> tuple[int, int]:
    """Returns (loaded, duplicates). A row that is already there is a duplicate. The same key with other content is a
    correction where the key holds no time of knowledge: what was `said` last stands. Else it is a contradiction, of which
    one and always the same is kept, and the other goes to quarantine."""
    key = " AND ".join(f'gammal."{name}" = ny."{name}"' for name in key_columns(schema))
    same = " AND ".join(f'gammal."{name}" IS NOT DISTINCT FROM ny."{name}"' for name in schema.columns)
    contradicts = "kand_fran" in key_columns(schema)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kanda AS
        SELECT ny.rad_nr, {same} AS lika, CASE WHEN {same} THEN false ELSE {_prevails(schema)} END AS ersatter,
            gammal.rowid AS plats, gammal.leverans_nr AS foregaende
        FROM {ACCEPTED} AS ny JOIN raw.{extract} AS gammal ON {key} AND gammal.indragen_av IS NULL""",
        {"said": said} if "$said" in _prevails(schema) else {},
    )
    known, against = connection.execute("SELECT count(*), count(*) FILTER (NOT lika) FROM kanda").fetchall()[0]
    if against and contradicts:
        _recognise(connection, extract, schema)
    if known:
        _replace(connection, extract, schema, number, said)
    again = connection.execute("SELECT count(*) FILTER (lika) FROM kanda").fetchall()[0][0]
    if contradicts:
        connection.execute(
            f"INSERT INTO {FAULTS} SELECT rad_nr, 'nyckeln', '{CONFLICT}' FROM kanda WHERE NOT lika AND NOT ersatter"
        )
    names = ", ".join(f'ny."{name}"' for name in schema.columns)
    older = "CASE WHEN NOT kanda.ersatter THEN kanda.foregaende END"  # a correction came before what it corrects
    left = "kanda.rad_nr IS NULL OR kanda.ersatter" if contradicts else "kanda.rad_nr IS NULL OR NOT kanda.lika"
    source = f"LEFT JOIN kanda ON kanda.rad_nr = ny.rad_nr WHERE {left}" if known else ""
    loaded = connection.execute(
        f"""INSERT INTO raw.{extract} SELECT {names}, $nr, ny.rad_nr, {older if known else "NULL"}, $said
        FROM {ACCEPTED} AS ny {source}""",
        {"nr": number, "said": said},
    ).fetchall()[0][0]
    return loaded, again


def _prevails(schema: pa.DataFrameSchema) -> str:
    """The SQL condition on a new row that the standing one with its key and other content gives way."""
    if "kand_fran" in key_columns(schema):
        new, old = (
            " || '|' || ".join(f"""coalesce(CAST({side}."{name}" AS VARCHAR), '')""" for name in schema.columns)
            for side in ("ny", "gammal")
        )
        return f"{new} < {old}"
    last = "(gammal.sagd IS NULL OR gammal.sagd <= $said)"
    if "kand_fran" not in schema.columns:
        return last
    return f"""CASE WHEN ny.kand_fran IS DISTINCT FROM gammal.kand_fran
        THEN gammal.kand_fran IS NULL OR coalesce(ny.kand_fran > gammal.kand_fran, false) ELSE {last} END"""


def _recognise(connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema) -> None:
    """A contradicting row that is in quarantine as such already is a duplicate, of no standing row."""
    cells = {
        name: as_type(column, f"json_extract_string(innehall, '$.{name}')") for name, column in schema.columns.items()
    }
    same = " AND ".join(f'{cell} IS NOT DISTINCT FROM ny."{name}"' for name, cell in cells.items())
    connection.execute(
        f"""UPDATE kanda SET lika = true, plats = NULL FROM {ACCEPTED} AS ny, ledger.karantan AS karantan
        WHERE kanda.rad_nr = ny.rad_nr AND NOT kanda.lika AND NOT kanda.ersatter AND karantan.extrakt = $extract
            AND list_contains(karantan.regler, 'nyckeln: ' || $rule) AND {same}""",
        {"extract": extract, "rule": CONFLICT},
    )


def _replace(
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int, said: datetime
) -> None:
    """Of the standing rows in `kanda`: those that give way do, and those that are said again were said now."""
    if "kand_fran" in key_columns(schema):
        displaced(connection, extract, schema, CONFLICT)
    connection.execute(
        f"""UPDATE raw.{extract} SET indragen_av = $nr WHERE rowid IN (SELECT plats FROM kanda WHERE ersatter)""",
        {"nr": number},
    )
    connection.execute(
        f"""UPDATE raw.{extract} SET sagd = $said
        WHERE rowid IN (SELECT plats FROM kanda WHERE lika) AND (sagd IS NULL OR sagd < $said)""",
        {"said": said},
    )
