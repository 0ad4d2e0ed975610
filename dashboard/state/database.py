"""Opens the state database: SQLite in a file (WAL), or another one that SQLAlchemy has an address for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text

FILE = "protokoll.sqlite"
WAITS = 15_000  # milliseconds for somebody else who is saving
MIGRATIONS = Path(__file__).parent / "migrations"
TABLES = "post, version, rapport, prenumeration, utskick"


def address_of(folder: Path) -> str:
    """The address of the SQLite file in a folder."""
    return f"sqlite:///{folder / FILE}"


def open_state(address: str) -> Engine:
    """An engine on the database, made and brought up to date where it is not."""
    engine = create_engine(address, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        _as_sqlite(engine)
    migrate(engine)
    return engine


@contextmanager
def writing(engine: Engine, tables: str = TABLES) -> Iterator[Connection]:
    """A transaction that only one writer (of these tables) at a time is in: what it reads still holds when it is saved."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql" and connection.dialect.has_table(connection, tables.partition(",")[0]):
            connection.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
        yield connection


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; nothing is done, and nobody is waited for, where they are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(8020)"))  # two processes may start at once
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _as_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _prepared(connection, _record) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        cursor = connection.cursor()
        for said in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={WAITS}"):
            cursor.execute(f"PRAGMA {said}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
