"""Hjälp."""

from dash.development.base_component import Component

from dashboard.components.prose import prose
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.help import HELP


def build(view: View, _rest: str) -> list[Component]:
    return [*plain_head("Hjälp"), *prose(HELP, view.query)]
