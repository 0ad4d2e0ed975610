"""Texts whose words lead to their explanation, and whose addresses are links."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dashboard.components.plain import Element, html
from dashboard.texts.glossary import parted

ADDRESS = re.compile(r"(https://\S+)")


def linked(texts: Iterable[str], query: str) -> list[list]:
    """The texts, in which each word of the glossary is a link to it the first time that it stands there."""
    return [[made for piece, name in text for made in _pieces(piece, name, query)] for text in _parted(tuple(texts))]


@lru_cache(maxsize=1_000)
def _parted(texts: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Texts in pieces, (piece, anchor of the word that it is). The same help stands on every unit's pages, and to look for
    sixty words in it takes longer than to draw the chart."""
    told: set[str] = set()
    return tuple(tuple(parted(text, told)) for text in texts)


def _pieces(piece: str, name: str, query: str) -> list[str | Element]:
    if name:
        return [html.A(piece, href=f"/ordlista{query}#{name}", className="ord")]
    return [html.A(part, href=part) if ADDRESS.match(part) else part for part in ADDRESS.split(piece) if part]
