"""The only door to the row-level database; runs the SQL steps in their order and the checks after them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files

import duckdb

from pipelines import increment
from pipelines.access import WRITE, opened
from pipelines.boundary import crossing
from pipelines.coded import in_words
from pipelines.declared import declare, lists
from pipelines.errors import CheckError, DeliveryError
from pipelines.progress import interruptible
from pipelines.settings import Settings

SQL = files("pipelines") / "sql"

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
    "mart.landmark",
    "mart.landmark_avslut",
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
    except duckdb.Error as fault:
        busy = "lock" in str(fault).lower()
        raise DeliveryError(
            "En annan körning pågår." if busy else "Datalagret kan inte öppnas.",
            advice="Vänta tills den är klar."
            if busy
            else "Filen kan vara skadad eller disken full: sjukvy restore KOPIA",
        ) from fault
    try:
        opened(settings, WRITE)
        with interruptible(connection):
            yield connection
    except (
        duckdb.IOException,
        duckdb.OutOfMemoryException,
        duckdb.FatalException,
        duckdb.SerializationException,
    ) as fault:
        raise DeliveryError(
            "Datalagret kan inte läsas eller skrivas. Senaste utgåvan visas som förut.",
            advice="Kontrollera att disken inte är full. Är filen skadad: sjukvy restore KOPIA",
        ) from fault
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
    crossing("bearbetningen bekräftas")
    connection.execute("COMMIT")
    crossing("bearbetningen är bekräftad")


def derive(
    connection: duckdb.DuckDBPyConnection, steps: Sequence[str], *, progress: Callable[[str], None], onward: bool
) -> None:
    """Run the steps in order; those before core.patient decide whether only touched patients need to be derived."""
    now, partly = None, False
    for step in steps:
        progress(step)
        crossing(f"steget {step}")
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
    """Make one table from its file, or add to it. Step names come from STEPS and the views, never from outside. Only the
    tables of core hold codes; what others read are words."""
    made = f"INSERT INTO {step}" if step in increment.GROWING else f"CREATE OR REPLACE TABLE {step} AS"
    rows = query(step) if step.startswith("core.") else in_words(connection, query(step))
    connection.execute(f"{made}\n{rows}")


def query(step: str) -> str:
    return (SQL / f"{step.replace('.', '/')}.sql").read_text(encoding="utf-8")


def _sources() -> str:
    """The text that certificates are derived by: steps and code lists."""
    return "".join([*(query(step) for step in ("core.diagnoskod", *increment.BY_PATIENT)), *lists()])


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
