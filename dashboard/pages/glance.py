"""A place in ten seconds: its tiles, what they say together and what is worth bringing up; for Översikt and the month."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.components.plain import Element, html
from dashboard.figures.funnel import differing_sentence
from dashboard.figures.glance import gaps_sentence, not_judged, signalling, signals_sentence, to_bring_up, with_signal
from dashboard.figures.signal import sign_sentence
from dashboard.figures.tile import Tile, count_tile, curve_tile
from dashboard.pages.view import View
from dashboard.queries import Place
from dashboard.texts import states
from dashboard.texts.pages import diagrams as say
from schemas.measure import AnyMeasure, Count, Curve

DETAILS = {"atergang": "/atergang", "avslut": "/atergang", "tackning": "/koordinering"}
MOST = 3  # things to bring up on Översikt


@dataclass(frozen=True, kw_only=True)
class Glance:
    """`signals` and `gaps` are what the tiles say together, `in_full` every signal by name. `found` are
    (measure id, text), the most important first;
    `silent` the curves that nothing can be said of."""

    signals: str
    in_full: str
    gaps: str
    tiles: tuple[Tile, ...]
    found: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]


def glance(view: View) -> Glance:
    """The featured measures of the chosen place and month."""
    measures, featured = queries.measures(view.release), featured_ones(view)
    signs = signs_of(view, featured)
    tiles = tiles_of(view, featured, signs)
    apart = queries.differing(view.release, view.scope, view.place.enhet_id, view.manad)
    found = [(name, sign_sentence(measures[name], row)) for name, rows in signs.items() for row in signalling(rows)]
    found += [(row["matt_id"], differing_sentence(measures[row["matt_id"]], row)) for row in apart]
    return Glance(
        signals=signals_sentence(tiles, signs),
        in_full=signals_sentence(tiles, signs, most=len(tiles) * 2),
        gaps=gaps_sentence(tiles),
        tiles=tuple(tiles),
        found=(*found, *to_bring_up(tiles)),
        silent=tuple(not_judged(tiles, featured)),
    )


def featured_ones(view: View) -> list[AnyMeasure]:
    """The measures of Översikt."""
    return [measure for measure in queries.measures(view.release).values() if measure.featured]


def signs_of(view: View, measures: Sequence[AnyMeasure]) -> dict[str, list[queries.Row]]:
    """The followed series of the measures in the last quarter, by measure and in their order."""
    found: dict[str, list[queries.Row]] = {measure.id: [] for measure in measures}
    for row in queries.signs_now(view.release, view.scope, view.place.enhet_id, view.manad):
        if row["matt_id"] in found:
            found[row["matt_id"]].append(row)
    return {name: rows for name, rows in found.items() if rows}


def tiles_of(view: View, measures: Sequence[AnyMeasure], signs: dict[str, list[queries.Row]]) -> list[Tile]:
    """A tile of every measure that has a period by the chosen month."""
    prepare_tiles(view, measures)
    region = _behind(view)
    made = [_tile(view, measure, region) for measure in measures if isinstance(measure, Count | Curve)]
    return [with_signal(tile, signs.get(tile.measure.id, ())) for tile in made if tile is not None]


def prepare_tiles(view: View, measures: Sequence[AnyMeasure]) -> None:
    """Asks at once what the tiles of all of these need."""
    asked = [(measure, queries.yearly_kind(measure)) for measure in measures]
    queries.prepare(view.release, view.scope, asked, view.place.enhet_id)
    queries.prepare_background(view.release, asked, _behind(view))


def _behind(view: View) -> Place | None:
    return queries.region_of(view.release, view.place) if view.place.niva != "region" else None


def _tile(view: View, measure: Count | Curve, region: Place | None) -> Tile | None:
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


def in_words(content: Glance, *, in_full: bool = False) -> Element:
    return html.P([html.Strong(content.in_full if in_full else content.signals), " ", content.gaps], className="mening")


def bring_up(content: Glance, query: str) -> Element:
    """At most so many links to the evidence, that nothing stands out, and what cannot be judged."""
    heading = html.H2(say.BRING_UP, id="att-ta-upp")
    body = bring_up_list(content, query, most=MOST)
    return html.Section([heading, body], className="kort att-ta-upp", **{"aria-labelledby": "att-ta-upp"})


def bring_up_list(content: Glance, query: str, *, most: int) -> Element:
    body: list[Element] = []
    if content.found:
        links = [
            html.A(text, href=f"{DETAILS.get(name, f'/matt/{name}')}{query}") for name, text in content.found[:most]
        ]
        body = [html.Ul([html.Li(link) for link in links])]
    elif len(content.silent) < 2:
        body = [html.P(states.NOTHING_TO_BRING_UP)]
    if content.silent:
        body.append(html.P(say.not_judged(content.silent)))
    return html.Div(body)
