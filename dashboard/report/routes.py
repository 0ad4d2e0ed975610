"""The addresses of files: /export/<measure>.csv and .xlsx, for the same view as the page."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from dashboard.access.scope import Forbidden, Scope
from dashboard.figures.content import Diagram
from dashboard.pages.content import named
from dashboard.pages.view import BESIDE, OutsideLattice, UnknownMonth, View, view_of
from dashboard.release import NothingPublished, Releases
from dashboard.report.export import DIALECTS, as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_routes(releases: Releases, scope_of: Callable[[], Scope]) -> Blueprint:
    """404 for what does not exist, 403 for a unit outside the scope (or unknown), never a partial file."""
    routes = Blueprint("export", __name__)

    @routes.get("/export/<name>.csv")
    def csv_file(name: str) -> Response:
        dialect = request.args.get("dialekt", "svensk")
        if dialect not in DIALECTS:
            abort(400)
        view, content = _content(releases, scope_of(), name)
        body = as_csv(content, view.release.facts, dialect=dialect, link=_link(view, content))
        return _attachment(body, f"sjukvy-{name}-{view.manad}.csv", "text/csv; charset=utf-8")

    @routes.get("/export/<name>.xlsx")
    def xlsx_file(name: str) -> Response:
        view, content = _content(releases, scope_of(), name)
        body = as_xlsx(content, view.release.facts, link=_link(view, content))
        return _attachment(body, f"sjukvy-{name}-{view.manad}.xlsx", XLSX)

    return routes


def _content(releases: Releases, scope: Scope, name: str) -> tuple[View, Diagram]:
    try:
        release = releases.current()
        view = view_of(release, scope, request.query_string.decode(), takes=frozenset({"kapitel", "dialekt", BESIDE}))
        content = named(view, name)
    except Forbidden:
        abort(403)
    except (NothingPublished, UnknownMonth, OutsideLattice):
        abort(404)
    if content is None:
        abort(404)
    return view, content


def _link(view: View, content: Diagram) -> str:
    """Whole, so that it leads back from a file that has been sent on."""
    return f"{request.url_root}matt/{content.measure}{view.query}#sa-raknar-vi"


def _attachment(body: bytes, name: str, kind: str) -> Response:
    return Response(
        body, mimetype=None, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
