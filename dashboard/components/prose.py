"""Pages of plain text."""

from dashboard.components.plain import Element, html
from dashboard.components.words import linked
from dashboard.texts.help import Sections


def prose(sections: Sections, query: str) -> list[Element]:
    return [
        html.Section([html.H2(heading), *(html.P(text) for text in linked(paragraphs, query))], className="kort text")
        for heading, paragraphs in sections
    ]
