"""The month on one page: every figure as a row of a table."""

from dashboard.components.plain import Element, html
from dashboard.components.tiles import difference, said, signal_words, spark
from dashboard.figures.tile import Tile
from dashboard.texts.components import tables as say


def figures(tiles: list[Tile], caption: str, query: str) -> Element:
    """The tiles as rows, kvinnor first, with the region's value under each."""
    head = html.Tr([html.Th(name, scope="col") for name in say.MONTH_HEADINGS])
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


def _row(tile: Tile, query: str) -> Element:
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


def _value(tile: Tile, at: int, text: str) -> Element:
    region = [html.Span(say.REGION_IN_ROW.format(value=tile.region[at]), className="regionen")] if tile.region else []
    return html.Td([html.Strong(said(text)), *region])
