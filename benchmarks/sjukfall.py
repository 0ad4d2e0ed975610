"""Speed of the sjukfall step: against a bare sort and write of the same columns, against the same rule in pandas and in
Polars, by size, and in memory; and of a new month derived onward. `python -m benchmarks.sjukfall --rows 30000000`."""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import duckdb

from benchmarks import invented, peers
from benchmarks.synthetic import UNIT_OF_MAXRSS
from pipelines import increment, warehouse
from pipelines.coded import in_codes
from pipelines.settings import Settings

# {} = the table that is sorted: the one that the step reads, or the same with its codes as ENUM already
FLOOR = """CREATE OR REPLACE TABLE core.golv AS
    SELECT patient_nr, intyg_nr, enhet_nr, fran, tom, grad, kon, alder, har_sgi, ersattning, lan_nr, diagnos_nr, diagnosgrupp,
        kand_fran, period_nr
    FROM {} WHERE utelamnad IS NULL ORDER BY patient_nr, fran, kand_fran, intyg_nr, grad, period_nr"""
FLOORS = ("core.intyg_provad", "core.kodade")
MEMORY = "5GB"
SMALL = 1_000_000  # the size that the cost of a certificate is compared with
PEERS_LARGEST = 10_000_000  # beyond this the frames of the peers fill a small machine
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Seconds of the clock and of the processors, which another busy process does not lengthen."""

    seconds: float
    cpu: float


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured in turn, and the most memory that the process ever held, in GiB."""

    rounds: list[tuple[Spent, ...]]
    peak: float

    def ratio(self, against: int = 1) -> str:
        """The first of each round against another: median and range by the clock, median by processor time."""
        clock = [spent[0].seconds / spent[against].seconds for spent in self.rounds]
        cpu = statistics.median(spent[0].cpu / spent[against].cpu for spent in self.rounds)
        return f"{statistics.median(clock):.2f} ({min(clock):.2f}–{max(clock):.2f}; processor time {cpu:.2f})"

    def least(self) -> Spent:
        return min((first for first, *_ in self.rounds), key=lambda first: first.seconds)


def compare(rows: int, folder: Path, rounds: int = 3) -> list[tuple[str, str]]:
    """(what, measured) of a store of `rows` certificates, of a small one, and of the peers."""
    few = min(SMALL, max(rows // 10, 1))
    small, large = (alone(_measure, size, folder / str(size), rounds) for size in (few, rows))
    cost = large.least().seconds / rows / (small.least().seconds / few)
    cpu = large.least().cpu / rows / (small.least().cpu / few)
    own = large.least()
    rivals = rows
    if rows > PEERS_LARGEST:
        rivals = PEERS_LARGEST
        own = alone(_measure, rivals, folder / str(rivals), rounds).least()
    return [
        ("certificates of the sjukfall step", f"{rows:,}"),
        ("sjukfall step / bare sort and write", large.ratio()),
        ("the same, columns of the floor coded beforehand", large.ratio(against=2)),
        (f"sjukfall step / bare sort and write, {few:,} certificates", small.ratio()),
        ("the same, columns of the floor coded beforehand", small.ratio(against=2)),
        (f"cost of a certificate at {rows:,} / at {few:,}", f"{cost:.2f} (processor time {cpu:.2f})"),
        (f"sjukfall step, peak GiB with memory_limit {MEMORY}", f"{large.peak:.1f}"),
        ("sjukfall step, seconds (of processors)", f"{large.least().seconds:.1f} ({large.least().cpu:.1f})"),
        *(_against(name, rivals, folder / str(rivals), own, rounds) for name in ("pandas", "Polars")),
        ("load of the machine, last minute", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"),
    ]


def alone(work: Callable[[int, Path, int], Answer], rows: int, folder: Path, rounds: int) -> Answer:
    """In a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, rows, folder, rounds).result()


@contextmanager
def _store(folder: Path, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.open_warehouse(Settings(data=folder, memory_limit=memory)) as connection:
        connection.execute("SET enable_progress_bar = false")  # a spawned process takes itself for somebody's terminal
        yield connection


def _measure(rows: int, folder: Path, rounds: int) -> Measured:
    """Step and floors in turn."""
    measured = []
    with _store(folder) as connection:
        invented.tried(connection, rows)
        connection.execute(f"CREATE TABLE core.kodade AS {in_codes(connection, 'core.intyg_provad')}")
        for _ in range(rounds):
            floors = [spent(partial(connection.execute, FLOOR.format(table))) for table in FLOORS]
            measured.append((spent(lambda: _step(connection)), *floors))
        connection.execute("DROP TABLE core.golv")
        connection.execute("DROP TABLE core.kodade")
    return Measured(rounds=measured, peak=peak())


def _step(connection: duckdb.DuckDBPyConnection) -> None:
    """The two tables of the step, as a whole build makes them."""
    for step in increment.SJUKFALL:
        increment.derive_all(connection, step, warehouse.query(step))


def _against(name: str, rows: int, folder: Path, own: Spent, rounds: int) -> tuple[str, str]:
    theirs = alone(_pandas if name == "pandas" else _polars, rows, folder, rounds)
    clock, cpu = (theirs.least().seconds / own.seconds, theirs.least().cpu / own.cpu)
    return (
        f"the same rule in {name} / sjukfall step, {rows:,} certificates (processor time; peak GiB)",
        f"{clock:.1f} ({cpu:.1f}; {theirs.peak:.1f})",
    )


def _pandas(rows: int, folder: Path, rounds: int) -> Measured:
    return _peer(folder, rounds, peers.in_pandas)


def _polars(rows: int, folder: Path, rounds: int) -> Measured:
    return _peer(folder, rounds, peers.in_polars)


def _peer(folder: Path, rounds: int, rule: Callable[[Path, Path], None]) -> Measured:
    """The fastest of some rounds from file to files, which must say what our tables say. Ours goes from table to tables."""
    source = folder / "intyg_provad.parquet"
    with _store(folder, memory="1GB") as connection:
        connection.execute(f"COPY core.intyg_provad TO '{source}'")
        ours = [_sums(connection, step) for step in increment.SJUKFALL]
    times: list[tuple[Spent, ...]] = [(spent(lambda: rule(source, folder)),) for _ in range(rounds)]
    for step, mine in zip(increment.SJUKFALL, ours, strict=True):
        theirs = _sums(duckdb.connect(), f"'{folder}/{step.partition('.')[2]}.parquet'")
        if theirs != mine:
            raise RuntimeError(f"{rule.__name__} gives another {step}: {theirs} and not {mine}")
    return Measured(rounds=times, peak=peak())


def _sums(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, object]:
    """Rows, and the sum of every column: of its numbers or marks, the days from a fixed one, or the hashes of its texts."""
    columns = connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()  # noqa: S608
    sums = {"rows": "count(*)"}
    for name, kind, *_ in columns:
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            sums[name] = f"sum(CAST({name} AS DATE) - DATE '2014-01-01')"
        elif kind == "VARCHAR" or kind.startswith("ENUM"):
            sums[name] = f"sum(hash(CAST({name} AS VARCHAR)))"
        else:
            sums[name] = f"sum(CAST({name} AS HUGEINT))"
    row = connection.execute(f"SELECT {', '.join(sums.values())} FROM {table}").fetchall()[0]  # noqa: S608  (from names)
    return dict(sorted(zip(sums, row, strict=True)))


DERIVED = warehouse.STEPS[: warehouse.STEPS.index("core.sjukfall") + 1]


def one_more_month(rows: int, folder: Path, rounds: int = 3) -> list[tuple[str, str]]:
    """A new month on top of ten years in the raw tables: derived onward, and then everything."""
    months = alone(_months, rows, folder, rounds)
    return [
        (f"one more month on {rows:,} certificates, onward / whole", months.ratio()),
        ("the same, onward: seconds (of processors)", f"{months.least().seconds:.2f} ({months.least().cpu:.2f})"),
        (f"the same, peak GiB with memory_limit {MEMORY}", f"{months.peak:.1f}"),
    ]


def _months(rows: int, folder: Path, rounds: int) -> Measured:
    pairs = []
    with _store(folder) as connection:
        invented.ten_years(connection, rows)
        _derive(connection, onward=False)
        for month in range(rounds):
            invented.one_month(connection, rows, month)
            connection.execute("CHECKPOINT")  # what the delivery left to do is no part of the derivation
            part = spent(lambda: _derive(connection, onward=True))
            onward = _prints(connection)
            pairs.append((part, spent(lambda: _derive(connection, onward=False))))
            if onward != _prints(connection):
                raise RuntimeError("a month derived onward gives other tables")
    return Measured(rounds=pairs, peak=peak())


def _derive(connection: duckdb.DuckDBPyConnection, *, onward: bool) -> None:
    """In one transaction, as a build is."""
    connection.execute("BEGIN")
    warehouse.derive(connection, DERIVED, progress=lambda step: None, onward=onward)
    connection.execute("COMMIT")


def _prints(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Of every table the rows and the sum of their hashes. The numbers of patients stay, so that nothing needs to be
    translated; the tests compare the rows themselves."""
    return [
        connection.execute(f"SELECT count(*), sum(hash(rader)) FROM {step} AS rader").fetchall()[0]  # noqa: S608
        for step in increment.BY_PATIENT
    ]


def spent(work: Callable[[], object]) -> Spent:
    start, busy = time.perf_counter(), time.process_time()
    work()
    return Spent(seconds=time.perf_counter() - start, cpu=time.process_time() - busy)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT_OF_MAXRSS / 2**30


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--month-rows", type=int, help="certificates that the month comes on top of, if others")
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        for part, rows in ((compare, chosen.rows), (one_more_month, chosen.month_rows or chosen.rows)):
            for what, measured in part(rows, Path(folder) / part.__name__, chosen.rounds):
                sys.stdout.write(f"{what}: {measured}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
