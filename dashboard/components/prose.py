"""Pages of plain text."""

from dash import html
from dash.development.base_component import Component

from dashboard.texts.help import Sections


def prose(sections: Sections) -> list[Component]:
    return [
        html.Section([html.H2(heading), *(html.P(text) for text in paragraphs)], className="kort text")
        for heading, paragraphs in sections
    ]
