"""Resource measures: amounts that are about no person, per listade."""

import duckdb
import numpy as np
import pandas as pd

from schemas.dimensions import NO_BREAKDOWN, WHOLE
from schemas.measure import Resource


def amounts(connection: duckdb.DuckDBPyConnection, measure: Resource, *, least_listed: int) -> pd.DataFrame:
    """The rows of the table `varde` for every node and month whose vårdcentraler have all stated the amount. It is no
    estimate and has no interval; the rate is missing where listade are."""
    # base and quantity come from the declaration in schemas/measures
    rows = connection.execute(
        f"""
        WITH delar AS (
            SELECT nod.enhet_id, nod.enhet_nr, count(*) OVER (PARTITION BY nod.enhet_id) AS enheter
            FROM nod JOIN core.enhet AS enhet ON enhet.enhet_nr = nod.enhet_nr AND enhet.enhetstyp = 'vardcentral'
        ),
        listade AS (SELECT enhet_nr, manad, sum(antal) AS antal FROM mart.listade GROUP BY enhet_nr, manad)
        SELECT delar.enhet_id, rad.manad AS period, CAST(sum(rad.{measure.quantity}) AS DOUBLE) AS antal,
            CASE WHEN count(listade.antal) = count(*) THEN CAST(sum(listade.antal) AS DOUBLE) END AS namnare
        FROM {measure.base} AS rad
        JOIN delar ON delar.enhet_nr = rad.enhet_nr
        JOIN core.manad AS manad ON manad.manad = rad.manad
        LEFT JOIN listade ON listade.enhet_nr = rad.enhet_nr AND listade.manad = rad.manad
        GROUP BY delar.enhet_id, rad.manad
        HAVING count(*) = any_value(delar.enheter)
        ORDER BY delar.enhet_id, rad.manad"""
    ).df()
    denominator = rows["namnare"].to_numpy(dtype=float)
    possible = np.nan_to_num(denominator, nan=0.0) >= least_listed
    denominator = np.where(possible, denominator, np.nan)
    return rows.assign(
        matt_id=measure.id,
        periodtyp="manad",
        kon=WHOLE,
        indelning=NO_BREAKDOWN,
        grupp=WHOLE,
        utfall="tal",
        kvot_utfall=np.where(possible, "tal", "ej_beraknat"),
        orsak=pd.Series(None, index=rows.index, dtype=object).mask(~possible, "underlag_saknas"),
        namnare=denominator,
        varde=measure.per * rows["antal"] / denominator,
        nedre=np.nan,
        ovre=np.nan,
        metod="Uppgift från regionen",
    )
