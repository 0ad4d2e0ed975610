"""How long a case lasts and how it ends: the model from which both the cases and the truth about them come.

A case that began on day 1 is open after day t with probability exp(-f H(t)): H is the cumulative hazard of its
diagnosis, piecewise linear through the published shares, and f the product of its factors. Coordination is no factor:
it has no effect on length here. Independently of that, a person leaves the vårdgivare at a small constant rate."""

import numpy as np
import pandas as pd

from pipelines.synthetic import parameters as p
from pipelines.synthetic.diagnoses import DIAGNOSES, IS_CANCER

# "Still open at day 90" is day 90 reached: S(89). No case ends before its fourth day.
NODES = (3, 7, 14, 29, 89, 179, 364)
FAR = 100_000
NODE_DAYS = np.array([*NODES, FAR], dtype=float)
NODE_HAZARD = np.array(
    [
        [0, *(-np.log([row.s7, row.s14, *(row.s14 * s for s in (row.s30, row.s90, row.s180, row.s365))])), np.nan]
        for row in DIAGNOSES
    ]
)
NODE_HAZARD[:, -1] = NODE_HAZARD[:, -2] + (FAR - NODES[-1]) / p.TAIL_DAYS


def cumulative_hazard(days: np.ndarray) -> np.ndarray:
    """H after each of `days`, per diagnosis: array (diagnoses, days)."""
    return np.array([np.interp(days, NODE_DAYS, hazard) for hazard in NODE_HAZARD])


def ending_factor(cases: pd.DataFrame, hurry: np.ndarray) -> np.ndarray:
    """Factor f of each case from its sex, age, occupation and first unit (`hurry` by unit)."""
    return (
        np.where(cases["sex"] == 1, p.MEN_FACTOR, 1.0)
        * np.array(p.AGE_FACTOR)[cases["band"]]
        * np.array(p.OCCUPATION_FACTOR)[cases["occupation"]]
        * hurry[cases["unit"]]
    )


def draw_length(dx: np.ndarray, factor: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Calendar days from first to last day of each case, if nothing but the end of the case stops it."""
    reached = rng.exponential(size=len(dx)) / factor
    days = np.empty(len(dx))
    for diagnosis in np.unique(dx):
        own = dx == diagnosis
        days[own] = np.interp(reached[own], NODE_HAZARD[diagnosis], NODE_DAYS)
    return np.maximum(np.ceil(days), NODES[0] + 1).astype(np.int64)


def draw_move(count: int, rng: np.random.Generator) -> np.ndarray:
    """Day of the case on which the person leaves the vårdgivare."""
    return np.ceil(rng.exponential(1 / p.MOVE_PER_DAY, count)).astype(np.int64)


def length_class(days: np.ndarray) -> np.ndarray:
    """Place of a length among the classes of LENGTH_EDGES."""
    return np.searchsorted(p.LENGTH_EDGES, days, side="left")


def _causes() -> np.ndarray:
    """Probability of each cause given that the case ends: array (ages, cancer no/yes, length class, cause)."""
    oldest = len(p.ADULT_BANDS) - 1
    table = np.zeros((oldest + 1, 2, len(p.LENGTH_EDGES) + 1, len(p.CAUSES)))
    table[..., p.CAUSES.index("ersattning")] = p.BENEFIT
    table[oldest, ..., p.CAUSES.index("pension")] = p.PENSION_63
    table[:, 0, :, p.CAUSES.index("avliden")] = p.DEATH["other"]
    table[:, 1, :, p.CAUSES.index("avliden")] = p.DEATH["cancer"]
    table[..., p.CAUSES.index("okand")] = p.UNKNOWN
    table[..., p.CAUSES.index("atergang")] = 1 - table.sum(axis=-1)
    return table


CAUSE_TABLE = _causes()


def draw_cause(band: np.ndarray, dx: np.ndarray, length: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Place in CAUSES of how each case ended, given its length."""
    bounds = CAUSE_TABLE[band, IS_CANCER[dx], length_class(length)].cumsum(axis=1)
    return np.minimum((rng.random(len(dx))[:, None] > bounds).sum(axis=1), len(p.CAUSES) - 1)
