"""Puts checked rows into the raw table: new ones are added, known ones counted, corrections replace."""

import duckdb
import pandera.pandas as pa

from pipelines.deliveries.check import FAULTS
from pipelines.deliveries.read import STAGED
from schemas.extracts.fields import key_columns

TYPED = "typade"
CONFLICT = "samma nyckel och kand_fran som tidigare, olika innehåll"


def typed(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> None:
    """Make TYPED: the rows without fault, as the types of the warehouse."""
    cells = ", ".join(f'{_cast(name, column.metadata)} AS "{name}"' for name, column in schema.columns.items())
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {TYPED} AS SELECT rad_nr, {cells} FROM {STAGED} AS rader
        WHERE NOT EXISTS (SELECT 1 FROM {FAULTS} AS brister WHERE brister.rad_nr = rader.rad_nr)"""
    )


def _cast(name: str, metadata: dict) -> str:
    """The text of a column as its type. HSA-ids are compared without regard to case; a time with an offset becomes the
    clock in Stockholm."""
    cell, kind = f'"{name}"', metadata["sql"]
    if metadata["form"] == "HSA-id":
        return f"upper(trim({cell}))"
    if kind == "DOUBLE":
        return f"CAST(replace({cell}, ',', '.') AS DOUBLE)"
    if kind == "TIMESTAMP":
        offset = f"regexp_matches({cell}, '(Z|[+-][0-9]{{2}}:[0-9]{{2}})$') AND length({cell}) > 10"
        return (
            f"CASE WHEN {offset} THEN timezone('Europe/Stockholm', CAST({cell} AS TIMESTAMPTZ)) "
            f"ELSE TRY_CAST({cell} AS TIMESTAMP) END"
        )
    return cell if kind == "VARCHAR" else f"CAST({cell} AS {kind})"


def merge(
    connection: duckdb.DuckDBPyConnection, extract: str, schema: pa.DataFrameSchema, number: int
) -> tuple[int, int]:
    """Returns (loaded, duplicates). A row that is already there is a duplicate. The same key with other content is a
    correction where the key holds no time of knowledge, else a contradiction and goes to FAULTS."""
    key = " AND ".join(f'gammal."{name}" = ny."{name}"' for name in key_columns(schema))
    same = " AND ".join(f'gammal."{name}" IS NOT DISTINCT FROM ny."{name}"' for name in schema.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kanda AS
        SELECT ny.rad_nr, bool_or({same}) AS lika FROM {TYPED} AS ny
        JOIN raw.{extract} AS gammal ON {key} AND gammal.indragen_av IS NULL GROUP BY ny.rad_nr"""
    )
    again = connection.execute("SELECT count(*) FROM kanda WHERE lika").fetchall()[0][0]
    if "kand_fran" in key_columns(schema):
        connection.execute(f"INSERT INTO {FAULTS} SELECT rad_nr, 'nyckeln', '{CONFLICT}' FROM kanda WHERE NOT lika")
        fresh = "NOT EXISTS (SELECT 1 FROM kanda WHERE kanda.rad_nr = ny.rad_nr)"
    else:
        fresh = "NOT EXISTS (SELECT 1 FROM kanda WHERE kanda.rad_nr = ny.rad_nr AND kanda.lika)"
        connection.execute(
            f"""UPDATE raw.{extract} AS gammal SET indragen_av = $nr
            FROM {TYPED} AS ny JOIN kanda ON kanda.rad_nr = ny.rad_nr AND NOT kanda.lika
            WHERE {key} AND gammal.indragen_av IS NULL""",
            {"nr": number},
        )
    names = ", ".join(f'"{name}"' for name in schema.columns)
    connection.execute(
        f"INSERT INTO raw.{extract} SELECT {names}, $nr, rad_nr, NULL FROM {TYPED} AS ny WHERE {fresh}", {"nr": number}
    )
    loaded = connection.execute(f"SELECT count(*) FROM {TYPED} AS ny WHERE {fresh}").fetchall()[0][0]
    return loaded, again
