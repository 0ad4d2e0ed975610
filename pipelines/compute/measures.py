"""The published rows of every kind of measure, by table: cells counted, protected, estimated."""

from collections.abc import Callable

import duckdb
import pandas as pd

from pipelines.compute.count import count_cells, rates, rest, shares
from pipelines.compute.curve import count_events
from pipelines.compute.curve_mix import curve_mixes
from pipelines.compute.curve_rows import curves
from pipelines.compute.distribution import distribution_cells, distributions
from pipelines.compute.funnel import curve_funnels, rate_funnels
from pipelines.compute.gap import count_gaps, curve_gaps, distribution_gaps, state_gaps
from pipelines.compute.landmark import landmark_tables
from pipelines.compute.mix import mixes
from pipelines.compute.occupation import occupation, shown_states
from pipelines.compute.pairs import pair_figures
from pipelines.compute.protect import (
    protect_curves,
    protect_distribution,
    protect_states,
)
from pipelines.compute.resource import amounts, workload
from pipelines.compute.windows import cohorts
from pipelines.errors import MeasureError
from pipelines.settings import Settings
from schemas.curve_lattice import taken_apart
from schemas.lattice import parts_of_gap
from schemas.measure import (
    AnyMeasure,
    Count,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Rest,
    Share,
    Workload,
)
from schemas.measures import MEASURES

Progress = Callable[[str], None]


def counted_cells(
    connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame, family: dict[str, Count], progress: Progress
) -> pd.DataFrame:
    """The cells of measures that lie within each other, not protected: KEYS, antal, personer. A rest has none of its own."""
    parts = []
    for measure in family.values():
        if not isinstance(measure, Rest):
            progress(measure.name)
            parts.append(count_cells(connection, measure, nodes))
    return pd.concat(parts, ignore_index=True)


def counted_tables(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    own: dict[str, pd.DataFrame],
    family: dict[str, Count],
) -> dict[str, list[pd.DataFrame]]:
    """The published rows of the protected cells of a family, by table."""
    values = [_values(own, measure, settings) for measure in family.values()]
    gaps = [count_gaps(rows, measure) for rows, measure in zip(values, family.values(), strict=True)]
    apart = [
        mixes(
            connection, measure, family.get(measure.within[0]) if isinstance(measure, Share) else None, rows, settings
        )
        for rows, measure in zip(gaps, family.values(), strict=True)
        if parts_of_gap(measure)
    ]
    funnels = [
        rate_funnels(connection, measure, rows, nodes)
        for rows, measure in zip(values, family.values(), strict=True)
        if measure.featured and not isinstance(measure, Share)
    ]
    return {
        "varde": values,
        "skillnad": gaps,
        "uppdelning": [rows for rows in apart if len(rows)],
        "tratt": [rows for rows in funnels if len(rows)],
    }


def _values(own: dict[str, pd.DataFrame], measure: Count, settings: Settings) -> pd.DataFrame:
    if isinstance(measure, Rest):
        whole = own[measure.within[0]]
        return shares(rest(own[measure.others], whole, measure), whole, measure)
    if isinstance(measure, Share):
        return shares(own[measure.id], own[measure.within[0]], measure)
    return rates(own[measure.id], measure, least_listed=settings.least_listed)


def figure_tables(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    measure: AnyMeasure,
    counted: dict[str, pd.DataFrame],
) -> dict[str, pd.DataFrame]:
    """The published rows of one measure that is no count, by table; `counted` are the protected cells of those that are."""
    if isinstance(measure, Workload):
        return {"varde": workload(connection, measure, counted[measure.denominator])}
    if isinstance(measure, Resource):
        return {"varde": amounts(connection, measure, least_listed=settings.least_listed)}
    if isinstance(measure, Distribution):
        return _spread(connection, settings, nodes, measure, counted)
    if isinstance(measure, Curve):
        return _curves(connection, settings, nodes, measure)
    if isinstance(measure, Landmark):
        return landmark_tables(connection, measure, nodes, settings)
    if not isinstance(measure, Occupation):
        raise MeasureError(f"Måttet {measure.id} är av ett slag som inte kan beräknas.")
    if (whole := cohorts(connection)).empty:
        return {}
    counted = occupation(connection, measure, nodes, whole)
    rows = shown_states(protect_states(counted, nodes, measure, settings), measure)
    return {"kurva": rows, "gradskillnad": state_gaps(rows, measure)}


def _spread(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    nodes: pd.DataFrame,
    measure: Distribution,
    counted: dict[str, pd.DataFrame],
) -> dict[str, pd.DataFrame]:
    parent = MEASURES[measure.of]
    if not isinstance(parent, Count):
        raise MeasureError(f"Måttet {measure.id} gäller inget som räknas.")
    cells = protect_distribution(distribution_cells(counted[parent.id], parent), nodes, settings)
    values = distributions(connection, measure, parent, cells)
    return {"varde": values, "skillnad": distribution_gaps(values, measure)}


def _curves(
    connection: duckdb.DuckDBPyConnection, settings: Settings, nodes: pd.DataFrame, measure: Curve
) -> dict[str, pd.DataFrame]:
    whole = cohorts(connection, measure.needs)
    if whole.empty:
        return {}
    cells = protect_curves(count_events(connection, measure, nodes, whole), nodes, settings)
    rows = curves(connection, measure, cells, nodes, settings)
    quantities, contrasts = pair_figures(connection, measure, cells, rows, nodes, settings)
    gaps = curve_gaps(rows, measure)
    found = {"kurva": rows, "skillnad": gaps, "kurvtal": quantities, "kurvskillnad": contrasts}
    if taken_apart(measure):
        found["uppdelning"] = curve_mixes(connection, measure, gaps, contrasts)
    if measure.featured:
        found["tratt"] = curve_funnels(connection, measure, cells, rows, nodes, settings)
    return found
