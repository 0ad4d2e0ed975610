"""Checks the staged rows against the contract, in bounded memory, and keeps row numbers and rules but never values."""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa

from pipelines.deliveries.read import STAGED
from schemas.extracts.fields import key_columns

CHUNK = 100_000
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
FAULTS = "brister"
SAME, DIFFERENT = "samma nyckel flera gånger", "samma nyckel, olika innehåll"


def check(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, rows: int, *, progress: Callable[[int], None]
) -> None:
    """Fill FAULTS (rad_nr, kolumn, regel) with everything that keeps a row out. Checks of one row are pandera's, chunk
    by chunk; keys are compared over the whole file, among rows that have no other fault."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {FAULTS} (rad_nr BIGINT, kolumn VARCHAR, regel VARCHAR)")
    names = ", ".join(f'"{name}"' for name in schema.columns)
    for first in range(2, rows + 2, CHUNK):
        frame = connection.execute(
            f"SELECT rad_nr, {names} FROM {STAGED} WHERE rad_nr >= $first AND rad_nr < $next ORDER BY rad_nr",
            {"first": first, "next": first + CHUNK},
        ).df()
        _keep(connection, _failures(frame.set_index("rad_nr").astype(TEXT), schema))
        progress(min(rows, first + CHUNK - 2))
    _compare_keys(connection, schema)


def _failures(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """rad_nr, kolumn, regel of every failing cell or row of one chunk."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        cases = broken.failure_cases
        across = cases["schema_context"].eq("DataFrameSchema")
        said = cases["check"].astype(str).replace({"not_nullable": "värde saknas"})
        found = pd.DataFrame(
            {"rad_nr": cases["index"], "kolumn": cases["column"].where(~across, "hela raden"), "regel": said}
        )
        # a missing value also fails what compares it; a rule over the row is reported once per column
        return found.dropna(subset=["rad_nr"]).drop_duplicates()
    return pd.DataFrame(columns=["rad_nr", "kolumn", "regel"])


def _keep(connection: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> None:
    if len(found):
        connection.register("found", found)
        connection.execute(f"INSERT INTO {FAULTS} SELECT rad_nr, kolumn, regel FROM found")
        connection.unregister("found")


def _compare_keys(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> None:
    """Of identical copies the first stays; where copies differ nobody can know which is right, so none does."""
    key = ", ".join(f'"{name}"' for name in key_columns(schema))
    content = ", ".join(f'"{name}"' for name in schema.columns)
    connection.execute(
        f"""INSERT INTO {FAULTS}
        WITH copies AS (
            SELECT rad_nr, hash({content}) AS innehall,
                row_number() OVER (PARTITION BY {key} ORDER BY rad_nr) AS ordning,
                count(*) OVER (PARTITION BY {key}) AS antal,
                min(hash({content})) OVER (PARTITION BY {key}) = max(hash({content})) OVER (PARTITION BY {key}) AS lika
            FROM {STAGED} AS rader
            WHERE NOT EXISTS (SELECT 1 FROM {FAULTS} AS brister WHERE brister.rad_nr = rader.rad_nr)
        )
        SELECT rad_nr, 'nyckeln', CASE WHEN lika THEN '{SAME}' ELSE '{DIFFERENT}' END
        FROM copies WHERE antal > 1 AND (NOT lika OR ordning > 1)"""
    )
