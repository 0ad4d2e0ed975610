"""Measures of states: how many of a cohort stand on each grade day by day, where enough stand on every one."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.curve import CHUNK, LAST_DAY
from pipelines.compute.windows import make_cohorts
from pipelines.disclosure.curves import rounded_to_five
from pipelines.stats.grades import GradeShares, grade_shares
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import at_days
from schemas.curve_lattice import STATE_DAYS
from schemas.dimensions import BOTH, NO_BREAKDOWN, WHOLE
from schemas.measure import Occupation
from schemas.tables import PUBLISHED

AT = ["enhet_id", "period", "kon"]
DAYS = np.arange(1, LAST_DAY + 1)
COLUMNS = list(PUBLISHED["kurva"].columns)


def occupation(
    connection: duckdb.DuckDBPyConnection, measure: Occupation, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> pd.DataFrame:
    """Every state of kvinnor and män on every day of the grid, in the form of the table `kurva` and with `antal`, the cases
    that stand there as far as is known, and of the cohort `slut`, those who have ended, and `kvar`, who are followed on.
    `cohorts` has period and the quarters in it (kvartal)."""
    cells = _counted(connection, measure, nodes, cohorts)
    parts = [_points(*found, measure) for found in _fits(connection, measure, cells)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, "antal", "slut", "kvar"])
    return rows.assign(matt_id=measure.id)


def _counted(
    connection: duckdb.DuckDBPyConnection, measure: Occupation, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> pd.DataFrame:
    """Count the moves of every quarter into the temporary table `byte`; returns AT, nr and personer of the cells."""
    make_cohorts(connection, cohorts)
    states = [(grade, at) for at, state in enumerate(measure.states) for grade in state.grades]
    connection.register("states", pd.DataFrame(states, columns=["grad", "nr"]))
    # base comes from a declaration in schemas, never from a request; a move within a state is none
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE byte AS
        SELECT nod.enhet_id, rad.kvartal, rad.kon, rad.dag, coalesce(fran.nr, -1) AS fran, coalesce(till.nr, -1) AS till,
            count(*) AS antal
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr
        LEFT JOIN states AS fran ON fran.grad = rad.fran_grad LEFT JOIN states AS till ON till.grad = rad.till_grad
        WHERE rad.dag <= $last AND fran.nr IS DISTINCT FROM till.nr AND rad.kon IN ('K', 'M')
        GROUP BY ALL""",
        {"last": LAST_DAY},
    )
    connection.unregister("states")
    persons = connection.execute(
        f"""SELECT nod.enhet_id, kohort.period, rad.kon, count(DISTINCT rad.patient_nr) AS personer
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr JOIN kohort ON kohort.kvartal = rad.kvartal
        GROUP BY ALL"""
    ).df()
    index = pd.MultiIndex.from_product([nodes["enhet_id"], sorted(cohorts["period"].unique()), BOTH], names=AT)
    cells = index.to_frame(index=False).merge(persons, on=AT, how="left").fillna({"personer": 0})
    return cells.assign(nr=range(len(cells)))


def _fits(
    connection: duckdb.DuckDBPyConnection, measure: Occupation, cells: pd.DataFrame
) -> Iterator[tuple[pd.DataFrame, GradeShares, Floats, Floats]]:
    """Some cells at a time, their shares, and on STATE_DAYS those who have ended and who are followed on [cell, day]."""
    size = len(measure.states)
    connection.register("wanted", cells)
    connection.execute("CREATE OR REPLACE TEMP TABLE ruta AS SELECT * FROM wanted")
    connection.unregister("wanted")
    for first in range(0, len(cells), CHUNK):
        chosen = cells.iloc[first : first + CHUNK].reset_index(drop=True)
        found = connection.execute(
            """SELECT ruta.nr - $first AS nr, byte.fran, byte.till, byte.dag, sum(byte.antal) AS antal
            FROM ruta JOIN kohort ON kohort.period = ruta.period
            JOIN byte ON byte.kvartal = kohort.kvartal AND byte.enhet_id = ruta.enhet_id AND byte.kon = ruta.kon
            WHERE ruta.nr BETWEEN $first AND $last GROUP BY ALL""",
            {"first": first, "last": first + len(chosen) - 1},
        ).df()
        start, moves, censored = _moves(found, len(chosen), size)
        place = [state.id for state in measure.states].index(measure.ended)
        over = start[:, [place]] + np.cumsum(moves[:, :, place].sum(axis=1), axis=-1)
        open_ = start.sum(axis=1, keepdims=True) - over - np.cumsum(censored.sum(axis=1), axis=-1)
        days = np.array(STATE_DAYS) - 1
        yield chosen, grade_shares(DAYS, start, moves, censored, level=0.95), over[:, days], open_[:, days]


def _moves(found: pd.DataFrame, cells: int, size: int) -> tuple[Floats, Floats, Floats]:
    """start[cell, state], moves[cell, from, to, day] and censored[cell, state, day]."""
    start, moves = np.zeros((cells, size)), np.zeros((cells, size, size, DAYS.size))
    censored = np.zeros((cells, size, DAYS.size))
    begun, gone = found[found["dag"] == 0], found[(found["dag"] > 0) & (found["till"] < 0)]
    moved = found[(found["dag"] > 0) & (found["till"] >= 0)]
    np.add.at(start, (begun["nr"], begun["till"]), begun["antal"])
    np.add.at(moves, (moved["nr"], moved["fran"], moved["till"], moved["dag"] - 1), moved["antal"])
    np.add.at(censored, (gone["nr"], gone["fran"], gone["dag"] - 1), gone["antal"])
    return start, moves, censored


def _points(cells: pd.DataFrame, fit: GradeShares, over: Floats, open_: Floats, measure: Occupation) -> pd.DataFrame:
    """One row per cell, state and day."""
    days = np.array(STATE_DAYS)
    share, lower, upper = (at_days(DAYS, part, days, start=0.0) for part in (fit.share, fit.lower, fit.upper))
    risk = at_days(DAYS, fit.at_risk, days, start=0.0)
    seen = risk.sum(axis=1, keepdims=True)  # those followed on the day, ended ones among them
    cell, state, day = (index.ravel() for index in np.indices(share.shape))
    n = np.nansum(fit.at_risk[:, :, 0], axis=1)
    return cells.iloc[cell][[*AT, "personer"]].assign(
        indelning=NO_BREAKDOWN, grupp=WHOLE, orsak_id=np.array([one.id for one in measure.states], dtype=object)[state],
        dag=days[day], orsak=None, andel=share.ravel(), nedre=lower.ravel(), ovre=upper.ravel(),
        i_risk=rounded_to_five(risk).ravel(), n=n[cell], antal=np.nan_to_num((share * seen).ravel()), metod=fit.method,
        slut=over[cell, day], kvar=open_[cell, day],
    )  # fmt: skip


def shown_states(rows: pd.DataFrame, measure: Occupation) -> pd.DataFrame:
    """The table `kurva` from protected rows (with `dold`): what is hidden has a row on the declared days."""
    rows = rows[~rows["dold"] | rows["dag"].isin(measure.horizons)]
    hidden = rows["dold"].to_numpy()
    numbers = {name: rows[name].where(~hidden) for name in ("andel", "nedre", "ovre", "i_risk", "n")}
    return rows.assign(utfall=np.where(hidden, "dolt", "tal"), **numbers)[COLUMNS]
