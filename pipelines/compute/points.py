"""Which points of protected curves may be shown, so that no few events follow from two points, nor from sums of curves."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.counted import AT, Counted, Mask, count, declared, over_places, useful
from pipelines.compute.group_points import among_groups
from pipelines.compute.medians import too_near
from pipelines.disclosure.curves import followed_in_fives
from pipelines.settings import Settings
from pipelines.stats.intervals import Floats
from schemas.dimensions import NO_BREAKDOWN
from schemas.measure import GRID, Curve


@dataclass(frozen=True, kw_only=True)
class Points:
    """Of each cell on each of `days` [cell, day]: whether it is followed so far (`reached`), and whether the point of the
    event (`shown`) and of the event by the own unit (`own`) is shown; how many are followed on, in fives (`at_risk`)."""

    days: tuple[int, ...]
    reached: Mask
    shown: Mask
    own: Mask
    at_risk: Floats


def points(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    following: pd.DataFrame,
    settings: Settings,
) -> tuple[Points, Points]:
    """The points of the curves of kvinnor and män: of the wholes on the grid, and of the groups on the horizons. `cells` are
    the protected ones, hidden ones too, the wholes first; `following` as from `still_followed`.

    Groups are shown on the days on which their whole is; what is hidden of them takes part in the sums over groups and
    places. Where that needs a whole to be hidden, it is, and all is chosen again."""
    wholes = cells[cells["indelning"].eq(NO_BREAKDOWN)].reset_index(drop=True)
    groups = cells[cells["indelning"].ne(NO_BREAKDOWN)].reset_index(drop=True)
    whole = count(connection, measure, wholes, GRID, following, settings)
    group = count(connection, measure, groups, measure.horizons, following, settings)
    on_grid = np.searchsorted(GRID, measure.horizons)
    order = useful(GRID, declared(measure))
    possible = whole.allowed.copy()

    def chosen() -> Mask:
        return over_places(wholes[AT], nodes, whole.events, whole.left, possible, order, least=settings.threshold)

    horizons = chosen() & np.isin(GRID, measure.horizons)
    near = too_near(connection, measure, wholes, np.array(GRID), horizons, following, settings)
    possible &= ~near | np.isin(GRID, measure.horizons)
    while True:
        shown = chosen()
        inside, needed = among_groups(
            wholes, groups, nodes, whole.on(on_grid), group, shown[:, on_grid], measure, settings
        )
        if not needed.any():
            break
        possible[:, on_grid] &= ~needed
    own = np.zeros_like(shown)
    if measure.own_unit:  # and so that the others' events are enough, which are the difference
        enough = shown & whole.own_enough[:, None]
        own = over_places(wholes[AT], nodes, whole.by_unit, whole.left, enough, order, least=settings.threshold)
    return _told(whole, shown, own), _told(group, inside, np.zeros_like(inside))


def _told(counted: Counted, shown: Mask, own: Mask) -> Points:
    events = counted.events[:, 0]
    return Points(
        days=counted.days, reached=counted.reached, shown=shown | counted.start & counted.reached,
        own=own | counted.start & own.any(axis=1, keepdims=True),
        at_risk=followed_in_fives(counted.n[:, None], events, counted.left),
    )  # fmt: skip
