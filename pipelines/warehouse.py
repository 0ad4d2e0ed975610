"""The only door to the row-level database; runs the SQL steps in their order and the checks after them."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import increment
from pipelines.errors import CheckError, DeliveryError
from pipelines.settings import Settings
from schemas.dimension import Band
from schemas.dimensions import BREAKDOWNS
from schemas.long_cases import REACHED_DAYS

SQL = files("pipelines") / "sql"
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
# Each step is a file sql/<schema>/<table>.sql and makes that table; later steps read earlier ones.
STEPS = (
    "core.period",
    "core.manad",
    "core.enhet",
    "core.patient",
    "core.diagnoskod",
    "core.intyg_gallande",
    "core.intyg_provad",
    "core.sjukfall_period",
    "core.sjukfall",
    "core.intyg_utbytt",
    "core.koordinering",
    "core.forsta_insats",
    "core.forsta_stod",
    "core.utfall",
    "core.sjukfall_slut",
    "core.sjukfall_hittills",
    "mart.listade",
    "mart.listade_alder",
    "mart.bemanning",
    "mart.stora_enheter",
    "mart.listade_totalt",
    "mart.pagaende",
    "mart.pagaende_dag",
    "mart.under",
    "mart.startade",
    "mart.avslutade",
    "mart.avslut",
    "mart.dag_nadd",
    "mart.intyg",
    "mart.meddelanden",
    "mart.atergang",
    "mart.partiell",
    "mart.varaktig",
    "mart.varaktigt_avslut",
    "mart.aterinsjuknande",
    "mart.gradbyte",
    "mart.tackning",
    "mart.tid_insats",
    "mart.malgrupp",
    "mart.utan_sjukfall",
    "mart.utdrag",
    "mart.datafel",
)


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write; DuckDB lets one process at a time have it."""
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": str(settings.warehouse.parent / "spill"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(settings.warehouse), config=config)
    except duckdb.IOException as fault:
        raise DeliveryError(
            "Datalagret kan inte öppnas.",
            advice="Kontrollera att ingen annan körning pågår och att disken inte är full.",
        ) from fault
    try:
        yield connection
    finally:
        connection.close()


def build(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    *,
    progress: Callable[[str], None],
    onward: bool = False,
) -> None:
    """Rebuild everything derived from the raw tables, in one transaction, and check it. With `onward` the sjukfall of
    patients whom no new delivery touches are kept where nothing else has changed. Raises CheckError."""
    connection.execute("BEGIN")
    try:
        connection.execute("CREATE SCHEMA IF NOT EXISTS core")
        connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
        declare(connection, settings)
        derive(connection, STEPS, progress=progress, onward=onward)
        check(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def derive(
    connection: duckdb.DuckDBPyConnection, steps: Sequence[str], *, progress: Callable[[str], None], onward: bool
) -> None:
    """Run the steps in order; those before core.patient decide whether only touched patients need to be derived."""
    now, partly = None, False
    for step in steps:
        progress(step)
        if step == "core.patient":
            if not onward:
                connection.execute("DELETE FROM core.harlett")
            now = increment.present(connection, _sources())
            partly = increment.continues(connection, now)
        if step in increment.BY_PATIENT:
            (increment.derive_touched if partly else increment.derive_all)(connection, step, query(step))
        else:
            run_step(connection, step)
    if now is not None:
        increment.remember(connection, now)


def run_step(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    """Make one table from its file, or add to it. Step names come from STEPS and the views, never from outside."""
    made = f"INSERT INTO {step}" if step in increment.GROWING else f"CREATE OR REPLACE TABLE {step} AS"
    connection.execute(f"{made}\n{query(step)}")


def query(step: str) -> str:
    schema, table = step.split(".")
    return (SQL / schema / f"{table}.sql").read_text(encoding="utf-8")


def _sources() -> str:
    """The text that certificates are derived by: steps and code lists."""
    lists = [(CODES / f"{name}.csv").read_text(encoding="utf-8") for name in CODE_LISTS]
    return "".join([*(query(step) for step in ("core.diagnoskod", *increment.BY_PATIENT)), *lists])


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Every query in sql/checks returns no row; otherwise CheckError with the names of those that do."""
    faults = []
    for path in sorted((SQL / "checks").iterdir(), key=lambda path: path.name):
        rows = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        if rows:
            faults.append(f"{path.name.removesuffix('.sql').replace('_', ' ')}: {len(rows)} rows")
    if faults:
        raise CheckError(
            "Tabellerna håller inte vad de ska. Ingen ny statistik publiceras.",
            faults=faults,
            advice="Felet ligger i bearbetningen, inte i leveransen. Anmäl det med texten ovan.",
        )


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
    """The bands of the breakdowns, and the days that cases are counted as reaching."""
    connection.execute(
        "CREATE OR REPLACE TABLE core.band (indelning VARCHAR, grupp VARCHAR, fran INTEGER, till INTEGER)"
    )
    bands = [
        (dimension.column, band.id, band.low, NO_LIMIT if band.high is None else band.high)
        for dimension in BREAKDOWNS.values()
        for band in dimension.categories
        if isinstance(band, Band)
    ]
    connection.executemany("INSERT INTO core.band VALUES (?, ?, ?, ?)", bands)
    connection.execute(
        "CREATE OR REPLACE TABLE core.nadd_dag AS SELECT CAST(unnest($days) AS INTEGER) AS dag",
        {"days": list(REACHED_DAYS)},
    )


def code_map(path: Path) -> pd.DataFrame:
    """The region's mapping of codes to events: kodverk, kod, handelse, giltig_fran, giltig_till (dates as text)."""
    if not path.is_file():
        raise DeliveryError(
            "Kodkartan för koordinering saknas.", faults=[path.name], advice="Lägg koordinering.toml i mappen config."
        )
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["kod"]
    return pd.DataFrame(rows, columns=["kodverk", "kod", "handelse", "giltig_fran", "giltig_till"]).astype(str)
