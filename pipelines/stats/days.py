"""Sick-leave days per person-time: days cluster in cases and cases in persons, so the person is the unit of chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.stats.intervals import Estimate, Floats, refuse, z_value


@dataclass(frozen=True, kw_only=True)
class DaySums:
    """Sums over persons with d days in t person-days each, of one shape: one GROUP BY person, one over the persons."""

    persons: ArrayLike
    days: ArrayLike
    time: ArrayLike
    days_days: ArrayLike
    days_time: ArrayLike
    time_time: ArrayLike


def day_sums(days: ArrayLike, time: ArrayLike) -> DaySums:
    """The sums from `days[..., m]` and `time[..., m]` of m persons. Raises ValueError where shapes do not fit."""
    d, t = np.broadcast_arrays(np.asarray(days, dtype=float), np.asarray(time, dtype=float))
    return DaySums(
        persons=np.full(d.shape[:-1], float(d.shape[-1])), days=d.sum(axis=-1), time=t.sum(axis=-1),
        days_days=(d * d).sum(axis=-1), days_time=(d * t).sum(axis=-1), time_time=(t * t).sum(axis=-1),
    )  # fmt: skip


def rate_of_days(sums: DaySums, *, per: float, level: float) -> Estimate:
    """Σd/Σt per `per` person-days, with Var = m/(m−1)·Σ(d − r·t)²/(Σt)² over the m persons and normal limits of ln r: a
    few persons have most of the days, and symmetric limits are then too low. No limits without days or for fewer than
    two persons. Never Byar: days are not independent events. Raises ValueError on negative days, person-time <= 0 or
    persons < 1. Source: ratio linearisation (Cochran 1977, ch. 6), delta method."""
    names = ("persons", "days", "time", "days_days", "days_time", "time_time")
    m, d, t, dd, dt, tt = np.broadcast_arrays(*(np.asarray(getattr(sums, name), dtype=float) for name in names))
    refuse({"days < 0": d < 0, "time <= 0": t <= 0, "persons < 1": m < 1})
    ratio: Floats = d / t
    spread = np.maximum(0.0, dd - 2 * ratio * dt + ratio**2 * tt)
    limited = (m > 1) & (d > 0)
    error = np.where(limited, np.sqrt(spread * m / np.maximum(m - 1, 1)) / np.where(d > 0, d, 1.0), np.nan)
    factor = np.exp(z_value(level) * error)
    return Estimate(
        value=ratio * per, lower=ratio / factor * per, upper=ratio * factor * per, level=level,
        method="klusterrobust på log-skala, person som kluster", n=t, events=d,
    )  # fmt: skip
