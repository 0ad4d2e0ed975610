"""Curves standardised for who the patients are: the same mix of strata for kvinnor and män of one place."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.curve import DAYS, STRATA, by_kind, dense
from pipelines.settings import Settings
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import ROUNDING, aalen_johansen, limits
from schemas.dimensions import BOTH
from schemas.measure import Curve, Landmark


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """`share`, `lower`, `upper[P, 2, horizon]` of every pair, missing where a stratum is not followed so long; `strata[P]`
    is how many the pair's cases could be told apart in."""

    share: Floats
    lower: Floats
    upper: Floats
    strata: NDArray[np.intp]


def adjusted_shares(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    pairs: pd.DataFrame,
    settings: Settings,
) -> Adjusted | None:
    """Direct standardisation of the cumulative incidence with the place's own cases of both sexes as weights: Σ w·F with
    variance Σ w²·Var F. Only pairs of which both sexes are shown have figures; None where nothing is declared.

    A stratum has at least `curve_persons` persons and `curve_events` events of each sex; smaller ones are joined over
    ages, then over everything, then with the smallest that is large enough."""
    if not measure.adjusted or pairs.empty:
        return None
    both = pairs[~pairs[list(BOTH)].any(axis=1)]
    strata = cells[cells["indelning"].eq(STRATA)].merge(both[["enhet_id", "period", "par"]], on=["enhet_id", "period"])
    if strata.empty:
        return None
    return standardised(connection, measure, by_sex(strata), len(pairs), measure.horizons, settings)


def by_sex(strata: pd.DataFrame) -> pd.DataFrame:
    """Cells of strata with the sides of a pair, kvinnor and män: `sida`, and `stratum`."""
    return strata.assign(sida=strata["kon"].eq("M").astype(int), stratum=strata["grupp"])


def standardised(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve | Landmark,
    strata: pd.DataFrame,
    pairs: int,
    days: Sequence[int],
    settings: Settings,
) -> Adjusted:
    """The shares on the `days` of so many `pairs`, each of two sides with the same mix of strata: that of both together.
    `strata` is cells with `par` and `sida` (0 or 1), where they belong, and `stratum` (finest/coarser)."""
    layers = pooled(strata, settings)
    numbered = layers.assign(nr=layers.groupby(["par", "lager", "sida"], sort=True).ngroup())
    size = numbered.groupby(["par", "lager"])["antal"].sum()
    weight = size / size.groupby("par").transform("sum")
    at = numbered.drop_duplicates("nr").sort_values("nr")
    weights = weight.loc[pd.MultiIndex.from_frame(at[["par", "lager"]])].to_numpy(dtype=float)
    place = (at["par"].to_numpy(), at["sida"].to_numpy())
    value, variance = (np.zeros((pairs, 2, len(days))) for _ in range(2))
    for numbers, events in dense(connection, measure, numbered):
        share, spread = estimated(events, measure, days)
        w = weights[numbers][:, None]
        index = (place[0][numbers], place[1][numbers])
        np.add.at(value, index, w * share)
        np.add.at(variance, index, w**2 * spread)
    groups = numbered.groupby("par")["lager"].nunique().reindex(range(pairs), fill_value=0).to_numpy()
    value[groups == 0] = np.nan
    lower, upper = limits(value, variance, level=0.95, scale="log-log")
    return Adjusted(share=value, lower=lower, upper=upper, strata=groups)


def estimated(events: Floats, measure: Curve | Landmark, days: Sequence[int]) -> tuple[Floats, Floats]:
    """F and its variance on the days [cell, day], missing where the cell is followed no longer."""
    event, others, censored = by_kind(events, measure)
    fit = aalen_johansen(DAYS, np.stack([event, others], axis=1), censored, level=0.95, at=days)
    seen = (fit.at_risk > 0) | (fit.survival < ROUNDING)
    return np.where(seen, fit.share[:, 0], np.nan), np.where(seen, fit.variance[:, 0], np.nan)


def pooled(strata: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The strata with `lager`, the name of the group that each belongs to: never too small for either side."""
    there = strata[strata.groupby(["par", "stratum"])["antal"].transform("sum") > 0]
    named = there.assign(lager=there["stratum"])
    wider = there["stratum"]
    while not wider.eq("ovriga").all():
        coarser = wider.str.partition("/")[2]
        wider = coarser.mask(coarser.eq(""), "ovriga")
        few = ~_large_enough(named, settings)
        named = named.assign(lager=named["lager"].mask(few, wider))
    few = ~_large_enough(named, settings)
    # the rest of everything is still too small: it joins the smallest group that is not
    size = named[~few].groupby(["par", "lager"])["antal"].sum().reset_index().sort_values(["par", "antal", "lager"])
    smallest = size.drop_duplicates("par").set_index("par")["lager"]
    target = named["par"].map(smallest).fillna("ovriga")
    return named.assign(lager=named["lager"].mask(few, target))


def _large_enough(named: pd.DataFrame, settings: Settings) -> pd.Series:
    """Of each row: whether its group has enough persons and events on both sides."""
    sums = named.groupby(["par", "lager", "sida"])[["personer", "handelser"]].sum().unstack("sida", fill_value=0)
    enough = sums["personer"].ge(settings.curve_persons).all(axis=1) & sums["handelser"].ge(settings.curve_events).all(
        axis=1
    )
    index = pd.MultiIndex.from_frame(named[["par", "lager"]])
    return pd.Series(enough.reindex(index).to_numpy(dtype=bool), index=named.index)
