"""Puts the app together: pages, wires, files, headers. `create_app` may be called many times in one process."""

from collections.abc import Callable
from functools import partial
from typing import Any

import plotly
from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response as BaseResponse

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.components import frame
from dashboard.pages import find
from dashboard.pages.router import render
from dashboard.release import NothingPublished, Releases
from dashboard.report.review_routes import review_routes
from dashboard.report.routes import export_routes
from dashboard.review.routes import writing_routes
from dashboard.settings import DashboardSettings
from dashboard.state import State as Written
from dashboard.texts.numbers import month

INDEX = """<!DOCTYPE html>
<html lang="sv">
<head>{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>{%app_entry%}<footer class="dash">{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""
MOST_SENT = 1_000_000  # bytes of a request: a callback asks with a few hundred, a form with a few thousand
OWN_ROUTES = ("/_dash", "/assets/", "/export/", "/halsa", "/_favicon", "/_reload", "/static")

PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
SHOWN = (frame.MENY, frame.INNEHALL, frame.SIDFOT)
WIRES: tuple[tuple[Callable[..., Any], list[Output], list[Input]], ...] = (
    (
        render,
        [*(Output(name, "children") for name in SHOWN), Output(frame.VISAS, "data")],
        [Input(frame.URL, "pathname"), Input(frame.URL, "search")],
    ),
)  # fmt: skip
BROWSER_WIRES = (("visad", Output("status", "children"), [Input(frame.VISAS, "data")]),)


def create_app(settings: DashboardSettings) -> Dash:
    """The app on one folder of published releases. Everybody sees every unit until there is sign-in."""
    releases = Releases(settings.published)
    server = Flask("dashboard")
    server.json.sort_keys = False  # type: ignore[attr-defined]
    server.config["MAX_CONTENT_LENGTH"] = MOST_SENT
    _health(server, releases)
    written = Written(settings.state_address)
    server.register_blueprint(export_routes(releases, Scope.everything, written))
    server.register_blueprint(review_routes(releases, Scope.everything, written))
    server.register_blueprint(writing_routes(releases, Scope.everything, written))
    app = Dash(
        "dashboard", server=server, title="Sjukvy", update_title=None, index_string=INDEX, serve_locally=True,
        assets_folder="assets", enable_mcp=False, compress=False,
    )  # fmt: skip
    app.layout = partial(_layout, releases)
    for function, outputs, inputs in WIRES:
        app.callback(outputs, inputs)(partial(function, releases, Scope.everything, written))
    for name, output, inputs in BROWSER_WIRES:
        app.clientside_callback(ClientsideFunction("sjukvy", name), output, inputs)
    _versioned(server)
    _secure(app, server)
    return app


def _versioned(server: Flask) -> None:
    """Dash asks for plotly without a version, so that a browser could not keep it: lead to the address that has one, which
    Dash serves to be kept for a year."""
    version = plotly.__version__.replace(".", "_")
    kept = PLOTLY.replace(".min.js", f".v{version}m0.min.js")

    @server.before_request
    def _kept() -> BaseResponse | None:
        return redirect(kept) if request.path == PLOTLY else None


def _layout(releases: Releases) -> Any:
    """The shell with the choices of the current release; empty choices when nothing is published."""
    try:
        release = releases.current()
    except NothingPublished:
        return frame.frame([], [], demo=False)
    units = [(place.enhet_id, place.namn) for place in queries.places(release, Scope.everything())]
    months = [(row["manad"], month(row["manad"])) for row in queries.months(release)]
    return frame.frame(units, months, demo=release.is_demo)


def _health(server: Flask, releases: Releases) -> None:
    """Alive, and able to show something; registered before Dash, which answers every other path."""

    @server.get("/halsa")
    def alive() -> Response:
        return jsonify(status="ok")

    @server.get("/halsa/redo")
    def ready() -> tuple[Response, int]:
        try:
            release = releases.current()
        except NothingPublished:
            return jsonify(status="ingen utgåva"), 503
        # the one before is shown, and somebody must look: still ready, never "ok"
        status = "ok" if releases.refused is None else f"utgåva {releases.refused} kan inte visas"
        return jsonify(status=status, utgava=release.name, data_tom=release.facts["data_tom"]), 200


def _secure(app: Dash, server: Flask) -> None:
    # computed after every callback is registered: the call drains a list of inline scripts
    policy = (
        f"default-src 'none'; script-src 'self' {' '.join(app.csp_hashes())}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }

    @server.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(headers)
        if request.path == PLOTLY or not request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"
        if request.method == "GET" and not request.path.startswith(OWN_ROUTES) and find(request.path) is None:
            response.status_code = 404  # Dash answers every path with its index
        return response

    @server.errorhandler(Exception)
    def _refused(fault: Exception) -> Any:
        """A callback post that names what does not exist is the sender's fault, not the server's."""
        if isinstance(fault, HTTPException):
            return fault
        if request.path == "/_dash-update-component":
            return BadRequest()
        raise fault
