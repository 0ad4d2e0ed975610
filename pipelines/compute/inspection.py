"""The inspection of what is about to be published: how closely every hidden cell can be bounded from all that is shown of its
measures, and from knowing that no cell, and nothing that is left when cells are subtracted, is negative."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from pipelines.compute.joint import with_subtracted
from pipelines.compute.lattice import relations
from pipelines.compute.suppressed import apart_cells
from pipelines.disclosure.attack import matrix_of, reach
from pipelines.disclosure.elimination import Mask
from schemas.measure import Count

Floats = NDArray[np.float64]
Cells = NDArray[np.intp]
Cache = dict[bytes, tuple[Floats, Floats]]  # the bounds of what shares nothing hidden with others, by its unknown cells


class Inspection:
    """The system of the cells of measures that lie within each other (KEYS, antal, personer), whatever is hidden of it."""

    def __init__(self, cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count]):
        every, links = with_subtracted(cells, measures)
        self.sums: sparse.csc_matrix = matrix_of([*relations(every, nodes, measures), *links], len(every)).tocsc()
        self.values = every["antal"].to_numpy(dtype=float)
        self.published = len(cells)
        self.cache: Cache = {}

    def bounds(self, hidden: Mask, asked: Mask, *, width: int) -> pd.DataFrame:
        """Of every cell that is `hidden` and `asked` for (masks of the published cells) the least and the greatest number
        that an attacker must think possible, in whole numbers inwards: cell (position), minst, mest. What is at least
        `width` apart is not made greater."""
        unknown = np.ones(self.values.size, dtype=bool)
        unknown[: self.published] = hidden
        wanted = np.zeros(self.values.size, dtype=bool)
        wanted[: self.published] = hidden & asked
        parts = [
            self._bounded(cells, cells[wanted[cells]], width)
            for cells in apart_cells(self.sums.tocsr(), unknown, wanted)
        ]
        if not parts:
            return pd.DataFrame({"cell": np.zeros(0, dtype=int), "minst": [], "mest": []})
        cell, least, greatest = (np.concatenate(column) for column in zip(*parts, strict=True))
        return pd.DataFrame({"cell": cell, "minst": least, "mest": greatest})

    def _bounded(self, cells: Cells, asked: Cells, width: int) -> tuple[Cells, Floats, Floats]:
        key = cells.tobytes()
        if key not in self.cache:
            found = reach(
                self.sums[:, cells].tocsr(), self.values[cells], np.ones(cells.size, dtype=bool),
                np.searchsorted(cells, asked), enough=np.full(asked.size, float(width)),
            )  # fmt: skip
            self.cache[key] = (found.least, found.greatest)
        return asked, *self.cache[key]
