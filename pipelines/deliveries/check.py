"""Checks the staged rows against the contract, in bounded memory, and keeps row numbers and rules but never values."""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa

from pipelines.deliveries.compiled import odd_text, repeats, suspicious
from pipelines.deliveries.read import STAGED
from pipelines.errors import CheckError

CHUNK = 100_000
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
FAULTS, SUSPECTED = "brister", "misstankta"


def suspect(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> None:
    """Fill SUSPECTED (rad_nr, plats) with the rows that may break the contract: the database finds them."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {SUSPECTED} AS
        SELECT rad_nr, row_number() OVER () - 1 AS plats FROM {STAGED} WHERE {suspicious(schema, _odd(connection, schema))}"""
    )


def _odd(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema) -> dict[str, str]:
    """Of every column that repeats its texts: the table of those that may break its checks, empty when there are none."""
    found: dict[str, str] = {}
    for name, column in schema.columns.items():
        if repeats(column):
            table = f"udda_{name}"
            connection.execute(
                f"""CREATE OR REPLACE TEMP TABLE {table} AS
                SELECT "{name}" FROM (SELECT DISTINCT "{name}" FROM {STAGED}) AS texter WHERE {odd_text(name, column)}"""
            )
            some = connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            found[name] = table if some else ""
    return found


def check(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, rows: int, *, progress: Callable[[int], None]
) -> None:
    """Fill FAULTS (rad_nr, kolumn, regel) with everything that keeps a row out. Which of the rows in SUSPECTED break the
    contract and why is pandera's to say, chunk by chunk."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {FAULTS} (rad_nr BIGINT, kolumn VARCHAR, regel VARCHAR)")
    names = ", ".join(f'"{name}"' for name in schema.columns)
    suspected = connection.execute(f"SELECT count(*) FROM {SUSPECTED}").fetchall()[0][0]
    for first in range(0, suspected, CHUNK):
        frame = connection.execute(
            f"""SELECT rad_nr, {names} FROM {STAGED} SEMI JOIN (
                SELECT rad_nr FROM {SUSPECTED} WHERE plats >= $first AND plats < $next) AS del USING (rad_nr)
            ORDER BY rad_nr""",
            {"first": first, "next": first + CHUNK},
        ).df()
        _keep(connection, _failures(frame.set_index("rad_nr").astype(TEXT), schema))
        progress(rows * min(suspected, first + CHUNK) // suspected)
    progress(rows)


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
        if found["rad_nr"].isna().any():  # a check that broke says nothing about any row
            raise CheckError(f"Kontraktet för {schema.name} kan inte prövas.", faults=sorted(set(said))) from None
        # one reason a cell; a rule over the row is reported once per column, and says nothing when a cell is wrong
        cells = found[~across].drop_duplicates(["rad_nr", "kolumn"])
        rows = found[across & ~found["rad_nr"].isin(cells["rad_nr"])].drop_duplicates()
        return pd.concat([cells, rows])
    return pd.DataFrame(columns=["rad_nr", "kolumn", "regel"])


def _keep(connection: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> None:
    if len(found):
        connection.register("found", found)
        connection.execute(f"INSERT INTO {FAULTS} SELECT rad_nr, kolumn, regel FROM found")
        connection.unregister("found")
