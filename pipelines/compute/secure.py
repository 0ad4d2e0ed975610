"""Hides until nothing secret follows and nothing secret is known too closely: elimination, inspection, and the partners that
were missing, again and again."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.inspection import Inspection
from pipelines.compute.joint import Joint, joint
from pipelines.compute.suppressed import hidden_cells
from pipelines.disclosure.elimination import Mask
from pipelines.errors import DisclosureError
from pipelines.settings import Settings
from schemas.measure import Count

ONE_BY_ONE = 5  # rounds in which partners are hidden one by one; then all that is around
ROUNDS = 12


@dataclass(frozen=True, kw_only=True)
class Secured:
    """Which cells are hidden and which of them for their own sake (`primary`), the bounds of the latter as from
    Inspection.bounds, and how many rounds it took."""

    hidden: Mask
    primary: Mask
    bounds: pd.DataFrame
    rounds: int


def secured(cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count], settings: Settings) -> Secured:
    """Protect the cells of measures that lie within each other (KEYS, antal, personer). Partners are hidden first, and where
    that does not end, all that is around. Raises DisclosureError, by measure and never by value, if something secret is
    still known too closely after the last round."""
    problem, inspection = joint(cells, nodes, measures, settings), Inspection(cells, nodes, measures)
    secret = problem.small[: len(cells)]
    more, hidden = np.zeros((2, len(problem.cells)), dtype=bool)
    for number in range(1, ROUNDS + 1):
        # what is hidden stays so from round to round: then nothing else becomes better known
        hidden = hidden_cells(problem, more=more, hidden_before=hidden)
        shown = hidden[: len(cells)]
        bounds = inspection.bounds(shown, secret, width=settings.threshold)
        narrow = bounds.loc[bounds["mest"] - bounds["minst"] < settings.threshold, "cell"].to_numpy(dtype=int)
        if not narrow.size:
            return Secured(hidden=shown, primary=secret, bounds=bounds, rounds=number)
        steps = number - ONE_BY_ONE
        more |= partners(problem, hidden, narrow, settings.threshold) if steps <= 0 else _around(problem, narrow, steps)
    faults = cells.iloc[narrow].groupby(["matt_id", "periodtyp", "indelning"]).size()
    raise DisclosureError(
        "Utgåvan får inte publiceras: dolda tal går att räkna ut för nära.",
        faults=[f"{' '.join(map(str, name))}: {number} celler" for name, number in faults.items()],
    )


def _around(problem: Joint, narrow: NDArray[np.intp], steps: int) -> Mask:
    """Everything that is so many sums away from cells that are known too closely, whatever is hidden beside them."""
    reached = np.zeros(len(problem.cells), dtype=bool)
    reached[problem.stands[narrow]] = True
    touching = abs(problem.sums)
    for _ in range(steps):
        reached = (touching.T @ (touching @ reached)) > 0
    return reached & ~problem.closed & problem.cells["antal"].gt(0).to_numpy()


def partners(problem: Joint, hidden: Mask, narrow: NDArray[np.intp], threshold: int) -> Mask:
    """For every cell that is known too closely one more in each of its sums; where these have nothing left to hide, in the
    sums of the hidden cells around it, and so on."""
    chosen = np.zeros(hidden.size, dtype=bool)
    members = problem.sums.tocsc()
    for cell in np.unique(problem.stands[narrow]):
        ring = {int(cell)}
        while True:
            rows = {int(row) for one in ring for row in members.indices[slice(*members.indptr[one : one + 2])]}
            around = [problem.sums.indices[slice(*problem.sums.indptr[row : row + 2])] for row in sorted(rows)]
            new = [_partner(problem, hidden, chosen, row, int(cell), threshold) for row in sorted(rows)]
            if any(one is not None for one in new):
                chosen[[one for one in new if one is not None]] = True
                break
            wider = ring | {int(one) for found in around for one in found if hidden[one]}
            if wider == ring:
                break
            ring = wider
    return chosen


def _partner(problem: Joint, hidden: Mask, chosen: Mask, row: int, cell: int, threshold: int) -> int | None:
    """The least useful cell of a sum with persons enough to hide behind, a part before the whole, and the undivided only
    where there is no other; one that is chosen already."""
    inside = slice(problem.sums.indptr[row], problem.sums.indptr[row + 1])
    around, whole = problem.sums.indices[inside], problem.sums.data[inside] > 0
    if chosen[around].any():
        return int(around[chosen[around]][0])
    persons = problem.cells["personer"].to_numpy(dtype=float)[around]
    closed = hidden[around] | (persons == 0)
    if closed.all():
        return None
    coarser = problem.stage[around] < problem.stage[cell]
    return int(around[np.lexsort((-problem.rank[around], whole, persons < threshold, coarser, closed))[0]])
