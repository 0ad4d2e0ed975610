"""The inspection of what is about to be published: how closely every hidden cell can be bounded from all that is shown of its
measures, and from knowing that no cell, and nothing that is left when cells are subtracted, is negative."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from pipelines.compute.lattice import in_order
from pipelines.compute.suppressed import apart_cells, touching
from pipelines.disclosure.attack import Reach, reach, ways
from pipelines.disclosure.elimination import Mask

Floats = NDArray[np.float64]
Cells = NDArray[np.intp]
BLOCK = 6_000  # cells that are moved at a time in a larger system, and then four times as many


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Of hidden cells (`cell`: positions) the least and the greatest number that an attacker must think possible, in whole
    numbers inwards; and of those that are known too closely (not of all, where some wait for others) the shown cells that
    would widen them if they were hidden too."""

    cell: Cells
    least: Floats
    greatest: Floats
    ways: Mapping[int, Cells]

    def narrow(self, width: int) -> Cells:
        """The positions of the cells that are known closer than `width`."""
        return self.cell[self.greatest - self.least < width]


def placed(cells: pd.DataFrame, nodes: pd.DataFrame) -> Cells:
    """The number of every cell's node."""
    return cells["enhet_id"].map(in_order(nodes)).to_numpy(dtype=np.intp)


class Inspection:
    """The system of the cells of measures that lie within each other, whatever is hidden of it."""

    def __init__(self, sums: sparse.csr_matrix, values: Floats, published: int, stands: Cells, place: Cells):
        """From pipelines.compute.joint.system: `sums[sum, cell]` and the cells' true `values`, those that are `published` or
        hidden first; the others are only subtracted. `stands` is for each the cell that decides for it, and `place` the
        number of its node, near those of the same område."""
        self.sums, self.by_cell = sums, sums.tocsc()
        self.values, self.published, self.stands, self.place = values, published, stands, place
        self.cache: dict[bytes, Bounds] = {}  # of what shares nothing hidden, by unknown and asked cells
        self.unknown = np.zeros(values.size, dtype=bool)
        self.extent = np.stack([values, values])  # what is possible while `unknown` is, and so while more is

    def bounds(self, hidden: Mask, asked: Mask, *, width: int, sparing: bool = False) -> Bounds:
        """The bounds of every cell that is `hidden` and `asked` for (masks of all cells, or of the published ones). What is
        at least `width` apart is not made greater. `sparing` looks into some of what is too closely known, and into nothing
        else of its series and of the sums that hold it: as long as more is hidden for one, it may be enough for the others."""
        unknown = np.ones(self.values.size, dtype=bool)
        unknown[: self.published] = hidden[: self.published]
        if (self.unknown & ~unknown).any():
            self.extent = np.stack([self.values, self.values])
        self.unknown = unknown
        wanted = np.zeros(self.values.size, dtype=bool)
        wanted[: self.published] = (hidden & asked)[: self.published]
        waiting = np.zeros(self.values.size, dtype=bool)  # by the cell that decides for them
        parts = []
        for cells in apart_cells(self.sums, unknown, wanted):
            asked_here = cells[wanted[cells] & ~waiting[self.stands[cells]]]
            if asked_here.size:
                parts.append(self._bounded(cells, asked_here, width, sparing))
                narrow = parts[-1].narrow(width)
                if sparing:
                    waiting[self.stands[narrow]] = True
        return Bounds(
            cell=np.concatenate([np.zeros(0, dtype=np.intp), *(part.cell for part in parts)]),
            least=np.concatenate([np.zeros(0), *(part.least for part in parts)]),
            greatest=np.concatenate([np.zeros(0), *(part.greatest for part in parts)]),
            ways={cell: found for part in parts for cell, found in part.ways.items()},
        )

    def _bounded(self, cells: Cells, asked: Cells, width: int, sparing: bool) -> Bounds:
        key = bytes([sparing]) + cells.tobytes() + asked.tobytes()
        if key not in self.cache:
            self.cache[key] = self._solved(cells, asked, width, sparing)
        return self.cache[key]

    def _solved(self, cells: Cells, asked: Cells, width: int, sparing: bool) -> Bounds:
        rows, moving = touching(self.by_cell, cells)
        size = BLOCK
        while cells.size > 2 * size:
            self._in_blocks(moving, cells, asked, width, size)
            size *= 4
        found = reach(
            moving, self.values[cells], np.ones(cells.size, dtype=bool), np.searchsorted(cells, asked),
            enough=np.full(asked.size, float(width)), extent=self.extent[:, cells],
            one_a_sum=sparing,
        )  # fmt: skip
        self.extent[:, cells] = found.extent
        widening = self._widening(rows, cells, asked, found, width) if (found.width < width).any() else {}
        return Bounds(cell=asked, least=found.least, greatest=found.greatest, ways=widening)

    def _in_blocks(self, moving: sparse.csr_matrix, cells: Cells, asked: Cells, width: int, size: int) -> None:
        """What is possible while only about `size` cells, those of some places, move among themselves: that settles most, and
        the work grows with the places and not with their square."""
        place, wanted = self.place[cells], np.searchsorted(cells, asked)
        block = (np.cumsum(np.bincount(place)) - 1) // size
        for one in np.unique(block[place]):
            free = block[place] == one
            own = wanted[free[wanted]]
            found = reach(
                moving, self.values[cells], free, own, enough=np.full(own.size, float(width)),
                extent=self.extent[:, cells], together_only=True,
            )  # fmt: skip
            self.extent[:, cells] = found.extent

    def _widening(self, rows: Cells, cells: Cells, asked: Cells, found: Reach, width: int) -> dict[int, Cells]:
        """Of each cell that is known too closely the shown cells of the sums (`rows`) that would widen it."""
        here = self.sums[rows]
        shown = np.setdiff1d(here.indices, cells)
        there = here[:, shown].tocsc()
        return {
            int(asked[one]): shown[ways(there, self.values[shown], found.prices[one], width - found.width[one])]
            for one in found.prices
        }
