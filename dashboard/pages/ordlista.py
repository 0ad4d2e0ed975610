"""Ordlista."""

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboard.pages.parts import plain_head
from dashboard.pages.view import View
from dashboard.texts.glossary import GLOSSARY


def build(_view: View, _rest: str) -> list[Component]:
    words = sorted(GLOSSARY, key=lambda entry: entry[0].lower().translate(str.maketrans("åäö", "{|}")))
    entries = [part for word, text in words for part in (html.Dt(word, id=quote(word.lower())), html.Dd(text))]
    return [*plain_head("Ordlista"), html.Section(html.Dl(entries), className="kort definition")]
