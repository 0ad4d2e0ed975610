"""Curve measures: events per day from one GROUP BY, and the cumulative incidences of the curves that may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from schemas.measure import GRID, Curve

SEXES = ("K", "M", "okand", "alla")
LAST_DAY = max(GRID)
OWN = "_egen"


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """`events[node, cohort, sex, cause, day]`: cases that left at `day` by each of `causes`, the last of which is
    "followed no longer". Days after LAST_DAY are pooled at LAST_DAY + 1. `cells` has one row per node, cohort and sex
    with personer and handelser (of the event itself)."""

    causes: tuple[str, ...]
    nodes: tuple[str, ...]
    periods: tuple[str, ...]
    events: np.ndarray
    cells: pd.DataFrame


def count_events(connection: duckdb.DuckDBPyConnection, measure: Curve, nodes: pd.DataFrame, cohorts: pd.DataFrame) -> Cohorts:
    """Count the events of every twelve-month cohort; `cohorts` has period and the quarters in it."""
    causes = _split_causes(measure)
    counted = connection.execute(_event_sql(measure), {"last": LAST_DAY + 1}).df()
    quarters = sorted(cohorts["kvartal"].unique())
    periods = sorted(cohorts["period"].unique())
    node_ids = tuple(nodes["enhet_id"])
    events = np.zeros((len(node_ids), len(quarters), 3, len(causes) + 1, LAST_DAY + 2), dtype=np.int64)
    known = counted[counted["kvartal"].isin(quarters) & counted["enhet_id"].isin(node_ids)]
    np.add.at(
        events,
        (
            pd.Index(node_ids).get_indexer(known["enhet_id"]),
            pd.Index(quarters).get_indexer(known["kvartal"]),
            pd.Index(SEXES[:3]).get_indexer(known["kon"]),
            pd.Index([*causes, ""]).get_indexer(known["orsak"]),
            known["dag"].to_numpy(),
        ),
        known["antal"].to_numpy(),
    )
    member = np.array([[((cohorts["period"] == p) & (cohorts["kvartal"] == q)).any() for q in quarters] for p in periods])
    windows = np.einsum("pq,nqscd->npscd", member.astype(np.int64), events, optimize=True)
    whole = np.concatenate([windows, windows.sum(axis=2, keepdims=True)], axis=2)
    cells = _cells(connection, measure, whole, node_ids, tuple(periods), cohorts)
    return Cohorts(causes=causes, nodes=node_ids, periods=tuple(periods), events=whole, cells=cells)


def _split_causes(measure: Curve) -> tuple[str, ...]:
    """The event, split by whether the own unit did it where the measure asks for that, and the competing causes."""
    event = (measure.event.id + OWN, measure.event.id) if measure.own_unit else (measure.event.id,)
    return (*event, *(cause.id for cause in measure.competing))


def _event_sql(measure: Curve) -> str:
    return f"""
        SELECT nod.enhet_id, rad.kvartal, rad.kon, CAST(least(rad.dag, $last) AS INTEGER) AS dag,
            CASE WHEN rad.dag >= $last THEN '' WHEN rad.egen THEN rad.orsak || '{OWN}' ELSE coalesce(rad.orsak, '')
            END AS orsak,
            count(*) AS antal
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr
        GROUP BY ALL"""


def _cells(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    events: np.ndarray,
    nodes: tuple[str, ...],
    periods: tuple[str, ...],
    cohorts: pd.DataFrame,
) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([nodes, periods, SEXES], names=["enhet_id", "period", "kon"])
    own = 2 if measure.own_unit else 1
    cells = index.to_frame(index=False).assign(
        periodtyp="r12",
        antal=events.sum(axis=(3, 4)).ravel(),
        handelser=events[:, :, :, :own].sum(axis=(3, 4)).ravel(),
    )
    connection.register("cohorts", cohorts)
    persons = connection.execute(
        f"""SELECT nod.enhet_id, cohorts.period, coalesce(rad.kon, 'alla') AS kon,
            count(DISTINCT rad.patient_nr) AS personer
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN cohorts ON cohorts.kvartal = rad.kvartal
        GROUP BY GROUPING SETS ((nod.enhet_id, cohorts.period, rad.kon), (nod.enhet_id, cohorts.period))"""
    ).df()
    connection.unregister("cohorts")
    return cells.merge(persons, on=["enhet_id", "period", "kon"], how="left").fillna({"personer": 0})


def cells_with_events(cohorts: Cohorts) -> Iterator[tuple[tuple[str, str, str], np.ndarray]]:
    """(enhet_id, period, sex) and its events [cause, day], one at a time."""
    for node, enhet_id in enumerate(cohorts.nodes):
        for at, period in enumerate(cohorts.periods):
            for sex, kon in enumerate(SEXES):
                yield (enhet_id, period, kon), cohorts.events[node, at, sex]
