"""Curves with intervals for every unit and sex from millions of sjukfall, against the GROUP BY that counts the events."""

import statistics
import time
from collections.abc import Callable

import duckdb
import numpy as np

from pipelines.stats.survival import Incidence, aalen_johansen

CASES, UNITS, LAST_DAY, CAUSES, RUNS = 3_000_000, 1_200, 365, 3, 7
# invented: a heavy tail of lengths, three causes, one case in eight still open
MADE = """
    CREATE TABLE avslut AS
    SELECT
        CAST(1 + floor($units * random()) AS INTEGER) AS enhet_nr,
        CASE WHEN random() < 0.62 THEN 'K' ELSE 'M' END AS kon,
        CAST(ceil(25 * pow(1 / (1 - random()), 0.75) - 24.999) AS INTEGER) AS dag,
        CAST(CASE WHEN random() < 0.125 THEN 0 WHEN random() < 0.9 THEN 1 WHEN random() < 0.7 THEN 2 ELSE 3 END
            AS INTEGER) AS orsak
    FROM range($cases)"""
COUNTED = """
    SELECT enhet_nr, kon, CAST(least(dag, $last) AS INTEGER) AS dag, CASE WHEN dag >= $last THEN 0 ELSE orsak END AS orsak,
        count(*) AS antal
    FROM avslut GROUP BY ALL"""


def curve_times(cases: int = CASES) -> list[tuple[str, str]]:
    """What is measured and the figure: the median of interleaved runs, lowest and highest."""
    with duckdb.connect() as connection:
        connection.execute(MADE, {"units": UNITS, "cases": cases})
        _fitted(_counted(connection))
        floors, fits = [], []
        for _ in range(RUNS):
            seconds, counted = _timed(lambda: _counted(connection))
            floors.append(seconds)
            fits.append(_timed(lambda counted=counted: _fitted(counted))[0])
    ratios = [fit / floor for fit, floor in zip(fits, floors, strict=True)]
    name = f"curves of {UNITS:,} units x 2 sexes from {cases:,} sjukfall"
    return [
        (f"{name}: estimate / GROUP BY", _spread(ratios)),
        (f"{name}: (GROUP BY + estimate) / GROUP BY", _spread([1 + ratio for ratio in ratios])),
    ]


def _counted(connection: duckdb.DuckDBPyConnection) -> dict[str, np.ndarray]:
    return connection.execute(COUNTED, {"last": LAST_DAY + 1}).fetchnumpy()


def _fitted(counted: dict[str, np.ndarray]) -> Incidence:
    """Every cause of every curve on every day, with variance and limits."""
    shape = (UNITS, 2, CAUSES + 1, LAST_DAY + 1)
    place = (
        counted["enhet_nr"] - 1, (counted["kon"] == "M").astype(np.int64), counted["orsak"], counted["dag"] - 1
    )  # fmt: skip
    flat = np.ravel_multi_index(place, shape)
    events = np.bincount(flat, weights=counted["antal"], minlength=int(np.prod(shape))).reshape(shape)
    return aalen_johansen(np.arange(1, LAST_DAY + 2), events[:, :, 1:], events[:, :, 0], level=0.95)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
