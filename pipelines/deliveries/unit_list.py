"""The national upload's unit list: recognised by its header, and turned into rows of the extracts it carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa

from pipelines.deliveries.check import suspect
from pipelines.deliveries.read import STAGED, stage_as
from pipelines.deliveries.refusal import FileRefused
from pipelines.reading import first_rows
from pipelines.settings import Settings
from schemas.extracts import enheter, listade
from schemas.extracts.fields import headers, required_columns
from schemas.extracts.vardenhetslista import CARRIES, SINCE, schema

UNIT_LIST = schema.name
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


@dataclass(frozen=True, kw_only=True)
class UnitListSaid:
    """What such a list does not say of itself and somebody must: its month, and the units' region and provider. Empty =
    not said here; region and provider may stand in the settings, the month is asked for every time."""

    manad: str = ""
    region: str = ""
    vardgivare: str = ""


def is_unit_list(path: Path) -> bool:
    """True when the first row is a header of the list, in any of its spellings."""
    known = headers(schema)
    rows = first_rows(path, 1)
    names = [name.strip().lower() for name in rows[0] if name.strip()] if rows else []
    columns = {known.get(name) for name in names}
    return None not in columns and columns >= set(required_columns(schema))


def constants(name: str, said: UnitListSaid, settings: Settings) -> dict[str, dict[str, str]]:
    """Extract → column → value of what is the same in every row. Raises FileRefused when something is not said or does
    not have its form: nothing of this is guessed."""
    values = {
        enheter.schema.name: {
            "giltig_fran": SINCE,
            "vardgivare_id": said.vardgivare or settings.list_provider,
            "enhetstyp": settings.list_unit_type,
            "region": said.region or settings.list_region,
        },
        listade.schema.name: {"manad": said.manad, "kon": listade.TOTAL, "aldersgrupp": listade.TOTAL},
    }
    wrong = [
        column for extract in CARRIES for column, value in values[extract.name].items()
        if not _holds(extract.columns[column], value)
    ]  # fmt: skip
    if wrong:
        raise FileRefused(*(f"{name}: är en vårdenhetslista, och {_MISSING[column]}" for column in wrong))
    return values


_MISSING = {
    "vardgivare_id": "vårdgivarens HSA-id saknas eller har fel form: --vardgivare HSA-ID, eller list_provider i region.toml",
    "enhetstyp": "enheternas slag är okänt: list_unit_type i region.toml",
    "region": "regionens namn saknas: --region NAMN, eller list_region i region.toml",
    "manad": "månaden som antalen gäller saknas eller har fel form: --manad ÅÅÅÅ-MM",
}


def extracts_of(
    connection: duckdb.DuckDBPyConnection, given: dict[str, dict[str, str]]
) -> Iterator[tuple[pa.DataFrameSchema, int]]:
    """From the staged list make, one after the other, the staged rows of each extract that it carries; yields the
    contract and the number of rows. A blank number states nothing and is no row of listade."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE vardenhetslista AS SELECT * FROM {STAGED}")
    for extract in CARRIES:
        cells = ", ".join(_cell(column, given[extract.name]) for column in extract.columns)
        stated = "antal IS NOT NULL" if extract is listade.schema else "true"
        stage_as(connection, f"SELECT rad_nr, {cells} FROM vardenhetslista WHERE {stated}", kept=True)
        suspect(connection, extract)
        rows = connection.execute(f"SELECT count(*) FROM {STAGED}").fetchall()[0][0]
        if rows:
            yield extract, rows


def _cell(column: str, given: dict[str, str]) -> str:
    if column in given:
        value = given[column].replace("'", "''")
        return f"CAST('{value}' AS VARCHAR) AS \"{column}\""
    return f'"{column}"' if column in schema.columns else f'CAST(NULL AS VARCHAR) AS "{column}"'


def _holds(column: pa.Column, value: str) -> bool:
    try:
        column.validate(pd.DataFrame({column.name: pd.Series([value or None], dtype=TEXT)}))
    except pa.errors.SchemaError:
        return False
    return True
