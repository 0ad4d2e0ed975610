"""Faults in the certificates per enhet and month: the table `datafel` before protection."""

import duckdb
import pandas as pd

from pipelines.compute.lattice import Relation, below
from pipelines.compute.windows import twelve_months
from schemas.dimensions import DATAFEL

AT = ["enhet_id", "periodtyp", "period", "fel"]


def fault_cells(connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame) -> pd.DataFrame:
    """Every cell, zeros included: AT, antal (certified periods or sjukfall), personer (distinct). Months, and twelve
    months that end with a quarter."""
    periods = _periods(connection)
    connection.register("perioder", periods)
    counted = connection.execute(
        """SELECT nod.enhet_id, perioder.periodtyp, perioder.period, rad.fel, count(*) AS antal,
            count(DISTINCT rad.patient_nr) AS personer
        FROM mart.datafel AS rad
        JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN perioder ON perioder.manad = rad.manad
        GROUP BY nod.enhet_id, perioder.periodtyp, perioder.period, rad.fel"""
    ).df()
    connection.unregister("perioder")
    grid = nodes[["enhet_id"]].merge(periods[["periodtyp", "period"]].drop_duplicates(), how="cross")
    grid = grid.merge(pd.DataFrame({"fel": DATAFEL.ids}), how="cross")
    return grid.merge(counted, on=AT, how="left").fillna({"antal": 0, "personer": 0})


def _periods(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """periodtyp, period, manad"""
    months = connection.execute("SELECT manad, kvartal FROM core.manad ORDER BY manad").df()
    whole = months.groupby("kvartal").filter(lambda quarter: len(quarter) == 3)
    single = months[["manad"]].assign(periodtyp="manad", period=months["manad"])
    return pd.concat([single, twelve_months(whole)], ignore_index=True)


def fault_relations(cells: pd.DataFrame, nodes: pd.DataFrame) -> list[Relation]:
    """The sums over place, and of twelve months over their months."""
    place = {key: row for row, key in enumerate(cells[AT].itertuples(index=False, name=None))}
    children = below(nodes)
    found = []
    for (enhet_id, kind, period, fault), total in place.items():
        if enhet_id in children:
            found.append((total, tuple(place[child, kind, period, fault] for child in children[enhet_id])))
        if kind == "r12":
            months = pd.period_range(end=period, periods=12, freq="M").astype(str)
            found.append((total, tuple(place[enhet_id, "manad", month, fault] for month in months)))
    return found
