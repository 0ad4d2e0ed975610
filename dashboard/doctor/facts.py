"""What is known of a deployment, what is found, and what a user of the machine can reach."""

import os
import pwd
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

MOST_FILES = 20_000  # that are looked at in one folder


class Level(StrEnum):
    """How bad it is."""

    OK = "OK"
    VARNING = "Varning"
    FEL = "Fel"


@dataclass(frozen=True)
class Finding:
    """One line: what was found, and what to do about it where something should be done."""

    level: Level
    said: str
    todo: str = ""

    def line(self) -> str:
        return f"{self.level:<8}{self.said}{f' Gör så här: {self.todo}' if self.todo else ''}"


def fine(said: str) -> Finding:
    return Finding(Level.OK, said)


def warning(said: str, todo: str) -> Finding:
    return Finding(Level.VARNING, said, todo)


def fault(said: str, todo: str) -> Finding:
    return Finding(Level.FEL, said, todo)


@dataclass(frozen=True)
class Person:
    """A user of the operating system: number, the numbers of its groups, and name."""

    uid: int
    groups: frozenset[int]
    name: str = ""

    @classmethod
    def named(cls, name: str) -> "Person":
        """Raises KeyError for a name that the machine does not know."""
        entry = pwd.getpwnam(name)
        return cls(entry.pw_uid, frozenset(os.getgrouplist(name, entry.pw_gid)), name)

    @classmethod
    def owner_of(cls, path: Path) -> "Person | None":
        """Who owns a folder; None where there is none."""
        try:
            uid = path.stat().st_uid
        except OSError:
            return None
        try:
            return cls.named(pwd.getpwuid(uid).pw_name)
        except KeyError:  # a container may run as a number without a name
            return cls(uid, frozenset(), str(uid))

    def can(self, path: Path, bit: int) -> bool:
        """Whether the mode of a file lets this user do it: 4 to read, 2 to write, 1 to pass. Root can everything; lists of
        rights beside the mode are not looked at."""
        try:
            found = path.stat()
        except OSError:
            return False
        if self.uid == 0:
            return True
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid in self.groups else 0
        return bool(found.st_mode >> shift & bit)

    def reads(self, path: Path) -> bool:
        """A file or folder that can be read, in folders that can be passed."""
        return self.can(path, 4) and all(self.can(above, 1) for above in path.absolute().parents)

    def writes(self, path: Path) -> bool:
        return self.can(path, 2) and all(self.can(above, 1) for above in path.absolute().parents)


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """`rows` are the folders that the dashboard must not read, `secrets` what is set → the file that holds it, `web` and
    `pipeline` the users that run each (None: cannot be told), `backups` where copies are made. `admins` is how many
    accounts may give others rights; None where there are no accounts."""

    published: Path
    rows: tuple[Path, ...]
    state_address: str
    state_folder: Path
    code: Path
    address: str
    proxies: int = 0
    demo: bool = False
    forward_trail: bool = False
    secrets: Mapping[str, Path]
    pseudonym_key: Path | None = None
    environment: Mapping[str, str]
    web: Person | None = None
    pipeline: Person | None = None
    backups: Path | None = None
    admins: int | None = None
    now: datetime
    disk: Callable[[Path], tuple[int, int]]  # folder → bytes of its disk, bytes free
    clock_is_set: Callable[[], bool | None]  # whether something sets the clock; None: cannot be told
    versions: Callable[[str], str | None]  # package → installed version

    def person(self, who: Person | None) -> str:
        return "?" if who is None else who.name or str(who.uid)


def files_below(folder: Path) -> Iterator[Path]:
    """The folder and everything in it, as far as it may be looked at."""
    yield folder
    for at, path in enumerate(folder.rglob("*")):
        if at >= MOST_FILES:
            return
        yield path


def open_to_others(path: Path, bits: int = stat.S_IROTH | stat.S_IWOTH) -> bool:
    try:
        return not path.is_symlink() and bool(path.stat().st_mode & bits)
    except OSError:
        return False


def age_in_days(made: datetime, now: datetime) -> float:
    return (now - made).total_seconds() / 86_400


def time_in(name: str) -> datetime | None:
    """The time that the name of a release or a backup begins or ends with: ÅÅÅÅMMDDTHHMMSSZ."""
    for part in name.split("-"):
        try:
            return datetime.strptime(part, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
