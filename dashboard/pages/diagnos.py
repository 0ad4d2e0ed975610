"""Diagnosgrupper: what dominates, among new and among ongoing cases?"""

from dashboard import queries
from dashboard.components.plain import Element
from dashboard.pages.elsewhere import or_elsewhere
from dashboard.pages.parts import head, safely
from dashboard.pages.sections_part import sections_part
from dashboard.pages.view import View
from dashboard.texts.pages import diagnos as say
from schemas.measure import Count

OF_SECTIONS = "under_manaden"


def build(view: View, _rest: str) -> list[Element]:
    return [
        *head(view, say.TITLE, say.LEAD),
        *(
            safely(lambda name=name, question=question: or_elsewhere(view, name, question, "/diagnos"))
            for name, question in say.QUESTIONS.items()
        ),
        *_sections(view),
    ]


def _sections(view: View) -> list[Element]:
    """The sections of one chapter, of the cases of twelve months."""
    measure = queries.measures(view.release).get(OF_SECTIONS)
    return sections_part(view, measure, "/diagnos") if isinstance(measure, Count) else []
