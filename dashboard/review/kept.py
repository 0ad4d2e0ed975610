"""The report of a meeting: frozen as it was shown, and held against what is published now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.figures.signal import TARGETS, target_source
from dashboard.figures.tile import Tile
from dashboard.pages.glance import glance, signs_of, tiles_of
from dashboard.pages.view import View, view_of
from dashboard.queries import Place
from dashboard.release import Release
from dashboard.state import Frozen, State
from dashboard.texts.numbers import HIDDEN, number
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure, Count

ALSO = ("andel_partiell", "kompletterade")  # rows of the month besides the measures of Översikt
SEXES_OF_ROW = {"kvinnor": "kvinnor", "man": "män"}  # of a row of the report, and in a sentence
NO_LONGER = "visas inte längre"


def month_tiles(view: View) -> list[Tile]:
    """The measures of the month's table: those of Översikt, and two more, with their targets."""
    known = queries.measures(view.release)
    more = [known[name] for name in ALSO if name in known]
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
    return f"Mål: {'; '.join(said)}. {' '.join(sorted(sources))}" if said else ""


def as_shown(tiles: Sequence[Tile]) -> dict[str, Any]:
    """Measure id → the texts of its row."""
    return {
        tile.measure.id: {
            "matt": tile.label, "enhet": tile.unit, "period": tile.when, "kvinnor": tile.women, "man": tile.men,
            "skillnad": tile.gap, "signal": tile.signal,
        }
        for tile in tiles
    }  # fmt: skip


def freeze(release: Release, scope: Scope, place: Place, manad: str, state: State, av: str) -> int:
    """Keep what the month shows now. Returns the version. Raises Refused."""
    view = view_of(release, scope, f"?enhet={place.enhet_id}&manad={manad}")
    report = Frozen(
        enhet_id=place.enhet_id, manad=manad, version=0, utgava=release.facts["release_id"],
        data_tom=release.facts["data_tom"], innehall=as_shown(month_tiles(view)), av=av, tid="",
    )  # fmt: skip
    return state.freeze(scope, report)


def still_shown(report: Frozen, tiles: Sequence[Tile]) -> dict[str, Any]:
    """What was shown at the meeting, as far as it may be shown now: what is hidden now is hidden in the old report too."""
    now, shown = as_shown(tiles), {}
    for name, old in report.innehall.items():
        new = now.get(name, {})
        hidden = [sex for sex in SEXES_OF_ROW if new.get(sex) == HIDDEN and new["period"] == old["period"]]
        shown[name] = old | dict.fromkeys(hidden, HIDDEN) | ({"skillnad": new["skillnad"]} if hidden else {})
    return shown


def revisions(report: Frozen, tiles: Sequence[Tile]) -> list[tuple[str, str, str]]:
    """(measure and sex, then, now) of every value that is another now. Of what is hidden now the old value is not told:
    it would be known again."""
    now = as_shown(tiles)
    found = []
    for name, old in report.innehall.items():
        new = now.get(name, {})
        if new.get("period") != old["period"]:
            continue  # a later period has come: that is no correction
        for field, sex in SEXES_OF_ROW.items():
            if new[field] == HIDDEN != old[field]:
                found.append((f"{old['matt']}, {sex}", HIDDEN, NO_LONGER))
            elif new[field] != old[field]:
                found.append((f"{old['matt']}, {sex}", old[field], new[field]))
    return found
