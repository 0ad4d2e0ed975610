"""Tillgänglighetsredogörelse."""

from dashboard.components.plain import Element
from dashboard.components.prose import prose
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.accessibility import STATEMENT
from dashboard.texts.pages import site as say


def build(view: View, _rest: str) -> list[Element]:
    return [*plain_head(say.ACCESSIBILITY_HEADING), *prose(STATEMENT, view.query)]
