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


def p_prime(x: ArrayLike, n: ArrayLike) -> LaneyChart:
    """Shares x/n in [..., T]: p̄ ± 3·σ_i·σ_z with σ_i = √(p̄(1−p̄)/n_i), clipped to [0, 1]. A series of only zeros or only
    ones has limits = mean. Raises ValueError on x < 0, n <= 0 or x > n. Source: Laney 2002."""
    events, size = arrays(x, n)
    refuse({"x < 0": events < 0, "n <= 0": size <= 0, "x > n": events > size})
    mean = events.sum(axis=-1) / size.sum(axis=-1)
    return _chart(events / size, mean, mean * (1 - mean), size, 1.0, "p′")


def u_prime(x: ArrayLike, n: ArrayLike, *, per: float = 1.0) -> LaneyChart:
    """Rates x/n per `per` in [..., T]: ū ± 3·σ_i·σ_z with σ_i = √(ū/n_i), never below 0. Raises ValueError on x < 0 or
    n <= 0. Source: Laney 2002."""
    events, size = arrays(x, n)
    refuse({"x < 0": events < 0, "n <= 0": size <= 0})
    mean = events.sum(axis=-1) / size.sum(axis=-1)
    found = _chart(events / size, mean, mean, size, np.inf, "u′")
    return LaneyChart(
        value=per * found.value, mean=per * found.mean, lower=per * found.lower, upper=per * found.upper, z=found.z,
        sigma_z=found.sigma_z, method=found.method,
    )  # fmt: skip


def _chart(value: Floats, mean: Floats, spread: Floats, size: Floats, highest: float, method: str) -> LaneyChart:
    sigma = np.sqrt(spread[..., None] / size)
    z = np.where(sigma > 0, (value - mean[..., None]) / np.where(sigma > 0, sigma, 1.0), 0.0)
    ranges = np.abs(np.diff(z, axis=-1))
    sigma_z = ranges.mean(axis=-1) / RANGE_TO_SIGMA if ranges.shape[-1] else np.full(mean.shape, np.nan)
    half = 3 * sigma * sigma_z[..., None]
    return LaneyChart(
        value=value, mean=mean, lower=np.maximum(0.0, mean[..., None] - half),
        upper=np.minimum(highest, mean[..., None] + half), z=z, sigma_z=sigma_z, method=method,
    )  # fmt: skip
