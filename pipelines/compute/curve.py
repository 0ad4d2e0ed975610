"""Curve measures: events per day from one GROUP BY, and the cumulative incidences of the curves that may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines.disclosure.curves import last_shown, rounded_to_five
from pipelines.errors import MeasureError
from pipelines.settings import Settings
from pipelines.stats.survival import aalen_johansen, at_days
from schemas.measure import GRID, Curve
from schemas.tables import PUBLISHED

SEXES = ("K", "M", "okand", "alla")
LAST_DAY = max(GRID)
OWN = "_egen"
COLUMNS = PUBLISHED["kurva"].columns
MISSING = np.array([np.nan])
Part = dict[str, Any]  # the columns of some rows: an array each, or one value for them all
SILENT: Part = {
    "dag": np.array([0]), "utfall": "dolt", "orsak": None, "andel": MISSING, "nedre": MISSING, "ovre": MISSING,
    "i_risk": MISSING, "n": MISSING, "metod": "Aalen–Johansen, log-log",
}  # fmt: skip


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


def count_events(
    connection: duckdb.DuckDBPyConnection, measure: Curve, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> Cohorts:
    """Count the events of every twelve-month cohort; `cohorts` has period and the quarters in it."""
    causes = _split_causes(measure)
    counted = connection.execute(_event_sql(measure), {"last": LAST_DAY + 1}).df()
    quarters = sorted(cohorts["kvartal"].unique())
    periods = sorted(cohorts["period"].unique())
    node_ids = tuple(nodes["enhet_id"])
    events = np.zeros((len(node_ids), len(quarters), 3, len(causes) + 1, LAST_DAY + 2), dtype=np.int64)
    known = counted[counted["kvartal"].isin(quarters) & counted["enhet_id"].isin(node_ids)]
    if undeclared := set(known["orsak"]) - {*causes, ""}:
        raise MeasureError(f"Måttet {measure.id} har orsaker som inte är deklarerade.", faults=sorted(undeclared))
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
    member = np.array(
        [[((cohorts["period"] == p) & (cohorts["kvartal"] == q)).any() for q in quarters] for p in periods]
    )
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
            CASE WHEN rad.dag >= $last OR rad.orsak IS NULL THEN '' WHEN rad.egen THEN rad.orsak || '{OWN}'
            ELSE rad.orsak END AS orsak,
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


def curves(cohorts: Cohorts, cells: pd.DataFrame, measure: Curve, settings: Settings) -> pd.DataFrame:
    """The table `kurva` from the events and the protected cells (with `dold`). A hidden curve is one silent row."""
    hidden = cells.set_index(["enhet_id", "period", "kon"])["dold"].to_dict()
    parts: list[Part] = []
    for (enhet_id, period, kon), events in cells_with_events(cohorts):
        key = {"matt_id": measure.id, "enhet_id": enhet_id, "period": period, "kon": kon}
        if kon == "okand":
            continue
        if hidden[enhet_id, period, kon]:
            parts.append(key | SILENT | {"orsak_id": measure.event.id})
        else:
            parts += [key | found for found in _estimated(events, cohorts.causes, measure, settings)]
    return _stacked(parts)


def _stacked(parts: list[Part]) -> pd.DataFrame:
    """Thousands of small curves as one frame: arrays are joined column by column, single values repeated."""
    lengths = [len(part["dag"]) for part in parts]
    columns = {}
    for name in COLUMNS:
        values = [part[name] for part in parts]
        if all(isinstance(value, np.ndarray) for value in values):
            columns[name] = np.concatenate(values)
        else:
            columns[name] = np.repeat(np.array(values, dtype=object), lengths)
    return pd.DataFrame(columns)


def _estimated(events: np.ndarray, causes: tuple[str, ...], measure: Curve, settings: Settings) -> Iterator[Part]:
    """One part per cause that has enough events, on the grid as far as enough are at risk."""
    merged = _with_whole_event(events, causes, measure)
    for cause, counts, others in merged:
        if counts.sum() < settings.curve_events:
            continue
        fit = aalen_johansen(np.arange(LAST_DAY + 2), np.stack([counts, others]), events[-1], level=0.95)
        grid = np.array(GRID)
        risk = at_days(fit.day, fit.at_risk, grid, start=fit.at_risk[0])
        kept = slice(0, last_shown(risk, least=settings.curve_at_risk) + 1)
        share, lower, upper = (
            at_days(fit.day, part[0], grid, start=0.0)[kept] for part in (fit.share, fit.lower, fit.upper)
        )
        yield {
            "orsak_id": cause,
            "dag": grid[kept],
            "utfall": "tal",
            "orsak": None,
            "andel": share,
            "nedre": lower,
            "ovre": upper,
            "i_risk": rounded_to_five(risk[kept]),
            "n": np.full(share.size, float(events.sum())),
            "metod": fit.method,
        }


def _with_whole_event(
    events: np.ndarray, causes: tuple[str, ...], measure: Curve
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """(cause, its events per day, all other events per day); the event by whichever unit comes first."""
    every = events[:-1].sum(axis=0)
    own = 2 if measure.own_unit else 1
    whole = events[:own].sum(axis=0)
    yield measure.event.id, whole, every - whole
    if measure.own_unit:
        yield measure.event.id + OWN, events[0], every - events[0]
    for at in range(own, len(causes)):
        yield causes[at], events[at], every - events[at]
