"""Puts the app together: pages, wires, files, headers. `create_app` may be called many times in one process."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import plotly
from dash import ClientsideFunction, Dash, Input, Output
from flask import Blueprint, Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.wrappers import Response as BaseResponse

from dashboard import queries
from dashboard.access.oidc.provider import Provider
from dashboard.access.roles import Right
from dashboard.components import frame
from dashboard.pages import find
from dashboard.pages.router import render
from dashboard.release import NothingPublished, Releases
from dashboard.report.review_routes import review_routes
from dashboard.report.routes import export_routes
from dashboard.report.tables import table_routes
from dashboard.review.routes import writing_routes
from dashboard.settings import DashboardSettings
from dashboard.signin import current
from dashboard.signin.admin import admin_routes
from dashboard.signin.cookies import TOKEN, protect
from dashboard.signin.door import Door
from dashboard.signin.entrance import entrance_routes
from dashboard.signin.guard import HEALTH, guard
from dashboard.signin.noted import watched
from dashboard.signin.own import own_routes
from dashboard.signin.secret import secret_of
from dashboard.state import State as Written
from dashboard.texts import browser, states
from dashboard.texts.numbers import month
from dashboard.texts.pages.site import PRODUCT
from dashboard.trail import Trail

INDEX = """<!DOCTYPE html>
<html lang="sv">
<head>{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>{%favicon%}{%css%}<script type="application/json" id="texter">TEXTS</script></head>
<body>{%app_entry%}<footer class="dash">{%config%}{%scripts%}{%renderer%}</footer></body>
</html>""".replace("TEXTS", json.dumps(browser.SAID, ensure_ascii=False))
OWN_ROUTES = (
    "/_dash", "/assets/", "/export/", "/halsa", "/_favicon", "/_reload", "/_tabell/", "/static", "/logga-", "/konto",
    "/session", "/admin",
)  # fmt: skip

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
    """The app on one folder of published releases. Nobody sees anything before signing in."""
    releases, written = Releases(settings.published), Written(settings.state_address)
    server = Flask("dashboard", static_folder=None)
    server.json.sort_keys = False  # type: ignore[attr-defined]
    door = _door(settings, releases, written)
    server.extensions["sjukvy"] = door
    guard(server, door)  # first of all that looks at a request
    protect(server, secret_of(settings.signin, settings.state_folder))
    figures, writing = partial(current.scope, Right.STATISTIK), partial(current.scope, Right.SKRIVA)
    for routes in (
        _health(releases), entrance_routes(door), own_routes(door), admin_routes(door),
        table_routes(releases, figures), export_routes(releases, figures, written),
        review_routes(releases, figures, written),
        writing_routes(releases, writing, written, current.signed),
    ):  # fmt: skip
        server.register_blueprint(routes)
    app = Dash(
        "dashboard", server=server, title=PRODUCT, update_title=None, index_string=INDEX, serve_locally=True,
        assets_folder="assets", enable_mcp=False, compress=False, csrf_token_name=TOKEN,
    )  # fmt: skip
    app.layout = partial(_layout, releases)
    for function, outputs, inputs in WIRES:
        app.callback(outputs, inputs)(watched(door, partial(function, releases, current.scope, written)))
    for name, output, inputs in BROWSER_WIRES:
        app.clientside_callback(ClientsideFunction("sjukvy", name), output, inputs)
    _versioned(server)
    _secure(app, server, settings.signin.provider_origin)
    return app


def _door(settings: DashboardSettings, releases: Releases, written: Written) -> Door:
    signin = settings.signin
    return Door(
        settings=signin, state=written, releases=releases, trail=Trail(settings.state_address),
        provider=Provider(signin) if signin.issuer else None, address=settings.address, demo=settings.demo,
    )  # fmt: skip


def _versioned(server: Flask) -> None:
    """Dash asks for plotly without a version, so that a browser could not keep it: lead to the address that has one, which
    Dash serves to be kept for a year."""
    version = plotly.__version__.replace(".", "_")
    kept = PLOTLY.replace(".min.js", f".v{version}m0.min.js")

    @server.before_request
    def _kept() -> BaseResponse | None:
        return redirect(kept) if request.path == PLOTLY else None


def _layout(releases: Releases) -> Any:
    """The shell with the choices that the visitor has in the current release; none when nothing is published, and none
    where nobody asks."""
    who = current.visitor()
    try:
        release = releases.current()
    except NothingPublished:
        return frame.frame([], [], demo=False, who=who)
    scope = current.scope(Right.DATAKVALITET)
    units = [(place.enhet_id, place.namn) for place in queries.places(release, scope)]
    months = [(row["manad"], month(row["manad"])) for row in queries.months(release)] if who else []
    return frame.frame(units, months, demo=release.is_demo, who=who)


def _health(releases: Releases) -> Blueprint:
    """Alive, and able to show something; for everybody, and registered before Dash, which answers every other path."""
    routes = Blueprint(HEALTH, __name__)

    @routes.get("/halsa")
    def alive() -> Response:
        return jsonify(status="ok")

    @routes.get("/halsa/redo")
    def ready() -> tuple[Response, int]:
        try:
            release = releases.current()
        except NothingPublished:
            return jsonify(status=states.NO_RELEASE), 503
        # the one before is shown, and somebody must look: still ready, never "ok"
        status = "ok" if releases.refused is None else states.REFUSED_RELEASE.format(name=releases.refused)
        return jsonify(status=status, utgava=release.name, data_tom=release.facts["data_tom"]), 200

    return routes


OWN = "'self'"  # of the browser's policy


def _secure(app: Dash, server: Flask, provider: str) -> None:
    # computed after every callback is registered: the call drains a list of inline scripts
    policy = (
        f"default-src 'none'; script-src 'self' {' '.join(app.csp_hashes())}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        f"form-action {' '.join(filter(None, (OWN, provider)))}; "
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
        shown = request.method == "GET" and response.status_code == 200
        if shown and not request.path.startswith(OWN_ROUTES) and find(request.path) is None:
            response.status_code = 404  # Dash answers every path with its index
        return response

    @server.errorhandler(Exception)
    def _refused(fault: Exception) -> Any:
        """A callback or a file of Dash's that names what does not exist is the sender's fault, not the server's."""
        if isinstance(fault, HTTPException):
            return fault
        if request.path == "/_dash-update-component":
            return BadRequest()
        if request.path.startswith("/_dash-component-suites/"):
            return NotFound()
        raise fault
