"""Differences and ratios with the interval of the contrast itself, not of its parts."""

import numpy as np
from numpy.typing import ArrayLike

from pipelines.stats.intervals import Estimate


def share_difference(
    p1: ArrayLike, low1: ArrayLike, high1: ArrayLike, p2: ArrayLike, low2: ArrayLike, high2: ArrayLike
) -> Estimate:
    """p1 − p2 for independent estimates with given limits of the same level: MOVER (Zou & Donner 2008). Missing where
    a limit is missing."""
    a, al, au, b, bl, bu = (np.asarray(part, dtype=float) for part in (p1, low1, high1, p2, low2, high2))
    value = a - b
    lower = value - np.hypot(a - al, bu - b)
    upper = value + np.hypot(au - a, b - bl)
    return Estimate(value=value, lower=lower, upper=upper, level=0.95, method="MOVER")


def share_ratio(
    p1: ArrayLike, low1: ArrayLike, high1: ArrayLike, p2: ArrayLike, low2: ArrayLike, high2: ArrayLike
) -> Estimate:
    """p1 / p2 for independent estimates with given limits: MOVER-R (Donner & Zou 2012). Missing where p2 = 0, and the
    upper limit where low2 <= 0: then the ratio has none. The lower limit is written with the conjugate root, which stays
    stable where high2 = 2·p2."""
    a, al, au, b, bl, bu = (np.asarray(part, dtype=float) for part in (p1, low1, high1, p2, low2, high2))
    product = a * b
    with np.errstate(divide="ignore", invalid="ignore"):
        small, wide = al * (2 * a - al), bu * (2 * b - bu)
        large, narrow = au * (2 * a - au), bl * (2 * b - bl)
        root = product + np.sqrt(np.maximum(0, product**2 - small * wide))
        lower = np.where((al == 0) & (b > 0), 0.0, small / root)  # of nothing the ratio may be nothing
        upper = (product + np.sqrt(np.maximum(0, product**2 - large * narrow))) / narrow
        value = a / b
    defined = np.isfinite(value)
    return Estimate(
        value=np.where(defined, value, np.nan),
        lower=np.where(defined & np.isfinite(lower), lower, np.nan),
        upper=np.where(defined & np.isfinite(upper) & (narrow > 0), upper, np.nan),
        level=0.95,
        method="MOVER-R",
    )
