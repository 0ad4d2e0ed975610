"""Deny by default: before any rule of the app is reached, somebody with the right role is signed in, or nobody gets in."""

import secrets

from flask import Flask, abort, g, redirect, request

from dashboard.access.origin import from_elsewhere
from dashboard.access.roles import Right
from dashboard.access.visitor import Visitor
from dashboard.signin.cookies import NAME
from dashboard.signin.door import Door
from dashboard.signin.noted import EVENTS, note_what_came_of_it
from dashboard.signin.refusals import (
    Answer,
    asks_for_the_statement,
    no_role,
    not_signed_in,
    say_what_went_wrong,
    statement,
    unavailable,
)
from dashboard.state import Unavailable
from dashboard.state.sessions import note_seen, visitor
from dashboard.trail import Event

LARGEST_BODY = 1_000_000  # bytes of a request: a callback asks with a few hundred, a form with a few thousand
LONGEST_QUERY = 4_000  # bytes
ENTRANCE, ACCOUNT, HEALTH = "intrade", "eget", "halsa"  # blueprints: for nobody in particular, and for everybody inside
ASSETS, SIGN_IN_ASSETS = "_dash_assets.static", ("sjukvy.css", "inloggning.css")
CLOSED = ("/_reload-hash",)  # what Dash has for developers
# blueprint → the right it takes; whatever is not here takes the right to read something
NEEDS = {
    "konton": (Right.KONTON,),
    "skriv": (Right.SKRIVA,),
    "export": (Right.STATISTIK,),
    "tabell": (Right.STATISTIK,),
    "rapport": (Right.STATISTIK,),
}
FIRST = ((Right.DATAKVALITET, "/datakvalitet"), (Right.KONTON, "/admin"))
READING = (Right.STATISTIK, Right.DATAKVALITET)


def guard(server: Flask, door: Door) -> None:
    """To be called before anything else asks to see requests first."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def _guarded() -> Answer | None:
        g.request_id = secrets.token_hex(8)
        _refuse_oddities()
        try:
            g.visitor = _visitor(door)
        except Unavailable:
            return None if _is_open() else unavailable()
        if _is_open():
            return None
        if g.visitor is None:
            return not_signed_in()
        if _counts():
            note_seen(door.state, g.visitor)
        return _within_role(door, g.visitor)

    say_what_went_wrong(server)
    note_what_came_of_it(server, door)


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
    return found if found is not None and door.admits(found) else None


def _is_open() -> bool:
    """What is for everybody: the way in, whether the service lives, what the sign-in page looks like."""
    if request.blueprint in (ENTRANCE, HEALTH):
        return True
    return request.endpoint == ASSETS and (request.view_args or {}).get("filename") in SIGN_IN_ASSETS


def _counts() -> bool:
    """Whether the request is something that the visitor does: asking how long is left is not."""
    return not (request.blueprint == ACCOUNT and request.method == "GET" and request.path == "/session")


def _within_role(door: Door, who: Visitor) -> Answer | None:
    """Inside, but only where a role leads; who cannot see the first page is led to what they can see."""
    if request.endpoint in CLOSED:
        abort(404)
    if request.method == "GET" and request.path == "/" and not who.may(Right.STATISTIK):
        for right, elsewhere in FIRST:
            if who.may(right):
                return redirect(elsewhere)
    if request.blueprint == ACCOUNT or any(who.may(right) for right in NEEDS.get(request.blueprint or "", READING)):
        return None
    if asks_for_the_statement():
        return statement(who)
    if request.blueprint not in EVENTS:  # what became of those is noted with their answer
        door.note(Event.NEKAD_ATKOMST, who, what=request.path[:120], outcome="nekad")
    return no_role(who)
