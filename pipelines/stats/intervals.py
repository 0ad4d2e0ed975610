"""Intervals for shares, counts, rates and means."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm
from scipy.stats import t as student

Floats = NDArray[np.floating]
EXACT_BELOW = 10


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """value, lower and upper have one shape; missing (nan) where the input is missing or the limit is undefined. `n`
    (denominator or size) and `events` have the same shape; they are None where the estimate is a contrast of two."""

    value: Floats
    lower: Floats
    upper: Floats
    level: float
    method: str
    n: Floats | None = None
    events: Floats | None = None


def wilson(x: ArrayLike, n: ArrayLike, *, level: float) -> Estimate:
    """Share x/n with the Wilson score interval (Wilson 1927). x need not be whole. Raises ValueError on x < 0,
    n <= 0 or x > n."""
    events, size = arrays(x, n)
    refuse({"x < 0": events < 0, "n <= 0": size <= 0, "x > n": events > size})
    z = z_value(level)
    middle = 2 * events + z**2
    half = z * np.sqrt(z**2 + 4 * events * (1 - events / size))
    whole = 2 * (size + z**2)
    return Estimate(
        value=events / size, lower=(middle - half) / whole, upper=(middle + half) / whole, level=level,
        method="Wilson", n=size, events=events,
    )  # fmt: skip


def poisson(x: ArrayLike, *, level: float, exact: bool = False) -> Estimate:
    """Count x with exact Poisson limits below ten (chi-square form) and Byar's from ten (Breslow & Day 1987); `exact`:
    exact for every count. Where Byar's cube is negative the limit is missing. Raises ValueError on x < 0."""
    (events,) = arrays(x)
    refuse({"x < 0": events < 0})
    tail = (1 - level) / 2
    few = (events < EXACT_BELOW) | exact
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
        method="exakt Poisson" if exact else "Byar, exakt Poisson under 10",
        events=events,
    )


def byar_lower(x: ArrayLike, *, level: float) -> Floats:
    """Byar's lower limit of a count; missing where its cube is negative or x = 0."""
    (events,) = arrays(x)
    z = z_value(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        cube = 1 - 1 / (9 * events) - z / (3 * np.sqrt(events))
        return np.where(cube >= 0, events * cube**3, np.nan)


def byar_upper(x: ArrayLike, *, level: float) -> Floats:
    """Byar's upper limit of a count."""
    (events,) = arrays(x)
    z = z_value(level)
    more = events + 1
    return more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def rate(events: ArrayLike, denominator: ArrayLike, *, per: float, level: float) -> Estimate:
    """Rate per `per` units of the denominator (persons or person-time), with the limits of `poisson`. Missing where
    either part is missing. Raises ValueError on events < 0 or denominator <= 0."""
    x, n = arrays(events, denominator)
    refuse({"events < 0": x < 0, "denominator <= 0": n <= 0})
    count = poisson(np.where(np.isfinite(n), x, np.nan), level=level)
    scale = per / n
    return Estimate(
        value=count.value * scale,
        lower=count.lower * scale,
        upper=count.upper * scale,
        level=level,
        method=count.method,
        n=n,
        events=x,
    )


def mean(values: ArrayLike, *, level: float) -> Estimate:
    """Mean over the last axis with Student's t limits (Student 1908). Missing values are left out; with fewer than two
    there are no limits, with none no mean. No error."""
    numbers = np.asarray(values, dtype=float)
    known = np.isfinite(numbers)
    size = known.sum(axis=-1).astype(float)
    total = np.where(known, numbers, 0.0).sum(axis=-1)
    centre = np.where(size > 0, total / np.maximum(size, 1), np.nan)
    squares = np.where(known, numbers - centre[..., None], 0.0) ** 2
    freedom = np.maximum(size - 1, 1)
    error = np.where(size > 1, np.sqrt(squares.sum(axis=-1) / freedom / np.maximum(size, 1)), np.nan)
    half = student.isf((1 - level) / 2, freedom) * error
    return Estimate(
        value=centre, lower=centre - half, upper=centre + half, level=level, method="Students t", n=size
    )  # fmt: skip


def z_value(level: float) -> float:
    """The normal quantile that leaves (1 − level)/2 above it: 1.959964 for 0.95."""
    return float(norm.isf((1 - level) / 2))


def arrays(*parts: ArrayLike) -> tuple[Floats, ...]:
    """The parts as float arrays of one shape. Raises ValueError where shapes do not fit."""
    return tuple(np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts)))


def refuse(faults: dict[str, NDArray[np.bool_]]) -> None:
    """One error that lists every fault and how often it occurs; missing values are no fault."""
    found = [f"{fault} ({int(where.sum())})" for fault, where in faults.items() if where.any()]
    if found:
        raise ValueError("refused: " + ", ".join(found))
