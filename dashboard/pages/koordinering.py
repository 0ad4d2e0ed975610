"""Koordinering: does support reach the patients, and kvinnor and män alike?"""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.states import state
from dashboard.figures.own import own_unit
from dashboard.pages.parts import head, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states
from schemas.measure import Curve

OTHERS = ("kaskad", "tid_insats", "bemanning", "utan_sjukfall")
NO_GOAL = (
    "Koordinering ges efter behov och med samtycke: 100 procent är inte målet. Måttet säger vilka som fått en insats, "
    "inte vad insatsen gjort."
)


def build(view: View, _rest: str) -> list[Component]:
    measure = queries.measures(view.release).get("tackning")
    body: list[Component] = [state("Koordineringsinsatser är inte levererade, så täckningen kan inte beräknas.")]
    if isinstance(measure, Curve):
        others = [queries.measures(view.release)[name] for name in OTHERS if name in queries.measures(view.release)]
        body = [
            safely(lambda: shown(view, measure)),
            safely(lambda: _own(view, measure)),
            *(safely(lambda one=other: shown(view, one)) for other in others),
        ]
    return [*head(view, "Koordinering"), html.P(NO_GOAL, className="viktigt"), *body]


def _own(view: View, measure: Curve) -> Component:
    """How much of the coverage the own unit stands for."""
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    heading = html.H2("Hur mycket gör den egna enheten?", id="egen-enhet")
    if period is None:
        return html.Section([heading, state(states.NOT_YET)], className="kort")
    rows = queries.curve(view.release, view.scope, measure, view.place.enhet_id, period)
    content = own_unit(measure, rows)
    text = "Insats av vilken enhet som helst hos samma vårdgivare räknas som täckning. Här visas delen där den enhet "
    text += "som utfärdat det första intyget var först."
    return html.Section([heading, html.P(text), table(content)], className="kort", **{"aria-labelledby": "egen-enhet"})
