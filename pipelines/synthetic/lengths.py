"""How long a case lasts: one discrete distribution per diagnosis and sex, sampled and integrated from the same array.

Försäkringskassan's "still open on day 90, given more than 14 days" is S(89) / S(14)."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.synthetic.diagnoses import DAYS, DIAGNOSES, Diagnosis
from pipelines.synthetic.odds import Steps
from pipelines.synthetic.parameters import HAZARD_RATIO_MEN, LONGEST, SHORT, SHORTEST
from pipelines.synthetic.rows import Ints

PAID = 14
KNOTS = (PAID, *(day - 1 for day in DAYS))
SEXES = ("K", "M")


def _survival(diagnosis: Diagnosis, sex: str) -> NDArray[np.float64]:
    day = np.arange(LONGEST + 1)
    logs = np.interp(day, KNOTS, np.log([1.0, *diagnosis.open_after])) - np.maximum(0, day - KNOTS[-1]) / diagnosis.tail
    # the published figure is of both sexes: the exponents are balanced about it
    power = HAZARD_RATIO_MEN ** (diagnosis.women if sex == "M" else diagnosis.women - 1)
    early = 1 - SHORT * np.clip((day - SHORTEST + 1) / (PAID - SHORTEST + 1), 0, 1)
    survival = np.where(day <= PAID, early, (1 - SHORT) * np.exp(power * logs))
    survival[-1] = 0.0
    return survival


@cache
def table() -> NDArray[np.float64]:
    """S(t), share still open after calendar day t, for t = 0 … LONGEST: (2 · diagnosis + sex, t)."""
    return np.stack([_survival(diagnosis, sex) for diagnosis in DIAGNOSES for sex in SEXES])


def open_after(diagnosis: int, sex: str) -> NDArray[np.float64]:
    """S(t) of one diagnosis and sex; S(LONGEST) = 0."""
    return table()[2 * diagnosis + SEXES.index(sex)]


@cache
def _ascending() -> Steps:
    """Row number + 1 − S(t), all rows after each other: ascending, so that one search finds every case's length."""
    return Steps((np.arange(len(table()))[:, None] + 1 - table()).ravel(), left=True)


def sample(row: Ints, quantile: NDArray[np.float64]) -> Ints:
    """Calendar lengths: the first day t with S(t) ≤ quantile, a number in [0, 1)."""
    found = _ascending().find(row + (1 - quantile)) - row * (LONGEST + 1)
    return np.maximum(found, SHORTEST)  # a quantile so near 1 that the sum rounds it away belongs to the row before


def after_insats(row: Ints, quantile: NDArray[np.float64], insats: Ints, hazard_ratio: float) -> NDArray[np.float64]:
    """The quantile of a case whose daily hazard of ending is `hazard_ratio` times the usual after its day `insats`."""
    then = table()[row, insats]
    return np.where(quantile < then, then * (quantile / then) ** (1 / hazard_ratio), quantile)
