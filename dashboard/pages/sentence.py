"""A measure of the chosen place in one sentence, from its latest period."""

from dashboard import queries
from dashboard.figures.landmark_words import of_landmark
from dashboard.figures.sentence import of_count, of_curve, of_resource, of_selection, of_states
from dashboard.pages.view import View
from schemas.dimensions import BOTH
from schemas.measure import AnyMeasure, Curve, Landmark, Occupation, Resource, Selection


def sentence(view: View, measure: AnyMeasure) -> str | None:
    """None where the measure has no period yet."""
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
    if isinstance(measure, Selection):
        return _of_selection(view, measure, period, preliminary=early)
    if isinstance(measure, Occupation):
        return _of_states(view, measure, period, preliminary=early)
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


def _of_selection(view: View, measure: Selection, period: str, *, preliminary: bool) -> str:
    asked = (view.release, view.scope, measure, view.place.enhet_id, period)
    pairs = _pairs(queries.parts(*asked), "matt_id")
    gaps = {row["matt_id"]: row for row in queries.part_gaps(*asked)}
    return of_selection(measure, period, pairs, gaps, preliminary=preliminary)


def _of_states(view: View, measure: Occupation, period: str, *, preliminary: bool) -> str:
    asked = (view.release, view.scope, measure, view.place.enhet_id, period)
    rows, gaps = queries.curve(*asked), queries.state_gaps(*asked)
    pairs = _pairs([row for row in rows if row["dag"] == measure.headline], "orsak_id")
    known = {row["orsak_id"]: row for row in gaps if row["dag"] == measure.headline}
    return of_states(measure, period, pairs, known, preliminary=preliminary)


def _pairs(rows: list[queries.Row], of: str) -> dict[str, dict[str, queries.Row | None]]:
    """The rows of K and M by a column."""
    found: dict[str, dict[str, queries.Row | None]] = {row[of]: dict.fromkeys(BOTH) for row in rows}
    for row in rows:
        if row["kon"] in BOTH:
            found[row[of]][row["kon"]] = row
    return found


def _pair(rows: list[queries.Row], period: str) -> dict[str, queries.Row | None]:
    now = {row["kon"]: row for row in rows if row["period"] == period}
    return {sex: now.get(sex) for sex in BOTH}
