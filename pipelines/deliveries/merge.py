"""Puts checked rows into the raw table: new ones are added, known ones counted, corrections replace."""

import duckdb
import pandera.pandas as pa

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
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int
) -> tuple[int, int]:
    """Returns (loaded, duplicates). A row that is already there is a duplicate. The same key with other content is a
    correction where the key holds no time of knowledge, else a contradiction and goes to FAULTS."""
    key = " AND ".join(f'gammal."{name}" = ny."{name}"' for name in key_columns(schema))
    same = " AND ".join(f'gammal."{name}" IS NOT DISTINCT FROM ny."{name}"' for name in schema.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kanda AS
        SELECT ny.rad_nr, bool_or({same}) AS lika FROM {ACCEPTED} AS ny
        JOIN raw.{extract} AS gammal ON {key} AND gammal.indragen_av IS NULL GROUP BY ny.rad_nr"""
    )
    again, known = connection.execute("SELECT count(*) FILTER (lika), count(*) FROM kanda").fetchall()[0]
    if "kand_fran" in key_columns(schema):
        connection.execute(f"INSERT INTO {FAULTS} SELECT rad_nr, 'nyckeln', '{CONFLICT}' FROM kanda WHERE NOT lika")
        fresh = "NOT EXISTS (SELECT 1 FROM kanda WHERE kanda.rad_nr = ny.rad_nr)"
    else:
        fresh = "NOT EXISTS (SELECT 1 FROM kanda WHERE kanda.rad_nr = ny.rad_nr AND kanda.lika)"
        connection.execute(
            f"""UPDATE raw.{extract} AS gammal SET indragen_av = $nr
            FROM {ACCEPTED} AS ny JOIN kanda ON kanda.rad_nr = ny.rad_nr AND NOT kanda.lika
            WHERE {key} AND gammal.indragen_av IS NULL""",
            {"nr": number},
        )
    names = ", ".join(f'"{name}"' for name in schema.columns)
    loaded = connection.execute(
        f"INSERT INTO raw.{extract} SELECT {names}, $nr, rad_nr, NULL FROM {ACCEPTED} AS ny WHERE {fresh if known else 'true'}",
        {"nr": number},
    ).fetchall()[0][0]
    return loaded, again
