"""Which points of the groups of curves may be shown: sums over groups and over places at once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.compute.counted import Counted, Mask, declared, useful
from pipelines.compute.lattice import below, curve_relations
from pipelines.disclosure.curves import linked
from pipelines.disclosure.margins import protect
from pipelines.settings import Settings
from pipelines.stats.intervals import Floats
from schemas.dimensions import NO_BREAKDOWN
from schemas.measure import Curve


def among_groups(
    wholes: pd.DataFrame,
    groups: pd.DataFrame,
    nodes: pd.DataFrame,
    whole: Counted,
    group: Counted,
    shown: Mask,
    measure: Curve,
    settings: Settings,
) -> tuple[Mask, Mask]:
    """(the points of groups to show, the shown points of wholes that have to be hidden) [cell, horizon], when nothing hidden
    follows from the sums over groups and places of one day: first by `linked`, and as far as that leaves ways in the two
    kinds of sums together, by `protect`."""
    if groups.empty:
        return np.zeros((0, len(measure.horizons)), dtype=bool), np.zeros_like(shown)
    cells = pd.concat([wholes, groups], ignore_index=True)
    events, left = np.concatenate([whole.events, group.events]), np.concatenate([whole.left, group.left])
    days, first = len(measure.horizons), len(wholes)
    system = _System(cells, nodes)
    empty = np.concatenate([np.zeros(first, dtype=bool), group.empty])[:, None]
    allowed = np.concatenate([shown, group.allowed])
    every = [
        (total * days + day, tuple(part * days + day for part in parts))
        for total, parts in system.sums
        for day in range(days)
    ]
    kept = np.arange(len(cells) * days) < first * days
    while True:
        told = system.linked(events, left, allowed, useful(measure.horizons, declared(measure)), settings.threshold)
        hidden = protect(every, ~(told | empty).ravel(), events[:, 0].ravel(), threshold=settings.threshold, kept=kept)
        more = hidden.reshape(told.shape) & told
        if more[:first].any() or not more.any():
            return told[first:], more[:first]
        allowed &= ~more


class _System:
    """The sums in which groups take part: of cells (`sums`), and of rows that stand for every cohort and sex."""

    def __init__(self, cells: pd.DataFrame, nodes: pd.DataFrame):
        row = cells.groupby(["enhet_id", "indelning", "grupp"], sort=True).ngroup().to_numpy()
        column = cells.groupby(["period", "kon"], sort=True).ngroup().to_numpy()
        self.at = (row, column)
        self.given = np.zeros(row.max() + 1, dtype=bool)
        self.given[row[cells["indelning"].eq(NO_BREAKDOWN)]] = True
        of_groups = cells["indelning"].ne(NO_BREAKDOWN).to_numpy()
        self.sums = [sum_ for sum_ in curve_relations(cells, nodes) if of_groups[sum_[1][0]]]
        once = {(int(row[total]), tuple(int(row[part]) for part in parts)) for total, parts in self.sums}
        # a region before its områden, and the groups of a place before the places of a group
        depth = {name: at for at, (name, _) in enumerate(reversed(below(nodes).items()))}
        place = dict(zip(row, cells["enhet_id"].map(depth).fillna(len(depth)), strict=True))
        self.of_rows = sorted(once, key=lambda one: (place[one[0]], not self.given[one[0]], one))

    def linked(self, events: Floats, left: Floats, allowed: Mask, order: Sequence[int], least: float) -> Mask:
        shape = (self.at[0].max() + 1, self.at[1].max() + 1)
        counts, rest = (np.zeros((*shape, *part.shape[1:])) for part in (events, left))
        possible = np.zeros((*shape, allowed.shape[1]), dtype=bool)
        counts[self.at], rest[self.at], possible[self.at] = events, left, allowed
        return linked(counts, rest, possible, order, self.of_rows, least=least, given=self.given)[self.at]
