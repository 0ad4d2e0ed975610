"""The attacker: how far hidden counts can be bounded by everything that is published.

The published sums are equations, counts are not negative, and linear programs give the least and the greatest value of a
hidden cell. Every solution is an alternative that nobody can tell from the truth, and it bounds all cells at once: few
programs are needed to show that most cells are far from known, and only the rest are solved one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
FAR = 1e6  # a cell that nothing bounds from above
SLACK = 1e-6  # of a solution
LARGE = 5_000  # free cells from which it pays that none is moved farther than is asked for


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The least and the greatest value found of every wanted cell, in whole persons inwards: the very bounds, or so far apart
    as was asked for. `prices` has, of those that are closer (by their place among the wanted), what one more in each sum
    would do to the negative of the greatest and to the least value: [2, sums]. `extent` [2, cells] is the least and the
    greatest value that any solution gave each cell, wanted or not."""

    least: Floats
    greatest: Floats
    prices: Mapping[int, Floats]
    extent: Floats

    @property
    def width(self) -> Floats:
        return self.greatest - self.least


def reach(
    equations: sparse.csr_matrix,
    values: Floats,
    free: NDArray[np.bool_],
    wanted: NDArray[np.intp],
    *,
    enough: Floats,
    extent: Floats | None = None,
    one_a_sum: bool = False,
    together_only: bool = False,
) -> Reach:
    """Bounds of the `wanted` cells (positions) while only `free` cells move: `equations[sum, cell]` hold for the true
    `values`, and what is not free keeps its value, so that every found value is possible in any larger system too. A cell
    is let be when its bounds are `enough` apart (one number per wanted cell); infinity asks for the very bounds. `extent` is
    what is known to be possible already, as when fewer cells were free. With `one_a_sum` a cell is let be too when the bounds
    of another are held by a sum that both are in: what widens one may widen the other. `together_only` lets all be that would
    have to be solved one by one. Raises RuntimeError if a program is not solved."""
    columns = np.flatnonzero(free)
    place = np.full(free.size, -1)
    place[columns] = np.arange(columns.size)
    reached = np.stack([values, values]) if extent is None else extent.copy()
    found = _Found(reached[:, columns], place[wanted], enough)
    if found.lacking().size:
        programs = _Programs(equations[:, columns], values[columns])
        _together(programs, found)
        if not together_only:
            _one_by_one(programs, found, beside=equations[:, columns] if one_a_sum else None)
    low, high = found.bounds()
    reached[:, columns] = found.extent
    still = place[wanted] < 0
    return Reach(
        least=np.where(still, values[wanted], low), greatest=np.where(still, values[wanted], high),
        prices=found.prices, extent=reached,
    )  # fmt: skip


def ways(equations: sparse.csc_matrix, values: Floats, prices: Floats, lack: float) -> NDArray[np.intp]:
    """The cells that would widen the bounds if they were hidden too, by the prices of the sums (`equations[sum, cell]`, with
    one row of `prices` for each bound): they can become greater, or smaller by enough to make up for what is lacking."""
    gains = prices @ equations
    down = np.where(gains < -SLACK, -gains, 0) * values
    helps = (gains > SLACK) | (down >= lack)
    if not helps.any():
        helps = down > SLACK
    return np.flatnonzero(helps.any(axis=0))


class _Found:
    """The bounds so far of the free cells, and who still wants wider ones."""

    def __init__(self, extent: Floats, at: NDArray[np.intp], enough: Floats):
        self.extent = extent
        self.at, self.enough = at, enough
        self.prices: dict[int, Floats] = {}
        self.solved = at < 0

    def bounds(self) -> tuple[Floats, Floats]:
        """Of the wanted cells, in whole persons inwards; of one that is not free they mean nothing."""
        if not self.extent.size:
            return np.zeros(self.at.size), np.zeros(self.at.size)
        low, high = self.extent[:, self.at]
        return np.ceil(low - SLACK), np.floor(high + SLACK)

    def lacking(self) -> NDArray[np.intp]:
        """Which of the wanted, by their place among the wanted."""
        low, high = self.bounds()
        return np.flatnonzero(~self.solved & (high - low < self.enough))

    def wide(self, one: int) -> bool:
        low, high = self.bounds()
        return bool(high[one] - low[one] >= self.enough[one])

    def widen(self, solution: Floats) -> None:
        np.minimum(self.extent[0], solution, out=self.extent[0])
        np.maximum(self.extent[1], solution, out=self.extent[1])


class _Programs:
    """One linear program over the free cells, solved again and again with another aim."""

    def __init__(self, equations: sparse.csr_matrix, values: Floats):
        self.size = values.size
        used = np.flatnonzero(np.diff(equations.indptr))
        self.sums, self.used = equations.shape[0], used
        equations = equations[used]
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("simplex_strategy", 4)  # primal: another aim leaves the last solution possible
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = values.size, equations.shape[0]
        program.col_cost_ = np.zeros(values.size)
        program.col_lower_, program.col_upper_ = np.zeros(values.size), np.full(values.size, FAR)
        sums = equations @ values
        program.row_lower_, program.row_upper_ = sums, sums
        columns = equations.tocsc()
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = columns.indptr
        program.a_matrix_.index_ = columns.indices
        program.a_matrix_.value_ = columns.data
        self.solver.passModel(program)
        self.every = np.arange(values.size, dtype=np.int32)

    def greatest(self, aim: Floats) -> Floats:
        """The values of the cells where Σ aim·value is greatest."""
        self.solver.changeColsCost(self.size, self.every, -aim)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.solver.clearSolver()  # anew: from the last solution it may lose its way
            self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("refused: a linear program was not solved")
        return np.array(self.solver.getSolution().col_value)

    def within(self, lower: Floats, upper: Floats) -> None:
        """No cell goes beyond these."""
        self.solver.changeColsBounds(self.size, self.every, lower, upper)

    def prices(self) -> Floats:
        """What one more in each sum would do to the negative of the last aim."""
        found = np.zeros(self.sums)
        found[self.used] = self.solver.getSolution().row_dual
        return found


def _together(programs: _Programs, found: _Found) -> None:
    """As long as that settles more than one cell with two programs. In a large system no cell goes farther than it must, so
    that there is room for the others, and half as many programs are enough."""
    generator = np.random.default_rng(0)
    before, lacking = np.inf, found.lacking()
    lower, upper = np.zeros(programs.size), np.full(programs.size, FAR)
    while 1 < lacking.size < before - 1:
        before = lacking.size
        at = found.at[lacking]
        if programs.size >= LARGE:
            low, high = found.bounds()
            lower[at] = np.maximum(0, (high - found.enough)[lacking])
            upper[at] = np.minimum(FAR, (low + found.enough)[lacking])
            programs.within(lower, upper)
        aim = np.zeros(programs.size)
        aim[at] = generator.choice([-1.0, 1.0], lacking.size) * generator.uniform(0.5, 1, lacking.size)
        found.widen(programs.greatest(aim))
        found.widen(programs.greatest(-aim))
        lacking = found.lacking()
    if programs.size >= LARGE:
        programs.within(np.zeros(programs.size), np.full(programs.size, FAR))


def _one_by_one(programs: _Programs, found: _Found, beside: sparse.csr_matrix | None) -> None:
    """With `beside`, the sums, what shares one that holds the bounds of a cell is let be."""
    while (lacking := found.lacking()).size:
        one = int(lacking[0])
        aim = np.zeros(programs.size)
        aim[found.at[one]] = 1.0
        found.widen(programs.greatest(aim))
        if found.wide(one):
            continue
        above = programs.prices()
        found.widen(programs.greatest(-aim))
        found.solved[one] = True
        if not found.wide(one):
            found.prices[one] = np.stack([above, programs.prices()])
            if beside is not None:
                holding = np.flatnonzero(np.abs(found.prices[one]).max(axis=0) > SLACK)
                found.solved |= np.isin(found.at, beside[holding].indices)
