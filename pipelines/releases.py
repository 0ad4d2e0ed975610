"""The releases that stand in a folder: which there are, which is pointed to, whether one is whole; keeps and rolls back."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.boundary import crossing
from pipelines.errors import CheckError

DATABASE = "sjukvy.duckdb"
MANIFEST = "manifest.json"
POINTER = "current"
BUILDING = ".building-"
KEPT = 12
BLOCK = 1 << 20


def made_from(published: Path, inputs: str) -> str | None:
    """The current release, if it was made from exactly these inputs and is whole."""
    now = current(published)
    if now is None or read_manifest(published / now)["inputs"] != inputs:
        return None
    return None if damaged(published / now) else now


def current(published: Path) -> str | None:
    """The id of the release that is pointed to, if it stands and is whole enough to read its manifest."""
    pointer = published / POINTER
    if not pointer.is_file():
        return None
    release = pointer.read_text(encoding="utf-8").strip()
    return release if (published / release / MANIFEST).is_file() else None


def releases(published: Path) -> list[str]:
    """Every release that can be pointed to, oldest first."""
    return sorted(path.parent.name for path in published.glob(f"[0-9]*/{MANIFEST}"))


def damaged(folder: Path) -> list[str]:
    """The files of a release that are missing or are not what its manifest says. Empty = whole."""
    try:
        promised = read_manifest(folder)["sha256"]
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    return [name for name, digest in promised.items() if _hash_or_none(folder / name) != digest]


def point(published: Path, release: str) -> None:
    """Let `current` name the release. Readers see the old name or the new, never a part of it. Raises CheckError for one
    that does not exist or is damaged."""
    if release not in releases(published):
        raise CheckError(
            "Utgåvan finns inte.", faults=[release], advice="Se vilka som finns med kommandot: sjukvy status"
        )
    wrong = damaged(published / release)
    if wrong:
        raise CheckError("Utgåvan är skadad och visas inte.", faults=[f"{release}: {name}" for name in wrong])
    fresh = published / f".{POINTER}.{os.getpid()}"
    crossing("pekaren skrivs")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(release + "\n")
        file.flush()
        os.fsync(file.fileno())
    crossing("pekaren byts")
    fresh.replace(published / POINTER)
    crossing("pekaren är bytt")
    fsync_folder(published)


def before(published: Path) -> str | None:
    """The newest whole release before the current one."""
    now = current(published)
    older = [release for release in releases(published) if now is None or release < now]
    return next((release for release in reversed(older) if not damaged(published / release)), None)


def prune(published: Path, kept: int = KEPT) -> list[str]:
    """Remove all but the last releases and the one that is pointed to, and what crashed runs left. Returns the removed."""
    now = current(published)
    old = [release for release in releases(published)[:-kept] if release != now]
    for release in old:
        crossing(f"{release} tas bort")
        # without manifest it is no release any more, whatever is left of it when the power goes
        (published / release / MANIFEST).unlink()
        shutil.rmtree(published / release)
    for left in [
        *published.glob(f"{BUILDING}*"),
        *(path for path in published.glob("[0-9]*") if not (path / MANIFEST).is_file()),
    ]:
        shutil.rmtree(left, ignore_errors=True)
    for pointer in published.glob(f".{POINTER}.*"):
        pointer.unlink(missing_ok=True)
    return old


@contextmanager
def alone(published: Path) -> Iterator[None]:
    """One process at a time writes here; another waits."""
    published.mkdir(parents=True, exist_ok=True)
    with (published / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_manifest(folder: Path) -> dict:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash_or_none(path: Path) -> str | None:
    try:
        return hash_of(path)
    except OSError:
        return None
