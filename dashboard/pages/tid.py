"""Utveckling över tid: is it going up or down, for kvinnor and for män?"""

from dash.development.base_component import Component

from dashboard import queries
from dashboard.pages.parts import head, safely, shown
from dashboard.pages.view import View

SHOWN = ("pagaende", "startade", "avslutade", "under_manaden", "unika_personer")
LEAD = "Bestånd (pågående) är läget en viss dag och kan aldrig summeras. Flöden (startade, avslutade) händer under en period."


def build(view: View, _rest: str) -> list[Component]:
    measures = queries.measures(view.release)
    chosen = [measures[name] for name in SHOWN if name in measures]
    return [
        *head(view, "Utveckling över tid", LEAD),
        *(safely(lambda one=measure: shown(view, one)) for measure in chosen),
    ]
