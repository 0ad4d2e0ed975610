"""Deny by default: before any rule of the app is reached, somebody with the right role is signed in, or nobody gets in."""

import secrets
from collections.abc import Callable

from flask import Flask, Response, abort, g, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard.access.origin import from_elsewhere
from dashboard.access.roles import Right
from dashboard.access.visitor import DEMO, Visitor
from dashboard.signin import current
from dashboard.signin.cookies import NAME
from dashboard.signin.door import Door
from dashboard.signin.onward import asked_onward
from dashboard.signin.page import page
from dashboard.state import Unavailable
from dashboard.state.sessions import note_seen, visitor
from dashboard.texts import signin as texts
from dashboard.trail import Event

LARGEST_BODY, LONGEST_QUERY = 1_000_000, 4_000  # bytes
ENTRANCE, ACCOUNT, HEALTH = "intrade", "eget", "halsa"  # blueprints: for nobody in particular, and for everybody inside
ASSETS, SIGN_IN_ASSETS = "_dash_assets.static", ("sjukvy.css", "inloggning.css")
OPEN_PAGE = "/tillganglighet"  # the law wants it to be read by everybody
CLOSED = ("/_reload-hash",)  # what Dash has for developers
# blueprint → the right it takes; whatever is not here takes the right to read something
NEEDS = {
    "konton": (Right.KONTON,),
    "skriv": (Right.SKRIVA,),
    "export": (Right.STATISTIK,),
    "rapport": (Right.STATISTIK,),
}
FIRST = ((Right.DATAKVALITET, "/datakvalitet"), (Right.KONTON, "/admin"))
READING = (Right.STATISTIK, Right.DATAKVALITET)
Answer = Response | BaseResponse | tuple[Response, int] | tuple[str, int] | str | None


def guard(server: Flask, door: Door) -> None:
    """To be called before anything else asks to see requests first."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def _guarded() -> Answer:
        g.request_id = secrets.token_hex(8)
        _refuse_oddities()
        try:
            g.visitor = _visitor(door)
        except Unavailable:
            return None if _is_open() else _unavailable()
        if _is_open():
            return None
        if g.visitor is None:
            return _not_signed_in()
        if _counts():
            note_seen(door.state, g.visitor)
        return _within_role(door, g.visitor)

    _noted(server, door)


def _refuse_oddities() -> None:
    if from_elsewhere(request.headers, request.host, request.method):
        abort(403)
    if (request.content_length or 0) > LARGEST_BODY:
        abort(413)
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)


def _visitor(door: Door) -> Visitor | None:
    token = request.cookies.get(NAME, "")
    found = visitor(door.state, token) if token else None
    if found is not None and found.how == DEMO and door.demo_release is None:
        return None
    return found


def _is_open() -> bool:
    """What is for everybody: the way in, whether the service lives, what the sign-in page looks like."""
    if request.blueprint in (ENTRANCE, HEALTH):
        return True
    return request.endpoint == ASSETS and (request.view_args or {}).get("filename") in SIGN_IN_ASSETS


def _counts() -> bool:
    """Whether the request is something that the visitor does: asking how long is left is not."""
    return not (request.blueprint == ACCOUNT and request.method == "GET" and request.path == "/session")


def _is_navigation() -> bool:
    return request.method == "GET" and not request.path.startswith(("/_", "/assets/", "/session"))


def _not_signed_in() -> Answer:
    if not _is_navigation():
        request.get_data(cache=False)  # a connection that is closed with something unread in it loses the answer
        return jsonify(fel=[texts.SIGNED_OUT]), 401
    if request.path.rstrip("/") == OPEN_PAGE:
        return page("tillganglighet.html")
    return redirect(asked_onward(request.full_path.rstrip("?")))


def _unavailable() -> Answer:
    if not _is_navigation():
        return jsonify(fel=[texts.UNAVAILABLE]), 503
    return page("besked.html", title=texts.UNAVAILABLE_TITLE, text=texts.UNAVAILABLE), 503


def _within_role(door: Door, who: Visitor) -> Answer:
    """Inside, but only where a role leads; who cannot see the first page is led to what they can see."""
    if request.endpoint in CLOSED:
        abort(404)
    if request.method == "GET" and request.path == "/" and not who.may(Right.STATISTIK):
        for right, elsewhere in FIRST:
            if who.may(right):
                return redirect(elsewhere)
    if request.blueprint == ACCOUNT or any(who.may(right) for right in NEEDS.get(request.blueprint or "", READING)):
        return None
    door.note(Event.NEKAD_ATKOMST, who, what=request.path[:120], outcome="nekad")
    if not _is_navigation():
        return jsonify(fel=[texts.NO_ROLE]), 403
    return page("besked.html", title=texts.NO_ROLE_TITLE, text=texts.NO_ROLE, who=who), 403


def _noted(server: Flask, door: Door) -> None:
    """Files that were fetched, what was written, and units that were refused, by what became of the request."""

    @server.after_request
    def _note(response: Response) -> Response:
        event = EVENTS.get(request.blueprint or "")
        who = current.visitor()
        if event is None or who is None:
            return response
        refused = response.status_code == 403
        if refused or response.status_code == 200:
            door.note(
                Event.NEKAD_ATKOMST if refused else event, who, enhet=request.args.get("enhet", "")[:64],
                what=f"{request.path} {request.args.get('manad', '')}"[:120], outcome="nekad" if refused else "ok",
            )  # fmt: skip
        return response


EVENTS = {"export": Event.EXPORT, "rapport": Event.RAPPORT, "skriv": Event.BESLUT}


def watched(door: Door, show: Callable[..., tuple]) -> Callable[..., tuple]:
    """The page callback, with a line in the trail for the unit that it showed or refused to show."""

    def shown(path: str | None, search: str | None) -> tuple:
        answer = show(path, search)
        said, who = answer[-1], current.visitor()
        refused = bool(said.get("nekad"))
        if who is not None and (refused or said["enhet"]):
            event = Event.NEKAD_ATKOMST if refused else Event.ENHET_VISAD
            what = f"{path} {said['manad'] or ''}".strip()[:120]
            door.note(event, who, enhet=said["enhet"] or "", what=what, outcome="nekad" if refused else "ok")
        return answer

    return shown
