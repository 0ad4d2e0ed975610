"""When coordination begins: who is chosen, and the case day of the first insats, both without regard to the length."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from pipelines.synthetic import parameters as p


def first_day_odds() -> NDArray[np.float64]:
    """P(first insats on case day d) for d = 0 … LAST_INSATS_DAY, given that there is one and the case lasts."""
    edges = np.maximum(0, np.arange(p.LAST_INSATS_DAY + 2) - p.FIRST_DAY)
    odds = np.diff(gammainc(p.INSATS_SHAPE, edges / p.INSATS_SCALE))  # the gamma distribution
    return odds / odds.sum()


def chance(need: NDArray[np.float64], coverage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that a case is chosen, by the need of its diagnosis and the coverage level of its unit."""
    return np.minimum(p.MOST_COVERED, need * coverage)
