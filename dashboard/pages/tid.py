"""Utveckling över tid: is it going up or down, for kvinnor and for män?"""

from dash.development.base_component import Component

from dashboard import queries
from dashboard.pages.content import process
from dashboard.pages.parts import head, or_state, safely, shown
from dashboard.pages.view import View
from schemas.measure import AnyMeasure, Count

SHOWN = ("pagaende", "startade", "avslutade", "under_manaden", "unika_personer")
LEAD = (
    "Är förändringen verklig eller slump? Bestånd (pågående) är läget en viss dag och kan aldrig summeras. Flöden (startade, "
    "avslutade) händer under en period."
)


def build(view: View, _rest: str) -> list[Component]:
    measures = queries.measures(view.release)
    chosen = [measures[name] for name in SHOWN if name in measures]
    return [
        *head(view, "Utveckling över tid", LEAD),
        *(safely(lambda one=measure: _over_time(view, one)) for measure in chosen),
    ]


def _over_time(view: View, measure: AnyMeasure) -> Component:
    """The process, or the plain series of a measure whose periods overlap and so cannot be followed."""
    content = process(view, measure) if isinstance(measure, Count) else None
    return or_state(view, content, measure.question) if content else shown(view, measure)
