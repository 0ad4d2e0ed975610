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
from schemas.extracts.fields import as_text, key_columns

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


def contradicts(schema: pa.DataFrameSchema) -> bool:
    """Whether the key holds the time of knowledge, so that the same key with other content is no correction."""
    return "kand_fran" in key_columns(schema)


def content(schema: pa.DataFrameSchema, side: str) -> str:
    """The SQL expression for all that a row of `side` says, by which contradicting rows are put in an order of their own."""
    return as_text(schema.columns, side)


def merge(
    connection: duckdb.DuckDBPyConnection,
    extract: str,
    schema: pa.DataFrameSchema,
    number: int,
    said: datetime,
    tried: int = 0,
) -> tuple[int, int]:
    """Returns (loaded, duplicates). A row that is already there is a duplicate. The same key with other content is a
    correction where the key holds no time of knowledge: what was `said` last stands. Else it is a contradiction, of which
    one and always the same is kept, and the other goes to quarantine. `tried` = the delivery whose quarantine it comes from."""
    known, against = _compare_with_known(connection, extract, schema, said)
    if against and contradicts(schema):
        _recognise(connection, extract, schema, tried)
    if known:
        _replace(connection, extract, schema, number, said)
    again = connection.execute("SELECT count(*) FILTER (lika) FROM kanda").fetchall()[0][0]
    if contradicts(schema):
        connection.execute(
            f"INSERT INTO {FAULTS} SELECT rad_nr, 'nyckeln', '{CONFLICT}' FROM kanda WHERE NOT lika AND NOT ersatter"
        )
    names = ", ".join(f'ny."{name}"' for name in schema.columns)
    older = "CASE WHEN NOT kanda.ersatter THEN kanda.foregaende END"  # a correction came before what it corrects
    left = "kanda.rad_nr IS NULL OR kanda.ersatter" if contradicts(schema) else "kanda.rad_nr IS NULL OR NOT kanda.lika"
    source = f"LEFT JOIN kanda ON kanda.rad_nr = ny.rad_nr WHERE {left}" if known else ""
    loaded = connection.execute(
        f"""INSERT INTO raw.{extract} SELECT {names}, $nr, ny.rad_nr, {older if known else "NULL"}, $said
        FROM {ACCEPTED} AS ny {source}""",
        {"nr": number, "said": said},
    ).fetchall()[0][0]
    return loaded, again


def _compare_with_known(
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, said: datetime
) -> tuple[int, int]:
    """kanda: the accepted rows whose key is known, and of which row: the standing one, and where rows can contradict each
    other the one that is kept, withdrawn or not. Returns how many, and how many of them say something else."""
    key = " AND ".join(f'gammal."{name}" = ny."{name}"' for name in key_columns(schema))
    same = " AND ".join(f'gammal."{name}" IS NOT DISTINCT FROM ny."{name}"' for name in schema.columns)
    prevails = _prevails(schema)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kanda AS
        SELECT ny.rad_nr, {same} AS lika, CASE WHEN {same} THEN false ELSE {prevails} END AS ersatter,
            gammal.rowid AS plats, gammal.leverans_nr AS foregaende
        FROM {ACCEPTED} AS ny JOIN raw.{extract} AS gammal
            ON {key} {"" if contradicts(schema) else "AND gammal.indragen_av IS NULL"}""",
        {"said": said} if "$said" in prevails else {},
    )
    if contradicts(schema):
        _only_kept(connection, extract, schema)
    return connection.execute("SELECT count(*), count(*) FILTER (NOT lika) FROM kanda").fetchall()[0]


def _only_kept(connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema) -> None:
    """Of several rows with one key the first in order is kept; the others are in quarantine."""
    connection.execute(
        f"""DELETE FROM kanda USING (
            SELECT kanda.rad_nr, kanda.plats, row_number() OVER (
                PARTITION BY kanda.rad_nr ORDER BY {content(schema, "gammal")}, gammal.indragen_av NULLS FIRST) AS ordning
            FROM kanda JOIN raw.{extract} AS gammal ON gammal.rowid = kanda.plats
            WHERE kanda.rad_nr IN (SELECT rad_nr FROM kanda GROUP BY rad_nr HAVING count(*) > 1)) AS flera
        WHERE flera.rad_nr = kanda.rad_nr AND flera.plats = kanda.plats AND flera.ordning > 1"""
    )


def _prevails(schema: pa.DataFrameSchema) -> str:
    """The SQL condition on a new row that the standing one with its key and other content gives way."""
    if contradicts(schema):
        return f"{content(schema, 'ny')} < {content(schema, 'gammal')}"
    last = "(gammal.sagd IS NULL OR gammal.sagd <= $said)"
    if "kand_fran" not in schema.columns:
        return last
    return f"""CASE WHEN ny.kand_fran IS DISTINCT FROM gammal.kand_fran
        THEN gammal.kand_fran IS NULL OR coalesce(ny.kand_fran > gammal.kand_fran, false) ELSE {last} END"""


def _recognise(connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, tried: int) -> None:
    """A contradicting row that is in quarantine as such already is a duplicate, of no standing row. One that is `tried` again
    does not find itself."""
    cells = {
        name: as_type(column, f"json_extract_string(innehall, '$.{name}')") for name, column in schema.columns.items()
    }
    same = " AND ".join(f'{cell} IS NOT DISTINCT FROM ny."{name}"' for name, cell in cells.items())
    connection.execute(
        f"""UPDATE kanda SET lika = true, plats = NULL FROM {ACCEPTED} AS ny, ledger.karantan AS karantan
        WHERE kanda.rad_nr = ny.rad_nr AND NOT kanda.lika AND NOT kanda.ersatter AND karantan.extrakt = $extract
            AND (karantan.leverans_nr <> $tried OR karantan.rad_nr <> kanda.rad_nr)
            AND list_contains(karantan.regler, 'nyckeln: ' || $rule) AND {same}""",
        {"extract": extract, "rule": CONFLICT, "tried": tried},
    )


def _replace(
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int, said: datetime
) -> None:
    """Of the known rows in `kanda`: those that give way do, and those that are said again were said now."""
    if contradicts(schema):
        displaced(connection, extract, schema, CONFLICT)
    connection.execute(
        f"""UPDATE raw.{extract} SET indragen_av = $nr WHERE rowid IN (SELECT plats FROM kanda WHERE ersatter)""",
        {"nr": number},
    )
    if not contradicts(schema):  # there a key is said again as a whole
        connection.execute(
            f"""UPDATE raw.{extract} SET sagd = $said
            WHERE rowid IN (SELECT plats FROM kanda WHERE lika) AND (sagd IS NULL OR sagd < $said)""",
            {"said": said},
        )
