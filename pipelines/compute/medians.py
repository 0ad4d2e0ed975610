"""The day on which half have had the event: a day that a curve tells besides its points."""

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.curve import DAYS, EXPECTED, by_kind, dense, expected
from pipelines.disclosure.curves import apart, followed
from pipelines.settings import Settings
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import Incidence, aalen_johansen, quantile
from schemas.measure import Curve

Mask = NDArray[np.bool_]
LEVEL = 0.95
ENOUGH = 100  # events, for a median


def median_day(fit: Incidence, inside: Mask) -> Floats:
    """The median of the first cause [...], to whole days, where it falls on a day `inside` [..., day]."""
    return np.rint(quantile(DAYS, np.where(inside, 1 - fit.share[..., 0, :], np.nan), 0.5))


def limits_on(fit: Incidence, point: Mask) -> tuple[Floats, Floats]:
    """An interval of the median that ends on shown days [..., day], so that it tells nothing besides the curve: the last on
    which the curve's upper limit is below a half (the first day, where there is none), and the first on which its lower
    limit is not; missing where there is none."""
    share, lower, upper = (part[..., 0, :] for part in (fit.share, fit.lower, fit.upper))
    still_below = point & (np.where(np.isnan(upper), share, upper) < 0.5)
    above = point & (lower >= 0.5)
    low = np.where(still_below, DAYS, 0).max(axis=-1).astype(float)
    high = np.where(above.any(axis=-1), above.argmax(axis=-1), np.nan)
    return low, high


def may_be_told(median: Floats, through: Floats, fit: Incidence, point: Mask, least: float) -> Mask:
    """Whether the day tells about enough beside the shown points [...]. Of few events a median is told only where it lies far
    from the other shown days: those told are no fair sample of medians, and their intervals do not hold."""
    apart_from_others = apart(_whole(median), through, fit.at_risk, point, least=least)
    return np.isfinite(median) & apart_from_others & (through[..., -1] >= ENOUGH)


def _whole(median: Floats) -> NDArray[np.intp]:
    return np.nan_to_num(median).astype(np.intp)


def too_near(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    days: NDArray[np.intp],
    shown: Mask,
    following: pd.DataFrame,
    settings: Settings,
) -> Mask:
    """The points [cell, day] beside which a median could not be told that can be told beside those `shown`. A median says
    more than another point of the curve, so it goes first."""
    near = np.zeros(shown.shape, dtype=bool)
    open_ = np.flatnonzero(~cells["dold"].to_numpy(dtype=bool))
    chosen = cells.iloc[open_].reset_index(drop=True)
    for numbers, events in dense(connection, measure, chosen.assign(nr=chosen.index)):
        event, others, censored = by_kind(events, measure)
        fit = aalen_johansen(DAYS, np.stack([event, others], axis=1), censored, level=LEVEL)
        awaited = expected(following, chosen.iloc[numbers], events.sum(axis=(1, 2)))
        inside = followed(fit.at_risk, least=settings.curve_at_risk) & (awaited >= EXPECTED * settings.curve_at_risk)
        median, through = median_day(fit, inside), np.cumsum(event, axis=-1)
        point = np.zeros(through.shape, dtype=bool)
        point[:, days] = shown[open_[numbers]]
        told = may_be_told(median, through, fit, point, settings.threshold)
        day = _whole(median)[:, None]
        on = np.take_along_axis(through, day, -1)
        before = on - np.take_along_axis(event, day, -1)
        between = np.where(days < day, before - through[:, days], through[:, days] - on)
        near[open_[numbers]] = told[:, None] & (between < settings.threshold)
    return near
