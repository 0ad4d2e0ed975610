"""What a vårdcentral may be seen beside: how its region's vårdcentraler are spread, and which of them are like it.

Made from published values and from listade alone, so that nothing new is told about patients."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.count import age_denominators
from pipelines.compute.windows import centres_of, end_quarters, make_windows
from schemas.dimensions import ALDERSGRUPP, BOTH, DIAGNOS5, NO_BREAKDOWN, WHOLE
from schemas.lattice import ALIKE
from schemas.measure import AnyMeasure, Count, Curve, Time
from schemas.tables import PUBLISHED
from schemas.unit_tables import PERCENTILES

LEAST_UNITS = 10
LEAST_GROUPS = 3  # of the diagnosis groups, known at both of two units
SPREAD = ["enhet_id", "periodtyp", "period", "kon"]


def spread(
    values: pd.DataFrame, curves: pd.DataFrame, measures: dict[str, AnyMeasure], nodes: pd.DataFrame
) -> pd.DataFrame:
    """The table `spridning` of the featured measures, from the published tables `varde`, `kurva` and `enhet`."""
    parts = [
        _percentiles(_yearly(values, curves, measure), nodes).assign(matt_id=name)
        for name, measure in measures.items()
        if measure.featured
    ]
    columns = list(PUBLISHED["spridning"].columns)
    return pd.concat(parts, ignore_index=True).reindex(columns=columns) if parts else pd.DataFrame(columns=columns)


def _yearly(values: pd.DataFrame, curves: pd.DataFrame, measure: AnyMeasure) -> pd.DataFrame:
    """SPREAD and varde of a measure: twelve months, or the last day of a quarter for a stock."""
    if isinstance(measure, Curve):
        rows = curves[curves["matt_id"].eq(measure.id) & curves["orsak_id"].eq(measure.event.id)]
        rows = rows[rows["dag"].eq(measure.headline)].assign(periodtyp="r12", varde=100 * rows["andel"])
    else:
        stock = isinstance(measure, Count) and measure.time is Time.STOCK
        rows = values[values["matt_id"].eq(measure.id) & values["periodtyp"].eq("manad" if stock else "r12")]
        rows = rows[end_quarters(rows["period"])]
    whole = rows["indelning"].eq(NO_BREAKDOWN) & rows["kon"].isin(BOTH) & rows["varde"].notna()
    return rows.loc[whole, [*SPREAD, "varde"]]


def _percentiles(rows: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    own = rows.merge(centres_of(nodes), on="enhet_id")
    if own.empty:
        return pd.DataFrame()
    groups = own.groupby(["region", "periodtyp", "period", "kon"])["varde"]
    found = groups.quantile([int(name[1:]) / 100 for name in PERCENTILES]).unstack()
    found.columns = list(PERCENTILES)
    found = found.round(1).assign(enheter=groups.size().astype(float)).reset_index()
    return found[found["enheter"] >= LEAST_UNITS].rename(columns={"region": "enhet_id"})


def alike(
    connection: duckdb.DuckDBPyConnection, measure: Count, values: pd.DataFrame, nodes: pd.DataFrame
) -> pd.DataFrame:
    """The table `likhet` of the last twelve months. `measure` counts the started cases, whose diagnoses say what a unit
    is like. Three distances (log of size, mix of ages, mix of diagnoses) weigh alike: each over its median."""
    columns = list(PUBLISHED["likhet"].columns)
    make_windows(connection, measure)
    listed = age_denominators(connection)
    listed = listed[listed["periodtyp"].eq("r12") & listed["kon"].eq(WHOLE) & listed["grupp"].isin(ALDERSGRUPP.ids)]
    if listed.empty:
        return pd.DataFrame(columns=columns)
    period = listed["period"].max()
    ages = _wide(listed[listed["period"].eq(period)], "namnare", ALDERSGRUPP.ids).dropna()
    cases = values[
        values["matt_id"].eq(measure.id) & values["periodtyp"].eq("r12") & values["period"].eq(period)
        & values["kon"].eq(WHOLE) & values["indelning"].eq(DIAGNOS5.column)
    ]  # fmt: skip
    diagnoses = _wide(cases, "antal", DIAGNOS5.ids)
    found = [_within(ages, diagnoses, ids) for _, ids in centres_of(nodes).groupby("region")["enhet_id"]]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
    return rows.assign(period=period).reindex(columns=columns)


def _wide(rows: pd.DataFrame, value: str, groups: tuple[str, ...]) -> pd.DataFrame:
    return rows.pivot(index="enhet_id", columns="grupp", values=value).reindex(columns=list(groups))


def _within(ages: pd.DataFrame, diagnoses: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """The rows of one region's vårdcentraler with listade."""
    units = [unit for unit in sorted(ids) if unit in ages.index]
    if len(units) < 2:
        return pd.DataFrame()
    listed = ages.loc[units].to_numpy(dtype=float)
    size = np.log(listed.sum(axis=1))
    parts = [
        np.abs(size[:, None] - size),
        _dissimilarity(listed),
        _dissimilarity(diagnoses.reindex(units).to_numpy(dtype=float)),
    ]
    apart = np.nanmean([_weighed(part) for part in parts], axis=0)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, : min(ALIKE, len(units) - 1)]
    own = np.repeat(np.arange(len(units)), nearest.shape[1])
    other = nearest.ravel()
    return pd.DataFrame(
        {
            "enhet_id": np.array(units)[own],
            "lik_enhet_id": np.array(units)[other],
            "ordning": np.tile(np.arange(1, nearest.shape[1] + 1), len(units)),
            "storlek": np.round(np.exp(size[other] - size[own]), 2),
            "alder": np.round(parts[1][own, other], 2),
            "diagnos": np.round(parts[2][own, other], 2),
        }
    )


def _dissimilarity(counts: np.ndarray) -> np.ndarray:
    """Of counts[unit, group]: half the sum of the differences between two units' shares of the groups known at both
    (Duncan & Duncan 1955); missing with too few of them."""
    first, second = counts[:, None, :], counts[None, :, :]
    both = np.isfinite(first) & np.isfinite(second)
    one, two = (np.where(both, part, 0.0) for part in (first, second))
    sums = [part.sum(axis=2, keepdims=True) for part in (one, two)]
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(one / sums[0] - two / sums[1]).sum(axis=2) / 2
    return np.where(both.sum(axis=2) >= LEAST_GROUPS, apart, np.nan)


def _weighed(part: np.ndarray) -> np.ndarray:
    """A distance over its median between different units, so that no part rules because of its unit of measure."""
    between = part[~np.eye(len(part), dtype=bool)]
    middle = np.nanmedian(between) if np.isfinite(between).any() else np.nan
    return part / middle if middle > 0 else part
