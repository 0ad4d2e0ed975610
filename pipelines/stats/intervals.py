"""Intervals for shares, counts, rates and means."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm
from scipy.stats import t as student

Floats = NDArray[np.floating]
EXACT_BELOW = 10
SYMMETRIC = 1e-6  # a skewness below is none: the cubic is then a straight line


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


def rate(
    events: ArrayLike, denominator: ArrayLike, *, per: float, level: float, squares: ArrayLike | None = None
) -> Estimate:
    """Rate per `per` units of the denominator (persons or person-time), with the limits of `poisson`. Missing where
    either part is missing. Raises ValueError on events < 0, denominator <= 0 or squares < events.

    `squares` is Σf² over the persons, of whom one may have f = 2, 3 … events: then the limits stand √(Σf²/x) times as far
    from the count, which is Dobson's interval for events that are not independent with one stratum (Dobson et al.
    1991). Without it, or where nobody has two, events are independent."""
    x, n = arrays(events, denominator)
    refuse({"events < 0": x < 0, "denominator <= 0": n <= 0})
    count = poisson(np.where(np.isfinite(n), x, np.nan), level=level)
    lower, upper, method = count.lower, count.upper, count.method
    if squares is not None:
        stretch = _stretch(x, np.asarray(squares, dtype=float))
        lower, upper = np.maximum(0.0, x + stretch * (lower - x)), x + stretch * (upper - x)
        method = f"{method}, person som kluster"
    scale = per / n
    return Estimate(
        value=count.value * scale, lower=lower * scale, upper=upper * scale, level=level, method=method, n=n, events=x,
    )  # fmt: skip


def _stretch(events: Floats, squares: Floats) -> Floats:
    """√(Σf²/x); 1 where there is no event."""
    refuse({"squares < events": squares < events})
    return np.sqrt(np.where(events > 0, squares / np.where(events > 0, events, 1.0), 1.0))


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


def mean_of_skewed(values: ArrayLike, *, level: float) -> Estimate:
    """Mean of `values[n]` with limits for a skewed distribution, like lengths, where Student's are too low: the t
    statistic is made symmetric by Hall's monotone cubic (Hall 1992, transformation 1) and turned back. Equals `mean`
    where the sample is symmetric; no limits for fewer than three. Raises ValueError on missing values."""
    numbers = np.asarray(values, dtype=float)
    refuse({"values missing": np.isnan(numbers)})
    plain = mean(numbers, level=level)
    size, spread = numbers.size, numbers.std(ddof=1) if numbers.size > 2 else np.nan
    skew = ((numbers - plain.value) ** 3).mean() / numbers.std() ** 3 if spread > 0 else 0.0
    if not abs(skew) > SYMMETRIC:
        return replace(plain, method="Students t, skevhetsjusterat")
    ends = student.isf((1 - level) / 2, size - 1) / np.sqrt(size) * np.array([1, -1])
    inner = (np.cbrt(1 + skew * (ends - skew / (6 * size))) - 1) * 3 / skew
    lower, upper = plain.value - spread * inner
    return replace(plain, lower=lower, upper=upper, method="Students t, skevhetsjusterat")


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
