"""The tables of diagrams for who opens them: /_tabell/<diagram> for the same view as the page, as the page's own elements."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from dashboard.access.scope import Scope
from dashboard.components.diagram import TABLES, table
from dashboard.components.plain import Element
from dashboard.pages.content import named
from dashboard.pages.encoded import as_json
from dashboard.pages.parts import safely, to_unit
from dashboard.pages.view import BESIDE, OutsideLattice, View, asked_view
from dashboard.release import Releases
from dashboard.report.refused import refused


def table_routes(releases: Releases, scope_of: Callable[[], Scope]) -> Blueprint:
    """404 for what does not exist, 403 for a unit outside the scope (or unknown)."""
    routes = Blueprint("tabell", __name__)

    @routes.get(f"{TABLES}<name>")
    def twin(name: str) -> Response:
        with refused():
            asked = request.query_string.decode()
            view = asked_view(releases.current(), scope_of(), asked, takes=frozenset({BESIDE}))
            shown = safely(lambda: _table(view, name))
        return Response(as_json(shown), mimetype="application/json")

    return routes


def _table(view: View, name: str) -> Element:
    content = named(view, name)
    if content is None:
        raise OutsideLattice
    return table(content.table, to_unit(view, content))
