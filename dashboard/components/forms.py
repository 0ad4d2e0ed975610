"""The forms of the monthly review: native fields with visible labels; the answer stands in the form itself."""

from collections.abc import Sequence
from typing import Any

from dashboard.components.plain import Element, field, html
from dashboard.state.kinds import LONGEST, LONGEST_ROLE, STATUS, Post
from dashboard.texts.components import forms as say
from dashboard.texts.review import CONFIRM, HINT, KEEP

Options = Sequence[tuple[str, str]]


def form(name: str, action: str, fields: Sequence[Element], button: str) -> Element:
    """`name` is unique on the page; `action` the address that saves. What is wrong is said above the button."""
    return html.Form(
        [
            *fields,
            html.Div(
                tick(f"{name}-bekraftat", "bekraftat", CONFIRM),
                hidden=True,
                className="bekrafta",
            ),
            html.Div(role="alert", tabIndex="-1", className="formfel"),
            html.Button(button, type="submit", className="knapp spara"),
        ],
        id=name,
        action=action,
        method="post",
        className="skrivform",
        **{"data-skriv": "ja"},
    )


def closed(summary: str, content: Element) -> Element:
    """A form that is opened when it is wanted."""
    return html.Details([html.Summary(summary), html.P(HINT, className="not"), content], className="skriv")


def decision_form(action: str, measures: Options) -> Element:
    name = "nytt-beslut"
    return form(
        name,
        action,
        [
            area(name, "text", say.DECIDE),
            line(name, "ansvarig", say.WHO),
            day(name, "klart_senast", say.BY),
            select(name, "matt", say.SHOWN_BY, [("", say.CHOOSE_MEASURE), *measures]),
            line(name, "effekt", say.EXPECT, longest=LONGEST),
        ],
        say.KEEP_DECISION,
    )


def action_form(decision: Post, action: str) -> Element:
    name = f"atgard-{decision.id}"
    return form(
        name,
        action,
        [
            area(name, "text", say.ACT),
            line(name, "ansvarig", say.WHO),
            day(name, "klart_senast", say.BY),
        ],
        say.KEEP_ACTION,
    )


def change_form(post: Post) -> Element:
    """Everything that can change about a decision or an action; a new version is saved."""
    name = f"andra-{post.id}"
    return form(
        name,
        f"/skriv/andra/{post.id}?version={post.version}",
        [
            select(name, "status", say.STATUS, list(STATUS.items()), post.status),
            area(name, "text", say.WHAT, post.text),
            line(name, "ansvarig", say.RESPONSIBLE, post.ansvarig),
            day(name, "klart_senast", say.BY, post.klart_senast),
            *([line(name, "effekt", say.EXPECTED, post.effekt, longest=LONGEST)] if post.effekt else []),
        ],
        say.KEEP_CHANGE,
    )


def note_form(name: str, action: str, label: str, button: str) -> Element:
    """A text: a comment, or what came of a decision."""
    return form(name, action, [area(name, "text", label)], button)


def keep_form(action: str) -> Element:
    return form("frys", action, [], KEEP)


def tick(ident: str, name: str, label: str, *, chosen: bool = False) -> Element:
    """A box to tick and its label."""
    box = field("input", id=ident, name=name, type="checkbox", defaultChecked=chosen)
    return html.Div([box, html.Label(label, htmlFor=ident)], className="ruta-kryss")


def line(form_name: str, name: str, label: str, value: str = "", *, longest: int = LONGEST_ROLE) -> Element:
    return _labelled(form_name, name, label, "input", value, maxLength=longest, autoComplete="off")


def day(form_name: str, name: str, label: str, value: str = "") -> Element:
    return _labelled(form_name, name, label, "input", value, type="date")


def area(form_name: str, name: str, label: str, value: str = "") -> Element:
    return _labelled(form_name, name, label, "textarea", value, size="bred", maxLength=LONGEST, rows=3)


def select(form_name: str, name: str, label: str, options: Options, value: str = "") -> Element:
    return _labelled(form_name, name, label, "select", value, options=options)


def _labelled(form_name: str, name: str, label: str, kind: str, value: str, *, size: str = "", **more: Any) -> Element:
    ident = f"{form_name}-{name}"
    content = [html.Label(label, htmlFor=ident), field(kind, id=ident, name=name, defaultValue=value, **more)]
    return html.Div(content, className=f"falt {size}".strip())
