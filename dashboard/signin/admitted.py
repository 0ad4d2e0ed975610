"""The moment somebody comes in."""

from collections.abc import Iterable

from flask import redirect, request
from werkzeug.wrappers import Response

from dashboard.access.roles import Grant
from dashboard.signin.cookies import NAME, sign_in
from dashboard.signin.door import Door
from dashboard.signin.onward import own_path
from dashboard.state import accounts
from dashboard.state.sessions import close_session, open_session, visitor
from dashboard.trail import Event


def admit(door: Door, account: accounts.Account, how: str, onward: str, grants: Iterable[Grant] = ()) -> Response:
    """A new session, whatever the browser held before."""
    if old := request.cookies.get(NAME):
        before = visitor(door.state, old)
        if before is not None:
            close_session(door.state, before.key)
    token = open_session(door.state, account.id, how, grants)
    door.note(Event.INLOGGNING, visitor(door.state, token), what=how)
    return sign_in(redirect(own_path(onward), 303), token)
