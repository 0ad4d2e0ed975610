"""Tillgänglighetsredogörelse."""

from dash.development.base_component import Component

from dashboard.components.prose import prose
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.accessibility import STATEMENT


def build(view: View, _rest: str) -> list[Component]:
    return [*plain_head("Tillgänglighetsredogörelse"), *prose(STATEMENT, view.query)]
