"""The addresses of the review's files: the report as page, PDF and slides, ticked charts as slides, and the log."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.pages.to_apt import offered
from dashboard.pages.view import View, asked_view
from dashboard.release import Releases
from dashboard.report.files import made, slides
from dashboard.report.log import as_document, as_workbook
from dashboard.report.paper import NoPdf, report_page
from dashboard.report.refused import XLSX, refused
from dashboard.report.sheet import sheet
from dashboard.state import State
from dashboard.texts import states

log = logging.getLogger("sjukvy.export")
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
TICKED = "visa-"


def review_routes(releases: Releases, scope_of: Callable[[], Scope], written: State) -> Blueprint:
    """404 for what does not exist, 403 for a unit outside the scope (or unknown)."""
    routes = Blueprint("rapport", __name__)

    def view() -> View:
        """The unit and month of the address; which charts are ticked is no part of it."""
        with refused():
            asked = "&".join(part for part in request.query_string.decode().split("&") if not part.startswith(TICKED))
            return asked_view(releases.current(), scope_of(), asked, takes=frozenset(), state=written)

    @routes.get("/export/rapport.html")
    def report_html() -> Response:
        return Response(report_page(sheet(view()), f"{request.url_root}matt"), content_type="text/html; charset=utf-8")

    for name, ending, kind, make in FILES:
        address, answer = f"/export/{name}.{ending}", _answer(view, name, ending, kind, make)
        routes.add_url_rule(address, f"{name}_{ending}", answer)
    return routes


def _ticked(view: View) -> bytes:
    names = [name for name, _ in offered(view) if f"{TICKED}{name}" in request.args]
    return slides(view, names, request.url_root) if names else abort(400)


def _names(view: View) -> dict[str, str]:
    return {name: one.short for name, one in queries.with_shares(view.release).items()}


Make = Callable[[View], bytes]
FILES: tuple[tuple[str, str, str, Make], ...] = (
    ("rapport", "pdf", PDF, lambda view: made(view, "pdf", request.url_root)),
    ("rapport", "pptx", PPTX, lambda view: made(view, "pptx", request.url_root)),
    ("apt", "pptx", PPTX, _ticked),
    ("beslut", "xlsx", XLSX, lambda view: as_workbook(view, _names(view))),
    ("beslut", "pdf", PDF, lambda view: as_document(view, _names(view))),
)


def _answer(
    view_of_address: Callable[[], View], name: str, ending: str, kind: str, make: Make
) -> Callable[[], Response]:
    def answer() -> Response:
        view = view_of_address()
        try:
            body = make(view)
        except NoPdf:
            abort(503, states.NO_PDF)
        log.info("%s.%s for %s %s, %d bytes", name, ending, view.place.enhet_id, view.manad, len(body))
        file = f"sjukvy-{name}-{view.manad}.{ending}"
        return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'})

    return answer
