"""Runs a load and a build in a copy of this process and ends it at its n:th boundary; looks at what is left; runs on.

Started as a program of its own (`python -m tests.faults.crashing FOLDER PART MODE N…`), so that the copies are made of a
process with one thread and the imports are paid for once. Prints one line of JSON per n.
"""

import json
import os
import pickle
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.release import NothingPublished, Releases
from pipelines import boundary
from pipelines.deliveries import load
from pipelines.publish import publish
from pipelines.release import build_release
from pipelines.releases import current, damaged, read_manifest, releases
from pipelines.settings import Settings
from pipelines.warehouse import build, open_warehouse
from schemas.tables import PUBLISHED

KILLED, FULL, SMALL = "dödas", "full disk", "filer får inte växa"
IN, OUT, WHOLE, PREPARE = "in", "ut", "allt", "förbered"
# in the folder: the state before, the delivery, what is published
STANDING, ARRIVED, TABLES = "standing", "arrived", "tables"


def forked(task: Callable[[], Any]) -> tuple[int, Any]:
    """The copy's way of ending (0, or minus the signal) and what the task returned."""
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            try:
                answer, code = task(), 0
            except BaseException as fault:
                answer, code = f"{type(fault).__name__}: {fault}", 1
            json.dump(answer, pipe)
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(copy, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else None


def run(data: Path, folder: Path, part: str) -> None:
    """The whole road, or one part of it: what is between the two is computing, which crosses no boundary but to keep answers
    for a build that is begun again."""
    chosen = Settings(data=data)
    if part == OUT:
        tables = pickle.loads((folder / TABLES).read_bytes())
        publish(tables, chosen.published, inputs="prov", gate=lambda written: None)
        return
    load([folder / ARRIVED], chosen, progress=lambda *said: None)
    if part == IN:
        with open_warehouse(chosen) as connection:
            build(connection, chosen, progress=lambda step: None, onward=True)
    else:
        build_release(chosen, progress=lambda what: None)


def prepare(folder: Path, first: Path) -> None:
    """The state before, what the delivery makes of it by every part, and the tables to publish."""
    forked(lambda: _first(folder, first))
    found: dict[str, Any] = {"before": forked(lambda: state(folder / STANDING))[1]}
    for part in (WHOLE, IN, OUT):
        data = folder / f"done-{part}"
        shutil.copytree(folder / STANDING, data)
        names = forked(lambda data=data, part=part: count(data, folder, part))
        found[part] = {"names": names[1], "after": forked(lambda data=data: state(data))[1]}
        if part == WHOLE:
            forked(lambda data=data: _keep_tables(data, folder / TABLES))
    (folder / "found.json").write_text(json.dumps(found))


def _first(folder: Path, first: Path) -> None:
    chosen = Settings(data=folder / STANDING)
    load([first], chosen, progress=lambda *said: None)
    build_release(chosen, progress=lambda what: None)


def _keep_tables(data: Path, out: Path) -> None:
    """What a publication is handed: the tables of the release, without its identity."""
    release = data / "published" / str(current(data / "published"))
    tables = {name: pd.read_parquet(release / f"{name}.parquet") for name in PUBLISHED}
    facts = tables["fakta"]
    tables["fakta"] = facts[~facts["namn"].isin(["release_id", "skapad"])].reset_index(drop=True)
    out.write_bytes(pickle.dumps(tables))


def run_to(data: Path, folder: Path, part: str, mode: str, last: int) -> None:
    """Run until the boundary of that number, and there end or fail as the mode says."""
    passed = 0

    def watcher(name: str) -> None:
        nonlocal passed
        passed += 1
        if passed == last:
            if mode == KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(28, "No space left on device")

    if mode == SMALL:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (last * 4096, resource.RLIM_INFINITY))
    else:
        boundary.watch(watcher)
    run(data, folder, part)


def count(data: Path, folder: Path, part: str) -> list[str]:
    names: list[str] = []
    boundary.watch(names.append)
    run(data, folder, part)
    return names


def state(data: Path) -> dict[str, Any]:
    """What a reader sees and what the warehouse holds."""
    chosen = Settings(data=data)
    now = current(chosen.published)
    try:
        shown = Releases(chosen.published).current()
        read = [shown.name, shown.connection.execute("SELECT count(*), sum(antal) FROM varde").fetchall()]
    except NothingPublished:
        read = []
    with open_warehouse(chosen) as connection:
        raw = connection.execute("SELECT count(*), sum(hash(intyg_id, period_nr, tom, grad)) FROM raw.intyg").fetchall()
        sums = connection.execute(
            "SELECT count(*) FROM ledger.leverans WHERE rader_in <> inlasta + dubbletter + karantan"
        ).fetchall()
    return {
        "content": read_manifest(chosen.published / now)["content"] if now else None,
        "damaged": damaged(chosen.published / now) if now else [],
        "releases": len(releases(chosen.published)), "read": [str(part) for part in read], "raw": str(raw),
        "unaccounted": sums[0][0],
        "left": sorted(path.name for path in chosen.warehouse.parent.glob("lasning-*")),
        "building": sorted(path.name for path in chosen.published.glob(".building-*")),
    }  # fmt: skip


def one(folder: Path, part: str, mode: str, last: int) -> dict[str, Any]:
    """Crash at the boundary, look, run again, look."""
    data = folder / f"data-{os.getpid()}"
    shutil.copytree(folder / STANDING, data)
    try:
        ended, said = forked(lambda: run_to(data, folder, part, mode, last))
        _, between = forked(lambda: state(data))
        again, fault = forked(lambda: run(data, folder, part))
        _, after = forked(lambda: state(data))
    finally:
        shutil.rmtree(data)
    return {"n": last, "ended": ended, "said": said, "between": between, "again": again, "fault": fault, "after": after}


def main() -> None:
    folder, part, *rest = sys.argv[1:]
    if part == PREPARE:
        prepare(Path(folder), Path(rest[0]))
        return
    mode, *numbers = rest
    for number in numbers:
        print(json.dumps(one(Path(folder), part, mode, int(number))), flush=True)


if __name__ == "__main__":
    main()
