"""How many are on 100, 75, 50, 25 and 0 % sick leave each day: shares of a cohort, from moves per day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats
from pipelines.stats.survival import TOLERANCE, Scale, limits

GRADES = (100, 75, 50, 25, 0)


@dataclass(frozen=True, kw_only=True)
class GradeShares:
    """`share[..., G, T]` on each grade through each day, summing to 1 over G, with `variance`, `lower`, `upper` of the
    same shape and `at_risk[..., G, T]` = followed on that grade when the day begins."""

    day: NDArray
    share: Floats
    variance: Floats
    lower: Floats
    upper: Floats
    at_risk: Floats
    level: float
    method: str


def grade_shares(
    day: ArrayLike,
    start: ArrayLike,
    moves: ArrayLike,
    censored: ArrayLike,
    *,
    level: float,
    entered_after: ArrayLike | None = None,
    scale: Scale = "log-log",
) -> GradeShares:
    """State occupation by Aalen–Johansen: `day[T]` increasing; `start[..., G]` cases by grade on day 1;
    `moves[..., G, G, T]` from one grade to another on a day; `censored[..., G, T]` followed no longer after the day, on
    the grade they then have; `entered_after[..., G, T]` late entries. Grades may come back; 0 is sick leave ended or
    paused. Valid without the Markov property when censoring is independent (Datta & Satten 2001). Variance by the delta
    method with multinomial moves. Raises ValueError on negative counts or more moves than cases."""
    steps, gone = np.asarray(moves, dtype=float), np.asarray(censored, dtype=float)
    first = np.asarray(start, dtype=float)
    late = np.zeros_like(gone) if entered_after is None else np.asarray(entered_after, dtype=float)
    risk = _followed(first, steps, gone, late)
    whole = first.sum(axis=-1, keepdims=True)
    share: Floats = first / np.where(whole > 0, whole, np.nan)
    spread: Floats = _multinomial(share) / np.where(whole > 0, whole, 1.0)[..., None]
    shares, variances = [], []
    for at in range(steps.shape[-1]):
        share, spread = _next(share, spread, steps[..., at], risk[..., at])
        shares.append(share)
        variances.append(np.diagonal(spread, axis1=-2, axis2=-1))
    value, variance = np.stack(shares, axis=-1), np.maximum(0.0, np.stack(variances, axis=-1))
    lower, upper = limits(value, variance, level=level, scale=scale)
    return GradeShares(
        day=np.asarray(day), share=value, variance=variance, lower=lower, upper=upper, at_risk=risk, level=level,
        method=f"Aalen–Johansen, {scale}",
    )  # fmt: skip


def _followed(start: Floats, moves: Floats, gone: Floats, late: Floats) -> Floats:
    """Cases on each grade when the day begins. Raises ValueError on counts that cannot be."""
    if any(np.any(part < 0) for part in (start, moves, gone, late)):
        raise ValueError("refused: negative counts")
    out, into = moves.sum(axis=-2), moves.sum(axis=-3)
    change = np.cumsum(into - out - gone + late, axis=-1)
    before = np.concatenate([np.zeros_like(change[..., :1]), change[..., :-1]], axis=-1)
    risk = start[..., None] + before
    if np.any(out - risk > TOLERANCE) or np.any(gone - (risk - out + into) > TOLERANCE):
        raise ValueError("refused: more move or are censored than are on the grade")
    return risk


def _next(share: Floats, spread: Floats, moves: Floats, risk: Floats) -> tuple[Floats, Floats]:
    """One day: p·B, and BᵀΣB + Σ_g p_g²·(multinomial covariance of row g)/n_g."""
    inverse = np.where(risk > 0, 1 / np.where(risk > 0, risk, 1.0), 0.0)
    chance = moves * inverse[..., None]
    size = share.shape[-1]
    stay = 1 - chance.sum(axis=-1)
    chance = chance + stay[..., None] * np.eye(size)
    rows = np.einsum("...g,...gij->...ij", share**2 * inverse, _multinomial(chance))
    return np.einsum("...g,...gh->...h", share, chance), np.swapaxes(chance, -1, -2) @ spread @ chance + rows


def _multinomial(chance: Floats) -> Floats:
    """diag(q) − q·qᵀ of the last axis."""
    return chance[..., None] * np.eye(chance.shape[-1]) - chance[..., None] * chance[..., None, :]
