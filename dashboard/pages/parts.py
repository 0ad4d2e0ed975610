"""Pieces that several pages are made of: a measure's diagram, the page head, and the net under each piece."""

import logging
import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import TypeVar

from dashboard import queries
from dashboard.components.choice import choice
from dashboard.components.diagram import diagram
from dashboard.components.plain import Element, html
from dashboard.components.states import month_note, state
from dashboard.figures.content import Diagram
from dashboard.pages.content import main
from dashboard.pages.view import OutsideLattice, View
from dashboard.texts import states
from dashboard.texts.numbers import month, number
from dashboard.texts.pages import site as say
from schemas.measure import AnyMeasure

log = logging.getLogger("sjukvy.dashboard")


def head(view: View, title: str, lead: str = "") -> list[Element]:
    """The one h1 of a page about figures, with unit, month and freshness."""
    parts: list[Element] = [
        html.Div([html.H1(title, tabIndex="-1"), *_wider(view)], className="rubrik"),
        html.P(
            [
                html.Strong(view.place.namn),
                say.FRESHNESS.format(month=month(view.manad), last=view.release.facts["data_tom"]),
                month_note(view.month_note) if view.month_note else None,
            ],
            className="lage",
        ),
        *_further(view),
    ]
    return [*parts, html.P(lead, className="ingress")] if lead else parts


def _wider(view: View) -> list[Element]:
    """The way up: links to the places that the chosen one is part of."""
    links = [html.Li(html.A(place.namn, href=view.up_to(place.enhet_id))) for place in view.wider]
    return [html.Nav(html.Ol(links), className="vag", **{"aria-label": say.ABOVE})] if links else []


def _further(view: View) -> list[Element]:
    """From a region to its områden, and from an område to its units."""
    parts = queries.inside(view.release, view.scope, view.place)
    if not parts:
        return []
    label = say.BELOW["omrade" if parts[0].niva == "omrade" else "enhet"].format(place=view.place.namn)
    options = [(place.namn, view.down_to(place.enhet_id), False) for place in parts]
    return [choice(label, number(len(parts)), options, slim=True)]


def plain_head(title: str, lead: str = "") -> list[Element]:
    parts: list[Element] = [html.H1(title, tabIndex="-1")]
    return [*parts, html.P(lead, className="ingress")] if lead else parts


def choices(view: View, path: str, offered: Mapping[str, AnyMeasure], chosen: str, label: str) -> Element:
    """Links between the measures that one page offers; the choice stands in the address."""
    links = [
        html.Li(
            html.A(
                measure.short,
                href=f"{path}{view.query}&matt={name}",
                **({"aria-current": "true"} if name == chosen else {}),
            )
        )
        for name, measure in offered.items()
    ]
    return html.Nav(html.Ul(links), className="val", **{"aria-label": label})


def shown(view: View, measure: AnyMeasure) -> Element:
    """The measure's first diagram, or what stands there instead."""
    return or_state(view, main(view, measure), measure.question)


def or_state(
    view: View, content: Diagram | None, question: str, also: str = "", otherwise: str = states.NOT_YET
) -> Element:
    """A diagram, or `otherwise`: that there is nothing to show yet. `also` is what its files are asked for besides place and
    month."""
    if content is None:
        return html.Section([html.H2(question), state(otherwise)], className="kort diagram")
    return diagram(
        content,
        query=view.query,
        onward=to_unit(view, content)(view.place.enhet_id),
        also=also,
        larger=_larger(view, content),
    )


def _larger(view: View, content: Diagram) -> list[tuple[str, str]]:
    """Where what is hidden here may be shown: the nearest first."""
    if content.state is None or states.HIDDEN not in content.state:
        return []
    return [(place.namn, view.up_to(place.enhet_id)) for place in reversed(view.wider)]


def to_unit(view: View, content: Diagram) -> Callable[[str], str]:
    """From a unit among others to the same comparison for that unit."""
    return lambda enhet_id: f"/jamfor{view.query_of(enhet_id)}&matt={content.measure}"


def safely(build: Callable[[], Element]) -> Element:
    """One failing piece never blanks the page: it is logged under a reference that the reader can pass on. A piece that
    exists nowhere is no failure: the whole address is answered."""
    try:
        return build()
    except OutsideLattice:
        raise
    except Exception:
        return failed()


_failures: ContextVar[list[str] | None] = ContextVar("failures", default=None)
Made = TypeVar("Made")


def watched(build: Callable[[], Made]) -> tuple[Made, list[str]]:
    """What was built, and the references of the pieces that failed."""
    seen: list[str] = []
    token = _failures.set(seen)
    try:
        return build(), seen
    finally:
        _failures.reset(token)


def failed() -> Element:
    """What stands where something failed: the fault itself is in the log, under the reference that the reader has."""
    drawn = secrets.token_hex(3).upper()
    reference = f"{drawn[:4]}-{drawn[4:]}"
    log.exception("reference %s", reference)
    if (seen := _failures.get()) is not None:
        seen.append(reference)
    return state(states.ERROR.format(reference=reference), kind="fel")
