"""How long a case lasts: one discrete distribution per diagnosis and sex, sampled and integrated from the same array."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.synthetic.parameters import (
    DIAGNOSES,
    HAZARD_RATIO_MEN,
    KNOTS,
    OPEN_AT_LAST_KNOT,
    SHORT,
    SHORTEST,
)  # fmt: skip

LONGEST = KNOTS[-1]


@cache
def open_after(diagnosis: int, sex: str) -> NDArray[np.float64]:
    """S(t) for t = 0 … LONGEST: share still open after calendar day t; S(LONGEST) = 0."""
    declared = DIAGNOSES[diagnosis].open_after
    logs = np.log([1.0, *declared, declared[-1] * OPEN_AT_LAST_KNOT])
    power = HAZARD_RATIO_MEN if sex == "M" else 1.0
    late = np.exp(power * np.interp(np.arange(LONGEST + 1), KNOTS, logs))
    early = 1 - SHORT * np.clip((np.arange(LONGEST + 1) - SHORTEST + 1) / (KNOTS[0] - SHORTEST + 1), 0, 1)
    survival = np.where(np.arange(LONGEST + 1) <= KNOTS[0], early, (1 - SHORT) * late)
    survival[-1] = 0.0
    return survival


def sample(diagnosis: int, sex: str, uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Calendar lengths for uniform numbers in [0, 1)."""
    return np.searchsorted(1 - open_after(diagnosis, sex), uniform, side="right").astype(np.int64)


def probability(diagnosis: int, sex: str) -> NDArray[np.float64]:
    """P(T = t) for t = 0 … LONGEST."""
    return -np.diff(open_after(diagnosis, sex), prepend=1.0)
