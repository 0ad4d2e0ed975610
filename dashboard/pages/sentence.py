"""A measure of the chosen place in one sentence, from its latest period."""

from dashboard import queries
from dashboard.figures.landmark_words import of_landmark
from dashboard.figures.sentence import of_count, of_curve, of_resource
from dashboard.pages.view import View
from schemas.dimensions import BOTH
from schemas.measure import AnyMeasure, Count, Curve, Distribution, Landmark, Resource


def sentence(view: View, measure: AnyMeasure) -> str | None:
    """None where the measure has no period yet, or is many figures and none of them first."""
    kind = queries.yearly_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    early = view.preliminary and period == view.manad
    enhet = view.place.enhet_id
    if isinstance(measure, Curve):
        return _of_curve(view, measure, period, preliminary=early)
    if isinstance(measure, Landmark):
        asked = (view.release, view.scope, measure, enhet, period)
        return of_landmark(measure, period, queries.landmark(*asked), queries.landmark_gaps(*asked), preliminary=early)
    if isinstance(measure, Resource):
        rows = queries.series(view.release, view.scope, measure, enhet, kind)
        return of_resource(measure, period, next((row for row in rows if row["period"] == period), None))
    if not isinstance(measure, Count | Distribution):
        return None
    pair = _pair(queries.series(view.release, view.scope, measure, enhet, kind), period)
    gaps = queries.gaps(view.release, view.scope, measure, enhet, kind)
    gap = next((row for row in gaps if row["period"] == period), None)
    return of_count(measure, kind, period, pair, gap, preliminary=early)


def _of_curve(view: View, measure: Curve, period: str, *, preliminary: bool) -> str:
    enhet = view.place.enhet_id
    pair = _pair(queries.curve_history(view.release, view.scope, measure, enhet), period)
    gaps = queries.gaps(view.release, view.scope, measure, enhet, "r12")
    gap = next((row for row in gaps if row["period"] == period and row["dag"] == measure.headline), None)
    return of_curve(measure, period, pair, gap, preliminary=preliminary)


def _pair(rows: list[queries.Row], period: str) -> dict[str, queries.Row | None]:
    now = {row["kon"]: row for row in rows if row["period"] == period}
    return {sex: now.get(sex) for sex in BOTH}
