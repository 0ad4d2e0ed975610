"""What the report of a month says and draws: the same rows as the pages, as they are kept when a meeting is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.figures.meeting import signals_by_size
from dashboard.figures.month import faults_sentence, received_sentence
from dashboard.figures.signal import target_source
from dashboard.figures.spark import Series
from dashboard.figures.tile import Tile
from dashboard.pages.content import SIGNAL, main, named
from dashboard.pages.glance import featured_ones, glance, prepare_tiles, signs_of, tiles_of
from dashboard.pages.view import View
from dashboard.texts import review as say
from dashboard.texts.figures.signal import TARGETS
from dashboard.texts.numbers import month, number
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure, Count

ALSO = ("andel_partiell", "kompletterade")  # rows of the month besides the measures of Översikt
STEPS, USUAL = "kaskad", "pagaende"
Rows = Mapping[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Month:
    """`rows` are the texts of each measure by its id, and `series` what its small picture draws. `charts` are at most
    two."""

    sentence: str
    gaps: str
    preliminary: bool
    rows: Rows
    series: Mapping[str, Series]
    charts: tuple[Diagram, ...]
    quality: tuple[str, ...]


def month_of(view: View) -> Month:
    """The chosen place and month as they are published now."""
    tiles, content = month_tiles(view), glance(view)
    return Month(
        sentence=content.in_full,
        gaps=content.gaps,
        preliminary=view.preliminary,
        rows=as_shown(tiles),
        series={tile.measure.id: tile.series for tile in tiles},
        charts=tuple(chart for chart in (_largest(view), _chain(view)) if chart),
        quality=tuple(quality_words(view)),
    )


def month_tiles(view: View) -> list[Tile]:
    """The measures of the month's table: those of Översikt, and two more, with their targets."""
    known = queries.measures(view.release)
    more = [known[name] for name in ALSO if name in known]
    prepare_tiles(view, [*featured_ones(view), *more])
    tiles = [*glance(view).tiles, *tiles_of(view, more, signs_of(view, more))]
    asked = [tile.measure for tile in tiles if isinstance(tile.measure, Count)]
    queries.processes(view.release, view.scope, asked, view.place.enhet_id, view.manad)
    return [_with_target(view, tile) for tile in tiles]


def _with_target(view: View, tile: Tile) -> Tile:
    """The tile, saying whether a target is met; unchanged where nobody has set one."""
    said = target_words(view, tile.measure)
    return replace(tile, signal=". ".join(part for part in (tile.signal, said) if part)) if said else tile


def target_words(view: View, measure: AnyMeasure) -> str:
    """Whether a target that people have set is met, by sex; empty without one."""
    if not isinstance(measure, Count):
        return ""
    rows = queries.process(view.release, view.scope, measure, view.place.enhet_id, view.manad)
    last = {row["kon"]: row for row in rows}
    said = [
        f"{SEXES[sex].label.lower()} {TARGETS[last[sex]['mal_nas']]} ({number(last[sex]['mal'], 1)})"
        for sex in ("K", "M")
        if sex in last and last[sex]["mal"] is not None and last[sex]["mal_nas"]
    ]
    sources = {target_source(last[sex]) for sex in ("K", "M") if sex in last and last[sex]["mal_nas"]}
    return say.TARGET.format(said="; ".join(said), sources=" ".join(sorted(sources))) if said else ""


def as_shown(tiles: Sequence[Tile]) -> Rows:
    """Measure id → the texts of its row."""
    return {
        tile.measure.id: {
            "matt": tile.label, "enhet": tile.unit, "period": tile.when, "kvinnor": tile.women, "man": tile.men,
            "skillnad": tile.gap, "signal": tile.signal,
        }
        for tile in tiles
    }  # fmt: skip


def changes(view: View) -> list[tuple[str, str]]:
    """(measure id, sentence) of every real change in the measures of Översikt, the largest first."""
    measures = {one.id: one for one in featured_ones(view)}
    return signals_by_size(measures, signs_of(view, list(measures.values())))


def _largest(view: View) -> Diagram | None:
    """The process of the measure that has changed most, or of the usual one where nothing has."""
    names = [name for name, _ in changes(view)] + [USUAL]
    return next((chart for name in names if (chart := named(view, f"{name}-{SIGNAL}")) and chart.figure), None)


def _chain(view: View) -> Diagram | None:
    known = queries.measures(view.release).get(STEPS)
    return main(view, known) if known else None


def quality_words(view: View) -> list[str]:
    """Whether the month is whole, what was received and what was wrong with it."""
    faults = queries.faults(view.release, view.scope, view.place.enhet_id, view.manad)
    said = [
        view.month_note or say.COMPLETE.format(month=month(view.manad).capitalize()),
        received_sentence(queries.quality(view.release)),
        faults_sentence(faults, view.manad),
    ]
    return [text for text in said if text]
