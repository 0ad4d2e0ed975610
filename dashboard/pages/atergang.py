"""Återgång i arbete: how fast do patients come back?"""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.states import state
from dashboard.pages.parts import head, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states


def build(view: View, _rest: str) -> list[Component]:
    measures = queries.measures(view.release)
    measure = measures.get("atergang") or measures.get("avslut")
    title = "Återgång i arbete" if "atergang" in measures else "Sjukfallet avslutat (alla orsaker)"
    body = [safely(lambda: shown(view, measure))] if measure else [state(states.UNKNOWN_MEASURE)]
    return [*head(view, title), html.P(states.CERTIFICATE, className="viktigt"), *body]
