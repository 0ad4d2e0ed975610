"""Hjälp."""

from dashboard.components.plain import Element
from dashboard.components.prose import prose
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.help import HELP
from dashboard.texts.pages import site as say


def build(view: View, _rest: str) -> list[Element]:
    return [*plain_head(say.HELP), *prose(HELP, view.query)]
