"""Mean days on sick leave within the first τ days, and mean days gained by one cause, with contrasts of two groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from pipelines.stats.intervals import Floats, z_value
from pipelines.stats.survival import at_risk, greenwood

LEAST_AT_RISK = 10


@dataclass(frozen=True, kw_only=True)
class Mean:
    """`value` in days with `variance` and normal limits, of the shape of the curves; n cases, events within τ."""

    value: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    tau: float
    level: float
    n: Floats
    events: Floats
    method: str


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """A difference or a ratio of two independent means, with limits and the two-sided p-value of no difference."""

    value: Floats
    lower: Floats
    upper: Floats
    p: Floats
    level: float
    method: str


def shared_tau(day: ArrayLike, risk: ArrayLike, wanted: float, *, least: float = LEAST_AT_RISK) -> float:
    """The declared τ, lowered when needed to the smallest over groups of the largest day with `least` at risk:
    `day[T]`, `risk[G, T]`. 0 where a group never has so many. Never chosen after looking at the curves."""
    days, inside = np.asarray(day, dtype=float), np.asarray(risk, dtype=float) >= least
    last = np.where(inside, days, 0.0).max(axis=-1)
    return float(min(wanted, last.min()))


def restricted_mean(
    day: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    *,
    tau: float,
    level: float,
    entered_after: ArrayLike | None = None,
) -> Mean:
    """∫₀^τ S, the mean sick-leave days in the first τ days: `events[..., T]` are exits of every cause, so that S is one
    less the sum of the cumulative incidences. Var = Σ(∫_{t}^τ S)²·d/(n(n−d)) over t <= τ. Raises ValueError as
    `at_risk`. Source: Klein & Moeschberger 2003, 4.5; Royston & Parmar 2013."""
    days, died = np.asarray(day, dtype=float), np.asarray(events, dtype=float)
    risk = at_risk(day, died + np.asarray(censored, dtype=float), entered_after)
    survival = np.cumprod(1 - died / np.where(risk > 0, risk, 1.0), axis=-1)
    rest = _area_after(days, survival, tau)
    inside = days <= tau
    value = min(tau, float(days[0])) + rest[..., 0] if days.size else np.full(died.shape[:-1], tau)
    variance = np.where(inside, rest**2 * greenwood(died, risk), 0.0).sum(axis=-1)
    return _mean(value, variance, tau, level, risk, died * inside, "medelantal dagar till τ")


def mean_days_gained(
    day: ArrayLike, events: ArrayLike, others: ArrayLike, censored: ArrayLike, *, tau: float, level: float
) -> Mean:
    """∫₀^τ F of one cause, the mean days of the first τ spent after having left by it: `events[..., T]` of the cause,
    `others[..., T]` of all other causes. Raises ValueError as `at_risk`. Source: the delta method on the
    Aalen–Johansen estimate; Andersen 2013."""
    days, own = np.asarray(day, dtype=float), np.asarray(events, dtype=float)
    total = own + np.asarray(others, dtype=float)
    risk = at_risk(day, total + np.asarray(censored, dtype=float))
    safe = np.where(risk > 0, risk, 1.0)
    survival = np.cumprod(1 - total / safe, axis=-1)
    before = np.concatenate([np.ones((*survival.shape[:-1], 1)), survival[..., :-1]], axis=-1)
    share = np.cumsum(before * own / safe, axis=-1)
    area = _area_after(days, share, tau)
    left = np.maximum(0.0, tau - days)
    reach, rest = left * before, np.where(days <= tau, area - left * share, 0.0)
    terms = (
        rest**2 * greenwood(total, risk) + reach**2 * (safe - own) * own / safe**3 - 2 * reach * rest * own / safe**2
    )
    return _mean(
        area[..., 0], terms.sum(axis=-1), tau, level, risk, own * (days <= tau), "medelantal vunna dagar till τ"
    )


def difference(first: Mean, second: Mean, *, level: float) -> Contrast:
    """first − second in days, normal limits, independent groups."""
    value, error = first.value - second.value, np.sqrt(first.variance + second.variance)
    half = z_value(level) * error
    return Contrast(
        value=value, lower=value - half, upper=value + half, p=_p(value, error), level=level, method="normal"
    )  # fmt: skip


def ratio(first: Mean, second: Mean, *, level: float, lost: bool = False) -> Contrast:
    """first / second with limits on the log scale (delta method); `lost` compares τ − mean instead. Missing where a part
    is 0."""
    a, b = (part.tau - part.value if lost else part.value for part in (first, second))
    known = (a > 0) & (b > 0)
    a, b = np.where(known, a, np.nan), np.where(known, b, np.nan)
    value, error = np.log(a / b), np.sqrt(first.variance / a**2 + second.variance / b**2)
    half = z_value(level) * error
    return Contrast(
        value=np.exp(value), lower=np.exp(value - half), upper=np.exp(value + half), p=_p(value, error), level=level,
        method="log, deltametoden",
    )  # fmt: skip


def _area_after(days: Floats, curve: Floats, tau: float) -> Floats:
    """∫_t^τ of the step function from each day on; 0 from τ on."""
    ends = np.minimum(np.append(days[1:], np.inf), tau)
    pieces = curve * np.maximum(0.0, ends - days)
    return np.cumsum(pieces[..., ::-1], axis=-1)[..., ::-1]


def _mean(value: Floats, variance: Floats, tau: float, level: float, risk: Floats, events: Floats, method: str) -> Mean:
    half = z_value(level) * np.sqrt(variance)
    return Mean(
        value=value, variance=variance, lower=value - half, upper=value + half, tau=tau, level=level, n=risk[..., 0],
        events=events.sum(axis=-1), method=method,
    )  # fmt: skip


def _p(value: Floats, error: Floats) -> Floats:
    return 2 * norm.sf(np.abs(value) / np.where(error > 0, error, np.nan))
