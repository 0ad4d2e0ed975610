"""Counting measures: cells of cases and persons per node, period and sex, and the rates made from protected cells."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.windows import periods_of
from pipelines.stats.intervals import rate
from schemas.measure import Count, Time

SEXES = ("K", "M", "okand", "alla")
KEYS = ["enhet_id", "periodtyp", "period", "kon"]


def count_cells(connection: duckdb.DuckDBPyConnection, measure: Count, nodes: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the measure, zeros included: KEYS, antal (cases), personer (distinct), namnare (mean listade in
    the period, missing where a month or a unit of the node lacks it)."""
    periods = periods_of(connection, measure)
    connection.register("periods", periods)
    connection.execute("CREATE OR REPLACE TEMP TABLE fonster AS SELECT periodtyp, period, manad FROM periods")
    connection.unregister("periods")
    counted = connection.execute(_counting_sql(measure)).df()
    grid = _grid(periods, nodes, measure)
    cells = grid.merge(counted, on=KEYS, how="left").fillna({"antal": 0, "personer": 0})
    return cells.merge(_denominators(connection), on=KEYS, how="left").sort_values(KEYS, ignore_index=True)


def _counting_sql(measure: Count) -> str:
    # base and where come from the declaration in schemas/measures, never from a request
    return f"""
        SELECT nod.enhet_id, fonster.periodtyp, fonster.period, coalesce(rad.kon, 'alla') AS kon,
            count(*) AS antal, count(DISTINCT rad.patient_nr) AS personer
        FROM {measure.base} AS rad
        JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN fonster ON fonster.manad = rad.manad
        WHERE {measure.where}
        GROUP BY GROUPING SETS (
            (nod.enhet_id, fonster.periodtyp, fonster.period, rad.kon),
            (nod.enhet_id, fonster.periodtyp, fonster.period)
        )"""


def _grid(periods: pd.DataFrame, nodes: pd.DataFrame, measure: Count) -> pd.DataFrame:
    sexes = pd.DataFrame({"kon": SEXES})
    whole = periods[["periodtyp", "period"]].drop_duplicates()
    grid = nodes[["enhet_id"]].merge(whole, how="cross").merge(sexes, how="cross")
    if measure.time is Time.FLOW:
        # monthly flows by sex are mostly below five at a median vårdcentral: months are for alla
        grid = grid[(grid["periodtyp"] != "manad") | (grid["kon"] == "alla")]
    return grid


def _denominators(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Mean listade per node, period and sex, where every month and every vårdcentral of the node has them."""
    return connection.execute(
        """
        WITH delar AS (
            SELECT nod.enhet_id, enhet.enhet_nr FROM nod JOIN core.enhet AS enhet ON enhet.enhet_nr = nod.enhet_nr
            WHERE enhet.enhetstyp = 'vardcentral'
        ),
        alla_kon AS (
            SELECT enhet_nr, manad, kon, antal FROM mart.listade
            UNION ALL
            SELECT enhet_nr, manad, 'alla', sum(antal) FROM mart.listade GROUP BY enhet_nr, manad
        ),
        vantade AS (SELECT enhet_id, count(*) AS enheter FROM delar GROUP BY enhet_id),
        manader AS (SELECT periodtyp, period, count(*) AS manader FROM fonster GROUP BY periodtyp, period)
        SELECT delar.enhet_id, fonster.periodtyp, fonster.period, alla_kon.kon,
            CAST(sum(alla_kon.antal) AS DOUBLE) / any_value(manader.manader) AS namnare
        FROM alla_kon
        JOIN delar ON delar.enhet_nr = alla_kon.enhet_nr
        JOIN fonster ON fonster.manad = alla_kon.manad
        JOIN vantade ON vantade.enhet_id = delar.enhet_id
        JOIN manader ON manader.periodtyp = fonster.periodtyp AND manader.period = fonster.period
        GROUP BY delar.enhet_id, fonster.periodtyp, fonster.period, alla_kon.kon
        HAVING count(*) = any_value(vantade.enheter) * any_value(manader.manader)
        """
    ).df()


def rates(cells: pd.DataFrame, measure: Count, *, least_listed: int) -> pd.DataFrame:
    """The published table `varde` from protected cells (with the boolean column `dold`). Sex not recorded has rows
    only in a measure where it occurs."""
    unrecorded = cells["kon"].eq("okand")
    if not cells.loc[unrecorded, "antal"].any():
        cells = cells[~unrecorded]
    shown = ~cells["dold"].to_numpy()
    denominator = cells["namnare"].to_numpy(dtype=float)
    has_rate = shown & (np.nan_to_num(denominator, nan=0.0) >= least_listed)
    antal = np.where(shown, cells["antal"], np.nan)
    figures = rate(
        np.where(has_rate, antal, np.nan), np.where(has_rate, denominator, np.nan), per=measure.per, level=0.95
    )
    return cells[KEYS].assign(
        matt_id=measure.id,
        utfall=np.where(shown, "tal", "dolt"),
        kvot_utfall=np.select([has_rate, shown], ["tal", "ej_beraknat"], "dolt"),
        orsak=pd.Series(None, index=cells.index, dtype=object).mask(shown & ~has_rate, "underlag_saknas"),
        antal=antal,
        namnare=np.where(has_rate, denominator, np.nan),
        varde=figures.value,
        nedre=figures.lower,
        ovre=figures.upper,
        metod="Byar, exakt Poisson under 10",
    )
