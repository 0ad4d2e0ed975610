"""XmR charts: what a series does when nothing special happens, and the four signs that something special did."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats

LIMIT, SCREEN = 2.66, 3.267  # 3/d₂ and D₄ for moving ranges of two
TRIAL_BELOW = 12
EQUAL = 1e-8
NOTHING, OUTSIDE, TREND, TWO_OF_THREE, RUN = range(5)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`mean`, `lower`, `upper`, `near_lower` and `near_upper`, all [..., T]; `trial` while fewer than twelve points
    made the limits."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    trial: bool


@dataclass(frozen=True, kw_only=True)
class SpecialCauses:
    """`rule[..., T]` names the first rule that holds (NOTHING, OUTSIDE, TREND, TWO_OF_THREE, RUN), `direction[..., T]`
    is 1 for high or rising, −1 for low or falling, 0 for nothing."""

    rule: NDArray[np.int64]
    direction: NDArray[np.int64]


def xmr(values: ArrayLike, *, screened: bool = True, baseline: int | None = None) -> Chart:
    """Limits m ± 2.66·a of `values[..., T]` from the mean and the mean moving range; `screened` leaves out moving ranges
    >= 3.267·a once (Nelson 1982); `baseline` = only the first points make the limits, which then extend. Missing points
    make no range. Raises ValueError on a baseline outside 2 … T. Source: Wheeler 2000; NHS Making Data Count."""
    x = np.asarray(values, dtype=float)
    used = x.shape[-1] if baseline is None else baseline
    if baseline is not None and not 2 <= baseline <= x.shape[-1]:
        raise ValueError("refused: baseline outside 2 and the number of points")
    base = x[..., :used]
    middle = _mean(base, np.isfinite(base))
    ranges = np.abs(np.diff(base, axis=-1))
    average = _mean(ranges, np.isfinite(ranges))
    if screened:
        # a constant series has no range to leave out: its limits are its mean
        average = _mean(ranges, (ranges < SCREEN * average[..., None]) | (ranges == 0))
    wide = [
        np.broadcast_to((middle + part * LIMIT * average)[..., None], x.shape) for part in (0, -1, 1, -2 / 3, 2 / 3)
    ]
    return Chart(
        mean=wide[0], lower=wide[1], upper=wide[2], near_lower=wide[3], near_upper=wide[4], trial=used < TRIAL_BELOW
    )


def special_causes(values: ArrayLike, chart: Chart) -> SpecialCauses:
    """The four rules of Making Data Count in order: outside the limits; seven points in strict trend; two of three near
    a limit, all three on that side; seven in a row on one side. Equality with the mean or a neighbour, within rounding,
    breaks a run. Source: NHS England, Making Data Count."""
    x = np.asarray(values, dtype=float)
    slack = EQUAL * np.maximum(1.0, np.abs(chart.mean))
    outside = _signs(x - chart.upper > slack, chart.lower - x > slack)
    against_mean = _signs(x - chart.mean > slack, chart.mean - x > slack)
    steps = np.diff(x, axis=-1)
    moved = _signs(steps > slack[..., 1:], steps < -slack[..., 1:])
    near = _signs(x - chart.near_upper > slack, chart.near_lower - x > slack) * (outside == 0)
    found = (outside, _runs(moved, 6, points=7), _two_of_three(near, against_mean), _runs(against_mean, 7, points=7))
    rule = np.select([sign != 0 for sign in found], [OUTSIDE, TREND, TWO_OF_THREE, RUN], NOTHING)
    return SpecialCauses(rule=rule, direction=np.select([sign != 0 for sign in found], found, 0))


def rebased(
    values: ArrayLike, starts: Sequence[int], *, screened: bool = True, baseline: int | None = None
) -> tuple[Chart, SpecialCauses]:
    """Chart and signs with new limits from each of `starts` (positions in T, decided and logged by people, never by the
    machine): no rule looks across a start. Arrays and errors as in `xmr`."""
    x = np.asarray(values, dtype=float)
    pieces = np.split(x, [at for at in sorted(starts) if 0 < at < x.shape[-1]], axis=-1)
    charts = [xmr(piece, screened=screened, baseline=baseline) for piece in pieces]
    causes = [special_causes(piece, chart) for piece, chart in zip(pieces, charts, strict=True)]
    lines = {
        name: np.concatenate([getattr(chart, name) for chart in charts], axis=-1)
        for name in ("mean", "lower", "upper", "near_lower", "near_upper")
    }
    return Chart(**lines, trial=charts[-1].trial), SpecialCauses(
        rule=np.concatenate([cause.rule for cause in causes], axis=-1),
        direction=np.concatenate([cause.direction for cause in causes], axis=-1),
    )


def judged(direction: ArrayLike, better: int) -> NDArray[np.int64]:
    """1 förbättring, −1 oroande, 0 no judgement: the direction against the declared one (1 higher is better, −1 lower,
    0 neither)."""
    return np.asarray(direction, dtype=np.int64) * better


def target_reached(lower: ArrayLike, upper: ArrayLike, target: ArrayLike, better: int) -> NDArray[np.int64]:
    """1 when the target lies beyond the limits on the bad side, so that it is reached all the time; −1 when it lies
    beyond them on the good side, out of reach without another way of working; 0 when chance decides. Raises ValueError
    when no direction is better."""
    if better not in (-1, 1):
        raise ValueError("refused: a target needs a direction")
    low, high, at = np.asarray(lower), np.asarray(upper), np.asarray(target)
    return better * ((at < low).astype(np.int64) - (at > high).astype(np.int64))


def _mean(values: Floats, kept: NDArray[np.bool_]) -> Floats:
    count = kept.sum(axis=-1)
    return np.where(kept, values, 0.0).sum(axis=-1) / np.where(count > 0, count, np.nan)


def _signs(high: NDArray[np.bool_], low: NDArray[np.bool_]) -> NDArray[np.int64]:
    return high.astype(np.int64) - low.astype(np.int64)


def _runs(signs: NDArray[np.int64], length: int, *, points: int) -> NDArray[np.int64]:
    """The sign on all `points` of every stretch of `length` equal signs; steps lie between points."""
    extra = points - length
    out = np.zeros((*signs.shape[:-1], signs.shape[-1] + extra), dtype=np.int64)
    if signs.shape[-1] < length:
        return out
    total = sliding_window_view(signs, length, axis=-1).sum(axis=-1)
    for sign in (-1, 1):
        for shift in range(points):
            view = out[..., shift : shift + total.shape[-1]]
            view[total == sign * length] = sign
    return out


def _two_of_three(near: NDArray[np.int64], against_mean: NDArray[np.int64]) -> NDArray[np.int64]:
    out = np.zeros_like(near)
    if near.shape[-1] < 3:
        return out
    close = sliding_window_view(near, 3, axis=-1).sum(axis=-1)
    sides = sliding_window_view(against_mean, 3, axis=-1).sum(axis=-1)
    for sign in (-1, 1):
        held = (sides == 3 * sign) & (sign * close >= 2)
        for shift in range(3):
            view = out[..., shift : shift + held.shape[-1]]
            view[held & (near[..., shift : shift + held.shape[-1]] == sign)] = sign
    return out
