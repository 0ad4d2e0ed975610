"""Do groups leave at the same pace (log-rank), and to the same extent (Gray)? Never shown without the curves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from pipelines.stats.intervals import Floats


@dataclass(frozen=True, kw_only=True)
class GroupTest:
    """`statistic` is chi-square on `freedom`; `score[G]` = observed − expected with its `variance[G, G]`."""

    statistic: float
    freedom: int
    p: float
    score: Floats
    variance: Floats
    observed: Floats
    method: str

    @property
    def expected(self) -> Floats:
        """Events of each group if all were alike."""
        return self.observed - self.score


def log_rank(events: ArrayLike, at_risk: ArrayLike, *, rho: float = 0) -> GroupTest:
    """Cause-specific hazards of G groups: `events[..., G, T]` and `at_risk[..., G, T]` on common days, a leading axis
    of strata is summed. `rho` weights by S(t−)^ρ of all groups (1 = Peto). Persons may change group over time when
    `at_risk` says so: then it is the Mantel–Byar test with the hypergeometric variance. Raises ValueError with fewer
    than two groups. Source: Mantel 1966; Harrington & Fleming 1982; Mantel & Byar 1974."""
    d, n = _strata(events, at_risk)
    total, risk = d.sum(axis=1), n.sum(axis=1)
    safe = np.where(risk > 0, risk, 1.0)
    pooled = np.cumprod(1 - total / safe, axis=-1)
    weight = np.concatenate([np.ones((len(pooled), 1)), pooled[:, :-1]], axis=-1) ** rho
    part = n / safe[:, None]
    score = (weight[:, None] * (d - total[:, None] * part)).sum(axis=(0, 2))
    spread = weight**2 * total * (risk - total) / np.where(risk > 1, risk - 1, 1.0)
    variance = np.diag(np.einsum("ht,hgt->g", spread, part)) - np.einsum("ht,hgt,hkt->gk", spread, part, part)
    observed = (weight[:, None] * d).sum(axis=(0, 2))
    return _tested(score, variance, observed, "log-rank" if rho == 0 else f"log-rank, ρ = {rho:g}")


def mantel_byar(events: ArrayLike, at_risk: ArrayLike) -> GroupTest:
    """Score test of a Cox model with one time-dependent exposure and Efron's ties: `events[..., 2, T]` and
    `at_risk[..., 2, T]` of the unexposed and the exposed on each day. Descriptive, not effect. Raises ValueError unless
    there are two groups. Source: Mantel & Byar 1974; Efron 1977."""
    d, n = _strata(events, at_risk)
    if d.shape[1] != 2:
        raise ValueError("refused: two groups are needed")
    exposed = np.zeros(d.shape[2])
    spread = np.zeros(d.shape[2])
    for stratum in range(len(d)):
        total, risk = d[stratum].sum(axis=0), n[stratum].sum(axis=0)
        for tie in range(int(total.max(initial=0))):
            share = tie / np.where(total > 0, total, 1.0)
            left = risk - share * total
            part = np.where(tie < total, (n[stratum, 1] - share * d[stratum, 1]) / np.where(left > 0, left, 1.0), 0.0)
            exposed += part
            spread += part * (1 - part)
    score = d[:, 1].sum() - exposed.sum()
    variance = spread.sum() * np.array([[1.0, -1.0], [-1.0, 1.0]])
    return _tested(np.array([-score, score]), variance, d.sum(axis=(0, 2)), "Mantel–Byar")


def gray(own: ArrayLike, competing: ArrayLike, at_risk: ArrayLike, *, rho: float = 0) -> GroupTest:
    """Cumulative incidences of one cause in G groups: `own[..., G, T]`, `competing[..., G, T]` (all other causes
    together) and `at_risk[..., G, T]` on common days; a leading axis of strata is summed. Raises ValueError with fewer
    than two groups. Source: Gray 1988."""
    d1, d2, n = _strata(own, competing, at_risk)
    scores, variances = _gray_parts(d1, d2, n, rho)
    score, variance = scores.sum(axis=0), variances.sum(axis=0)
    return _tested(score, variance, d1.sum(axis=(0, 2)), "Gray" if rho == 0 else f"Gray, ρ = {rho:g}")


def gray_pairs(own: ArrayLike, competing: ArrayLike, at_risk: ArrayLike) -> tuple[Floats, Floats]:
    """Gray's test of two groups many times at once: arrays `[..., S, 2, T]` as in `gray`, where S are the strata of one
    test, which are summed, and the axes before them are tests of their own. Returns χ² on one degree of freedom and its
    p-value, `[...]`; missing where the groups never meet. Raises ValueError unless there are two groups. Source: Gray
    1988."""
    d1, d2, n = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (own, competing, at_risk)))
    if d1.ndim < 3 or d1.shape[-2] != 2:
        raise ValueError("refused: two groups are needed")
    scores, variances = _gray_parts(d1, d2, n, 0)
    score, spread = scores[..., 1].sum(axis=-1), variances[..., 1, 1].sum(axis=-1)
    statistic = np.where(spread > 0, score**2 / np.where(spread > 0, spread, 1.0), np.nan)
    return statistic, chi2.sf(statistic, 1)


def _gray_parts(d1: Floats, d2: Floats, n: Floats, rho: float) -> tuple[Floats, Floats]:
    """z[..., G] and V[..., G, G] of every stratum from counts `[..., G, T]`."""
    safe = np.where(n > 0, n, 1.0)
    after = np.cumprod(1 - (d1 + d2) / safe, axis=-1)
    before = _lagged(after, 1.0)
    open_ = (n > 0) & (before > 0)
    share = _lagged(np.cumsum(before * d1 / safe, axis=-1), 0.0)
    u = np.where(open_, n / np.where(open_, before, 1.0), 0.0)
    freed = u * (1 - share)
    total, whole, pooled = (part.sum(axis=-2, keepdims=True) for part in (d1, u, freed))
    whole, pooled = _nonzero(whole), _nonzero(pooled)
    step = total / whole
    null = np.cumsum(step, axis=-1)
    null_before = _lagged(null, 0.0)
    weight = (1 - null_before) ** rho
    score = (weight * (d1 - freed * total / pooled)).sum(axis=-1)
    # [..., k, r, t]: what group r does to the score of group k
    alone = np.eye(d1.shape[-2])[:, :, None]
    moved = (weight * u)[..., :, None, :] * (alone - (u / whole)[..., None, :, :])
    gathered = np.cumsum(moved * (step / _nonzero(1 - null_before))[..., None, :, :], axis=-1)
    ahead = gathered[..., -1:] - gathered
    kept = np.where(after > 0, (1 - null) / np.where(after > 0, after, 1.0), 0.0)
    still = kept[..., None, :, :]
    own = _gathered(moved + (1 - still) * ahead, _own_spread(total, whole, before, step, safe, open_))
    return score, own + _gathered(still * ahead, _other_spread(d2, before, safe, open_ & (after > 0)))


def _gathered(influence: Floats, spread: Floats) -> Floats:
    """Σ over groups r and days of a·aᵀ·spread."""
    return np.einsum("...krt,...lrt,...rt->...kl", influence, influence, spread)


def _own_spread(
    total: Floats, whole: Floats, before: Floats, step: Floats, risk: Floats, open_: NDArray[np.bool_]
) -> Floats:
    """f1·S(t−)·dF0/Y, with f1 the correction for ties."""
    room = whole * before - 1
    tied = (total > 1) & (room > 0)
    correction = np.where(tied, 1 - (total - 1) / np.where(tied, room, 1.0), 1.0)
    return np.where(open_, correction * before * step / risk, 0.0)


def _other_spread(d2: Floats, before: Floats, risk: Floats, open_: NDArray[np.bool_]) -> Floats:
    """f2·S(t−)²·d2/Y², with f2 the correction for ties."""
    tied = (d2 > 1) & (risk > 1)
    correction = np.where(tied, 1 - (d2 - 1) / np.where(tied, risk - 1, 1.0), 1.0)
    return np.where(open_, correction * before**2 * d2 / risk**2, 0.0)


def _tested(score: Floats, variance: Floats, observed: Floats, method: str) -> GroupTest:
    """χ² with one group dropped; a group that never meets another adds no degree of freedom."""
    met = np.flatnonzero(np.diag(variance) > 0)
    kept = met[1:]
    freedom = max(0, met.size - 1)
    within = variance[np.ix_(kept, kept)]
    statistic = float(score[kept] @ np.linalg.pinv(within, hermitian=True) @ score[kept]) if freedom else float("nan")
    p = float(chi2.sf(statistic, freedom)) if freedom else float("nan")
    return GroupTest(
        statistic=statistic, freedom=freedom, p=p, score=score, variance=variance, observed=observed, method=method
    )


def _strata(*parts: ArrayLike) -> list[Floats]:
    """[strata, G, T] of each part."""
    arrays = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts))
    if arrays[0].ndim < 2 or arrays[0].shape[-2] < 2:
        raise ValueError("refused: fewer than two groups")
    return [array.reshape(-1, *array.shape[-2:]) for array in arrays]


def _lagged(values: Floats, first: float) -> Floats:
    return np.concatenate([np.full((*values.shape[:-1], 1), first), values[..., :-1]], axis=-1)


def _nonzero(values: Floats) -> Floats:
    return np.where(values != 0, values, 1.0)
