"""What a vårdcentral would have if it did as its region: the region's own rates in each stratum among its patients."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.adjusted import by_sex, estimated, pooled
from pipelines.compute.count import age_denominators
from pipelines.compute.curve import STRATA, dense
from pipelines.compute.windows import centres_of, make_windows
from pipelines.settings import Settings
from schemas.dimensions import ALDERSGRUPP, BOTH
from schemas.measure import Count, Curve

AT = ["enhet_id", "period", "kon"]
FUNNEL = ["region", "period", "kon"]


def expected_events(
    connection: duckdb.DuckDBPyConnection, measure: Count, kind: str, nodes: pd.DataFrame
) -> pd.DataFrame:
    """AT and vantat: Σ listade of the unit × the region's rate by age, within each sex."""
    make_windows(connection, measure)
    listed = age_denominators(connection)
    listed = listed[listed["periodtyp"].eq(kind) & listed["kon"].isin(BOTH) & listed["grupp"].isin(ALDERSGRUPP.ids)]
    # base and where come from the declaration in schemas/measures, never from a request
    counted = connection.execute(
        f"""SELECT nod.enhet_id, fonster.period, rad.kon, band.grupp, CAST(count(*) AS DOUBLE) AS antal
        FROM {measure.base} AS rad
        JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN core.band AS band ON band.indelning = '{ALDERSGRUPP.column}' AND rad.alder BETWEEN band.fran AND band.till
        JOIN fonster ON fonster.manad = rad.manad AND fonster.periodtyp = $kind
        WHERE {measure.where} AND starts_with(nod.enhet_id, 'region:')
        GROUP BY ALL""",
        {"kind": kind},
    ).df()
    strata = [*FUNNEL, "grupp"]
    top = listed.rename(columns={"enhet_id": "region", "namnare": "listade"})
    rates = top.merge(counted.rename(columns={"enhet_id": "region"}), on=strata, how="left").fillna({"antal": 0})
    rates = rates.assign(tal=rates["antal"] / rates["listade"])[[*strata, "tal"]]
    own = listed.merge(centres_of(nodes), on="enhet_id").merge(rates, on=strata, how="left")
    sums = own.assign(vantat=own["namnare"] * own["tal"]).groupby(AT)["vantat"]
    return sums.agg(lambda parts: parts.sum(skipna=False)).reset_index()


def shares_on_the_day(connection: duckdb.DuckDBPyConnection, measure: Curve, cells: pd.DataFrame) -> pd.DataFrame:
    """AT, andel_egen = F on the headline day, and vard = the cases that it is worth."""
    share, variance, size = (np.full(len(cells), np.nan) for _ in range(3))
    for numbers, events in dense(connection, measure, cells.assign(nr=range(len(cells)))):
        value, spread = estimated(events, measure, [measure.headline])
        share[numbers], variance[numbers] = value[:, 0], spread[:, 0]
        size[numbers] = events.sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(variance > 0, share * (1 - share) / variance, size)
    return cells[AT].assign(andel_egen=share, vard=np.where(np.isfinite(share), worth, np.nan))


def expected_shares(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    settings: Settings,
) -> pd.DataFrame:
    """AT, vantad: the region's share in each stratum, weighted by the unit's cases; missing where one is not followed."""
    strata = cells[cells["indelning"].eq(STRATA)]
    regions = strata[strata["enhet_id"].isin(centres_of(nodes)["region"])]
    if regions.empty:
        return pd.DataFrame(columns=[*AT, "vantad"])
    pairs = regions.assign(par=regions.groupby(["enhet_id", "period"]).ngroup())
    layers = pooled(by_sex(pairs), settings)
    numbered = layers.assign(nr=layers.groupby(["par", "lager", "sida"], sort=True).ngroup())
    share = np.full(int(numbered["nr"].max()) + 1, np.nan)
    for numbers, events in dense(connection, measure, numbered):
        share[numbers] = estimated(events, measure, [measure.headline])[0][:, 0]
    told = numbered.assign(tal=share[numbered["nr"].to_numpy()]).rename(columns={"enhet_id": "region"})
    own = strata[strata["antal"] > 0].merge(centres_of(nodes), on="enhet_id")
    own = own.merge(told[[*FUNNEL, "grupp", "tal"]], on=[*FUNNEL, "grupp"], how="left")
    sums = own.assign(del_=own["antal"] * own["tal"]).groupby(AT)
    weighted = sums["del_"].agg(lambda parts: parts.sum(skipna=False)) / sums["antal"].sum()
    return weighted.rename("vantad").reset_index()
