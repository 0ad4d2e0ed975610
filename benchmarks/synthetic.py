"""How fast the synthetic region is written, and in how much memory: files, hashes and truth included.

`python -m benchmarks.synthetic` by itself: ten million certificate rows, each format in a process of its own."""

import argparse
import resource
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from pipelines.synthetic import generate
from pipelines.synthetic.write import FORMATS

SEED = 20191297
PATIENTS = 14_700_000  # give ten million certificate rows in 36 months
PER_UNIT = 8_000
UNIT_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes


def synthetic(patients: int) -> list[tuple[str, str]]:
    """Rows of the table of benchmarks, by format: certificate rows per second, which another busy process halves; peak
    memory; and rows per second of processor time, of which the drawing and the writing thread share two."""
    shown = []
    for form in FORMATS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            rows, seconds, cpu, peak = alone.submit(_written, form, patients).result()
        what = f"synth {form}, {rows / 1e6:.1f} million certificate rows"
        shown.append((f"{what}: rows per second (peak GiB)", f"{rows / seconds:,.0f} ({peak / 2**30:.2f})"))
        shown.append((f"{what}: rows per second of one processor", f"{rows / cpu:,.0f}"))
    return shown


def _written(form: str, patients: int) -> tuple[int, float, float, int]:
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        out = Path(folder) / "region"
        start, busy = time.perf_counter(), time.process_time()
        generate(
            out, patients=patients, enheter=max(2, patients // PER_UNIT), first="2023-11", last="2026-10", seed=SEED,
            form=form, progress=lambda done, total: None,
        )  # fmt: skip
        seconds, cpu = time.perf_counter() - start, time.process_time() - busy
        manifest = tomllib.loads((out / "leverans.toml").read_text(encoding="utf-8"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT_OF_MAXRSS
    return manifest["filer"]["intyg"]["rader"], seconds, cpu, peak


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--patients", type=int, default=PATIENTS)
    for what, measured in synthetic(arguments.parse_args().patients):
        sys.stdout.write(f"{what}: {measured}\n")
