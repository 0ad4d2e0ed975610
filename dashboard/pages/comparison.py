"""Riket och länet, annan definition: a section that any page about a measure can show."""

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.figures.comparison import beside, series_of
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.pages import comparison as say
from schemas.measure import Count, Time


def has_series(measure: Count) -> bool:
    """Whether anybody publishes something to show beside the measure."""
    return bool(series_of(measure))


def comparison(view: View, measure: Count) -> Element:
    """The region's latest figures and what Försäkringskassan publishes, each with its definition and source."""
    region = queries.region_of(view.release, view.place)
    kind = "manad" if measure.time is Time.STOCK else "r12"
    period = queries.latest_period(view.release, measure, view.manad, kind)
    own = queries.background(view.release, measure, region, kind)
    name = region.namn if region else view.place.namn
    content = beside(measure, kind, period, own, queries.comparison(view.release), name)
    heading = html.H2(say.HEADING, id="riket-och-lanet")
    if content is None:
        return html.Section([heading, state(say.NOTHING)], className="kort", **{"aria-labelledby": "riket-och-lanet"})
    said = [
        text for text, holds in ((say.DEMO, view.release.is_demo), (say.NO_COUNTY, content.without_county)) if holds
    ]
    terms = [part for name, text in content.definitions for part in (html.Dt(name), html.Dd(text))]
    return html.Section(
        [
            heading,
            html.P(say.NOT_DIGIT_BY_DIGIT, className="viktigt"),
            html.Div([table(content.own), table(content.others)], className="sida-vid-sida"),
            html.P(" ".join([*said, states.MARKS]), className="not"),
            html.H3(say.WHAT),
            html.Dl(terms),
        ],
        className="kort definition",
        **{"aria-labelledby": "riket-och-lanet"},
    )
