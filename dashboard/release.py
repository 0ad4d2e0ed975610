"""Opens the published release that `current` points to, and swaps when it points to another; one whose files are not
what its manifest says is never shown."""

import atexit
import hashlib
import json
import logging
import os
import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import duckdb

from dashboard.answers import MOST_BYTES, Answers, Row
from schemas.limits import DEFAULTS
from schemas.release import FORMAT, NUMBER

log = logging.getLogger("sjukvy.dashboard")

DATABASE = "sjukvy.duckdb"
MANIFEST = "manifest.json"
POINTER = "current"
LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "memory_limit": "512MB",
    "max_temp_directory_size": "1GB",
    # questions are short and many are asked at a time: a second thread for each costs half as much again as it gains
    "threads": "1",
    "lock_configuration": "true",
}
FUNNEL = "tratt"
# the tables whose last period is asked for, and what a kind of period and a breakdown are in them
WITH_PERIODS = {"varde": ("periodtyp", "indelning")} | dict.fromkeys(("kurva", "landmark", FUNNEL), ("''", "''"))
FACTS = frozenset({"release_id", "data_tom", "region", "demo", "extrakt", "format", *DEFAULTS})


class OtherFormat(Exception):
    """The release was made by another version of the pipelines: build it again."""


class Damaged(Exception):
    """The release is not what its manifest says."""


class NothingPublished(Exception):
    """There is no release to show."""


# table, measure, kind of period, breakdown → its periods, oldest first
Periods = dict[tuple[str, str, str, str], list[str]]
ANY = ""  # whatever breakdown; and the kind of a table that has one kind


@dataclass(frozen=True, kw_only=True)
class Release:
    """One open release: its name, its connection (a cursor a question), what it says of itself, its units' numbers, its
    periods, what it has answered, and the pages that have been made of it."""

    name: str
    connection: duckdb.DuckDBPyConnection
    facts: dict[str, str]
    numbers: dict[str, int]
    periods: Periods
    answers: Answers[list[Row]] = field(default_factory=Answers, compare=False, repr=False)
    pages: Answers[bytes] = field(default_factory=lambda: Answers(MOST_BYTES), compare=False, repr=False)

    def last(self, table: str, matt: str, kind: str, split: str, manad: str) -> str | None:
        """The last published period that ends no later than a month, at any place."""
        known = self.periods.get((table, matt, kind, split), [])
        at = bisect_right(known, manad)
        return known[at - 1] if at else None

    def number(self, enhet_id: str | None) -> int:
        """The number that the rows of a unit are looked up by; one that no unit has for what is not in the release."""
        return self.numbers.get(enhet_id or "", -1)

    @property
    def extracts(self) -> frozenset[str]:
        return frozenset(self.facts["extrakt"].split(","))

    @property
    def is_demo(self) -> bool:
        return self.facts["demo"] == "ja"


class Releases:
    """Hands out the current release. A new release has a new name and so a new path: a path is never opened twice
    with other content. A release that cannot be opened leaves the one before on screen, and is an alarm in the log."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._lock = threading.Lock()
        self._open: Release | None = None
        self._refused: str | None = None

    def current(self) -> Release:
        """The release that is pointed to. Raises NothingPublished."""
        name = self._pointed_to()
        with self._lock:
            if name and name != self._refused and (self._open is None or name != self._open.name):
                self._swap(name)
            if self._open is None:
                raise NothingPublished
            return self._open

    def _pointed_to(self) -> str | None:
        try:
            name = (self._published / POINTER).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return name if name and "/" not in name and not name.startswith(".") else None

    def _swap(self, name: str) -> None:
        try:
            self._open = _opened(self._published / name, name)
        except CANNOT_BE_SHOWN as fault:
            # requests that hold the old release finish on it; the broken one is not tried again under that name
            log.critical("release %s cannot be shown (%s): the one before stays", name, type(fault).__name__)
            self._refused = name
            if self._open is None:
                self._open = self._before(name)

    def _before(self, name: str) -> Release | None:
        """The newest older release that can be shown: what a process that starts on a broken one has to show."""
        older = sorted(path.parent.name for path in self._published.glob(f"[0-9]*/{MANIFEST}"))
        for release in reversed([other for other in older if other < name]):
            try:
                return _opened(self._published / release, release)
            except CANNOT_BE_SHOWN:
                continue
        return None

    @property
    def refused(self) -> str | None:
        """The release that is pointed to and cannot be shown; None when all is well."""
        return self._refused if self._refused == self._pointed_to() else None


CANNOT_BE_SHOWN = (duckdb.Error, KeyError, ValueError, OSError, OtherFormat, Damaged)


@cache
def _spill(_process: int) -> str:
    """Where a large question spills: a folder of this process alone, not beside the release, which it may only read. The
    same for every release, because the database takes no two configurations in one process."""
    folder = mkdtemp(prefix="sjukvy-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _opened(folder: Path, name: str) -> Release:
    # damage that the database meets only when a page needs the block would be met by a reader
    promised = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"][DATABASE]
    with (folder / DATABASE).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != promised:
            raise Damaged(name)
    connection = duckdb.connect(
        str(folder / DATABASE), read_only=True, config=LOCKED | {"temp_directory": _spill(os.getpid())}
    )
    facts = dict(connection.execute("SELECT namn, varde FROM fakta").fetchall())
    if missing := FACTS - set(facts):
        raise KeyError(sorted(missing))
    if facts["format"] != FORMAT:
        raise OtherFormat(facts["format"])
    numbers = dict(connection.execute(f"SELECT enhet_id, {NUMBER} FROM enhet").fetchall())  # noqa: S608  (a name of ours)
    return Release(name=name, connection=connection, facts=facts, numbers=numbers, periods=_periods(connection))


def _periods(connection: duckdb.DuckDBPyConnection) -> Periods:
    """Every page asks for the last period of its measures: asked of all units each time, that would be the dearest
    question of them all."""
    found: Periods = {}
    for table, (kind, split) in WITH_PERIODS.items():
        # what a unit has its region has, so that the many rows of units need not be read; units alone are in the funnel
        among = "" if table == FUNNEL else "WHERE enhet_nr IN (SELECT enhet_nr FROM enhet WHERE niva = 'region')"
        rows = connection.execute(
            f"SELECT matt_id, {kind}, {split}, list(DISTINCT period) FROM {table} {among} GROUP BY ALL"  # noqa: S608
        ).fetchall()
        for matt, of_kind, of_split, periods in rows:
            for key in ((table, matt, of_kind, of_split), (table, matt, of_kind, ANY)):
                found[key] = sorted({*found.get(key, ()), *periods})
    return found
