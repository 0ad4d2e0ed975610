"""Drawing from odds: on which step of a cumulative distribution a number falls."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic.rows import Ints

FINENESS, MOST = 16, 2**19  # buckets per step, and in all
UNSURE = -1


class Steps:
    """np.searchsorted(edges, …), from 0 up, made for many values: the range is cut into equal buckets, and a value whose
    bucket holds no edge needs no search."""

    def __init__(self, edges: NDArray[np.float64], *, left: bool = False) -> None:
        """`left`: the step of a value that is an edge is the one that ends there, not the one that begins."""
        self.edges, self.left = edges, left
        buckets = min(FINENESS * len(edges), MOST)
        self.per_unit = buckets / edges[-1]
        edges_of = np.bincount(self._bucket(edges), minlength=buckets + 1)
        self.step = np.where(edges_of, UNSURE, np.cumsum(edges_of)).astype(np.int32)

    def find(self, values: NDArray[np.float64]) -> Ints:
        """The number of edges below (or at) each value."""
        found = self.step[self._bucket(values)]
        unsure = np.flatnonzero(found == UNSURE)
        found[unsure] = np.searchsorted(self.edges, values[unsure], side="left" if self.left else "right")
        return found

    def _bucket(self, values: NDArray[np.float64]) -> Ints:
        """Never lower for a higher value, whatever is rounded: so edges of lower buckets are below the value."""
        return (values * self.per_unit).astype(np.int64)


def pick(weights: NDArray[np.float64], count: int, rng: Generator) -> Ints:
    """Places in `weights`, each drawn with the chance that its weight is of the sum."""
    edges = np.cumsum(weights)
    return np.minimum(Steps(edges).find(rng.random(count) * edges[-1]), len(edges) - 1)
