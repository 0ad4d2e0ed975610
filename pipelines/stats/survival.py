"""Survival and cumulative incidence from event counts per day: a million cases cost a GROUP BY, not a fit.

Time is whole days (any increasing numbers will do). At risk on day t are those with entry < t <= exit. Events come
before censorings of the same day, and several causes on one day are taken together. Leading axes are curves, all
estimated at once.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats, z_value

Scale = Literal["log-log", "log", "plain"]
TOLERANCE = 1e-8
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Aalen–Johansen: `share[..., cause, day]` = F(day) with `variance`, `lower` and `upper` of the same shape;
    `survival[..., day]` = share with no event through the day; `at_risk[..., day]`."""

    day: NDArray
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
    """Kaplan–Meier: `survival[..., day]` with `variance` (Greenwood), `lower`, `upper`; `at_risk[..., day]`."""

    day: NDArray
    at_risk: Floats
    survival: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str = "Kaplan–Meier, log-log"


def at_risk(day: ArrayLike, left: ArrayLike, entered_after: ArrayLike | None = None) -> Floats:
    """Number at risk on each of the increasing days: all who have entered less all who have left before.
    `left[..., day]` counts exits of every kind; `entered_after[..., day]` those who enter late, after that day (left
    truncation). Raises ValueError where more leave than are at risk."""
    days, exits = np.asarray(day), np.asarray(left, dtype=float)
    if np.any(np.diff(days) <= 0):
        raise ValueError("refused: days must increase")
    from_start = exits.sum(axis=-1, keepdims=True)
    if entered_after is None:  # nobody can leave who was not there
        return from_start - _before(exits)
    late = np.asarray(entered_after, dtype=float)
    inside = from_start - late.sum(axis=-1, keepdims=True) + _before(late) - _before(exits)
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
    scale: Scale = "log-log",
    at: ArrayLike | None = None,
) -> Incidence:
    """Cumulative incidence of competing causes. `day[T]` increasing; `events[..., K, T]` and `censored[..., T]` counts,
    whole or weighted. Variance as in R's survival (delta method); limits on the log(−log F) scale, missing where F is 0
    or 1. The answer is on every day, or on those of `day` that `at` says: an interval costs more than all the rest.
    Raises ValueError on negative counts and on days `at` that are not in `day`. Source: Aalen & Johansen 1978; Kalbfleisch
    & Prentice 2002."""
    causes, gone = np.atleast_2d(np.asarray(events, dtype=float)), np.asarray(censored, dtype=float)
    if np.any(causes < 0) or np.any(gone < 0):
        raise ValueError("refused: negative counts")
    total = causes.sum(axis=-2)
    risk = at_risk(day, total + gone, entered_after)
    inverse = 1 / np.where(risk > 0, risk, 1.0)
    survival = np.cumprod(1 - total * inverse, axis=-1)
    before = _started(survival)
    steps = (before * inverse)[..., None, :] * causes
    share = np.cumsum(steps, axis=-1)
    places = _places(np.asarray(day), at)
    variance = _incidence_variance(causes, total, risk, inverse, before, steps, share, places)
    share = share[..., places]
    lower, upper = limits(share, variance, level=level, scale=scale)
    return Incidence(
        day=np.asarray(day)[places], at_risk=risk[..., places], survival=survival[..., places], share=share,
        variance=variance, lower=lower, upper=upper, level=level, method=f"Aalen–Johansen, {scale}",
    )  # fmt: skip


def kaplan_meier(
    day: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    *,
    level: float,
    entered_after: ArrayLike | None = None,
    scale: Scale = "log-log",
) -> Survival:
    """Survival with Greenwood's variance and log-log limits, missing where S is 0 or 1. Arrays as in
    `aalen_johansen`, with `events[..., T]` of all causes. Raises ValueError on negative counts. With competing exits
    1 − S is not the risk of one of them. Source: Kaplan & Meier 1958; Greenwood 1926."""
    died, gone = np.asarray(events, dtype=float), np.asarray(censored, dtype=float)
    if np.any(died < 0) or np.any(gone < 0):
        raise ValueError("refused: negative counts")
    risk = at_risk(day, died + gone, entered_after)
    survival: Floats = np.cumprod(1 - died / np.where(risk > 0, risk, 1.0), axis=-1)
    variance = survival**2 * np.cumsum(greenwood(died, risk), axis=-1)
    lower, upper = limits(survival, variance, level=level, scale=scale)
    return Survival(
        day=np.asarray(day), at_risk=risk, survival=survival, variance=variance, lower=lower, upper=upper, level=level,
        method=f"Kaplan–Meier, {scale}",
    )  # fmt: skip


def greenwood(events: Floats, risk: Floats) -> Floats:
    """The terms d/(n(n − d)) of the variance of ln S; 0 where all at risk leave and the curve ends."""
    rest = risk - events
    open_ = (rest > ROUNDING) & (risk > 0)
    return np.where(open_, events / np.where(open_, risk * rest, 1.0), 0.0)


def limits(share: Floats, variance: Floats, *, level: float, scale: Scale) -> tuple[Floats, Floats]:
    """Limits of S or F. log-log: p^exp(∓θ) with θ = z·se/(p·ln p); log: p·exp(∓z·se/p); plain: p ∓ z·se; cut at 0 and
    1. Missing where the share is 0 or 1, up to the last bits of a sum: an interval there would be false certainty."""
    # a product that has reached 0 and a sum that has reached 1 in all but the last bits have no interval either
    open_ = (share > ROUNDING) & (share < 1 - ROUNDING)
    error = z_value(level) * np.sqrt(variance)
    if scale == "plain":
        low, high = np.maximum(0.0, share - error), np.minimum(1.0, share + error)
        return np.where(open_, low, np.nan), np.where(open_, high, np.nan)
    inner = np.where(open_, share, np.nan)
    if scale == "log":
        factor = np.exp(error / inner)
        return inner / factor, np.minimum(1.0, inner * factor)
    log_share = np.log(inner)
    theta = np.exp(error / (inner * log_share))
    return np.exp(log_share / theta), np.exp(log_share * theta)


def aalen_variance(day: ArrayLike, events: ArrayLike, censored: ArrayLike) -> Floats:
    """Variance of each F by Aalen's sum with binomial ties, `[..., K, T]`: what cmprsk and Gray's test go with. About
    0.1 % from the delta method of `aalen_johansen` in standard error; the two are never mixed in one figure. Raises
    ValueError as `at_risk`. Source: Aalen 1978; Gray 1988."""
    causes = np.atleast_2d(np.asarray(events, dtype=float))
    total = causes.sum(axis=-2)
    risk = at_risk(day, total + np.asarray(censored, dtype=float))[..., None, :]
    safe = np.where(risk > 0, risk, 1.0)
    after = np.cumprod(1 - total[..., None, :] / safe, axis=-1)
    before, open_ = _started(after), after > ROUNDING
    share = np.cumsum(before * causes / safe, axis=-1)
    inverse = np.where(open_, 1 / np.where(open_, after, 1.0), 0.0)
    others = np.where(open_, total[..., None, :] - causes, 0.0)
    own, other = (
        before**2 * part * (1 - np.maximum(part - 1, 0) / np.maximum(safe - 1, 1)) / safe**2
        for part in (causes, others)
    )
    lag = inverse * share
    square = np.cumsum((own + other) * inverse**2, axis=-1)
    linear = np.cumsum((own * (1 + lag) + other * lag) * inverse, axis=-1)
    constant = np.cumsum(own * (1 + lag) ** 2 + other * lag**2, axis=-1)
    return np.maximum(0.0, share * (share * square - 2 * linear) + constant)


def at_days(day: ArrayLike, values: ArrayLike, wanted: ArrayLike, *, start: float | ArrayLike) -> Floats:
    """A step function read on other days: `values[..., T]` at the last day <= each wanted day, `start` before the
    first. Shape [..., len(wanted)]."""
    steps = np.asarray(values, dtype=float)
    first = np.broadcast_to(np.asarray(start, dtype=float)[..., None], (*steps.shape[:-1], 1))
    padded = np.concatenate([first, steps], axis=-1)
    return padded[..., np.searchsorted(np.asarray(day), np.asarray(wanted), side="right")]


def quantile(day: ArrayLike, survival: ArrayLike, share: float) -> Floats:
    """First day with S <= 1 − share of `survival[..., T]`; the middle of the stretch where S equals it. Missing if never
    reached: never the last day. Applied to the limit curves it gives the interval of the quantile. Shape [...]."""
    days, curve = np.asarray(day, dtype=float), np.asarray(survival, dtype=float)
    target = 1 - share
    reached, below = curve <= target + TOLERANCE, curve < target - TOLERANCE
    first, after = np.argmax(reached, axis=-1), np.argmax(below, axis=-1)
    flat = np.abs(np.take_along_axis(curve, first[..., None], -1)[..., 0] - target) <= TOLERANCE
    middle = np.where(flat & below.any(axis=-1), (days[first] + days[after]) / 2, days[first])
    return np.where(reached.any(axis=-1), middle, np.nan)


def _started(survival: Floats) -> Floats:
    """S(t−): one before the first day."""
    return np.concatenate([np.ones((*survival.shape[:-1], 1)), survival[..., :-1]], axis=-1)


def _before(counts: Floats) -> Floats:
    return np.concatenate([np.zeros((*counts.shape[:-1], 1)), np.cumsum(counts, axis=-1)[..., :-1]], axis=-1)


def _places(day: NDArray, at: ArrayLike | None) -> slice | NDArray[np.intp]:
    """Where in `day` the wanted days stand."""
    if at is None:
        return slice(None)
    wanted = np.asarray(at)
    if not np.isin(wanted, day).all():
        raise ValueError("refused: a wanted day is not among the days")
    return np.searchsorted(day, wanted)


def _incidence_variance(
    causes: Floats,
    total: Floats,
    risk: Floats,
    inverse: Floats,
    before: Floats,
    steps: Floats,
    share: Floats,
    places: slice | NDArray[np.intp],
) -> Floats:
    """The three sums of the delta-method variance, with F(t) − F(t_i) multiplied out so that they accumulate."""
    all_cause = greenwood(total, risk)[..., None, :]
    own = steps * (before * inverse)[..., None, :] * (1 - causes * inverse[..., None, :])
    cross = steps * inverse[..., None, :]
    # Σ(F − F_i)²·a + own − 2·Σ(F − F_i)·c, gathered by powers of F
    constant, linear, square = (
        np.cumsum(part, axis=-1)[..., places]
        for part in (share * (share * all_cause + 2 * cross) + own, share * all_cause + cross, all_cause)
    )
    last = share[..., places]
    return np.maximum(0.0, last * (last * square - 2 * linear) + constant)
