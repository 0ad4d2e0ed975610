"""CUSUM alerts: the month in which a series has drifted from where it used to be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.stats.intervals import Floats

DECIMALS = 2


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """`direction[T]` is 1 or −1 in months with an alert, else 0; `target[T]` and `threshold[T]` as used that month."""

    direction: NDArray[np.int64]
    target: Floats
    threshold: Floats


@dataclass(frozen=True)
class _State:
    """Where the sums stand after a month."""

    target: float
    threshold: float
    up: float = 0.0
    down: float = 0.0

    def direction(self) -> int:
        return int(self.up > self.threshold) - int(self.down < -self.threshold)

    def after(self, x: float, h: float) -> "_State":
        """One month on; a missing month restarts the sums."""
        if np.isnan(x):
            return _State(self.target, self.threshold)
        slack = 0.5 * self.threshold / h
        up = round(max(0.0, self.up + x - (self.target + slack)), DECIMALS)
        down = round(min(0.0, self.down + x - (self.target - slack)), DECIMALS)
        return _State(self.target, self.threshold, up, down)


def cusum(values: ArrayLike, *, window: int = 12, sensitivity: float = 5) -> Alerts:
    """Alerts of one monthly series `values[T]`, best of standardised residuals: S⁺ > T up, S⁻ < −T down, with T =
    `sensitivity`·SD of the start window. The month after an alert takes a new target from the last `window` months; if
    the series still moves the same way it keeps T and the sums, else it starts over. Missing months are nan. Known to be
    deaf after a noisy start and restless for small units. Raises ValueError on a window < 2 or a sensitivity <= 0.
    Source: Montgomery 2009, ch. 9, as in OpenPrescribing (Walker et al. 2019)."""
    x = np.asarray(values, dtype=float)
    if window < 2 or sensitivity <= 0:
        raise ValueError("refused: a window of at least 2 and a sensitivity above 0 are needed")
    begin = next((at for at in range(x.size) if np.isfinite(x[at : at + window]).any()), x.size)
    states = []
    state = _State(np.nan, np.nan)
    for at in range(x.size):
        if at <= begin:
            state = _restarted(x[at : at + window], sensitivity)
        elif state.direction():
            state = _following(state, x[max(0, at - window) : at], x[at], sensitivity)
        state = state.after(x[at], sensitivity)
        states.append(state)
    return Alerts(
        direction=np.array([each.direction() for each in states], dtype=np.int64),
        target=np.array([each.target for each in states]),
        threshold=np.array([each.threshold for each in states]),
    )


def _restarted(window: Floats, h: float) -> _State:
    known = window[np.isfinite(window)]
    return _State(float(known.mean()), h * float(known.std())) if known.size else _State(np.nan, np.nan)


def _following(state: _State, window: Floats, x: float, h: float) -> _State:
    """The state before the month that follows an alert."""
    fresh = _restarted(window, h)
    kept = _State(fresh.target, state.threshold, state.up, state.down)
    following = kept.after(x, h)
    beyond = (state.direction() > 0 and following.up > state.up) or (
        state.direction() < 0 and following.down < state.down
    )
    return kept if beyond else fresh
