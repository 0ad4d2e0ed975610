"""Decisions and actions as a table, with who, what, by when and how it went."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.components.plain import Element, html
from dashboard.state.kinds import BESLUT, SLAG, STATUS, Post
from dashboard.texts.components import tables as say
from dashboard.texts.numbers import month


def posts_table(
    posts: Sequence[Post], caption: str, measures: Mapping[str, str], today: str, address: Callable[[str], str]
) -> Element:
    """`measures` are names by id; `address` leads from a measure to its chart. Late is said in words, with a mark."""
    head = html.Tr([html.Th(name, scope="col") for name in say.DECISION_HEADINGS])
    body = [html.Tr(_cells(one, measures, today, address)) for one in posts]
    return html.Div(
        html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)], className="beslut skrivna"),
        className="tabellram",
        role="region",
        tabIndex="0",
        **{"aria-label": caption},
    )


def _cells(post: Post, measures: Mapping[str, str], today: str, address: Callable[[str], str]) -> list:
    measure = html.A(measures[post.matt], href=address(post.matt)) if post.matt in measures else "–"
    what = [html.Strong(f"{SLAG[post.slag]}: "), post.text]
    expected = (
        [html.Span(say.EXPECTED.format(effect=post.effekt), className="not")]
        if post.slag == BESLUT and post.effekt
        else []
    )
    return [
        html.Td(month(post.manad)),
        html.Th([*what, *expected], scope="row"),
        html.Td(post.ansvarig),
        html.Td(post.klart_senast),
        html.Td(measure),
        html.Td(status(post, today)),
    ]


def status(post: Post, today: str) -> list:
    said = STATUS[post.status]
    if not post.is_overdue(today):
        return [said]
    return [html.Span("◆", className="tecken signal", **{"aria-hidden": "true"}), say.LATE.format(status=said.lower())]


def history(versions: Sequence[Post]) -> Element:
    """Every version, the first first: who, when and what."""
    return html.Ol([html.Li(told(one)) for one in versions], className="historik")


def told(post: Post) -> str:
    """One version in a sentence, for the log on screen and on paper."""
    when = post.tid[:16].replace("T", " ")
    return say.version(when, post.av, STATUS[post.status], post.text, post.ansvarig, post.klart_senast)


def notes(posts: Sequence[Post]) -> Element:
    """Comments and follow-ups, each with who and when."""
    return html.Ul([html.Li([one.text, html.Span(f" – {one.av}, {one.tid[:10]}", className="not")]) for one in posts])
