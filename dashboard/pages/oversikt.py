"""Översikt: does anything need doing this month? Read in ten seconds, without touching a filter."""

from dashboard.components.plain import Element, html
from dashboard.components.tiles import tile
from dashboard.pages.glance import bring_up, glance, in_words
from dashboard.pages.parts import head, safely
from dashboard.pages.view import View
from dashboard.pages.written_content import overdue_sentence
from dashboard.texts import states
from dashboard.texts.pages import site as say


def build(view: View, _rest: str) -> list[Element]:
    return [*head(view, say.OVERVIEW), safely(lambda: html.Div(overdue_sentence(view))), safely(lambda: _figures(view))]


def _figures(view: View) -> Element:
    content = glance(view)
    said = (states.RINGS, states.DIAMOND, say.ROUNDED, states.NOT_ADJUSTED, states.CERTIFICATE)
    return html.Div(
        [
            in_words(content),
            html.Div([tile(one, query=view.query) for one in content.tiles], className="rutor"),
            bring_up(content, view.query),
            html.P(" ".join(said), className="not"),
        ]
    )
