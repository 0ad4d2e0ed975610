"""The only door to published data: one function a question, each with a scope, values always bound."""

from dashboard.queries.about import (
    Place,
    comparison,
    faults,
    listed_total,
    measures,
    months,
    place,
    places,
    quality,
    region_of,
)
from dashboard.queries.beside import across, cascade, group_gaps, groups, latest_groups, region_row, standing
from dashboard.queries.curves import curve_group_gaps, curve_groups, pair_gaps, pair_values
from dashboard.queries.rows import Row
from dashboard.queries.series import (
    WHOLE,
    background,
    curve,
    curve_background,
    curve_history,
    gaps,
    latest_period,
    main_kind,
    series,
    yearly_kind,
)
from dashboard.queries.signals import process, signs_now

__all__ = [
    "WHOLE",
    "Place",
    "Row",
    "across",
    "background",
    "cascade",
    "comparison",
    "curve",
    "curve_background",
    "curve_group_gaps",
    "curve_groups",
    "curve_history",
    "faults",
    "gaps",
    "group_gaps",
    "groups",
    "latest_groups",
    "latest_period",
    "listed_total",
    "main_kind",
    "measures",
    "months",
    "pair_gaps",
    "pair_values",
    "place",
    "places",
    "process",
    "quality",
    "region_of",
    "region_row",
    "series",
    "signs_now",
    "standing",
    "yearly_kind",
]
