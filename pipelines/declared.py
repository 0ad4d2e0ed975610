"""What the SQL steps read besides deliveries, as tables: parameters, code lists and the groups that schemas declare."""

import tomllib
from importlib.resources import files
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import increment
from pipelines.errors import DeliveryError
from pipelines.settings import Settings
from schemas.dimension import Band
from schemas.dimensions import BREAKDOWNS
from schemas.landmark import LANDMARK_DAYS
from schemas.long_cases import REACHED_DAYS

CODES = files("schemas") / "codes"
NO_LIMIT = 2**31 - 1  # above every band that has no upper bound

# Code lists in schemas/codes that become tables of the same name, with the type of each column.
CODE_LISTS = {
    "diagnosgrupper": "fran, till, diagnosgrupp",
    "diagnos5": "diagnosgrupp, diagnos5",
    "diagnosavsnitt": "fran, till, avsnitt, kapitel",
    "diagnoskategorier": "fran, till",
    "nationella_diagnosgrupper": "diagnosgrupp, CAST(ordning AS INTEGER) AS ordning, etikett",
    "nationella_grupper": "indelning, CAST(ordning AS INTEGER) AS ordning, etikett, "
    "CAST(fran AS INTEGER) AS fran, CAST(till AS INTEGER) AS till",
}


def declare(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """The parameters and code lists that the SQL steps read, as tables."""
    connection.execute(
        """CREATE OR REPLACE TABLE core.installning AS SELECT
            CAST($gap AS INTEGER) AS gap_days, CAST($target AS INTEGER) AS target_day,
            CAST($window AS INTEGER) AS outcome_window, CAST($late AS INTEGER) AS late_days,
            CAST($low AS INTEGER) AS age_from, CAST($high AS INTEGER) AS age_to, CAST($day AS INTEGER) AS stock_day,
            CAST($unknown AS BOOLEAN) AS okand_enhet_raknas""",
        {
            "gap": settings.gap_days,
            "target": settings.target_day,
            "window": settings.outcome_window,
            "late": settings.late_days,
            "low": settings.age_from,
            "high": settings.age_to,
            "day": settings.stock_day,
            "unknown": settings.count_unknown_units,
        },
    )
    _declare_lists(connection)
    increment.declare(connection)
    codes = code_map(settings.config / "koordinering.toml")  # noqa: F841
    connection.execute(
        """CREATE OR REPLACE TABLE core.kodkarta AS SELECT kodverk, kod, handelse,
            CAST(giltig_fran AS DATE) AS giltig_fran, CAST(giltig_till AS DATE) AS giltig_till FROM codes"""
    )


def lists() -> list[str]:
    """The text of every code list."""
    return [(CODES / f"{name}.csv").read_text(encoding="utf-8") for name in CODE_LISTS]


def _declare_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """The code lists as tables, the ICD-10-SE categories one by one, and the groups that schemas declare."""
    for name, columns in CODE_LISTS.items():
        with (CODES / f"{name}.csv").open(encoding="utf-8") as file:
            rows = pd.read_csv(file, dtype=str)  # noqa: F841  (read by name in the query below)
        connection.execute(f"CREATE OR REPLACE TABLE core.{name} AS SELECT {columns} FROM rows")
    connection.execute(
        """CREATE OR REPLACE TABLE core.diagnoskategori AS
        SELECT left(fran, 1) || lpad(CAST(nummer AS VARCHAR), 2, '0') AS kategori FROM (
            SELECT fran, unnest(generate_series(CAST(substr(fran, 2) AS INTEGER), CAST(substr(till, 2) AS INTEGER)))
                AS nummer
            FROM core.diagnoskategorier)"""
    )
    _declare_groups(connection)


def _declare_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """The bands of the breakdowns, the days that cases are counted as reaching, and those from which they are followed."""
    connection.execute("CREATE OR REPLACE TABLE core.band (indelning TEXT, grupp TEXT, fran INTEGER, till INTEGER)")
    bands = [
        (dimension.column, band.id, band.low, NO_LIMIT if band.high is None else band.high)
        for dimension in BREAKDOWNS.values()
        for band in dimension.categories
        if isinstance(band, Band)
    ]
    connection.executemany("INSERT INTO core.band VALUES (?, ?, ?, ?)", bands)
    for name, days in (("nadd_dag", REACHED_DAYS), ("landmark_dag", LANDMARK_DAYS)):
        connection.execute(
            f"CREATE OR REPLACE TABLE core.{name} AS SELECT CAST(unnest($days) AS INTEGER) AS dag", {"days": list(days)}
        )


def code_map(path: Path) -> pd.DataFrame:
    """The region's mapping of codes to events: kodverk, kod, handelse, giltig_fran, giltig_till (dates as text)."""
    if not path.is_file():
        raise DeliveryError(
            "Kodkartan för koordinering saknas.", faults=[path.name], advice="Lägg koordinering.toml i mappen config."
        )
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["kod"]
    return pd.DataFrame(rows, columns=["kodverk", "kod", "handelse", "giltig_fran", "giltig_till"]).astype(str)
