"""Signs a test in (a client, a session's name, or a whole server on which everybody is somebody) and asks for pages."""

import json
import re
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from typing import Any

from dash import Dash
from flask.testing import FlaskClient

from dashboard.access.roles import ROLES, Grant
from dashboard.access.visitor import LOCAL
from dashboard.signin.cookies import NAME, TOKEN
from dashboard.state import Refused, State, accounts
from dashboard.state.sessions import open_session


def account_of(state: State, role: str, units: Iterable[str] = ()) -> accounts.Account:
    """The account that tests have for a role (and units), made where it is not there."""
    units = sorted(units)
    name = "-".join(["prov", role, *units])[:100]
    found = accounts.find(state, name)
    if found is None:
        try:
            found = accounts.add(state, name, f"Prov {ROLES[role].label}")
        except Refused:  # another process was first
            return account_of(state, role, units)
        for unit in units or [""]:
            accounts.give(state, found.id, Grant(roll=role, enhet_id=unit), by="prov")
    return found


def session_of(app: Dash, role: str = "regionteam", units: Iterable[str] = ()) -> str:
    """What the cookie of somebody with this role holds."""
    state = app.server.extensions["sjukvy"].state
    return open_session(state, account_of(state, role, units).id, LOCAL)


def signed_in(app: Dash, role: str = "regionteam", units: Iterable[str] = ()) -> FlaskClient:
    """A client that is signed in, and shows with every request that it has read a page of ours."""
    client = app.server.test_client()
    client.set_cookie(NAME, session_of(app, role, units), secure=True, httponly=True)
    return with_token(client)


def with_token(client: FlaskClient, page: str = "/konto") -> FlaskClient:
    """The client, showing the token of a page that it has read."""
    client.get(page)
    client.environ_base["HTTP_X_CSRFTOKEN"] = client.get_cookie(TOKEN).value
    return client


def everybody_is(app: Dash, role: str = "regionteam") -> Callable[..., Any]:
    """The WSGI application, where a browser without a session is given one with its first request."""
    inner, token = app.server.wsgi_app, session_of(app, role)

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        held = environ.get("HTTP_COOKIE", "")
        if NAME not in SimpleCookie(held):
            environ["HTTP_COOKIE"] = f"{held}; {NAME}={token}".lstrip("; ")
        return inner(environ, start_response)

    return outer


def page_of(client: FlaskClient, path: str, search: str = "") -> tuple[int, str]:
    """The page of an address through the callback, as the browser asks for it: status, and its texts as one string."""
    wire = next(wire for wire in client.get("/_dash-dependencies").json if "innehall" in wire["output"])
    names = [part.rsplit(".", 1) for part in wire["output"].strip(".").split("...")]
    body = {
        "output": wire["output"],
        "outputs": [{"id": name, "property": field} for name, field in names],
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": ["url.pathname"],
    }
    answer = client.post("/_dash-update-component", json=body)
    return answer.status_code, json.dumps(answer.json, ensure_ascii=False)


def opened(client: FlaskClient, path: str, search: str = "") -> str:
    """The texts of a page, and of every table of it that a reader can open."""
    _, text = page_of(client, path, search)
    answers = [client.get(json.loads(found)) for found in re.findall(r'"/_tabell/[^"]+"', text)]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    return "\n".join([text, *(json.dumps(answer.json, ensure_ascii=False) for answer in answers)])
