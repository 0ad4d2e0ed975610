"""Units by the thousand, each from random numbers of its own, and every interval beside what is true."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import duckdb
import numpy as np
import pandas as pd

from benchmarks.coverage.delivery import deliver
from benchmarks.coverage.figures import figures
from benchmarks.coverage.population import SIZES, Size, draw
from benchmarks.coverage.truth import Truth, truth

SEED, SEEDS = 20191297, 2_000


def coverage(seeds: int, sizes: list[Size], workers: int) -> pd.DataFrame:
    """Every interval of every unit: size, figure, who, unit, value, lower, upper and the truth."""
    blocks = [
        (size, number, min(size.block, seeds - first))
        for size in sizes
        for number, first in enumerate(range(0, seeds, size.block))
    ]
    known = truth(np.random.default_rng([SEED, 0]))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = pd.concat(list(pool.map(block, *zip(*blocks, strict=True))), ignore_index=True)
    return with_truth(found, known)


def block(size: Size, number: int, units: int) -> pd.DataFrame:
    """The product's figures of some units of one size, from random numbers of their own."""
    rng = np.random.default_rng([SEED, 1 + SIZES.index(size), number])
    cases = draw(size.listed, units, rng)
    with duckdb.connect(config={"threads": "1"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        deliver(connection, cases, size.listed, units, rng)
        found = figures(connection, size.listed)
    return found.assign(size=size.name, unit=found["unit"] + number * size.block)


def with_truth(found: pd.DataFrame, known: Truth) -> pd.DataFrame:
    return found.assign(truth=[known.get(key, np.nan) for key in zip(found["figure"], found["who"], strict=True)])
