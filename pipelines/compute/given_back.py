"""Shows again what was hidden in vain: the whole numbers of områden and regions that are wanted most, as many as elimination
and inspection allow. Partners are chosen one by one, and what one round needed the next may do without."""

import numpy as np

from pipelines.compute.inspection import Cells, Inspection
from pipelines.compute.joint import Joint
from pipelines.compute.suppressed import apart_cells, equations_among
from pipelines.disclosure.elimination import Mask, Secrets, suppress
from schemas.dimensions import NIVA, NO_BREAKDOWN


def given_back(problem: Joint, inspection: Inspection, hidden: Mask, asked: Mask, width: int) -> Mask:
    """The mask of what stays hidden of `hidden`. Nothing secret follows from what is shown again, and none of the cells that
    are `asked` for becomes known closer than `width`."""
    of_place = problem.cells["niva"].ne(NIVA.ids[0]) & problem.cells["indelning"].eq(NO_BREAKDOWN)
    own = problem.stands == np.arange(hidden.size)
    may = hidden & own & problem.wanted & of_place.to_numpy() & ~problem.primary & ~problem.closed & ~problem.before
    by_cell = problem.sums.tocsc()
    for cells in list(apart_cells(problem.sums, hidden & own, may)):
        secret = problem.primary[cells]
        secrets = Secrets(
            primary=secret, alone=problem.alone[cells] & secret, closed=~secret & ~may[cells]
        )  # fmt: skip
        shut = suppress(equations_among(by_cell, cells), secrets, np.argsort(problem.rank[cells]))
        found = cells[may[cells] & ~shut]
        if found.size:
            hidden = _opened(problem, inspection, hidden, found[np.argsort(problem.rank[found])], asked, width)
    return hidden


def _opened(problem: Joint, inspection: Inspection, hidden: Mask, candidates: Cells, asked: Mask, width: int) -> Mask:
    """As many as the inspection allows: all, or of the more useful half and then of the other."""
    opened = hidden & ~np.isin(problem.stands, candidates)
    if not inspection.bounds(opened, asked, width=width).narrow(width).size:
        return opened
    for half in np.array_split(candidates, 2) if candidates.size > 1 else ():
        hidden = _opened(problem, inspection, hidden, half, asked, width)
    return hidden
