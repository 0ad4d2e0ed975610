"""`make bench`: the whole road on a million certificates, the sjukfall step against a bare sort and write of the same
columns and against pandas and Polars, a month derived onward, curves against the count of their events, and the
dashboard's callbacks. Prints ratios and rates; single seconds depend on the machine."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.callbacks import callback_times
from benchmarks.curves import curve_times
from benchmarks.flags import false_flags
from benchmarks.load import load_times
from benchmarks.reading import reading_times
from benchmarks.signals import false_alarms
from benchmarks.sjukfall import compare, one_more_month, spent
from benchmarks.synthetic import PATIENTS, PER_UNIT, SEED, synthetic
from benchmarks.wide import widen
from pipelines import warehouse
from pipelines.deliveries import load
from pipelines.release import build_release
from pipelines.settings import Settings
from pipelines.synthetic import generate

SCREEN = Console(highlight=False)
# patients that give about a million delivered certificate rows in 36 months
PATIENTS_PER_MILLION = 1_470_000


def main() -> None:
    """Run everything in a temporary folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--patients", type=int, default=PATIENTS_PER_MILLION)
    arguments.add_argument("--rows", type=int, default=1_000_000, help="certificates of the sjukfall step")
    arguments.add_argument("--synth-patients", type=int, default=PATIENTS, help="for the speed of the generator alone")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="sjukvy-bench-") as folder:
        settings = Settings(data=Path(folder), demo=True)
        table = Table(title="Benchmarks", title_justify="left")
        table.add_column("What")
        table.add_column("Measured", justify="right")
        for row in (
            *_road(settings, chosen.patients),
            *compare(chosen.rows, settings.data / "sjukfall"),
            *one_more_month(chosen.rows, settings.data / "month"),
            *reading_times(chosen.rows, settings.data, 1),
            *curve_times(),
            *false_alarms(),
            *false_flags(),
            *_callbacks(settings),
            *synthetic(chosen.synth_patients),
        ):
            table.add_row(*row)
        SCREEN.print(table)


def _road(settings: Settings, patients: int) -> list[tuple[str, str]]:
    delivery = settings.data / "deliveries" / "bench"
    generate(
        delivery, patients=patients, enheter=max(2, patients // PER_UNIT), first="2023-11", last="2026-10", seed=SEED,
        progress=lambda done, total: None,
    )  # fmt: skip
    loaded = spent(lambda: load([delivery], settings, progress=lambda what, done, total: None)).seconds
    built = spent(lambda: build_release(settings, progress=lambda what: None)).seconds
    again = spent(lambda: build_release(settings, progress=lambda what: None)).seconds
    with warehouse.open_warehouse(settings) as connection:
        rows = connection.execute("SELECT count(*) FROM raw.intyg").fetchall()[0][0]
    return [
        ("certificate rows", f"{rows:,}"),
        ("load, rows per second", f"{rows / loaded:,.0f}"),
        ("build, rows per second", f"{rows / built:,.0f}"),
        ("run (load + build), rows per second", f"{rows / (loaded + built):,.0f}"),
        ("build with nothing new, seconds", f"{again:.2f}"),
    ]


def _callbacks(settings: Settings) -> list[tuple[str, str]]:
    pages = [
        (f"page {path}, median ms (size kB)", f"{median:.0f} ({size / 1000:.0f})")
        for path, median, size in callback_times(settings.published)
    ]
    return [*pages, *load_times(widen(settings.published, settings.data / "wide"))]


if __name__ == "__main__":
    main()
