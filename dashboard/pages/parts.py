"""Pieces that several pages are made of: a measure's diagram, the page head, and the net under each piece."""

import logging
import secrets
from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import diagram
from dashboard.components.states import preliminary, state
from dashboard.figures.content import Diagram
from dashboard.figures.curve import curve
from dashboard.figures.trend import trend
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month
from schemas.measure import AnyMeasure, Count, Curve

log = logging.getLogger("sjukvy.dashboard")


def head(view: View, title: str, lead: str = "") -> list[Component]:
    """The one h1 of a page about figures, with unit, month and freshness."""
    parts: list[Component] = [
        html.H1(title, tabIndex="-1"),
        html.P(
            [
                html.Strong(view.place.namn),
                f" · {month(view.manad)} · data till och med {view.release.facts['data_tom']}",
                preliminary(states.PRELIMINARY.format(next_month=view.preliminary_until)) if view.preliminary else None,
            ],
            className="lage",
        ),
    ]
    return [*parts, html.P(lead, className="ingress")] if lead else parts


def plain_head(title: str, lead: str = "") -> list[Component]:
    parts: list[Component] = [html.H1(title, tabIndex="-1")]
    return [*parts, html.P(lead, className="ingress")] if lead else parts


def measure_diagram(view: View, measure: AnyMeasure) -> Diagram | None:
    """The diagram of a measure for the view; None when no period of it ends by the chosen month."""
    if isinstance(measure, Count):
        return _trend(view, measure)
    return _curve(view, measure)


def _trend(view: View, measure: Count) -> Diagram | None:
    kind = queries.main_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    rows = queries.series(view.release, view.scope, measure, view.place.enhet_id, kind)
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind)
    return trend(measure, kind, period, rows, gaps, view.place.namn, view.source)


def _curve(view: View, measure: Curve) -> Diagram | None:
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None:
        return None
    rows = queries.curve(view.release, view.scope, measure, view.place.enhet_id, period)
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, "r12")
    least = view.release.facts["kurva_minst"]
    return curve(measure, period, rows, gaps, view.place.namn, view.source, least)


def shown(view: View, measure: AnyMeasure) -> Component:
    """The measure's diagram, or what stands there instead."""
    content = measure_diagram(view, measure)
    if content is None:
        return html.Section([html.H2(measure.question), state(states.NOT_YET)], className="kort diagram")
    return diagram(content, query=view.query)


def safely(build: Callable[[], Component]) -> Component:
    """One failing piece never blanks the page: it is logged under a reference that the reader can pass on."""
    try:
        return build()
    except Exception:
        reference = secrets.token_hex(3).upper()
        log.exception("reference %s", reference)
        return state(states.ERROR.format(reference=reference), kind="fel")
