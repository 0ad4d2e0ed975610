"""Events of curve measures: one GROUP BY counts them, and arrays of the events of many cells are estimated all at once."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.windows import make_cohorts
from pipelines.errors import MeasureError
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import Incidence, aalen_johansen
from schemas.curve_lattice import OWN, causes_of
from schemas.dimensions import BOTH, BREAKDOWNS, NO_BREAKDOWN, WHOLE
from schemas.measure import GRID, Curve, Landmark

SEXES = ("K", "M", "okand", WHOLE)
LAST_DAY = max(GRID)
DAYS = np.arange(LAST_DAY + 2)
STRATA = "strata"  # the "breakdown" by the columns that shares are standardised for; never published
CHUNK = 1_000  # cells that are estimated together: bounds the memory; fewer take longer (benchmarks/curves.py)
AT = ["enhet_id", "period", "kon", "indelning", "grupp"]
# A day that is shown only where enough happen to remain is shown where the event happened to be late. With twice as many
# expected the least number remains in 97 cases of a hundred, and what is shown does not depend on how it went.
EXPECTED = 2


def by_kind(events: Floats, measure: Curve | Landmark) -> tuple[Floats, Floats, Floats]:
    """The event, all that competes with it, and followed no longer, from events[..., cause, day]: [..., day] each."""
    own = 2 if measure.own_unit else 1
    return events[..., :own, :].sum(axis=-2), events[..., own:-1, :].sum(axis=-2), events[..., -1, :]


def count_events(
    connection: duckdb.DuckDBPyConnection, measure: Curve, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> pd.DataFrame:
    """Count the events (`count_days`) and return the cells of every twelve-month cohort: AT, antal (cases), handelser (of
    the event itself) and personer. `cohorts` has period and the quarters in it (kvartal). Groups have cells for kvinnor
    and män only. Raises MeasureError on a cause that is not declared."""
    make_cohorts(connection, cohorts)
    splits = {NO_BREAKDOWN: f"'{WHOLE}'"} | {name: f"rad.{name}" for name in measure.breakdowns}
    if measure.adjusted:
        splits[STRATA] = " || '/' || ".join(f"coalesce(rad.{name}, 'okand')" for name in measure.adjusted)
    count_days(connection, measure, splits)
    parts = [_cells(connection, measure, nodes, split, column) for split, column in splits.items()]
    return pd.concat([part for part in parts if not _unsaid(part)], ignore_index=True)


def count_days(connection: duckdb.DuckDBPyConnection, measure: Curve | Landmark, splits: dict[str, str]) -> None:
    """Count each unit's events per quarter, sex, group and day into the temporary table `handelse`; `splits` says by which
    column (or expression) each breakdown is. Raises MeasureError on a cause that is not declared."""
    causes = pd.DataFrame({"orsak": [*causes_of(measure), ""]})
    connection.register("causes", causes.assign(orsak_nr=range(len(causes))))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE handelse AS {' UNION ALL '.join(_event_sql(measure, *one) for one in splits.items())}",
        {"last": LAST_DAY + 1},
    )
    connection.unregister("causes")
    unknown = connection.execute("SELECT DISTINCT orsak FROM handelse WHERE orsak_nr IS NULL ORDER BY orsak").fetchall()
    if unknown:
        raise MeasureError(
            f"Måttet {measure.id} har orsaker som inte är deklarerade.", faults=[cause for (cause,) in unknown]
        )


def _event_sql(measure: Curve | Landmark, split: str, column: str) -> str:
    # base and columns come from declarations in schemas, never from a request; days after LAST_DAY are one day
    return f"""
        SELECT dagar.enhet_nr, dagar.kvartal, dagar.kon, '{split}' AS indelning, dagar.grupp, dagar.dag,
            CASE WHEN causes.orsak_nr IS NULL THEN dagar.orsak END AS orsak, causes.orsak_nr, dagar.antal
        FROM (
            SELECT rad.enhet_nr, rad.kvartal, rad.kon, {column} AS grupp, CAST(least(rad.dag, $last) AS INTEGER) AS dag,
                CASE WHEN rad.dag >= $last OR rad.orsak IS NULL THEN '' WHEN rad.egen THEN rad.orsak || '{OWN}'
                ELSE rad.orsak END AS orsak,
                count(*) AS antal
            FROM {measure.base} AS rad GROUP BY ALL
        ) AS dagar
        LEFT JOIN causes ON causes.orsak = dagar.orsak"""


def _cells(
    connection: duckdb.DuckDBPyConnection, measure: Curve, nodes: pd.DataFrame, split: str, column: str
) -> pd.DataFrame:
    whole = ", (nod.enhet_id, kohort.period, grupp)" if split == NO_BREAKDOWN else ""
    counted = connection.execute(
        f"""SELECT nod.enhet_id, kohort.period, coalesce(rad.kon, '{WHOLE}') AS kon, {column} AS grupp,
            count(*) AS antal, count(*) FILTER (WHERE rad.orsak = $event AND rad.dag <= $last) AS handelser,
            count(DISTINCT rad.patient_nr) AS personer
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr JOIN kohort ON kohort.kvartal = rad.kvartal
        GROUP BY GROUPING SETS ((nod.enhet_id, kohort.period, grupp, rad.kon){whole})""",
        {"event": measure.event.id, "last": LAST_DAY},
    ).df()
    sexes = SEXES if split == NO_BREAKDOWN else BOTH
    groups = BREAKDOWNS[split].ids if split in BREAKDOWNS else sorted(counted["grupp"].unique())
    periods = [
        period for (period,) in connection.execute("SELECT DISTINCT period FROM kohort ORDER BY period").fetchall()
    ]
    names = ["enhet_id", "period", "kon", "grupp"]
    index = pd.MultiIndex.from_product([nodes["enhet_id"], periods, sexes, groups], names=names)
    cells = index.to_frame(index=False).merge(counted, on=names, how="left")
    return cells.fillna({"antal": 0, "handelser": 0, "personer": 0}).assign(indelning=split)


def _unsaid(cells: pd.DataFrame) -> bool:
    """A breakdown by something that the region has not delivered: every case is "uppgift saknas"."""
    return cells["indelning"].iloc[0] in BREAKDOWNS and not cells.loc[cells["grupp"] != "okand", "antal"].any()


def dense(
    connection: duckdb.DuckDBPyConnection, measure: Curve | Landmark, wanted: pd.DataFrame, *, together: int = 2
) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """The events of some cells, about CHUNK at a time: their numbers and events[cell, cause, day], where the last cause is
    "followed no longer". `wanted` has AT and `nr` from 0; rows with one nr are one cell. So many cells in a row as
    `together` says (a pair) are never parted."""
    connection.register("wanted", _by_sex(wanted)[["nr", *AT]])
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE ruta AS
        SELECT wanted.nr, nod.enhet_nr, kohort.kvartal, wanted.kon, wanted.indelning, wanted.grupp
        FROM wanted JOIN nod ON nod.enhet_id = wanted.enhet_id JOIN kohort ON kohort.period = wanted.period"""
    )
    connection.unregister("wanted")
    size = int(wanted["nr"].max()) + 1 if len(wanted) else 0
    step = max(1, CHUNK // together) * together
    for first in range(0, size, step):
        numbers = np.arange(first, min(first + step, size))
        found = connection.execute(
            """SELECT ruta.nr - $first AS nr, handelse.orsak_nr, handelse.dag, sum(handelse.antal) AS antal
            FROM ruta JOIN handelse ON handelse.enhet_nr = ruta.enhet_nr AND handelse.kvartal = ruta.kvartal
                AND handelse.kon = ruta.kon AND handelse.indelning = ruta.indelning AND handelse.grupp = ruta.grupp
            WHERE ruta.nr BETWEEN $first AND $last GROUP BY ALL""",
            {"first": int(numbers[0]), "last": int(numbers[-1])},
        ).fetchnumpy()
        shape = (numbers.size, len(causes_of(measure)) + 1, DAYS.size)
        flat = np.ravel_multi_index((found["nr"], found["orsak_nr"], found["dag"]), shape)
        summed = np.bincount(flat, weights=found["antal"], minlength=int(np.prod(shape)))
        yield numbers, np.asarray(summed, dtype=float).reshape(shape)


def _by_sex(wanted: pd.DataFrame) -> pd.DataFrame:
    """A cell of alla is the cells of each sex."""
    whole = wanted["kon"].eq(WHOLE)
    return pd.concat([wanted[~whole], *(wanted[whole].assign(kon=sex) for sex in SEXES if sex != WHOLE)])


def still_followed(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The share of all counted cases of a cohort, sex and group that are still followed when a day begins, whatever unit
    they are at: a row per AT without enhet, a column per day of DAYS."""
    left = connection.execute(
        """SELECT kohort.period, alla.kon, alla.indelning, alla.grupp, alla.dag, sum(alla.antal) AS antal
        FROM (
            -- a quarter is in four cohorts: the units are added up before it is counted in each
            SELECT kvartal, kon, indelning, grupp, dag, sum(antal) AS antal FROM handelse GROUP BY ALL
        ) AS alla
        JOIN kohort ON kohort.kvartal = alla.kvartal
        GROUP BY ALL"""
    ).df()
    both = pd.concat([left, left.assign(kon=WHOLE)])
    exits = both.pivot_table(index=AT[1:], columns="dag", values="antal", aggfunc="sum", fill_value=0)
    exits = exits.reindex(columns=DAYS, fill_value=0).astype(float)
    remain = exits.loc[:, ::-1].cumsum(axis=1).loc[:, ::-1]
    return remain.div(remain[0], axis=0)


def expected(following: pd.DataFrame, keys: pd.DataFrame, n: Floats) -> Floats:
    """How many of each cell's `n` cases would be followed on each of DAYS if its cases went as everybody's."""
    return n[:, None] * following.reindex(pd.MultiIndex.from_frame(keys[AT[1:]]), fill_value=0.0).to_numpy()


def fits(events: Floats, measure: Curve, days: tuple[int, ...], *, of_groups: bool) -> Iterator[tuple[str, Incidence]]:
    """(cause, its curves on `days` as the first cause of the fit): the event by whichever unit, and by the own."""
    own = 2 if measure.own_unit else 1
    whole, others = events[:, :own].sum(axis=1), events[:, own:-1].sum(axis=1)
    yield measure.event.id, aalen_johansen(DAYS, np.stack([whole, others], axis=1), events[:, -1], level=0.95, at=days)
    if measure.own_unit and not of_groups:
        apart = np.stack([events[:, 0], events[:, 1:-1].sum(axis=1)], axis=1)
        yield measure.event.id + OWN, aalen_johansen(DAYS, apart, events[:, -1], level=0.95, at=days)
