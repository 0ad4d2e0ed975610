"""Intervals for shares, counts and rates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

Floats = NDArray[np.float64]
EXACT_BELOW = 10


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """value, lower and upper have one shape; missing (nan) where the input is missing or the limit is undefined."""

    value: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str


def wilson(x: ArrayLike, n: ArrayLike, *, level: float) -> Estimate:
    """Share x/n with the Wilson score interval (Wilson 1927). x need not be whole. Raises ValueError on x < 0,
    n <= 0 or x > n."""
    events, size = _arrays(x, n)
    _refuse({"x < 0": events < 0, "n <= 0": size <= 0, "x > n": events > size})
    z = float(norm.isf((1 - level) / 2))
    middle = 2 * events + z**2
    half = z * np.sqrt(z**2 + 4 * events * (1 - events / size))
    whole = 2 * (size + z**2)
    return Estimate(
        value=events / size, lower=(middle - half) / whole, upper=(middle + half) / whole, level=level, method="Wilson"
    )


def poisson(x: ArrayLike, *, level: float) -> Estimate:
    """Count x with exact Poisson limits below ten (chi-square form) and Byar's from ten (Breslow & Day 1987). Where
    Byar's cube is negative the limit is missing. Raises ValueError on x < 0."""
    (events,) = _arrays(x)
    _refuse({"x < 0": events < 0})
    tail = (1 - level) / 2
    few = events < EXACT_BELOW
    exact_low = np.where(events == 0, 0.0, chi2.ppf(tail, 2 * events) / 2)
    exact_high = chi2.isf(tail, 2 * events + 2) / 2
    lower = np.where(few, exact_low, byar_lower(events, level=level))
    upper = np.where(few, exact_high, byar_upper(events, level=level))
    known = np.isfinite(events)
    return Estimate(
        value=events,
        lower=np.where(known, lower, np.nan),
        upper=np.where(known, upper, np.nan),
        level=level,
        method="Byar, exakt Poisson under 10",
    )


def byar_lower(x: ArrayLike, *, level: float) -> Floats:
    """Byar's lower limit of a count; missing where its cube is negative or x = 0."""
    (events,) = _arrays(x)
    z = float(norm.isf((1 - level) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        cube = 1 - 1 / (9 * events) - z / (3 * np.sqrt(events))
        return np.where(cube >= 0, events * cube**3, np.nan)


def byar_upper(x: ArrayLike, *, level: float) -> Floats:
    """Byar's upper limit of a count."""
    (events,) = _arrays(x)
    z = float(norm.isf((1 - level) / 2))
    more = events + 1
    return more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def rate(events: ArrayLike, denominator: ArrayLike, *, per: float, level: float) -> Estimate:
    """Rate per `per` units of the denominator (persons or person-time), with the limits of `poisson`. Missing where
    either part is missing. Raises ValueError on events < 0 or denominator <= 0."""
    x, n = _arrays(events, denominator)
    _refuse({"events < 0": x < 0, "denominator <= 0": n <= 0})
    count = poisson(np.where(np.isfinite(n), x, np.nan), level=level)
    scale = per / n
    return Estimate(
        value=count.value * scale,
        lower=count.lower * scale,
        upper=count.upper * scale,
        level=level,
        method=count.method,
    )


def _arrays(*parts: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts)))


def _refuse(faults: dict[str, NDArray[np.bool_]]) -> None:
    """One error that lists every fault and how often it occurs; missing values are no fault."""
    found = [f"{fault} ({int(where.sum())})" for fault, where in faults.items() if where.any()]
    if found:
        raise ValueError("refused: " + ", ".join(found))
