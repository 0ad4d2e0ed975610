"""Cells that are hidden for their own sake."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def primary(cells: pd.DataFrame, *, threshold: int) -> NDArray[np.bool_]:
    """True where fewer than `threshold` persons contribute, zero included: "nobody has" also tells about persons.
    `cells` has `personer` (distinct persons) and `noll_ofarlig`: True where a zero tells nothing about anybody."""
    persons = cells["personer"].to_numpy(dtype=float)
    harmless = (persons == 0) & cells["noll_ofarlig"].to_numpy(dtype=bool)
    return (persons < threshold) & ~harmless
