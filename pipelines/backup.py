"""A copy of everything that cannot be made again from elsewhere, and the way back from it.

A backup is a folder with the warehouse (deliveries, ledger, quarantine), the releases, what they were audited against and
what people have written, and a manifest of hashes. It is made beside its name and renamed when it is whole, and is verified
before anything is restored.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipelines.boundary import crossing
from pipelines.errors import CheckError
from pipelines.releases import alone, current, damaged, fsync_folder, hash_of
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse

LISTING = "kopia.json"
PARTS = ("warehouse/sjukvy.duckdb", "warehouse/atkomst.jsonl", "published", "granskning", "gallring", "state")
PASSING = (".lock", ".building-", ".current.")
JOURNALS = ("-wal", "-shm")  # beside an SQLite file that is open: what they hold is in the copy of the file


def backup(settings: Settings, target: Path) -> Path:
    """Write a new folder in `target` and return it. Raises DeliveryError while a load or build is running."""
    name = f"sjukvy-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    beside, done = target / f".{name}", target / name
    target.mkdir(parents=True, exist_ok=True)
    try:
        with open_warehouse(settings) as connection:
            connection.execute("CHECKPOINT")
        # the copy is made of closed files; whoever opens them meanwhile is found by the hashes
        with alone(settings.published):
            files = _copied(settings.data, beside)
        listing = {"gjord": name, "utgava": current(settings.published), "sha256": files}
        crossing("kopians lista skrivs")
        (beside / LISTING).write_text(json.dumps(listing, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        _refuse_damaged(beside)
        beside.rename(done)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    fsync_folder(target)
    return done


def restore(settings: Settings, copy: Path) -> str | None:
    """Put a backup in place of what stands, which is kept beside as `…-fore-<time>`. Returns the release that is shown.
    Raises CheckError, and changes nothing, when the backup is not whole."""
    _refuse_damaged(copy)
    beside = settings.data / ".aterlases"
    shutil.rmtree(beside, ignore_errors=True)
    _copied(copy, beside)
    shutil.copy2(copy / LISTING, beside / LISTING)
    _refuse_damaged(beside)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    if settings.warehouse.is_file():
        with open_warehouse(settings):  # nobody may be writing in what is put aside
            pass
    for part in PARTS:
        name = part.partition("/")[0]
        if (beside / name).is_dir():
            crossing(f"{name} byts")
            if (settings.data / name).exists():
                (settings.data / name).rename(settings.data / f"{name}-fore-{stamp}")
            (beside / name).rename(settings.data / name)
    shutil.rmtree(beside)
    fsync_folder(settings.data)
    shown = current(settings.published)
    if shown and (wrong := damaged(settings.published / shown)):
        raise CheckError("Kopian är återläst, men utgåvan i den är skadad.", faults=wrong, advice="sjukvy rollback")
    return shown


def _copied(source: Path, target: Path) -> dict[str, str]:
    """Copy the parts that exist. Name → hash of every file."""
    files: dict[str, str] = {}
    for part in PARTS:
        for path in sorted([source / part] if (source / part).is_file() else (source / part).rglob("*")):
            inside = path.relative_to(source)
            passing = any(piece.startswith(PASSING) for piece in inside.parts) or path.name.endswith(JOURNALS)
            if not path.is_file() or passing:
                continue
            crossing(f"{inside} kopieras")
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            _copy(path, target / inside)
            with (target / inside).open("rb+") as file:
                os.fsync(file.fileno())
            files[inside.as_posix()] = hash_of(target / inside if _is_open(path) else path)
    return files


def _is_open(path: Path) -> bool:
    """An SQLite file that the web process may be writing in: it has its journal beside it."""
    return path.with_name(f"{path.name}{JOURNALS[0]}").exists()


def _copy(path: Path, target: Path) -> None:
    """A plain file as it is; an open SQLite file as it was at one moment, whole and without a journal."""
    if not _is_open(path):
        shutil.copy2(path, target)
        return
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _refuse_damaged(folder: Path) -> None:
    try:
        promised = json.loads((folder / LISTING).read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError):
        raise CheckError(
            "Kopian är inte hel.", faults=[f"{folder.name}: {LISTING} saknas eller kan inte läsas"]
        ) from None
    wrong = [
        name for name, digest in promised.items() if not (folder / name).is_file() or hash_of(folder / name) != digest
    ]
    if wrong:
        raise CheckError("Kopian är inte hel.", faults=[f"{folder.name}: {name}" for name in wrong])
