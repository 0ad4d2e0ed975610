"""How fast the synthetic region is written, and in how much memory: files, hashes and truth included.

`python -m benchmarks.synthetic` by itself: ten million certificate rows, each format in a process of its own."""

import argparse
import os
import resource
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from pipelines.synthetic import generate
from pipelines.synthetic.write import CSV, FORMATS, PARQUET

SEED = 20191297
PATIENTS = 14_700_000  # give ten million certificate rows in 36 months
PER_UNIT = 8_000
UNIT_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes
BLOCK = 300_000
REPEATED = 10_000  # a column with fewer texts is written as codes where the format can


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What so many rows took: seconds of the clock, seconds of processors (user and system), bytes at the peak."""

    rows: int
    seconds: float
    cpu: float
    peak: int


def synthetic(patients: int) -> list[tuple[str, str]]:
    """Rows of the table of benchmarks, by format: certificate rows per second, which another busy process halves; peak
    memory; and rows per second of processor time, of which the drawing and the writing thread share two. Beside them the
    floor: the certificates alone, every cell drawn anew from the texts of its column, written without hash or order."""
    shown = []
    for form in FORMATS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            region, floor = alone.submit(_both, form, patients).result()
        what = f"synth {form}, {region.rows / 1e6:.1f} million certificate rows"
        rate, least = (f"{one.rows / one.seconds:,.0f}" for one in (region, floor))
        shown += [
            (f"{what}: rows per second (peak GiB)", f"{rate} ({region.peak / 2**30:.2f})"),
            (f"{what}: rows per second of one processor", f"{region.rows / region.cpu:,.0f}"),
            (f"{what}: seconds (of processors)", f"{region.seconds:.1f} ({region.cpu:.1f})"),
            (f"{what}: floor, rows per second (seconds of processors)", f"{least} ({floor.cpu:.1f})"),
            (f"{what}: processor time, times the floor's", f"{region.cpu / floor.cpu:.2f}"),
            (f"{what}: load of the machine, last minute", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"),
        ]
    return shown


def _both(form: str, patients: int) -> tuple[Spent, Spent]:
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        region = _spent(lambda: _region(Path(folder) / "region", form, patients))
        texts = _texts(Path(folder) / "region" / f"intyg.{form}")
        return region, _spent(lambda: _floor(Path(folder) / f"floor.{form}", texts, region.rows))


def _spent(work: Callable[[], int]) -> Spent:
    start, busy = time.perf_counter(), time.process_time()
    rows = work()
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT_OF_MAXRSS
    return Spent(rows=rows, seconds=seconds, cpu=cpu, peak=peak)


def _region(out: Path, form: str, patients: int) -> int:
    generate(
        out, patients=patients, enheter=max(2, patients // PER_UNIT), first="2023-11", last="2026-10", seed=SEED,
        form=form, progress=lambda done, total: None,
    )  # fmt: skip
    return tomllib.loads((out / "leverans.toml").read_text(encoding="utf-8"))["filer"]["intyg"]["rader"]


def _texts(path: Path) -> dict[str, pa.Array]:
    """The texts that occur in each column of the first rows of a file."""
    if path.suffix == ".parquet":
        table = next(pa.parquet.ParquetFile(path).iter_batches(BLOCK))
    else:
        as_text = pa.csv.ConvertOptions(
            column_types=dict.fromkeys(path.open().readline().rstrip().split(";"), "string")
        )
        table = pa.csv.open_csv(path, parse_options=pa.csv.ParseOptions(delimiter=";"), convert_options=as_text)
        table = pa.Table.from_batches([table.read_next_batch() for _ in range(50)])
    return {name: table[name].cast(pa.string()).unique() for name in table.schema.names}


def _floor(path: Path, texts: dict[str, pa.Array], rows: int) -> int:
    rng = np.random.default_rng(SEED)
    few = [name for name, values in texts.items() if len(values) < REPEATED]
    schema = pa.schema(
        [(name, pa.dictionary(pa.int32(), pa.string()) if name in few else pa.string()) for name in texts]
    )
    if path.suffix == ".parquet":
        writer = pa.parquet.ParquetWriter(path, schema, use_dictionary=few, **PARQUET)
    else:
        schema = pa.schema([(name, pa.string()) for name in texts])
        writer = pa.csv.CSVWriter(path, schema, write_options=pa.csv.WriteOptions(**CSV))
    with writer:
        for begin in range(0, rows, BLOCK):
            size = min(BLOCK, rows - begin)
            writer.write_table(
                pa.table({name: _drawn(values, size, rng) for name, values in texts.items()}).cast(schema)
            )
    return rows


def _drawn(values: pa.Array, rows: int, rng: np.random.Generator) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(rng.integers(0, len(values), rows, dtype=np.int32)), values)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--patients", type=int, default=PATIENTS)
    for what, measured in synthetic(arguments.parse_args().patients):
        sys.stdout.write(f"{what}: {measured}\n")
