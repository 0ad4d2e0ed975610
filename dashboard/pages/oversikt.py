"""Översikt: does anything need doing this month? Read in ten seconds, without touching a filter."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.tiles import tile
from dashboard.figures.funnel import differing_sentence
from dashboard.figures.signal import sign_sentence
from dashboard.figures.tile import Tile, count_tile, curve_tile, not_judged, sentence, to_bring_up
from dashboard.pages.parts import head, safely
from dashboard.pages.view import View
from dashboard.queries import Place
from dashboard.texts import states
from schemas.measure import AnyMeasure, Count, Curve

ROUNDED = "Skillnaden är räknad på oavrundade värden."
DETAILS = {"atergang": "/atergang", "avslut": "/atergang", "tackning": "/koordinering"}


def build(view: View, _rest: str) -> list[Component]:
    return [*head(view, "Översikt"), safely(lambda: _figures(view))]


def _figures(view: View) -> Component:
    region = queries.region_of(view.release, view.place)
    featured = [measure for measure in queries.measures(view.release).values() if measure.featured]
    made = [tile_of(view, measure, region) for measure in featured]
    tiles = [one for one in made if one is not None]
    return html.Div(
        [
            html.P(sentence(tiles), className="mening"),
            html.Div([tile(content, query=view.query) for content in tiles], className="rutor"),
            _bring_up(_found(view, to_bring_up(tiles)), _not_judged(featured, tiles), view.query),
            html.P(
                [states.RINGS, " ", ROUNDED, " ", states.NOT_ADJUSTED, " ", states.CERTIFICATE],
                className="not",
            ),
        ]
    )


def _found(view: View, curves: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """At most three things: what is no ordinary variation, and then what the curves say."""
    measures = queries.measures(view.release)
    signs = queries.signs_now(view.release, view.scope, view.place.enhet_id, view.manad)
    featured = [row for row in signs if row["matt_id"] in measures and measures[row["matt_id"]].featured]
    said = [(row["matt_id"], sign_sentence(measures[row["matt_id"]], row)) for row in featured]
    apart = queries.differing(view.release, view.scope, view.place.enhet_id, view.manad)
    said += [(row["matt_id"], differing_sentence(measures[row["matt_id"]], row)) for row in apart]
    return [*said, *curves][:3]


def tile_of(view: View, measure: AnyMeasure, region: Place | None) -> Tile | None:
    """The tile of a measure in its latest period."""
    kind = queries.yearly_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind)
    if isinstance(measure, Count):
        rows = queries.series(view.release, view.scope, measure, view.place.enhet_id, kind)
        others = queries.background(view.release, measure, region, kind)
        return count_tile(measure, kind, period, rows, gaps, others)
    own = queries.curve_history(view.release, view.scope, measure, view.place.enhet_id)
    others = queries.curve_background(view.release, measure, region)
    return curve_tile(measure, period, own, gaps, others)


def _not_judged(featured: list[AnyMeasure], tiles: list[Tile]) -> list[str]:
    """The curves that nothing can be said of: without a whole period, or hidden."""
    there = {tile.measure.id for tile in tiles}
    absent = [one.short.lower() for one in featured if isinstance(one, Curve) and one.id not in there]
    return absent + not_judged(tiles)


def _bring_up(found: list[tuple[str, str]], silent: list[str], query: str) -> Component:
    heading = html.H2("Att ta upp", id="att-ta-upp")
    body: list[Component] = []
    if found:
        links = [html.A(text, href=f"{DETAILS.get(name, f'/matt/{name}')}{query}") for name, text in found]
        body = [html.Ul([html.Li(link) for link in links])]
    elif len(silent) < 2:
        body = [html.P("Inget utöver slump i det som går att bedöma.")]
    if silent:
        words = f"{' och '.join(silent)} kan inte bedömas: för få personer eller ingen hel tolvmånadersperiod."
        body.append(html.P(f"{words[0].upper()}{words[1:]}"))
    return html.Section([heading, *body], className="kort att-ta-upp", **{"aria-labelledby": "att-ta-upp"})
