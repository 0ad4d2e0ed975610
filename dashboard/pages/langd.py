"""Längd och omfattning: do patients get stuck, and is part-time used?"""

from dashboard import queries
from dashboard.components.plain import Element
from dashboard.pages.beside_content import LENGTHS
from dashboard.pages.content import named
from dashboard.pages.elsewhere import or_elsewhere
from dashboard.pages.parts import head, or_state, safely, shown
from dashboard.pages.view import View
from dashboard.texts.pages import diagrams
from dashboard.texts.pages import langd as say


def build(view: View, _rest: str) -> list[Element]:
    measures = queries.measures(view.release)
    shares = [measures[name] for name in ("andel_partiell", "utan_sgi") if name in measures]
    asked = [(one, queries.main_kind(one, view.place.niva)) for one in shares]
    queries.prepare(view.release, view.scope, asked, view.place.enhet_id)
    return [
        *head(view, say.TITLE, say.LEAD),
        safely(lambda: or_state(view, named(view, LENGTHS), diagrams.HOW_LONG)),
        *(safely(lambda one=measure: shown(view, one)) for measure in shares),
        safely(lambda: or_elsewhere(view, "pagaende-ersattning", say.BENEFIT, "/langd")),
    ]
