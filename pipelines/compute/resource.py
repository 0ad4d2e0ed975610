"""Resource measures: amounts that are about no person, per listade, per unit or per case."""

import duckdb
import numpy as np
import pandas as pd

from schemas.dimensions import NO_BREAKDOWN, WHOLE
from schemas.measure import Resource, Workload

AT = ["enhet_id", "period"]


def amounts(connection: duckdb.DuckDBPyConnection, measure: Resource, *, least_listed: int) -> pd.DataFrame:
    """The rows of the table `varde` for every node and month whose vårdcentraler have all stated the amount. It is no
    estimate and has no interval; the rate is missing where the denominator is, or where listade are too few."""
    # quantity and denominator are columns that the declaration in schemas/measures names
    rows = _summed(
        connection, measure,
        f"CASE WHEN count(rad.{measure.denominator}) = count(*) THEN CAST(sum(rad.{measure.denominator}) AS DOUBLE) END",
    )  # fmt: skip
    denominator = rows["namnare"].to_numpy(dtype=float)
    least = least_listed if measure.denominator == "listade" else 1
    return _published(rows, measure, np.nan_to_num(denominator, nan=0.0) >= least, np.zeros(len(rows), dtype=bool))


def workload(connection: duckdb.DuckDBPyConnection, measure: Workload, cells: pd.DataFrame) -> pd.DataFrame:
    """The same per case: `cells` are the protected cells of the measure that is the denominator. Where its count is
    hidden the rate is, for the amount and the rate together give the count."""
    whole = cells[cells["kon"].eq(WHOLE) & cells["periodtyp"].eq("manad") & cells["indelning"].eq(NO_BREAKDOWN)]
    rows = _summed(connection, measure, "CAST(NULL AS DOUBLE)").drop(columns="namnare")
    rows = rows.merge(whole[[*AT, "antal", "dold"]].rename(columns={"antal": "namnare"}), on=AT, how="left")
    closed = rows["dold"].eq(True).to_numpy()
    possible = (rows["namnare"].to_numpy(dtype=float) > 0) & ~closed
    return _published(rows.drop(columns="dold"), measure, possible, closed)


def _summed(connection: duckdb.DuckDBPyConnection, measure: Resource, denominator: str) -> pd.DataFrame:
    """enhet_id, period, antal, namnare of every node and month with a row for each of its vårdcentraler."""
    return connection.execute(
        f"""
        WITH delar AS (
            SELECT nod.enhet_id, nod.enhet_nr, count(*) OVER (PARTITION BY nod.enhet_id) AS enheter
            FROM nod JOIN core.enhet AS enhet ON enhet.enhet_nr = nod.enhet_nr AND enhet.enhetstyp = 'vardcentral'
        )
        SELECT delar.enhet_id, rad.manad AS period, CAST(sum(rad.{measure.quantity}) AS DOUBLE) AS antal,
            {denominator} AS namnare
        FROM {measure.base} AS rad
        JOIN delar ON delar.enhet_nr = rad.enhet_nr
        JOIN core.manad AS manad ON manad.manad = rad.manad
        GROUP BY delar.enhet_id, rad.manad
        HAVING count(*) = any_value(delar.enheter)
        ORDER BY delar.enhet_id, rad.manad"""
    ).df()


def _published(rows: pd.DataFrame, measure: Resource, possible: np.ndarray, closed: np.ndarray) -> pd.DataFrame:
    denominator = np.where(possible, rows["namnare"], np.nan)
    return rows.assign(
        matt_id=measure.id,
        periodtyp="manad",
        kon=WHOLE,
        indelning=NO_BREAKDOWN,
        grupp=WHOLE,
        utfall="tal",
        kvot_utfall=np.select([possible, closed], ["tal", "dolt"], "ej_beraknat"),
        orsak=pd.Series(None, index=rows.index, dtype=object).mask(~possible & ~closed, "underlag_saknas"),
        namnare=denominator,
        varde=rows["antal"] / denominator * measure.per,
        nedre=np.nan,
        ovre=np.nan,
        metod="Uppgift från regionen",
    )
