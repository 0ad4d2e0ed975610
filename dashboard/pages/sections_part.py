"""The part of a page that shows one chapter's sections: the choice of chapter, the picture, or where there are sections."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.choice import choice
from dashboard.pages.content import named
from dashboard.pages.parts import or_state, safely
from dashboard.pages.section_content import chosen_whole, wholes
from dashboard.pages.view import View
from schemas.dimensions import BREAKDOWNS
from schemas.measure import Count
from schemas.sections import AVSNITT

QUESTION = "Vilka avsnitt dominerar inom ett diagnoskapitel?"
NOT_HERE = (
    "Avsnitt visas för regionen, tolv månader. För en enhet eller ett område skulle de flesta vara dolda: de har för få "
    "kvinnor eller för få män."
)


def sections_part(view: View, measure: Count, path: str, asked: str = "") -> list[Component]:
    """`path` is the page that it stands on, and `asked` what its address asks for besides unit, month and chapter."""
    if not AVSNITT.kinds(view.place.niva):
        return [_elsewhere(view, path, asked)]
    chosen = chosen_whole(view, measure, AVSNITT.column)
    options = [
        (one.label, f"{path}{view.query}{asked}&kapitel={one.id}", one is chosen) for one in wholes(AVSNITT.column)
    ]
    name = f"{measure.id}-{AVSNITT.column}-{chosen.id}" if chosen else ""
    return [
        choice(f"Välj {BREAKDOWNS[AVSNITT.coarser].label.lower()}", chosen.label if chosen else "inget valt", options),
        safely(lambda: or_state(view, named(view, name), QUESTION)),
    ]


def _elsewhere(view: View, path: str, asked: str) -> Component:
    """Where sections are shown: links to the unit's område and region, as far as they may be seen."""
    links = [
        html.A(f"Visa {place.namn}", href=f"{path}{view.query_of(place.enhet_id)}{asked}", className="lank")
        for place in queries.places(view.release, view.scope)
        if place.region == view.place.region
        and (place.niva == "region" or (place.niva == "omrade" and place.omrade == view.place.omrade))
    ]
    parts = [html.H2(QUESTION), html.P(NOT_HERE), html.P(links, className="nedladdning") if links else None]
    return html.Section(parts, className="kort")
