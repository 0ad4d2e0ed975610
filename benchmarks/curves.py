"""Curves with intervals for every unit and sex from millions of sjukfall, as the product makes them, against the GROUP BY
that counts the events, and against lifelines where it can be imported."""

import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

import duckdb
import pandas as pd

from pipelines.compute.curve import DAYS, count_days, dense, fits
from schemas.dimensions import NO_BREAKDOWN, WHOLE
from schemas.measure import GRID
from schemas.measures import MEASURES

CASES, UNITS, RUNS, SAMPLE = 3_000_000, 1_200, 7, 60
MEASURE, PERIOD = MEASURES["atergang"], "2025-12"
# invented: a heavy tail of lengths, three causes, one case in eight still open
MADE = """
    CREATE TABLE mart.atergang AS
    SELECT
        '2025-12' AS kvartal,
        CAST(1 + floor($units * random()) AS INTEGER) AS enhet_nr,
        CASE WHEN random() < 0.62 THEN 'K' ELSE 'M' END AS kon,
        CAST(ceil(25 * pow(1 / (1 - random()), 0.75) - 24.999) AS INTEGER) AS dag,
        CASE WHEN random() < 0.125 THEN NULL WHEN random() < 0.9 THEN 'atergang' WHEN random() < 0.7 THEN 'okand'
            ELSE 'pension' END AS orsak,
        false AS egen
    FROM range($cases)"""
COUNTED = """
    CREATE OR REPLACE TEMP TABLE golv AS
    SELECT enhet_nr, kvartal, kon, orsak, least(dag, $last) AS dag, count(*) AS antal FROM mart.atergang GROUP BY ALL"""


def curve_times(cases: int = CASES) -> list[tuple[str, str]]:
    """What is measured and the figure: the median of interleaved runs, lowest and highest."""
    with duckdb.connect() as connection:
        _fill(connection, cases)
        wanted = _wanted()
        floors, counts, estimates = [], [], []
        for run in range(RUNS + 1):
            took = (
                _timed(lambda: connection.execute(COUNTED, {"last": int(DAYS[-1])})),
                _timed(lambda: count_days(connection, MEASURE, {NO_BREAKDOWN: f"'{WHOLE}'"})),
                _timed(lambda: _estimated(connection, wanted)),
            )
            if run:  # the first warms everything
                for kept, seconds in zip((floors, counts, estimates), took, strict=True):
                    kept.append(seconds)
        name = f"curves of {UNITS:,} units x 2 sexes from {cases:,} sjukfall"
        whole = [(count + fit) / floor for count, fit, floor in zip(counts, estimates, floors, strict=True)]
        alone = [fit / floor for fit, floor in zip(estimates, floors, strict=True)]
        return [
            (f"{name}: (count + fetch + estimate) / GROUP BY", _spread(whole)),
            (f"{name}: (fetch + estimate) / GROUP BY", _spread(alone)),
            *_beside_lifelines(connection, statistics.median(whole) * statistics.median(floors)),
        ]


def _fill(connection: duckdb.DuckDBPyConnection, cases: int) -> None:
    connection.execute("CREATE SCHEMA mart")
    connection.execute(MADE, {"units": UNITS, "cases": cases})
    connection.execute("CREATE TEMP TABLE nod AS SELECT nr AS enhet_nr, 'E' || nr AS enhet_id FROM range(1, $end) AS r(nr)",
                       {"end": UNITS + 1})  # fmt: skip
    connection.execute("CREATE TEMP TABLE kohort AS SELECT '2025-12' AS period, '2025-12' AS kvartal")


def _wanted() -> pd.DataFrame:
    units = [f"E{nr}" for nr in range(1, UNITS + 1)]
    index = pd.MultiIndex.from_product([units, [PERIOD], ["K", "M"]], names=["enhet_id", "period", "kon"])
    frame = index.to_frame(index=False).assign(indelning=NO_BREAKDOWN, grupp=WHOLE)
    return frame.assign(nr=frame.index)


def _estimated(connection: duckdb.DuckDBPyConnection, wanted: pd.DataFrame) -> None:
    """Every cause of every curve on the days that are published, with variance and limits."""
    for _, events in dense(connection, MEASURE, wanted):
        list(fits(events, MEASURE, GRID, of_groups=False))


def _beside_lifelines(connection: duckdb.DuckDBPyConnection, ours: float) -> list[tuple[str, str]]:
    """The same curves, one cause of each, by lifelines: a sample of the cells, scaled to all of them. It is no dependency
    of ours; where it is not installed nothing is compared."""
    if find_spec("lifelines") is None:
        return []
    from lifelines import AalenJohansenFitter

    rows = connection.execute(
        """SELECT enhet_nr, kon, dag, CASE orsak WHEN 'atergang' THEN 1 WHEN 'okand' THEN 2 WHEN 'pension' THEN 3 ELSE 0 END
            AS orsak FROM mart.atergang WHERE enhet_nr <= $units""",
        {"units": SAMPLE // 2},
    ).df()
    cells = [cell for _, cell in rows.groupby(["enhet_nr", "kon"])]

    def every() -> None:
        for cell in cells:
            AalenJohansenFitter(seed=1).fit(cell["dag"], cell["orsak"], event_of_interest=1)

    theirs = _timed(every) * 2 * UNITS / len(cells)
    return [(f"lifelines ({len(cells)} cells, scaled) / ours with its count", f"{theirs / ours:.0f}")]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


if __name__ == "__main__":
    for what, measured in curve_times():
        print(what, measured)
