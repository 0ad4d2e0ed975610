"""The tiles of Översikt."""

from dashboard.components.plain import Element, html
from dashboard.figures.tile import Tile
from dashboard.texts.components import tables as say
from dashboard.texts.numbers import HIDDEN, MISSING, SPOKEN
from dashboard.theme import SEXES


def tile(content: Tile, *, query: str) -> Element:
    """One measure: kvinnor | män, the difference in words, a small picture and the region behind."""
    heading = f"ruta-{content.measure.id}"
    return html.Article(
        [
            html.H2(html.A(content.label, href=f"/matt/{content.measure.id}{query}"), id=heading),
            html.P([content.unit, html.Br(), content.when], className="rutenhet"),
            html.Div(
                [_value(SEXES["K"].label, content.women, "k"), _value(SEXES["M"].label, content.men, "m")],
                className="par",
            ),
            html.P(difference(content), className="skillnad"),
            html.P(signal_words(content), className="variation") if content.signal else None,
            spark(content),
            html.P([html.Span(say.REGION.format(value=text)) for text in content.region], className="regionen")
            if content.region
            else None,
        ],
        className="kort ruta",
        **{"aria-labelledby": heading},
    )


def _value(label: str, text: str, kind: str) -> Element:
    return html.Div(
        [html.Span(label, className="etikett"), html.Span(said(text), className="tal")], className=f"varde {kind}"
    )


def said(text: str) -> list:
    """A number, or a mark with what it is read aloud as."""
    spoken = SPOKEN.get(text)
    if spoken is None:
        return [text]
    return [html.Span(text, **{"aria-hidden": "true"}), html.Span(spoken, className="bara-lasare")]


def difference(content: Tile) -> list:
    """A filled or an empty ring before the words: shape and word carry the meaning, not colour."""
    if content.sure is None:
        return [content.gap]
    return [html.Span("●" if content.sure else "○", className="tecken", **{"aria-hidden": "true"}), content.gap]


def signal_words(content: Tile) -> list:
    """A diamond before the words where the change is no ordinary variation."""
    if not content.special:
        return [content.signal]
    return [html.Span("◆", className="tecken signal", **{"aria-hidden": "true"}), content.signal]


def spark(content: Tile) -> Element | None:
    if content.spark is None or (HIDDEN in (content.women, content.men) and MISSING in (content.women, content.men)):
        return None
    return html.Img(src=content.spark, alt="", className="minibild")
