"""Hides until nothing secret follows and nothing secret is known too closely: elimination, inspection, and the partners that
were missing, again and again."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.compute.given_back import given_back
from pipelines.compute.inspection import Cells, Inspection, placed
from pipelines.compute.joint import Joint, joint
from pipelines.compute.suppressed import hidden_cells
from pipelines.disclosure.elimination import Mask
from pipelines.errors import DisclosureError
from pipelines.settings import Settings
from schemas.measure import Count

SPARING = 6  # rounds that look into some of what is too closely known: partners for all at once would be many in vain
ONE_BY_ONE = 12  # rounds in which each gets one partner; then twice as many every time
ROUNDS = 22


@dataclass(frozen=True, kw_only=True)
class Secured:
    """Of the published cells: which are `hidden`, which are `small` or were in an earlier release, and which are `known`
    from one."""

    hidden: Mask
    small: Mask
    known: Mask


def secured(
    cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count], settings: Settings, earlier: pd.DataFrame
) -> Secured:
    """Protect the cells of measures that lie within each other (KEYS, antal, personer), knowing what `earlier` releases have
    shown and hidden (KEYS, visad, dold, liten). Raises DisclosureError, by measure and never by value, if something secret is
    still known too closely after the last round."""
    problem = joint(cells, nodes, measures, settings, earlier)
    values, place = problem.cells["antal"].to_numpy(dtype=float), placed(problem.cells, nodes)
    inspection = Inspection(problem.all_sums, values, len(cells), problem.stands, place)
    asked = problem.small & ~problem.known
    if problem.known.any():
        asked &= ~given_away(inspection, problem.open_, problem.small, settings.threshold)
    more, hidden = np.zeros(len(problem.cells), dtype=bool), None
    for number in range(1, ROUNDS + 1):
        # what is hidden stays so from round to round: then nothing else becomes better known
        hidden = hidden_cells(problem, more=more, hidden_before=hidden)
        bounds = inspection.bounds(hidden, asked, width=settings.threshold, sparing=number <= SPARING)
        narrow = bounds.narrow(settings.threshold)
        if not narrow.size:
            hidden = given_back(problem, inspection, hidden, asked, settings.threshold)
            shut, of = hidden | problem.small | problem.before, slice(len(cells))
            return Secured(hidden=shut[of], small=problem.small[of], known=problem.known[of])
        more |= partners(problem, hidden, bounds.ways, settings.threshold, each=2 ** max(0, number - ONE_BY_ONE))
    faults = cells.iloc[narrow].groupby(["matt_id", "periodtyp", "indelning"]).size()
    raise DisclosureError(
        "Utgåvan får inte publiceras: dolda tal går att räkna ut för nära.",
        faults=[f"{' '.join(map(str, name))}: {number} celler" for name, number in faults.items()],
    )


def given_away(inspection: Inspection, known: Mask, small: Mask, width: int) -> Mask:
    """The small cells that earlier releases alone tell too closely: no release can take that back."""
    found = np.zeros(known.size, dtype=bool)
    found[inspection.bounds(~known, small, width=width).narrow(width)] = True
    return found


def partners(problem: Joint, hidden: Mask, ways: Mapping[int, Cells], threshold: int, *, each: int) -> Mask:
    """For every cell that is known too closely so many more to hide, of those that would widen it; where none would, the
    cells that share a sum with it."""
    chosen = np.zeros(hidden.size, dtype=bool)
    persons = problem.cells["personer"].to_numpy(dtype=float)
    for cell, shown in ways.items():
        found = np.unique(problem.stands[shown])
        found = found[~hidden[found] & ~problem.closed[found] & ~problem.open_[found]]
        if not found.size:
            chosen |= _beside(problem, cell)
        elif not chosen[found].any():
            coarser = problem.stage[found] < problem.stage[cell]
            chosen[found[np.lexsort((-problem.rank[found], persons[found] < threshold, coarser))[:each]]] = True
    return chosen


def _beside(problem: Joint, cell: int) -> Mask:
    own = np.zeros(len(problem.cells), dtype=bool)
    own[problem.stands[cell]] = True
    touching = abs(problem.sums)
    return (touching.T @ (touching @ own) > 0) & ~problem.closed & ~problem.open_
