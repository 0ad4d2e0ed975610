"""Jämför enheter: does the unit differ more than chance? Ordered by size; no league table."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.pages.beside_content import UNITS
from dashboard.pages.content import named
from dashboard.pages.parts import choices, head, or_state, safely
from dashboard.pages.view import View
from schemas.measure import Count, Curve

NOT_A_FAULT = (
    "Att en enhet ligger utanför regionens värde är inte detsamma som fel. Bland många enheter ligger alltid några "
    "utanför av slump, och de listade är olika gamla och har olika sjukdomar."
)


def build(view: View, _rest: str) -> list[Component]:
    every = {name: one for name, one in queries.measures(view.release).items() if isinstance(one, Count | Curve)}
    # the measures of Översikt, and the one that a measure's own page asks for
    offered = {name: measure for name, measure in every.items() if measure.featured or name == view.matt}
    chosen = view.matt if view.matt in offered else next(iter(offered))
    measure = offered[chosen]
    return [
        *head(view, "Jämför enheter"),
        html.P(NOT_A_FAULT, className="viktigt"),
        choices(view, "/jamfor", offered, chosen, "Mått att jämföra"),
        safely(lambda: or_state(view, named(view, f"{chosen}-{UNITS}"), measure.question)),
    ]
