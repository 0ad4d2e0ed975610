"""Pages of plain text."""

from dash import html
from dash.development.base_component import Component

from dashboard.components.words import linked
from dashboard.texts.help import Sections


def prose(sections: Sections, query: str) -> list[Component]:
    return [
        html.Section([html.H2(heading), *(html.P(text) for text in linked(paragraphs, query))], className="kort text")
        for heading, paragraphs in sections
    ]
