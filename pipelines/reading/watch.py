"""How far a database has come with a query, told while it runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

EVERY = 0.5  # seconds


@contextmanager
def watched(connection: duckdb.DuckDBPyConnection, tell: Callable[[float], None]) -> Iterator[None]:
    """Tell of the share that is done of what the connection executes in the block."""
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(EVERY):
            share = connection.query_progress()  # percent, and below zero where it cannot be said
            if share > 0:
                tell(min(1.0, share / 100))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()
