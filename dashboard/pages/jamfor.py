"""Jämför enheter: does the unit differ more than chance? A funnel, its peers, and all by size; no league table."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.pages.beside_content import ALIKE, FUNNEL, SPREAD, UNITS
from dashboard.pages.content import named
from dashboard.pages.parts import choices, head, or_state, safely
from dashboard.pages.view import OutsideLattice, View
from schemas.measure import AnyMeasure, Count, Curve

NOT_A_FAULT = (
    "Utanför gräns ≠ fel. Bland många enheter ligger alltid några utanför av slump; därför krävs två år i rad. Enheterna "
    "rangordnas inte: platsen bland andra är för osäker för det."
)
AMONG_OTHERS = {
    FUNNEL: "{short}: avviker enheten mer än slumpen?",
    ALIKE: "{short}: hur är det på enheter som liknar oss?",
    SPREAD: "{short}: var i regionens spridning ligger enheten?",
    UNITS: "{short}: hur ligger enheterna till?",
}


def build(view: View, _rest: str) -> list[Component]:
    every = {name: one for name, one in queries.measures(view.release).items() if isinstance(one, Count | Curve)}
    # the measures of Översikt, and the one that a measure's own page asks for
    offered = {name: measure for name, measure in every.items() if measure.featured or name == view.matt}
    chosen = view.matt or next(iter(offered))
    if chosen not in offered:
        raise OutsideLattice
    measure = offered[chosen]
    return [
        *head(view, "Jämför enheter"),
        html.P(NOT_A_FAULT, className="viktigt"),
        choices(view, "/jamfor", offered, chosen, "Mått att jämföra"),
        *(_part(view, measure, part, question) for part, question in _parts(view, measure).items()),
    ]


def _parts(view: View, measure: AnyMeasure) -> dict[str, str]:
    """Only the measures of Översikt are tried against the region: the fewer that are, the fewer false alarms. Only a unit
    has its like, and a place in the spread."""
    left_out = set() if measure.featured else {FUNNEL, SPREAD}
    left_out |= set() if view.place.niva == "enhet" else {ALIKE, SPREAD}
    return {part: question for part, question in AMONG_OTHERS.items() if part not in left_out}


def _part(view: View, measure: AnyMeasure, part: str, question: str) -> Component:
    return safely(lambda: or_state(view, named(view, f"{measure.id}-{part}"), question.format(short=measure.short)))
