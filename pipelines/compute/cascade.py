"""Cascade measures: how many of a cohort came how far, and the shares of the first step."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.stats.intervals import wilson
from schemas.measure import Cascade

SEXES = ("K", "M", "okand", "alla")
AT = ["enhet_id", "period", "kon"]


def cascade_cells(
    connection: duckdb.DuckDBPyConnection, measure: Cascade, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> pd.DataFrame:
    """One row per node, cohort that is followed to the horizon, sex and step: AT, ordning, steg, antal. `cohorts` has
    period and the quarters in it (kvartal)."""
    connection.register("cohorts", cohorts)
    counted = connection.execute(_counting_sql(measure), {"horizon": measure.horizon}).df()
    connection.unregister("cohorts")
    followed = counted.loc[counted["foljda"], "period"].unique()
    index = pd.MultiIndex.from_product([nodes["enhet_id"], sorted(followed), SEXES], names=AT)
    grid = index.to_frame(index=False).merge(counted.drop(columns="foljda"), on=AT, how="left").fillna(0)
    steps = [step.id for step in measure.steps]
    cells = grid.melt(id_vars=AT, value_vars=steps, var_name="steg", value_name="antal")
    cells["ordning"] = pd.Index(steps).get_indexer(cells["steg"])
    return cells.sort_values([*AT, "ordning"], ignore_index=True)


def _counting_sql(measure: Cascade) -> str:
    # base and conditions come from the declaration in schemas/measures, never from a request
    steps = ", ".join(f"count(*) FILTER (WHERE {step.reached}) AS {step.id}" for step in measure.steps)
    return f"""
        SELECT nod.enhet_id, cohorts.period, coalesce(rad.kon, 'alla') AS kon, {steps},
            min(min(rad.foljd_dagar)) OVER (PARTITION BY cohorts.period) >= $horizon AS foljda
        FROM {measure.base} AS rad
        JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN cohorts ON cohorts.kvartal = rad.kvartal
        GROUP BY GROUPING SETS ((nod.enhet_id, cohorts.period, rad.kon), (nod.enhet_id, cohorts.period))"""


def cascade_shares(cells: pd.DataFrame, measure: Cascade) -> pd.DataFrame:
    """The published table `kaskad` from protected cells (with `dold`). Sex not recorded has rows only where it occurs."""
    unrecorded = cells["kon"].eq("okand")
    if not cells.loc[unrecorded, "antal"].any():
        cells = cells[~unrecorded]
    first = cells.loc[cells["ordning"] == 0, [*AT, "antal", "dold"]]
    both = cells.merge(first, on=AT, suffixes=("", "_forsta"))
    shown = ~both["dold"].to_numpy()
    possible = shown & ~both["dold_forsta"].to_numpy() & (both["antal_forsta"] > 0).to_numpy()
    antal = np.where(shown, both["antal"], np.nan)
    share = wilson(
        np.where(possible, antal, np.nan), np.where(possible, both["antal_forsta"], np.nan), level=0.95
    )  # fmt: skip
    return both[[*AT, "steg", "ordning"]].assign(
        matt_id=measure.id,
        utfall=np.where(shown, "tal", "dolt"),
        antal=antal,
        andel=share.value,
        # where all or none came so far the limit is 1 or 0 but for the last bits
        nedre=np.clip(share.lower, 0, 1),
        ovre=np.clip(share.upper, 0, 1),
        metod=share.method,
    )
