"""Om personuppgifter."""

from dashboard.components.plain import Element
from dashboard.components.prose import prose
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.help import PRIVACY
from dashboard.texts.pages import site as say


def build(view: View, _rest: str) -> list[Element]:
    return [*plain_head(say.PRIVACY), *prose(PRIVACY, view.query)]
