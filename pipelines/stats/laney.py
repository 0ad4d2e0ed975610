"""Laney's p′ and u′ charts: shares and rates whose denominators differ from month to month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.stats.intervals import Floats, arrays, refuse

RANGE_TO_SIGMA = 1.128  # d₂ for moving ranges of two


@dataclass(frozen=True, kw_only=True)
class LaneyChart:
    """`value`, `lower` and `upper` [..., T] around `mean[...]`; `sigma_z[...]` = how much wider than chance alone, and
    `z[..., T]` = the standardised points."""

    value: Floats
    mean: Floats
    lower: Floats
    upper: Floats
    z: Floats
    sigma_z: Floats
    method: str


def p_prime(x: ArrayLike, n: ArrayLike, *, baseline: int | None = None) -> LaneyChart:
    """Shares x/n in [..., T]: p̄ ± 3·σ_i·σ_z with σ_i = √(p̄(1−p̄)/n_i), clipped to [0, 1]. A series of only zeros or only
    ones has limits = mean. Missing points (nan in x or n) make neither mean nor range; `baseline` = only the first
    points make the limits. Raises ValueError on x < 0, n <= 0 or x > n. Source: Laney 2002."""
    events, size = arrays(x, n)
    refuse({"x < 0": events < 0, "n <= 0": size <= 0, "x > n": events > size})
    mean = _pooled(events, size, baseline)
    return _chart(events / size, mean, mean * (1 - mean), size, 1.0, baseline, "p′")


def u_prime(x: ArrayLike, n: ArrayLike, *, per: float = 1.0, baseline: int | None = None) -> LaneyChart:
    """Rates x/n per `per` in [..., T]: ū ± 3·σ_i·σ_z with σ_i = √(ū/n_i), never below 0. Missing points and `baseline`
    as in `p_prime`. Raises ValueError on x < 0 or n <= 0. Source: Laney 2002."""
    events, size = arrays(x, n)
    refuse({"x < 0": events < 0, "n <= 0": size <= 0})
    mean = _pooled(events, size, baseline)
    found = _chart(events / size, mean, mean, size, np.inf, baseline, "u′")
    return LaneyChart(
        value=per * found.value, mean=per * found.mean, lower=per * found.lower, upper=per * found.upper, z=found.z,
        sigma_z=found.sigma_z, method=found.method,
    )  # fmt: skip


def _pooled(events: Floats, size: Floats, baseline: int | None) -> Floats:
    known = np.isfinite(events) & np.isfinite(size)
    counted, base = (np.where(known, part, 0.0)[..., :baseline].sum(axis=-1) for part in (events, size))
    return np.where(base > 0, counted / np.where(base > 0, base, 1.0), np.nan)


def _chart(
    value: Floats, mean: Floats, spread: Floats, size: Floats, highest: float, baseline: int | None, method: str
) -> LaneyChart:
    sigma = np.sqrt(spread[..., None] / size)
    z = np.where(
        sigma > 0, (value - mean[..., None]) / np.where(sigma > 0, sigma, 1.0), np.where(sigma == 0, 0.0, np.nan)
    )
    z = np.where(np.isfinite(value), z, np.nan)
    ranges = np.abs(np.diff(z[..., :baseline], axis=-1))
    known = np.isfinite(ranges)
    number = known.sum(axis=-1)
    sigma_z = np.where(known, ranges, 0.0).sum(axis=-1) / np.where(number > 0, number, np.nan) / RANGE_TO_SIGMA
    half = 3 * sigma * sigma_z[..., None]
    return LaneyChart(
        value=value, mean=mean, lower=np.maximum(0.0, mean[..., None] - half),
        upper=np.minimum(highest, mean[..., None] + half), z=z, sigma_z=sigma_z, method=method,
    )  # fmt: skip
