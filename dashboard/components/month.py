"""The month on one page: every figure as a row of a table, and the empty lines of the decisions."""

from dash import html

from dashboard.components.tiles import difference, said, signal_words, spark
from dashboard.figures.tile import Tile

HEADINGS = ("Mått", "Kvinnor", "Män", "Skillnad", "Utveckling", "Variation")
DECISION = ("Vad", "Vem", "Klart senast", "Mått som ska visa det")
LINES = 3  # decisions of one meeting


def figures(tiles: list[Tile], caption: str, query: str) -> html.Div:
    """The tiles as rows, kvinnor first, with the region's value under each."""
    head = html.Tr([html.Th(name, scope="col") for name in HEADINGS])
    return html.Div(
        html.Table(
            [html.Caption(caption), html.Thead(head), html.Tbody([_row(tile, query) for tile in tiles])],
            className="manadstabell",
        ),
        className="tabellram",
        role="region",
        tabIndex="0",
        **{"aria-label": caption},
    )


def _row(tile: Tile, query: str) -> html.Tr:
    name = [html.A(tile.label, href=f"/matt/{tile.measure.id}{query}"), html.Span(f"{tile.unit}, {tile.when}")]
    return html.Tr(
        [
            html.Th(name, scope="row"),
            *(_value(tile, at, text) for at, text in enumerate((tile.women, tile.men))),
            html.Td(difference(tile), className="ord"),
            html.Td(spark(tile)),
            html.Td(signal_words(tile) if tile.signal else "–", className="ord"),
        ]
    )


def _value(tile: Tile, at: int, text: str) -> html.Td:
    region = [html.Span(f"regionen {tile.region[at]}", className="regionen")] if tile.region else []
    return html.Td([html.Strong(said(text)), *region])


def decisions() -> html.Div:
    """Empty lines, to be filled in by hand on paper."""
    head = html.Tr([html.Th(name, scope="col") for name in DECISION])
    body = [html.Tr([html.Td("") for _ in DECISION]) for _ in range(LINES)]
    caption = "Fylls i på papper: högst tre beslut"
    return html.Div(
        html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)], className="beslut"),
        className="tabellram",
        role="region",
        tabIndex="0",
        **{"aria-label": caption},
    )
