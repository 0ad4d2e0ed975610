"""How the door says no: a page to who follows a link, JSON to what a page of ours asks in the background."""

from flask import Flask, Response, jsonify, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as BaseResponse

from dashboard.access.passphrase import Busy
from dashboard.access.visitor import Visitor
from dashboard.signin.onward import SIGN_IN, asked_onward
from dashboard.signin.page import page
from dashboard.state import Unavailable
from dashboard.texts import signin as texts

OPEN_PAGE = "/tillganglighet"  # the law wants it to be read by everybody
Answer = Response | BaseResponse | tuple[Response, int] | tuple[str, int] | tuple[str, int, dict[str, str]] | str


def not_signed_in() -> Answer:
    """The way to the sign-in, and on to what was asked for."""
    if not _is_navigation():
        return _told(texts.SIGNED_OUT, 401)
    if asks_for_the_statement():
        return statement()
    return redirect(asked_onward(request.full_path.rstrip("?")))


def no_role(who: Visitor) -> Answer:
    if not _is_navigation():
        return _told(texts.NO_ROLE, 403)
    return page("besked.html", title=texts.NO_ROLE_TITLE, text=texts.NO_ROLE, who=who), 403


def asks_for_the_statement() -> bool:
    return request.method == "GET" and request.path.rstrip("/") == OPEN_PAGE


def statement(who: Visitor | None = None) -> str:
    """For those who cannot see it among the pages: nobody in particular, and who has no right to read."""
    return page("tillganglighet.html", who=who)


def unavailable() -> Answer:
    """It cannot be known who asks: nobody gets in."""
    if not (_is_navigation() or request.path.startswith(SIGN_IN)):
        return _told(texts.UNAVAILABLE, 503)
    return page("besked.html", title=texts.UNAVAILABLE_TITLE, text=texts.UNAVAILABLE), 503


def say_what_went_wrong(server: Flask) -> None:
    """Words of our own for a state that cannot be reached, for too many at once, and for a form of before."""

    @server.errorhandler(Unavailable)
    def _no_state(_fault: Unavailable) -> Answer:
        return unavailable()

    @server.errorhandler(Busy)
    def _later(_fault: Busy) -> Answer:
        return page("besked.html", title=texts.BUSY_TITLE, text=texts.BUSY), 429, {"Retry-After": "5"}

    @server.errorhandler(CSRFError)
    def _too_old(_fault: CSRFError) -> Answer:
        if request.path.startswith("/_") or "X-CSRFToken" in request.headers:
            return _told(texts.TOO_OLD, 400)
        return page("besked.html", title=texts.TOO_OLD_TITLE, text=texts.TOO_OLD), 400


def _told(text: str, status: int) -> tuple[Response, int]:
    request.get_data(cache=False)  # a connection that is closed with something unread in it loses the answer
    return jsonify(fel=[text]), status


def _is_navigation() -> bool:
    return request.method == "GET" and not request.path.startswith(("/_", "/assets/", "/session"))
