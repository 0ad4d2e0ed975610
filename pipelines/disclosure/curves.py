"""Which curves may be shown, and how far."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def too_small(cells: pd.DataFrame, *, persons: int, events: int) -> NDArray[np.bool_]:
    """True for curves with fewer than `persons` persons or fewer than `events` events (`personer`, `handelser`)."""
    return ((cells["personer"] < persons) | (cells["handelser"] < events)).to_numpy()


def followed(at_risk: ArrayLike, *, least: int) -> NDArray[np.bool_]:
    """True through the last point of `at_risk[..., T]` with at least `least` at risk. At risk never rises again after it
    falls, so the points before are safe too."""
    enough = np.asarray(at_risk) >= least
    return np.logical_or.accumulate(enough[..., ::-1], axis=-1)[..., ::-1]


def rounded_to_five(at_risk: ArrayLike) -> NDArray[np.float64]:
    """Numbers at risk to the nearest five: two neighbouring ones differ by single persons."""
    return np.round(np.asarray(at_risk, dtype=float) / 5) * 5
