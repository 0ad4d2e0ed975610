"""Every measure of the release, with what it says."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.pages.parts import head
from dashboard.pages.view import View


def build(view: View, _rest: str) -> list[Component]:
    entries = [
        html.Article(
            [
                html.H2(html.A(measure.name, href=f"/matt/{measure.id}{view.query}")),
                html.P(measure.definition),
                html.P(measure.population, className="not"),
            ],
            className="kort",
        )
        for measure in queries.measures(view.release).values()
    ]
    return [*head(view, "Alla mått"), *entries]
