"""The part of a page that shows one chapter's sections: the choice of chapter, the picture, or where there are sections."""

from dashboard.components.choice import choice
from dashboard.components.plain import Element
from dashboard.pages.content import named
from dashboard.pages.elsewhere import elsewhere
from dashboard.pages.parts import or_state, safely
from dashboard.pages.section_content import chosen_whole, wholes
from dashboard.pages.view import View
from dashboard.texts.pages import diagrams as say
from schemas.dimensions import BREAKDOWNS, NIVA
from schemas.measure import Count
from schemas.sections import AVSNITT


def sections_part(view: View, measure: Count, path: str, asked: str = "") -> list[Element]:
    """`path` is the page that it stands on, and `asked` what its address asks for besides unit, month and chapter."""
    there = [niva for niva in NIVA.ids if AVSNITT.kinds(niva)]
    if view.place.niva not in there:
        return [elsewhere(view, say.SECTIONS, say.NO_SECTIONS, there, path + asked.replace("&", "?", 1))]
    chosen = chosen_whole(view, measure, AVSNITT.column)
    options = [
        (one.label, f"{path}{view.query}{asked}&kapitel={one.id}", one is chosen) for one in wholes(AVSNITT.column)
    ]
    name = f"{measure.id}-{AVSNITT.column}-{chosen.id}" if chosen else ""
    label = say.CHOOSE.format(what=BREAKDOWNS[AVSNITT.coarser].label.lower())
    return [
        choice(label, chosen.label if chosen else say.NONE_CHOSEN, options),
        safely(lambda: or_state(view, named(view, name), say.SECTIONS)),
    ]
