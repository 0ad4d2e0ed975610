"""Texts whose words lead to their explanation."""

from collections.abc import Iterable

from dash import html

from dashboard.texts.glossary import parted


def linked(texts: Iterable[str], query: str) -> list[list]:
    """The texts, in which each word of the glossary is a link to it the first time that it stands there."""
    told: set[str] = set()
    return [[_piece(piece, name, query) for piece, name in parted(text, told)] for text in texts]


def _piece(piece: str, name: str, query: str) -> str | html.A:
    return html.A(piece, href=f"/ordlista{query}#{name}", className="ord") if name else piece
