"""Survival and cumulative incidence from event counts per day: a million cases cost a GROUP BY, not a fit.

Time is whole days. At risk on day t are those with entry < t <= exit. Events come before censorings of the same day,
and several causes on one day are taken together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

Floats = NDArray[np.floating]
TOLERANCE = 1e-8
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Aalen–Johansen: `share[cause, day]` = F(day) with `variance`, `lower` and `upper` of the same shape;
    `survival[day]` = share with no event through the day; `at_risk[day]`."""

    day: NDArray[np.int64]
    at_risk: Floats
    survival: Floats
    share: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str = "Aalen–Johansen, log-log"


@dataclass(frozen=True, kw_only=True)
class Survival:
    """Kaplan–Meier: `survival[day]` with `variance` (Greenwood), `lower`, `upper`; `at_risk[day]`."""

    day: NDArray[np.int64]
    at_risk: Floats
    survival: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str = "Kaplan–Meier, log-log"


def at_risk(day: ArrayLike, left: ArrayLike, entered_after: ArrayLike | None = None) -> Floats:
    """Number at risk on each of the increasing days: all who have entered less all who have left before. `left[day]`
    counts exits of every kind; `entered_after[day]` those who enter late, after that day (left truncation). Raises
    ValueError where more leave than are at risk."""
    days, exits = np.asarray(day), np.asarray(left, dtype=float)
    late = np.zeros_like(exits) if entered_after is None else np.asarray(entered_after, dtype=float)
    if np.any(np.diff(days) <= 0):
        raise ValueError("refused: days must increase")
    from_start = exits.sum() - late.sum()
    inside = from_start + _before(late) - _before(exits)
    if np.any(exits - inside > TOLERANCE):
        raise ValueError("refused: more leave than are at risk")
    return inside


def aalen_johansen(
    day: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    *,
    level: float,
    entered_after: ArrayLike | None = None,
) -> Incidence:
    """Cumulative incidence of competing causes. `day[T]` increasing; `events[K, T]` and `censored[T]` counts. Variance
    as in R's survival (delta method); limits on the log(−log F) scale, missing where F is 0 or 1. Raises ValueError on
    negative counts. Source: Aalen & Johansen 1978; Kalbfleisch & Prentice 2002."""
    causes, gone = np.atleast_2d(np.asarray(events, dtype=float)), np.asarray(censored, dtype=float)
    if np.any(causes < 0) or np.any(gone < 0):
        raise ValueError("refused: negative counts")
    total = causes.sum(axis=0)
    risk = at_risk(day, total + gone, entered_after)
    safe = np.where(risk > 0, risk, 1.0)
    survival = np.cumprod(1 - total / safe)
    before = np.concatenate([[1.0], survival[:-1]])
    share = np.cumsum(before * causes / safe, axis=1)
    variance = _incidence_variance(causes, total, risk, safe, before, share)
    lower, upper = _loglog_incidence(share, variance, level)
    return Incidence(
        day=np.asarray(day, dtype=np.int64), at_risk=risk, survival=survival, share=share, variance=variance,
        lower=lower, upper=upper, level=level,
    )  # fmt: skip


def kaplan_meier(
    day: ArrayLike, events: ArrayLike, censored: ArrayLike, *, level: float, entered_after: ArrayLike | None = None
) -> Survival:
    """Survival with Greenwood's variance and log-log limits, missing where S is 0 or 1. Arrays as in
    `aalen_johansen`, with `events[T]` of all causes."""
    died, gone = np.asarray(events, dtype=float), np.asarray(censored, dtype=float)
    risk = at_risk(day, died + gone, entered_after)
    safe = np.where(risk > 0, risk, 1.0)
    survival: NDArray[np.floating] = np.cumprod(1 - died / safe)
    terms = np.where(risk > died, died / (safe * np.where(risk > died, risk - died, 1.0)), 0.0)
    log_variance = np.cumsum(terms)
    open_ = (survival > ROUNDING) & (survival < 1 - ROUNDING)
    z = float(norm.isf((1 - level) / 2))
    theta = z * np.sqrt(log_variance) / np.log(np.where(open_, survival, 0.5))
    return Survival(
        day=np.asarray(day, dtype=np.int64), at_risk=risk, survival=survival, variance=survival**2 * log_variance,
        lower=np.where(open_, survival ** np.exp(-theta), np.nan),
        upper=np.where(open_, survival ** np.exp(theta), np.nan), level=level,
    )  # fmt: skip


def at_days(day: ArrayLike, values: ArrayLike, wanted: ArrayLike, *, start: float) -> Floats:
    """A step function read on other days: `values[..., T]` at the last day <= each wanted day, `start` before the
    first. Shape [..., len(wanted)]."""
    steps = np.asarray(values, dtype=float)
    padded = np.concatenate([np.full((*steps.shape[:-1], 1), start), steps], axis=-1)
    return padded[..., np.searchsorted(np.asarray(day), np.asarray(wanted), side="right")]


def quantile(day: ArrayLike, survival: ArrayLike, share: float) -> float:
    """First day with S <= 1 − share; the middle of the stretch where S equals it. Missing if never reached. Applied to
    the limit curves it gives the interval of the quantile."""
    days, curve = np.asarray(day, dtype=float), np.asarray(survival, dtype=float)
    target = 1 - share
    reached = np.flatnonzero(curve <= target + TOLERANCE)
    if not reached.size:
        return float("nan")
    first = reached[0]
    below = np.flatnonzero(curve < target - TOLERANCE)
    if abs(curve[first] - target) > TOLERANCE or not below.size:
        return float(days[first])
    return float((days[first] + days[below[0]]) / 2)


def _before(counts: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(counts)[:-1]])


def _incidence_variance(
    causes: Floats, total: Floats, risk: Floats, safe: Floats, before: Floats, share: Floats
) -> Floats:
    """The three sums of the delta-method variance, with F(t) − F(t_i) multiplied out so that they accumulate."""
    rest = risk - total
    all_cause = np.where(rest > 0, total / (safe * np.where(rest > 0, rest, 1.0)), 0.0)
    own = before**2 * (safe - causes) * causes / safe**3
    cross = before * causes / safe**2
    spread = (
        share**2 * np.cumsum(all_cause)
        - 2 * share * np.cumsum(share * all_cause, axis=1)
        + np.cumsum(share**2 * all_cause, axis=1)
    )
    mixed = share * np.cumsum(cross, axis=1) - np.cumsum(share * cross, axis=1)
    return np.maximum(0.0, spread + np.cumsum(own, axis=1) - 2 * mixed)


def _loglog_incidence(share: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    """L = F^exp(−θ), U = F^exp(θ) with θ = z·se/(F·ln F)."""
    # a sum that has reached one in all but the last bits has no interval either
    open_ = (share > ROUNDING) & (share < 1 - ROUNDING)
    inner = np.where(open_, share, 0.5)
    theta = float(norm.isf((1 - level) / 2)) * np.sqrt(variance) / (inner * np.log(inner))
    return np.where(open_, inner ** np.exp(-theta), np.nan), np.where(open_, inner ** np.exp(theta), np.nan)
