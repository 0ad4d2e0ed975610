"""The report of a meeting: frozen as it was shown, and held against what is published now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.access.scope import Scope
from dashboard.figures.content import Diagram
from dashboard.pages.content import named
from dashboard.pages.view import View, view_of
from dashboard.queries import Place
from dashboard.release import Release
from dashboard.review.month import Month, Rows, Series, month_of
from dashboard.state import Frozen, State
from dashboard.texts import review as say
from dashboard.texts.numbers import HIDDEN

DRAWN = ("question", "title", "summary", "figure", "state", "notes")  # of a chart, what is kept


def freeze(release: Release, scope: Scope, place: Place, manad: str, state: State, av: str) -> int:
    """Keep what the month shows now. Returns the version. Raises Refused."""
    view = view_of(release, scope, f"?enhet={place.enhet_id}&manad={manad}", state=state)
    report = Frozen(
        enhet_id=place.enhet_id, manad=manad, version=0, utgava=release.facts["release_id"],
        data_tom=release.facts["data_tom"], innehall=packed(month_of(view)), av=av, tid="",
    )  # fmt: skip
    return state.freeze(scope, report)


def packed(content: Month) -> dict[str, Any]:
    """The month as it is kept: nothing but texts and numbers."""
    charts = [{"name": one.name} | {field: getattr(one, field) for field in DRAWN} for one in content.charts]
    return vars(content) | {"charts": charts}


def as_then(report: Frozen, now: Month, view: View) -> tuple[Month, bool]:
    """The month as it was shown at the meeting, as far as it may be shown now, and whether all of its drawings are of
    then. What is hidden now is hidden in the old report too: a drawing that shows it is drawn anew, and the sentence is
    said anew."""
    old, rows = report.innehall, still_shown(report, now.rows)
    charts = [chart for kept in old["charts"] if (chart := _drawn_then(view, kept))]
    of_then = len(charts) == len(old["charts"])
    said = now if rows != old["rows"] else Month(**old)
    then = Month(
        sentence=said.sentence,
        gaps=said.gaps,
        preliminary=old["preliminary"],
        rows=rows,
        series={name: _shown_then(old["series"].get(name, {}), series) for name, series in now.series.items()},
        charts=tuple(charts) if of_then else now.charts,
        quality=tuple(old["quality"]),
    )
    return then, of_then


def still_shown(report: Frozen, now: Rows) -> Rows:
    """The rows of the meeting, without what is hidden now."""
    shown = {}
    for name, old in report.innehall["rows"].items():
        new = now.get(name, {})
        hidden = [sex for sex in say.SEXES if new.get(sex) == HIDDEN and new["period"] == old["period"]]
        shown[name] = old | dict.fromkeys(hidden, HIDDEN) | ({"skillnad": new["skillnad"]} if hidden else {})
    return shown


def _shown_then(old: Series, now: Series) -> Series:
    """The values of then that are shown now too. Both series end with the same period."""
    return {sex: _both(values, now[sex][-len(values) :] if values else []) for sex, values in old.items()}


def _both(old: Sequence[float | None], now: Sequence[float | None]) -> list[float | None]:
    known = [*[None] * (len(old) - len(now)), *now]
    return [value if new is not None else None for value, new in zip(old, known, strict=True)]


def _drawn_then(view: View, kept: Mapping[str, Any]) -> Diagram | None:
    """The chart of the meeting; None where it shows anything that today's chart of the same does not."""
    now = named(view, kept["name"])
    if now is None or not points(kept["figure"]) <= points(now.figure):
        return None
    return replace(now, **{field: kept[field] for field in DRAWN})


def points(figure: Mapping[str, Any] | None) -> set[tuple[Any, ...]]:
    """(series, place on its axis) of every value that a figure draws as bar or line: rings and bands lie round those."""
    found = set()
    for trace in (figure or {"data": []})["data"]:
        if trace.get("fill") == "toself" or not (trace["type"] == "bar" or "lines" in trace.get("mode", "")):
            continue
        across, along = ("y", "x") if trace["type"] == "bar" else ("x", "y")
        series = (trace["type"], trace.get("name"), trace.get("xaxis"), trace.get("yaxis"))
        shown = zip(trace[across], trace[along], strict=True)
        found |= {(*series, str(at)) for at, value in shown if value is not None}
    return found


def revisions(report: Frozen, now: Rows) -> list[tuple[str, str, str]]:
    """(measure and sex, then, now) of every value that is another now. Of what is hidden now the old value is not told:
    it would be known again."""
    found = []
    for name, old in report.innehall["rows"].items():
        new = now.get(name, {})
        if new.get("period") != old["period"]:
            continue  # a later period has come: that is no correction
        for field, sex in say.SEXES.items():
            if new[field] == HIDDEN != old[field]:
                found.append((f"{old['matt']}, {sex}", HIDDEN, say.NO_LONGER))
            elif new[field] != old[field]:
                found.append((f"{old['matt']}, {sex}", old[field], new[field]))
    return found
