"""Rows that are older than they must be at hand leave the database for a file that is named by its content."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from sqlalchemy import Connection, delete, insert, select

from dashboard.state.database import reached, writing
from dashboard.state.models import forsegling, granskning
from dashboard.state.store import now
from dashboard.trail.entry import Entry, Event
from dashboard.trail.log import Trail, add

FOLDER = "granskningslogg"
ITSELF = "sjukvy audit-log rotate"  # who the log says has sealed: nobody signs in for it


@dataclass(frozen=True, kw_only=True)
class Seal:
    """One file: its rows, the hash of its last row, and of the whole file."""

    fran_nr: int
    till_nr: int
    hash: str
    fil: str
    sha256: str
    tid: str


def folder_of(trail: Trail) -> Path | None:
    """Where sealed files lie when nobody says: beside the SQLite file."""
    return None if trail.head_file is None else trail.head_file.with_name(FOLDER)


def seals(trail: Trail) -> list[Seal]:
    """Every file that has been made, the oldest first."""
    with reached(), trail.engine.connect() as connection:
        rows = connection.execute(select(forsegling).order_by(forsegling.c.till_nr)).mappings()
        return [Seal(**row) for row in rows]


def seal(trail: Trail, folder: Path, before: str) -> Seal | None:
    """Move what was logged before a day (ÅÅÅÅ-MM-DD) to a new file in the folder. None where there is nothing so old.
    The file is on the disk before a row leaves the database; after a crash between the two the same file is made again."""
    with reached(), writing(trail.engine, granskning.name) as connection:
        rows = _oldest(connection, before)
        if not rows:
            return None
        content = "".join(f"{row.line()}\n" for row in rows).encode()
        digest = hashlib.sha256(content).hexdigest()
        first, last = rows[0].nr, rows[-1].nr
        name = f"{FOLDER}-{first}-{last}-{digest}.jsonl"
        _write(folder, name, content)
        made = Seal(fran_nr=first, till_nr=last, hash=rows[-1].hash, fil=name, sha256=digest, tid=now())
        entry = add(connection, Event.FORSEGLING, ITSELF, "", "", name, "ok", "", "")
        connection.execute(insert(forsegling), vars(made))
        connection.execute(delete(granskning).where(granskning.c.nr <= last))
    trail.told(entry)
    return made


def _oldest(connection: Connection, before: str) -> list[Entry]:
    """From the first row until one that is not so old: the clock may have been wrong, the numbers are not."""
    kept = select(granskning.c.nr).where(granskning.c.tid_utc >= before).order_by(granskning.c.nr).limit(1)
    first_kept = connection.execute(kept).scalar()
    asked = select(granskning).order_by(granskning.c.nr)
    if first_kept is not None:
        asked = asked.where(granskning.c.nr < first_kept)
    return [Entry(**row) for row in connection.execute(asked).mappings()]


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = folder / f".{name}"
    beside.unlink(missing_ok=True)
    with beside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(0o400)
    beside.replace(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rows_of(path: Path) -> Iterator[Entry]:
    """The rows of a sealed file. Raises ValueError for a line that is none."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield Entry(**json.loads(line))
            except TypeError:
                raise ValueError(path.name) from None


def between(trail: Trail, folder: Path | None, first: str, last: str) -> Iterator[Entry]:
    """Every row of the days from `first` to `last` (ÅÅÅÅ-MM-DD, UTC, both included), also the sealed ones that are there:
    `missing` tells of the others."""
    for one in seals(trail):
        if _is_there(folder, one):
            yield from (row for row in rows_of(folder / one.fil) if first <= row.tid_utc[:10] <= last)
    yield from (row for row in trail.rows() if first <= row.tid_utc[:10] <= last)


def missing(trail: Trail, folder: Path | None) -> list[str]:
    """Sealed files that are not in their folder."""
    return [one.fil for one in seals(trail) if not _is_there(folder, one)]


def _is_there(folder: Path | None, one: Seal) -> TypeGuard[Path]:
    return folder is not None and (folder / one.fil).is_file()
