"""`make coverage`: draw, count, judge, and write docs/intervall.md."""

import argparse
import time
from pathlib import Path

from benchmarks.coverage.judge import SEEDS, coverage
from benchmarks.coverage.page import page
from benchmarks.coverage.population import SIZES

PAGE = Path(__file__).parents[2] / "docs" / "intervall.md"


def main() -> None:
    """Print the table, and write the page when every seed has been drawn."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=SEEDS, help="units of each size")
    arguments.add_argument("--sizes", nargs="*", default=[size.name for size in SIZES])
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--keep", type=Path, help="also write every interval to this Parquet file")
    chosen = arguments.parse_args()
    begun = time.perf_counter()
    intervals = coverage(chosen.seeds, [size for size in SIZES if size.name in chosen.sizes], chosen.workers)
    if chosen.keep:
        intervals.to_parquet(chosen.keep)
    text = page(intervals, chosen.seeds)
    print(text, f"{time.perf_counter() - begun:.0f} s", sep="\n")
    if chosen.seeds == SEEDS and len(chosen.sizes) == len(SIZES):
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
