"""The only door to the row-level database."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.settings import Settings


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write; DuckDB lets one process at a time have it."""
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    config = {
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": str(settings.warehouse.parent / "spill"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(settings.warehouse), config=config)
    try:
        yield connection
    finally:
        connection.close()
