"""Ordlista."""

from dashboard.components.plain import Element, html
from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.glossary import anchor, explained
from dashboard.texts.pages import site as say


def build(view: View, _rest: str) -> list[Element]:
    entries = [
        part
        for word, text in explained(view.release.facts)
        for part in (html.Dt(word, id=anchor(word), tabIndex="-1"), html.Dd(text))
    ]
    return [*plain_head(say.WORDS, say.WORDS_LEAD), html.Section(html.Dl(entries), className="kort definition")]
