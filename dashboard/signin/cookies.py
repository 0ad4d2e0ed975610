"""The three cookies: who is signed in, what forms are signed with, and what a page of ours shows that it has read."""

from flask import Flask, Response, request
from flask import session as form_session
from flask_wtf.csrf import CSRFProtect, generate_csrf

NAME = "__Host-sk"  # a random name of the session, and nothing else
FORMS, TOKEN = "__Host-sk-form", "__Host-sk-csrf"


def protect(server: Flask, secret: str) -> None:
    """Every request that is not a question must show a token that only a page of ours can read."""
    server.config.update(
        SECRET_KEY=secret, SESSION_COOKIE_NAME=FORMS, SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax", WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_HEADERS=["X-CSRFToken"],
    )  # fmt: skip
    CSRFProtect(server)

    @server.after_request
    def _token(response: Response) -> Response:
        if request.method == "GET" and response.mimetype == "text/html" and response.status_code != 304:
            response.set_cookie(TOKEN, generate_csrf(), secure=True, samesite="Strict", path="/")
        return response


def sign_in(response: Response, token: str) -> Response:
    """The browser holds the name of its session; what forms were signed with before is forgotten."""
    form_session.clear()
    response.set_cookie(NAME, token, secure=True, httponly=True, samesite="Lax", path="/")
    return response


def sign_out(response: Response) -> Response:
    form_session.clear()
    for name, hidden in ((NAME, True), (TOKEN, False)):
        response.delete_cookie(name, secure=True, httponly=hidden, path="/")
    return response
