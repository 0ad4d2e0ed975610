"""The addresses of files: /export/<diagram>.csv and .xlsx for the same view as the page, /export/manad.xlsx for a month."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from dashboard.access.scope import Scope
from dashboard.figures.content import Diagram
from dashboard.pages.content import named
from dashboard.pages.manad import exported
from dashboard.pages.view import BESIDE, View, asked_view
from dashboard.release import Releases
from dashboard.report.export import DIALECTS, as_csv, as_xlsx
from dashboard.report.files import origin_of
from dashboard.report.refused import XLSX, refused
from dashboard.state import State

log = logging.getLogger("sjukvy.export")

MONTH = "manad"
TAKES = frozenset({"kapitel", "dialekt", BESIDE})


def export_routes(releases: Releases, scope_of: Callable[[], Scope], written: State) -> Blueprint:
    """404 for what does not exist, 403 for a unit outside the scope (or unknown), never a partial file."""
    routes = Blueprint("export", __name__)

    @routes.get("/export/<name>.csv")
    def csv_file(name: str) -> Response:
        dialect = request.args.get("dialekt", "svensk")
        if dialect not in DIALECTS:
            abort(400)
        view, (content,) = _contents(releases, scope_of(), written, name)
        body = as_csv(content, origin_of(view, content, request.url_root), dialect=dialect)
        return _attachment(view, body, name, "csv", "text/csv; charset=utf-8")

    @routes.get("/export/<name>.xlsx")
    def xlsx_file(name: str) -> Response:
        view, found = _contents(releases, scope_of(), written, name, together=exported if name == MONTH else None)
        body = as_xlsx([(content, origin_of(view, content, request.url_root)) for content in found])
        return _attachment(view, body, name, "xlsx", XLSX)

    return routes


def _contents(
    releases: Releases, scope: Scope, written: State, name: str,
    together: Callable[[View], list[Diagram]] | None = None,
) -> tuple[View, list[Diagram]]:  # fmt: skip
    with refused():
        view = asked_view(releases.current(), scope, request.query_string.decode(), takes=TAKES, state=written)
        one = None if together else named(view, name)
        found = together(view) if together else [one] if one else []
    if not found:
        abort(404)
    return view, found


def _attachment(view: View, body: bytes, name: str, ending: str, kind: str) -> Response:
    log.info("%s.%s for %s %s, %d bytes", name, ending, view.place.enhet_id, view.manad, len(body))
    file = f"sjukvy-{name}-{view.manad}.{ending}"
    return Response(
        body, mimetype=None, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
