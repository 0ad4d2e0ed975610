"""Loading a CSV of certificates, checks included, against a bare `read_csv` into a table of the same file, in one run.

`python -m benchmarks.reading --rows 10000000`. Each measurement is made in a process of its own; its processor time and its
peak count the process that opens the file too."""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import duckdb

from benchmarks.synthetic import UNIT_OF_MAXRSS
from pipelines.deliveries import load
from pipelines.reading import process as reader
from pipelines.settings import Settings
from pipelines.synthetic import generate

_Given, _Made = TypeVar("_Given"), TypeVar("_Made")
PATIENTS = 20_000  # of the region whose certificates are copied, each copy with ids of its own
GOAL, PEAK = 3, 2  # times the floor, and GiB


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Seconds of the clock and of the processors, and GiB at the peak: the process and what it started, each at its own."""

    seconds: float
    cpu: float
    peak: float


def reading_times(rows: int, folder: Path, rounds: int = 1) -> list[tuple[str, str]]:
    """(what, measured) of a file of so many certificates."""
    path = _alone(write, rows, folder)  # a process that is started has its starter's peak from the beginning
    pairs = []
    for at in range(rounds):
        pairs.append((_alone(loaded, path, folder / f"ours-{at}"), _alone(bare, path, folder / f"bare-{at}")))
        shutil.rmtree(folder / f"ours-{at}")
    ours, floor = min(pairs, key=lambda pair: pair[0].seconds / pair[1].seconds)
    return [
        (f"load of a CSV, {rows:,} certificates ({path.stat().st_size / 2**20:,.0f} MiB): seconds (of processors)",
         f"{ours.seconds:.1f} ({ours.cpu:.1f})"),
        ("the same file by a bare read_csv into a table: seconds (of processors)", f"{floor.seconds:.1f} ({floor.cpu:.1f})"),
        (f"load / bare read_csv, goal {GOAL} (by processor time)",
         f"{ours.seconds / floor.seconds:.2f} ({ours.cpu / floor.cpu:.2f})"),
        (f"load: peak GiB, goal {PEAK}", f"{ours.peak:.2f}"),
    ]  # fmt: skip


def write(rows: int, folder: Path) -> Path:
    """The certificates of a small invented region, copied until they are so many."""
    folder.mkdir(parents=True, exist_ok=True)
    region = generate(
        folder / "region", patients=PATIENTS, enheter=4, first="2023-11", last="2026-10", seed=1,
        progress=lambda done, total: None,
    )  # fmt: skip
    path = folder / "intyg.csv"
    with duckdb.connect() as connection:
        connection.execute(
            """COPY (
                SELECT rader.* REPLACE (
                    intyg_id || lpad(CAST(kopia AS VARCHAR), 4, '0') AS intyg_id,
                    patient_id || lpad(CAST(kopia AS VARCHAR), 4, '0') AS patient_id)
                FROM range(10000) AS kopior (kopia), read_csv($source, delim = ';', all_varchar = true) AS rader LIMIT $rows
            ) TO $path (FORMAT csv, DELIMITER ';')""",
            {"source": str(region / "intyg.csv"), "path": str(path), "rows": rows},
        )
    return path


def loaded(path: Path, folder: Path) -> Taken:
    settings = Settings(data=folder)
    taken = _taken(lambda: load([path], settings, progress=lambda what, done, total: None))
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        counted = connection.execute("SELECT rader_in, inlasta FROM ledger.leverans").fetchall()
    if not counted or counted[0][0] != counted[0][1]:
        raise RuntimeError(f"not loaded whole: {counted}")
    return taken


def bare(path: Path, folder: Path) -> Taken:
    folder.mkdir(parents=True)

    def read() -> None:
        config: dict[str, str | bool | int | float | list[str]] = {"threads": str(Settings().threads)}
        with duckdb.connect(str(folder / "bare.duckdb"), config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute("CREATE TABLE intyg AS SELECT * FROM read_csv($path)", {"path": str(path)})

    taken = _taken(read)
    shutil.rmtree(folder)
    return taken


def _alone(work: Callable[[_Given, Path], _Made], given: _Given, folder: Path) -> _Made:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, given, folder).result()


def _taken(work: Callable[[], object]) -> Taken:
    before, begun = _busy(), time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    reader.stop()  # what it has used is known when it has ended
    parts = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Taken(seconds=seconds, cpu=_busy() - before, peak=max(parts) * UNIT_OF_MAXRSS / 2**30)


def _busy() -> float:
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in every)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--rounds", type=int, default=1)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        for what, measured in reading_times(chosen.rows, Path(folder), chosen.rounds):
            sys.stdout.write(f"{what}: {measured}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
