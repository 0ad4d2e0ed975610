"""Every measure of the release with what it says, and a search among them; the address holds what is looked for."""

from collections.abc import Iterable

from dash import dcc

from dashboard import queries
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.pages.parts import head
from dashboard.pages.view import LONGEST_SEARCH, View
from dashboard.texts.pages import catalogue as say
from dashboard.texts.search import matching
from schemas.measure import AnyMeasure


def build(view: View, _rest: str) -> list[Element]:
    every = queries.with_shares(view.release)
    # the shares of a selection are found by search; without one the selection itself leads to them
    shown = matching(every.values(), view.sok) if view.sok else list(queries.measures(view.release).values())
    return [
        *head(view, say.TITLE, say.LEAD),
        _search(view),
        html.P(say.found(len(shown), view.sok), className="not"),
        html.Div(list(_entries(view, shown)), className="katalog") if shown else state(say.NOTHING),
    ]


def _search(view: View) -> Element:
    return html.Form(
        [
            html.Div(
                [
                    html.Label(say.LABEL, htmlFor="sok"),
                    dcc.Input(id="sok", type="search", value=view.sok, maxLength=LONGEST_SEARCH, autoComplete="off"),
                ],
                className="falt bred",
            ),
            html.Button(say.BUTTON, type="submit", className="knapp"),
            html.A(say.EVERY, href=f"/matt{view.query}", className="lank") if view.sok else None,
        ],
        id="sokning",
        action=f"/matt{view.query}",
        role="search",
        className="filter inne",
        **{"aria-label": say.FORM},
    )


def _entries(view: View, measures: Iterable[AnyMeasure]) -> Iterable[Element]:
    for measure in measures:
        yield html.Article(
            [
                html.H2(html.A(measure.name, href=f"/matt/{measure.id}{view.query}")),
                html.P(measure.definition),
                html.P(measure.population, className="not"),
            ],
            className="kort",
        )
