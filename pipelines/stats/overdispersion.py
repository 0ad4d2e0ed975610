"""Funnel limits widened to what the units really vary: the multiplicative φ and the additive τ² of Spiegelhalter."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from pipelines.stats.intervals import Estimate, Floats, arrays, refuse, z_value

TRIM = 0.1


class Kind(StrEnum):
    """How the indicator is transformed before its spread is measured."""

    SHARE = "asin-rot av andel"
    RATIO_ROOT = "rot av kvot"
    RATIO_LOG = "log av kvot"
    COUNTS = "log av kvot mellan antal"


@dataclass(frozen=True, kw_only=True)
class Dispersion:
    """`z[I]` of every unit, `used_z[I]` winsorised (missing where dropped), `phi`, `tau2`, `theta` on the transformed
    scale and `units` = how many were used."""

    kind: Kind
    z: Floats
    used_z: Floats
    phi: float
    tau2: float
    theta: float
    units: int


BACK: dict[Kind, Callable[[Floats], Floats]] = {
    Kind.SHARE: lambda y: np.sin(np.clip(y, 0, np.pi / 2)) ** 2,
    Kind.RATIO_ROOT: lambda y: np.maximum(0.0, y) ** 2,
    Kind.RATIO_LOG: np.exp,
    Kind.COUNTS: np.exp,
}


def standard_error(kind: Kind, events: ArrayLike, denominator: ArrayLike) -> Floats:
    """s of the transformed indicator; the denominator is n, or the expectation E for ratios. Raises ValueError on a
    denominator <= 0. Source: Spiegelhalter 2005; Spiegelhalter et al. 2012."""
    o, n = arrays(events, denominator)
    refuse({"events < 0": o < 0, "denominator <= 0": n <= 0})
    if kind is Kind.COUNTS:
        return np.sqrt(o / (o + 0.5) ** 2 + n / (n + 0.5) ** 2)
    return 1 / np.sqrt(n) if kind is Kind.RATIO_LOG else 1 / (2 * np.sqrt(n))


def transformed(kind: Kind, events: ArrayLike, denominator: ArrayLike) -> Floats:
    """y of every unit. Raises ValueError on events > denominator for a share, and on zero events where the log would
    break (use the root)."""
    o, n = arrays(events, denominator)
    refuse(
        {
            "events < 0": o < 0,
            "denominator <= 0": n <= 0,
            "events > denominator": (kind is Kind.SHARE) & (o > n),
            "no events on the log scale": (kind is Kind.RATIO_LOG) & (o == 0),
        }
    )
    if kind is Kind.SHARE:
        return np.arcsin(np.sqrt(o / n))
    if kind is Kind.COUNTS:
        return np.log((o + 0.5) / (n + 0.5))
    return np.sqrt(o / n) if kind is Kind.RATIO_ROOT else np.log(o / n)


def dispersion(
    kind: Kind, events: ArrayLike, denominator: ArrayLike, *, target: float | None = None, trim: float = TRIM
) -> Dispersion:
    """φ = mean(z²) of the winsorised z (log ratios: the outer shares `trim` are dropped instead) and τ² by the method of
    moments, over `events[I]` and `denominator[I]`; quantiles are linear (type 7). `target` is the pooled share, or 1
    for ratios, when not given. Raises ValueError as `transformed`. Source: Spiegelhalter 2005; DerSimonian & Laird."""
    o, n = arrays(events, denominator)
    y, s = transformed(kind, o, n), standard_error(kind, o, n)
    theta = centre(kind, float(o.sum() / n.sum()) if target is None else target)
    z = (y - theta) / s
    if kind is Kind.RATIO_LOG:
        used = _dropped(z, trim)
    else:
        used = np.clip(z, *np.quantile(z, [trim, 1 - trim], method="linear"))
    kept = np.isfinite(used)
    units, phi = int(kept.sum()), float(np.mean(used[kept] ** 2))
    return Dispersion(
        kind=kind, z=z, used_z=used, phi=phi, tau2=_between(phi, 1 / s[kept] ** 2), theta=theta, units=units
    )


def centre(kind: Kind, target: float) -> float:
    """θ: the target on the transformed scale. A ratio's target is 1 whatever the pooled share is."""
    if kind is Kind.SHARE:
        return float(np.arcsin(np.sqrt(target)))
    return float(np.log(target)) if kind is Kind.COUNTS else float(kind is Kind.RATIO_ROOT)


def widened(kind: Kind, s: ArrayLike, *, theta: float, tau2: float, level: float) -> Estimate:
    """Limits θ ± z·√(s² + τ²) back on the indicator's own scale. Cut to its legal range before they are turned back,
    they are monotone in s: a larger unit never has the wider limits. τ² = 0 gives limits without overdispersion."""
    error = np.asarray(s, dtype=float)
    half = z_value(level) * np.sqrt(error**2 + tau2)
    lower, upper = BACK[kind](theta - half), BACK[kind](theta + half)
    value = np.full(error.shape, BACK[kind](np.array(theta)))
    return Estimate(
        value=value, lower=lower, upper=upper, level=level, method=f"tratt, överspridning, {kind}"
    )  # fmt: skip


def expected_ratio(expected: ArrayLike, *, level: float) -> Estimate:
    """Limits of observed/expected at expectation E without overdispersion: the chi-square form with E as the count.
    Raises ValueError on E <= 0."""
    (e,) = arrays(expected)
    refuse({"expected <= 0": e <= 0})
    tail = (1 - level) / 2
    return Estimate(
        value=np.ones_like(e), lower=chi2.ppf(tail, 2 * e) / 2 / e, upper=chi2.isf(tail, 2 * (e + 1)) / 2 / e,
        level=level, method="tratt, exakt Poisson", n=e,
    )  # fmt: skip


def adjusted_z(found: Dispersion, s: ArrayLike) -> Floats:
    """z of every unit with the spread between units taken into account: its p-value is what `flags` takes."""
    error = np.asarray(s, dtype=float)
    return found.z * error / np.sqrt(error**2 + found.tau2)


def _dropped(z: Floats, trim: float) -> Floats:
    """Missing for the share with the lowest and the share with the highest z."""
    out = int(trim * z.size)
    ranks = np.argsort(np.argsort(z, kind="stable"), kind="stable")
    return np.where((ranks >= out) & (ranks < z.size - out), z, np.nan)


def _between(phi: float, weights: Floats) -> float:
    units = weights.size
    if units * phi < units - 1:
        return 0.0
    total = weights.sum()
    return float((units * phi - (units - 1)) / (total - (weights**2).sum() / total))
