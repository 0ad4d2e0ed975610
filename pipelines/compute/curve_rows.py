"""The table `kurva` of curve measures: the points that may be shown, and the declared days that may not."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.curve import AT, STRATA, dense, fits, still_followed
from pipelines.compute.points import Points, points
from pipelines.settings import Settings
from pipelines.stats.survival import Incidence
from schemas.curve_lattice import OWN
from schemas.dimensions import BOTH, NO_BREAKDOWN, WHOLE
from schemas.marginal import NO_DAY
from schemas.measure import Curve
from schemas.tables import PUBLISHED

COLUMNS = list(PUBLISHED["kurva"].columns)
METHOD = "Aalen–Johansen, log-log"
# finer would tell in what order people left and were followed no longer; an event among ten thousand is seen
DECIMALS = 4


def curves(
    connection: duckdb.DuckDBPyConnection, measure: Curve, cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    """The table `kurva` from the events and the protected cells (with `dold`): the whole on the grid, groups on the declared
    horizons, as far as enough are followed and were to be expected, and on the days that tell about enough (`points`).

    A declared day that is left out is a silent row; a hidden curve is one, without day. The curve for alla has the days
    that both sexes have, so that it adds nothing that could be subtracted."""
    told = _with_its_parts(cells[cells["kon"].ne("okand") & cells["indelning"].ne(STRATA)])
    sexes = told[told["kon"].isin(BOTH)]
    found = points(connection, measure, sexes, nodes, still_followed(connection), settings)
    parts = [_silent(told[told["dold"]].assign(dag=NO_DAY), measure.event.id)]
    for own, of_groups in zip(found, (False, True), strict=True):
        chosen = sexes[sexes["indelning"].ne(NO_BREAKDOWN) == of_groups].reset_index(drop=True)
        if not of_groups:
            chosen, own = _with_both(chosen, told[told["kon"].eq(WHOLE)], own)
        parts += _rows(connection, measure, chosen, own, of_groups=of_groups)
    return pd.concat(parts, ignore_index=True).assign(matt_id=measure.id)[COLUMNS]


def _with_its_parts(told: pd.DataFrame) -> pd.DataFrame:
    """The cells with alla hidden where either sex is."""
    place = ["enhet_id", "period"]
    whole = told["indelning"].eq(NO_BREAKDOWN)
    either = told["dold"].where(whole, False).groupby([told[name] for name in place]).transform("any")
    return told.assign(dold=told["dold"] | (told["kon"].eq(WHOLE) & either))


def _with_both(sexes: pd.DataFrame, both: pd.DataFrame, found: Points) -> tuple[pd.DataFrame, Points]:
    """The cells of kvinnor and män and after them those of alla, and the points of them all."""
    place = pd.Series(range(len(sexes)), index=pd.MultiIndex.from_frame(sexes[["enhet_id", "period", "kon"]]))
    women, men = (
        place.reindex(pd.MultiIndex.from_frame(both[["enhet_id", "period"]].assign(kon=sex))).to_numpy(dtype=np.intp)
        for sex in BOTH
    )
    open_ = ~both["dold"].to_numpy(dtype=bool)[:, None]
    masks = {
        name: np.concatenate([part, part[women] & part[men] & open_])
        for name in ("reached", "shown", "own")
        for part in [getattr(found, name)]
    }
    at_risk = np.concatenate([found.at_risk, found.at_risk[women] + found.at_risk[men]])
    return pd.concat([sexes, both], ignore_index=True), Points(days=found.days, **masks, at_risk=at_risk)


def _rows(
    connection: duckdb.DuckDBPyConnection, measure: Curve, cells: pd.DataFrame, found: Points, *, of_groups: bool
) -> list[pd.DataFrame]:
    open_ = np.flatnonzero(~cells["dold"].to_numpy(dtype=bool))
    shown = cells.iloc[open_].reset_index(drop=True)
    masks = {measure.event.id: found.shown[open_], measure.event.id + OWN: found.own[open_]}
    declared = found.reached[open_] & np.isin(found.days, measure.horizons)
    parts = []
    for numbers, events in dense(connection, measure, shown.assign(nr=shown.index)):
        keys = shown.iloc[numbers].reset_index(drop=True)
        n, at_risk = events.sum(axis=(1, 2)), found.at_risk[open_][numbers]
        for cause, fit in fits(events, measure, found.days, of_groups=of_groups):
            mask = masks[cause][numbers]
            parts.append(_points(keys, cause, fit, mask, at_risk, n))
            cell, day = np.nonzero(declared[numbers] & ~mask)
            parts.append(_silent(keys.iloc[cell].assign(dag=np.array(found.days)[day]), cause))
    return parts


def _silent(hidden: pd.DataFrame, cause: str) -> pd.DataFrame:
    return hidden[[*AT, "dag"]].assign(
        orsak_id=cause, utfall="dolt", orsak=None, andel=np.nan, nedre=np.nan, ovre=np.nan, i_risk=np.nan, n=np.nan,
        metod=METHOD,
    )  # fmt: skip


def _points(
    keys: pd.DataFrame, cause: str, fit: Incidence, mask: np.ndarray, at_risk: np.ndarray, n: np.ndarray
) -> pd.DataFrame:
    cell, day = np.nonzero(mask)
    share, lower, upper = (np.round(part[cell, 0, day], DECIMALS) for part in (fit.share, fit.lower, fit.upper))
    return keys.iloc[cell][AT].assign(
        orsak_id=cause, dag=fit.day[day], utfall="tal", orsak=None, andel=share, nedre=lower, ovre=upper,
        i_risk=at_risk[cell, day], n=n[cell], metod=fit.method,
    )  # fmt: skip
