"""Översikt: does anything need doing this month? Read in ten seconds, without touching a filter."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.tiles import tile
from dashboard.figures.tile import Tile, count_tile, curve_tile, sentence, to_bring_up
from dashboard.pages.parts import head, safely
from dashboard.pages.view import View
from dashboard.queries import Place, Row
from dashboard.texts import states
from schemas.measure import AnyMeasure, Count

DETAILS = {"atergang": "/atergang", "avslut": "/atergang", "tackning": "/koordinering"}


def build(view: View, _rest: str) -> list[Component]:
    return [*head(view, "Översikt"), safely(lambda: _figures(view))]


def _figures(view: View) -> Component:
    region = queries.region_of(view.release, view.place)
    made = [_tile(view, measure, region) for measure in queries.measures(view.release).values()]
    known = [entry for entry in made if entry is not None]
    tiles = [entry[0] for entry in known]
    own = {entry[0].measure.id: entry[1] for entry in known}
    around = {entry[0].measure.id: entry[2] for entry in known}
    return html.Div(
        [
            html.P(sentence(tiles), className="mening"),
            html.Div([tile(content, query=view.query) for content in tiles], className="rutor"),
            _bring_up(to_bring_up(own, around, tiles), view.query),
            html.P(
                ["● större än slumpen   ○ kan vara slump (95 %). ", states.NOT_ADJUSTED, " ", states.CERTIFICATE],
                className="not",
            ),
        ]
    )


def _tile(view: View, measure: AnyMeasure, region: Place | None) -> tuple[Tile, list[Row], list[Row]] | None:
    """The tile, and for curves the unit's and the region's rows that it is about."""
    kind = ("manad" if queries.main_kind(measure) == "manad" else "r12") if isinstance(measure, Count) else "r12"
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind)
    if isinstance(measure, Count):
        rows = queries.series(view.release, view.scope, measure, view.place.enhet_id, kind)
        others = queries.background(view.release, measure, region, kind)
        return count_tile(measure, kind, period, rows, gaps, others), [], []
    own = queries.curve_history(view.release, view.scope, measure, view.place.enhet_id)
    others = queries.curve_background(view.release, measure, region)
    here = [row for row in own if row["period"] == period]
    there = [row for row in others if row["period"] == period]
    return curve_tile(measure, period, own, gaps, others), here, there


def _bring_up(found: list[tuple[str, str]], query: str) -> Component:
    heading = html.H2("Att ta upp", id="att-ta-upp")
    if not found:
        body: Component = html.P("Inget utöver slump i återgång och koordinering.")
    else:
        body = html.Ul(
            [html.Li(html.A(text, href=f"{DETAILS.get(name, f'/matt/{name}')}{query}")) for name, text in found]
        )
    return html.Section([heading, body], className="kort att-ta-upp", **{"aria-labelledby": "att-ta-upp"})
