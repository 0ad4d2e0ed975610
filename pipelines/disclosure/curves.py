"""Which curves may be shown, and how far."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def too_small(cells: pd.DataFrame, *, persons: int, events: int) -> NDArray[np.bool_]:
    """True for curves with fewer than `persons` persons or fewer than `events` events (`personer`, `handelser`)."""
    return ((cells["personer"] < persons) | (cells["handelser"] < events)).to_numpy()


def last_shown(at_risk: ArrayLike, *, least: int) -> int:
    """Index of the last point with at least `least` at risk; -1 if there is none. At risk never rises again after it
    falls, so the points before are safe too."""
    enough = np.flatnonzero(np.asarray(at_risk) >= least)
    return int(enough[-1]) if enough.size else -1


def rounded_to_five(at_risk: ArrayLike) -> NDArray[np.float64]:
    """Numbers at risk to the nearest five: two neighbouring ones differ by single persons."""
    return np.round(np.asarray(at_risk, dtype=float) / 5) * 5
