"""Is it a real change? Charts of rates, shares and values with the signs of special causes, many series at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipelines.stats.intervals import Floats
from pipelines.stats.laney import LaneyChart, p_prime, u_prime
from pipelines.stats.xmr import TRIAL_BELOW, Chart, SpecialCauses, special_causes, xmr


@dataclass(frozen=True, kw_only=True)
class Process:
    """`value`, the lines of `chart` and the signs in `causes`, all [..., T], on the scale and with the season of the
    series; `method` in words."""

    value: Floats
    chart: Chart
    causes: SpecialCauses
    method: str


def followed_rate(
    x: ArrayLike, n: ArrayLike, *, per: float, season: ArrayLike = 1.0, baseline: int | None = None
) -> Process:
    """The u′ chart of `x[..., T]` events over `n[..., T]`, per `per`. The signs are looked for without `season[..., T]`
    (times the level of the year; 1 = no season), and the lines follow it. Missing points are nan; `baseline` = only the
    first points make the limits. Raises ValueError as `u_prime`."""
    part = np.asarray(season, dtype=float)
    laney = u_prime(x, np.asarray(n, dtype=float) * part, baseline=baseline)
    return _process(laney, per, part, baseline)


def followed_share(x: ArrayLike, n: ArrayLike, *, per: float, baseline: int | None = None) -> Process:
    """The p′ chart of `x[..., T]` out of `n[..., T]`, per `per` (100 = percent). Missing points and `baseline` as in
    `followed_rate`. Raises ValueError as `p_prime`."""
    return _process(p_prime(x, n, baseline=baseline), per, np.ones(1), baseline)


def followed_value(x: ArrayLike, *, baseline: int | None = None) -> Process:
    """The XmR chart of `x[..., T]`: of means and medians, which have no denominator. Missing points and `baseline` as in
    `followed_rate`. Raises ValueError as `xmr`."""
    value = np.asarray(x, dtype=float)
    chart = xmr(value, baseline=baseline)
    return Process(value=value, chart=chart, causes=special_causes(value, chart), method="XmR")


def _process(laney: LaneyChart, per: float, season: Floats, baseline: int | None) -> Process:
    plain = _lines(laney, baseline)
    causes = special_causes(laney.value, plain)
    scale = per * season
    chart = Chart(
        mean=scale * plain.mean, lower=scale * plain.lower, upper=scale * plain.upper,
        near_lower=scale * plain.near_lower, near_upper=scale * plain.near_upper, trial=plain.trial,
    )  # fmt: skip
    return Process(value=scale * laney.value, chart=chart, causes=causes, method=f"{laney.method} (Laney)")


def _lines(laney: LaneyChart, baseline: int | None) -> Chart:
    """Laney's limits with the near ones, two thirds of the way."""
    mean = np.broadcast_to(laney.mean[..., None], laney.value.shape)
    used = laney.value.shape[-1] if baseline is None else baseline
    return Chart(
        mean=mean, lower=laney.lower, upper=laney.upper, near_lower=mean - 2 / 3 * (mean - laney.lower),
        near_upper=mean + 2 / 3 * (laney.upper - mean), trial=used < TRIAL_BELOW,
    )  # fmt: skip
