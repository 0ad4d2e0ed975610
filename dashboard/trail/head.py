"""The number and hash of the last row, kept outside the database: rows cut off the end are missed by it."""

import fcntl
import os
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

NAME = "granskning.huvud"
WRITTEN = re.compile(r"([0-9]{12}) ([0-9a-f]{64})\n")


@dataclass(frozen=True)
class Head:
    """The log was at least this long, and this was the hash of its last row."""

    nr: int
    hash: str

    @classmethod
    def said(cls, text: str) -> "Head":
        """From `nr:hash`, as a line of the forwarded log has them. Raises ValueError."""
        nr, _, digest = text.partition(":")
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError(text)
        return cls(int(nr), digest)


def path_of(address: str) -> Path | None:
    """Beside an SQLite file; a database on a server has no place beside it, and is held against the forwarded log."""
    url = make_url(address)
    return Path(url.database).with_name(NAME) if url.drivername.startswith("sqlite") and url.database else None


def read(path: Path) -> Head | None:
    """What was kept; None where nothing was. Raises ValueError for something else."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(path.name)
    return Head(int(found[1]), found[2])


def keep(path: Path, head: Head) -> None:
    """Keep it, unless another process has kept a later one meanwhile. The line has one length and is written at once."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        found = WRITTEN.fullmatch(os.pread(handle, 200, 0).decode("ascii", "replace"))
        if found is None or int(found[1]) < head.nr:
            os.pwrite(handle, f"{head.nr:012d} {head.hash}\n".encode("ascii"), 0)
    finally:
        os.close(handle)
