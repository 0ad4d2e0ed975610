"""Who opens the row-level database, when, with which command and for what: a line each in a file of its own, which nothing
here ever removes a line from. Never a value, and nothing that was typed after the command."""

import json
import os
import pwd
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.settings import Settings

READ, WRITE = "läsa", "skriva"


def who() -> str:
    """The user that the operating system knows: not a name that the environment can set."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run as a number without a name
        return str(number)


def opened(settings: Settings, purpose: str) -> None:
    """Write the line. Raises OSError where it cannot be written: then nobody may look."""
    line = {
        "tid_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "anvandare": who(),
        "kommando": _command(),
        "for_att": purpose,
    }
    # one write of one line, so that two processes never share one
    handle = os.open(settings.access_log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, json.dumps(line, ensure_ascii=False).encode() + b"\n")
    finally:
        os.close(handle)


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that only reads: looking needs no right to write in the database."""
    opened(settings, READ)
    connection = duckdb.connect(str(settings.warehouse), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def _command() -> str:
    """The word after `sjukvy`; what is run otherwise (a test, a notebook) by its own name."""
    name, *words = sys.argv or [""]
    if Path(name).stem != "sjukvy":
        return Path(name).stem or "python"
    return next((word for word in words if re.fullmatch("[a-z]+", word)), "sjukvy")
