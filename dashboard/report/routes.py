"""The addresses of files: /export/<diagram>.csv and .xlsx for the same view as the page, /export/manad.xlsx for a month."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, abort, request

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.figures.content import Diagram
from dashboard.pages.content import named
from dashboard.pages.manad import exported
from dashboard.pages.view import BESIDE, OutsideLattice, UnknownMonth, View, view_of
from dashboard.release import NothingPublished, Releases
from dashboard.report.export import DIALECTS, as_csv, as_xlsx
from dashboard.report.origin import Origin

log = logging.getLogger("sjukvy.export")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTH = "manad"
TAKES = frozenset({"kapitel", "dialekt", BESIDE})


def export_routes(releases: Releases, scope_of: Callable[[], Scope]) -> Blueprint:
    """404 for what does not exist, 403 for a unit outside the scope (or unknown), never a partial file."""
    routes = Blueprint("export", __name__)

    @routes.get("/export/<name>.csv")
    def csv_file(name: str) -> Response:
        dialect = request.args.get("dialekt", "svensk")
        if dialect not in DIALECTS:
            abort(400)
        view, (content,) = _contents(releases, scope_of(), name)
        body = as_csv(content, _origin(view, content), dialect=dialect)
        return _attachment(view, body, name, "csv", "text/csv; charset=utf-8")

    @routes.get("/export/<name>.xlsx")
    def xlsx_file(name: str) -> Response:
        view, found = _contents(releases, scope_of(), name, together=exported if name == MONTH else None)
        body = as_xlsx([(content, _origin(view, content)) for content in found])
        return _attachment(view, body, name, "xlsx", XLSX)

    return routes


def _contents(
    releases: Releases, scope: Scope, name: str, together: Callable[[View], list[Diagram]] | None = None
) -> tuple[View, list[Diagram]]:
    with _refused():
        view = view_of(releases.current(), scope, request.query_string.decode(), takes=TAKES)
        one = None if together else named(view, name)
        found = together(view) if together else [one] if one else []
    if not found:
        abort(404)
    return view, found


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except Forbidden:
        abort(403)
    except (NothingPublished, UnknownMonth, OutsideLattice):
        abort(404)


def _origin(view: View, content: Diagram) -> Origin:
    """The link is whole, so that it leads back from a file that has been sent on."""
    return Origin(
        place=view.place.namn,
        enhet_id=view.place.enhet_id,
        manad=view.manad,
        lage=view.lage,
        beside=tuple(one.namn for one in view.med),
        facts=view.release.facts,
        definition=queries.with_shares(view.release)[content.measure].definition,
        link=f"{request.url_root}matt/{content.measure}{view.query}#sa-raknar-vi",
    )


def _attachment(view: View, body: bytes, name: str, ending: str, kind: str) -> Response:
    log.info("%s.%s for %s %s, %d bytes", name, ending, view.place.enhet_id, view.manad, len(body))
    file = f"sjukvy-{name}-{view.manad}.{ending}"
    return Response(
        body, mimetype=None, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
