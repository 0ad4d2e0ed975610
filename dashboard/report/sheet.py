"""The month of one place on one page: what stands in the report, from the same rows as the pages."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.figures.glance import signalling
from dashboard.figures.meeting import signals_by_size
from dashboard.figures.month import faults_sentence, received_sentence
from dashboard.figures.tile import Tile
from dashboard.pages.content import SIGNAL, main, named
from dashboard.pages.glance import glance, signs_of
from dashboard.pages.view import View, view_of
from dashboard.pages.written_content import today, written
from dashboard.queries import Place
from dashboard.review.kept import as_shown, month_tiles, revisions, still_shown
from dashboard.state import Post
from dashboard.state.kinds import BESLUT, STATUS, TO_DO
from dashboard.texts.numbers import counted_word, in_sentence, month

STEPS, USUAL = "kaskad", "pagaende"
NO_SIGNAL = "○ vanlig variation"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`rows` are texts by column, with `bild` (a drawing of the series); `largest`
    and `chain` the two charts; `before` and `now` the decisions of earlier meetings and of this one; `units` what stands
    of each unit in the report of an area."""

    view: View
    sentence: str
    gaps: str
    rows: tuple[dict[str, Any], ...]
    largest: Diagram | None
    chain: Diagram | None
    before: tuple[dict[str, str], ...]
    now: tuple[dict[str, str], ...]
    quality: tuple[str, ...]
    kept: dict[str, str] | None
    revised: tuple[tuple[str, str, str], ...]
    units: tuple[dict[str, str], ...]

    @property
    def title(self) -> str:
        return f"Månadsrapport sjukskrivning, {self.view.place.namn}, {month(self.view.manad)}"


def sheet(view: View) -> Sheet:
    """Everything that the report of the chosen place and month says. A report that was kept at the meeting shows the
    figures of then, and what has been revised since."""
    content = glance(view)
    tiles = month_tiles(view)
    kept = view.state.frozen(view.scope, view.place.enhet_id, view.manad) if view.state else None
    shown = still_shown(kept, tiles) if kept else as_shown(tiles)
    posts = written(view, *TO_DO)
    return Sheet(
        view=view,
        sentence=content.in_full,
        gaps=content.gaps,
        rows=tuple(_row(name, texts, tiles) for name, texts in shown.items()),
        largest=_largest(view),
        chain=_chain(view),
        before=tuple(_told(one) for one in posts if one.manad < view.manad and one.is_open),
        now=tuple(_told(one) for one in posts if one.manad == view.manad and one.slag == BESLUT),
        quality=_quality(view),
        kept={"av": kept.av, "tid": kept.tid[:10], "utgava": kept.utgava} if kept else None,
        revised=tuple(revisions(kept, tiles)) if kept else (),
        units=tuple(_units(view)),
    )


def _row(name: str, texts: dict[str, Any], tiles: Sequence[Tile]) -> dict[str, Any]:
    tile = next((one for one in tiles if one.measure.id == name), None)
    mark = "◆" if tile and tile.special else "○"
    sign = f"{mark} {in_sentence(texts['signal'].removeprefix('Signal: '))}" if texts["signal"] else "–"
    picture = base64.b64decode(tile.spark.partition(",")[2]).decode() if tile and tile.spark else ""
    shown = {**texts, "skillnad": texts["skillnad"].removeprefix("Skillnad ")}
    return {**shown, "tecken": sign, "bild": picture}


def changes(view: View) -> list[tuple[str, str]]:
    """(measure id, sentence) of every real change in the measures of Översikt, the largest first."""
    measures = {name: one for name, one in queries.measures(view.release).items() if one.featured}
    return signals_by_size(measures, signs_of(view, list(measures.values())))


def _largest(view: View) -> Diagram | None:
    """The process of the measure that has changed most, or of the usual one where nothing has."""
    names = [name for name, _ in changes(view)] + [USUAL]
    return next((chart for name in names if (chart := named(view, f"{name}-{SIGNAL}")) and chart.figure), None)


def _chain(view: View) -> Diagram | None:
    known = queries.measures(view.release).get(STEPS)
    return main(view, known) if known else None


def _told(post: Post) -> dict[str, str]:
    late = ", försenad" if post.is_overdue(today()) else ""
    return {
        "text": post.text, "ansvarig": post.ansvarig, "klart_senast": post.klart_senast, "matt": post.matt,
        "status": f"{STATUS[post.status].lower()}{late}",
    }  # fmt: skip


def _quality(view: View) -> tuple[str, ...]:
    faults = queries.faults(view.release, view.scope, view.place.enhet_id, view.manad)
    said = [
        view.month_note or f"{month(view.manad).capitalize()} är komplett.",
        received_sentence(queries.quality(view.release)),
        faults_sentence(faults, view.manad),
    ]
    return tuple(text for text in said if text)


def _units(view: View) -> list[dict[str, str]]:
    """Of every unit of an area: what has changed, and how it goes with its decisions. In the order of their names: no
    unit is better than another."""
    made = []
    for place in sorted(_leaves(view, view.place), key=lambda one: one.namn):
        own = view_of(view.release, view.scope, f"?enhet={place.enhet_id}&manad={view.manad}", state=view.state)
        posts = written(own, *TO_DO)
        late = sum(one.is_overdue(today()) for one in posts)
        going = sum(one.is_open for one in posts)
        where = place.omrade or "–"
        made.append(
            {"namn": place.namn, "inom": where, "signaler": _signs(own), "beslut": f"{going} pågår, {late} försenade"}
        )
    return made


def _leaves(view: View, place: Place) -> list[Place]:
    """The units of an area, also those of the areas within it."""
    parts = queries.inside(view.release, view.scope, place)
    return [leaf for part in parts for leaf in ([part] if part.niva == "enhet" else _leaves(view, part))]


def _signs(view: View) -> str:
    measures = {name: one for name, one in queries.measures(view.release).items() if one.featured}
    signs = signs_of(view, list(measures.values()))
    if not signs:
        return "för få kvartal"
    found = [row for rows in signs.values() for row in signalling(rows)]
    if not found:
        return NO_SIGNAL
    names = sorted({measures[row["matt_id"]].short.lower() for row in found})
    return f"◆ {counted_word(len(found), 'signal', 'signaler').lower()}: {', '.join(names)}"
