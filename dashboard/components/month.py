"""The month on one page: every figure as a row of a table."""

from dashboard.components.plain import Element, html
from dashboard.components.tiles import difference, said, signal_words, spark
from dashboard.figures.tile import Tile
from dashboard.texts.components import tables as say


def figures(tiles: list[Tile], caption: str, query: str) -> Element:
    """The tiles as rows, kvinnor first, with the region's value under each. On a phone a row stands in lines, and then
    only its roles tell that it is a row of a table."""
    head = html.Tr([html.Th(name, scope="col", role="columnheader") for name in say.MONTH_HEADINGS], role="row")
    body = html.Tbody([_row(tile, query) for tile in tiles], role="rowgroup")
    return html.Div(
        html.Table(
            [html.Caption(caption), html.Thead(head, role="rowgroup"), body], className="manadstabell", role="table"
        ),
        className="tabellram",
        role="region",
        tabIndex="0",
        **{"aria-label": caption},
    )


def _row(tile: Tile, query: str) -> Element:
    name = [html.A(tile.label, href=f"/matt/{tile.measure.id}{query}"), html.Span(f"{tile.unit}, {tile.when}")]
    _, *labels = say.MONTH_HEADINGS
    cells = [
        *(_value(tile, at, text) for at, text in enumerate((tile.women, tile.men))),
        (difference(tile), "ord"),
        ([spark(tile)], "bild"),
        (signal_words(tile) if tile.signal else ["–"], "ord"),
    ]
    return html.Tr(
        [
            html.Th(name, scope="row", role="rowheader"),
            *(
                html.Td(content, className=kind, role="cell", **{"data-rubrik": label})
                for label, (content, kind) in zip(labels, cells, strict=True)
            ),
        ],
        role="row",
    )


def _value(tile: Tile, at: int, text: str) -> tuple[list, str]:
    region = [html.Span(say.REGION_IN_ROW.format(value=tile.region[at]), className="regionen")] if tile.region else []
    return [html.Strong(said(text)), *region], "av-kon"
