"""The month of one place on one page: what stands in the report, from the same rows as the pages."""

from dataclasses import dataclass
from typing import Any

from dashboard import queries
from dashboard.day import today
from dashboard.figures.glance import signalling
from dashboard.figures.spark import Series, picture
from dashboard.pages.glance import featured_ones, signs_of
from dashboard.pages.view import View, view_of
from dashboard.pages.written_content import written
from dashboard.queries import Place
from dashboard.review.kept import as_then, revisions
from dashboard.review.month import Month, month_of
from dashboard.state import Post
from dashboard.state.kinds import BESLUT, STATUS, TO_DO
from dashboard.texts.numbers import in_sentence, month
from dashboard.texts.report import sheet as say


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`month` is what is said and drawn, and `rows` its texts by column with `bild`, a drawing of the series; `before` and
    `now` the decisions of earlier meetings and of this one; `units` what stands of each unit in the report of an area.
    `kept` tells who kept the report and from which release, and `data_tom` how far the data of that release reach."""

    view: View
    month: Month
    rows: tuple[dict[str, Any], ...]
    data_tom: str
    before: tuple[dict[str, str], ...]
    now: tuple[dict[str, str], ...]
    kept: dict[str, Any] | None
    revised: tuple[tuple[str, str, str], ...]
    units: tuple[dict[str, str], ...]

    @property
    def title(self) -> str:
        return say.TITLE.format(place=self.view.place.namn, month=month(self.view.manad))


def sheet(view: View) -> Sheet:
    """Everything that the report of the chosen place and month says. A report that was kept at the meeting is the report
    of then, and tells what has been revised since."""
    published = month_of(view)
    kept = view.state.frozen(view.scope, view.place.enhet_id, view.manad) if view.state else None
    content, of_then = as_then(kept, published, view) if kept else (published, True)
    posts = written(view, *TO_DO)
    return Sheet(
        view=view,
        month=content,
        rows=tuple(_row(texts, content.series.get(name, {})) for name, texts in content.rows.items()),
        data_tom=kept.data_tom if kept else view.release.facts["data_tom"],
        before=tuple(_told(one) for one in posts if one.manad < view.manad and one.is_open),
        now=tuple(_told(one) for one in posts if one.manad == view.manad and one.slag == BESLUT),
        kept={"av": kept.av, "tid": kept.tid[:10], "utgava": kept.utgava, "ritad_da": of_then} if kept else None,
        revised=tuple(revisions(kept, published.rows)) if kept else (),
        units=tuple(_units(view)),
    )


def _row(texts: dict[str, str], series: Series) -> dict[str, Any]:
    mark = "◆" if texts["signal"].startswith(say.SIGNAL) else "○"
    sign = f"{mark} {in_sentence(texts['signal'].removeprefix(say.SIGNAL))}" if texts["signal"] else "–"
    shown = {**texts, "skillnad": texts["skillnad"].removeprefix(say.GAP)}
    return {**shown, "tecken": sign, "bild": picture(series)}


def _told(post: Post) -> dict[str, str]:
    status = STATUS[post.status].lower()
    return {
        "text": post.text, "ansvarig": post.ansvarig, "klart_senast": post.klart_senast, "matt": post.matt,
        "status": say.LATE.format(status=status) if post.is_overdue(today()) else status,
    }  # fmt: skip


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
        decisions = say.DECISIONS.format(going=going, late=late)
        made.append({"namn": place.namn, "inom": where, "signaler": _signs(own), "beslut": decisions})
    return made


def _leaves(view: View, place: Place) -> list[Place]:
    """The units of an area, also those of the areas within it."""
    parts = queries.inside(view.release, view.scope, place)
    return [leaf for part in parts for leaf in ([part] if part.niva == "enhet" else _leaves(view, part))]


def _signs(view: View) -> str:
    measures = {one.id: one for one in featured_ones(view)}
    signs = signs_of(view, list(measures.values()))
    if not signs:
        return say.TOO_FEW
    found = [row for rows in signs.values() for row in signalling(rows)]
    if not found:
        return say.NO_SIGNAL
    names = sorted({measures[row["matt_id"]].short.lower() for row in found})
    return say.signals(len(found), names)
