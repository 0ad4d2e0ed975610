"""Beslut och åtgärder: what was decided, whether it was done, and what the measure has shown since."""

from dashboard import queries
from dashboard.components.plain import Element, html
from dashboard.components.written import notes
from dashboard.day import today
from dashboard.pages.parts import head, safely
from dashboard.pages.view import View
from dashboard.pages.written_content import table, versions, written
from dashboard.state import Post
from dashboard.state.kinds import KOMMENTAR, TO_DO, UPPFOLJNING
from dashboard.texts.pages import beslut as say
from dashboard.texts.pages import site
from dashboard.texts.review import NOTHING_WRITTEN, WRITTEN_AT


def build(view: View, _rest: str) -> list[Element]:
    return [*head(view, site.DECISIONS, say.LEAD), safely(lambda: _log(view))]


def _log(view: View) -> Element:
    found = [one for one in written(view, *TO_DO) if not view.matt or one.matt == view.matt]
    now = today()
    late = [one for one in found if one.is_overdue(now)]
    going = [one for one in found if one.is_open and one not in late]
    done = [one for one in found if not one.is_open]
    parts = [
        _part(view, name, title, posts)
        for name, title, posts in (
            ("forsenade", say.LATE, late),
            ("pagaende", say.GOING, going),
            ("avslutade", say.DONE, done),
        )
        if posts
    ]
    return html.Div([_filter(view), *(parts or [_nothing(view)]), *_notes(view), _files(view)])


def _nothing(view: View) -> Element:
    return html.P([f"{NOTHING_WRITTEN} ", html.A(WRITTEN_AT, href=f"/manad{view.query}")])


def _part(view: View, name: str, title: str, posts: list[Post]) -> Element:
    return html.Section(
        [html.H2(title, id=name), table(view, posts, say.CAPTION.format(which=title)), versions(view, posts)],
        className="kort",
        **{"aria-labelledby": name},
    )


def _filter(view: View) -> Element:
    """Links to the decisions about one measure, and back to all."""
    names = {name: one.short for name, one in queries.with_shares(view.release).items()}
    there = sorted({one.matt for one in written(view, *TO_DO) if one.matt in names})
    if len(there) < 2:
        return html.Div()
    links = [(say.EVERY, "", not view.matt), *((names[one], f"&matt={one}", one == view.matt) for one in there)]
    return html.Nav(
        html.Ul(
            [
                html.Li(html.A(text, href=f"/beslut{view.query}{more}", **({"aria-current": "true"} if now else {})))
                for text, more, now in links
            ]
        ),
        className="val",
        **{"aria-label": site.MEASURES},
    )


def _notes(view: View) -> list[Element]:
    found = [(title, written(view, slag)) for title, slag in ((say.FOLLOW_UPS, UPPFOLJNING), (say.COMMENTS, KOMMENTAR))]
    return [html.Section([html.H2(title), notes(posts)], className="kort") for title, posts in found if posts]


def _files(view: View) -> Element:
    links = [
        html.A(say.DOWNLOAD.format(kind=label), href=f"/export/beslut.{ending}{view.query}", className="lank")
        for label, ending in (("Excel", "xlsx"), ("PDF", "pdf"))
    ]
    return html.P(links, className="nedladdning")
