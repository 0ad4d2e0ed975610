"""What everybody inside may do with their own sign-in: see how long it lasts, prolong it, change the passphrase."""

import time

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard.access import passphrase
from dashboard.access.roles import ROLES
from dashboard.access.visitor import LOCAL, WARNING
from dashboard.signin import current
from dashboard.signin.door import Door
from dashboard.signin.page import page
from dashboard.state import accounts
from dashboard.state.attempts import claim, forgive
from dashboard.state.sessions import close_all, prolong
from dashboard.texts import signin as texts
from dashboard.trail import Event

Answer = Response | BaseResponse | tuple[str, int] | str


def own_routes(door: Door) -> Blueprint:
    """For whoever is signed in, whatever the role."""
    routes = Blueprint("eget", __name__)

    @routes.get("/session")
    def left() -> Response:
        who, now = current.known(), time.time()
        return jsonify(kvar=who.left(now), langst=who.longest(now), varna=WARNING)

    @routes.post("/session")
    def longer() -> Response:
        prolong(door.state, current.known())
        return jsonify(kvar=current.known().longest(time.time()), varna=WARNING)

    @routes.get("/konto")
    def mine() -> Answer:
        return _mine(door, [], texts.DONE["losen"] if "gjort" in request.args else "")

    @routes.post("/konto")
    def change() -> Answer:
        return _change(door)

    return routes


def _mine(door: Door, wrong: list[str], told: str = "") -> str:
    who = current.known()
    given = [f"{ROLES[one.roll].label}{f', {one.enhet_id}' if one.enhet_id else ''}" for one in who.grants]
    return page("eget.html", who=who, given=given, wrong=wrong, told=told, local=who.how == LOCAL)


def _change(door: Door) -> Answer:
    """A new passphrase, for who knows the old one. All other sessions end."""
    who, new, address = current.known(), request.form.get("ny", ""), request.remote_addr or ""
    account = accounts.account(door.state, who.account)
    faults = passphrase.faults(new, account.sub)
    if new != request.form.get("igen", ""):
        faults.append(texts.NOT_THE_SAME)
    if not faults and (
        claim(door.state, account.sub, address)
        or not passphrase.is_right(request.form.get("gammal", ""), account.losen)
    ):
        faults.append(texts.NOT_THE_OLD)
        door.note(Event.NEKAD_INLOGGNING, who, what="lösenfras", outcome="nekad")
    if faults or who.how != LOCAL:
        return _mine(door, faults), 422
    forgive(door.state, account.sub, address)
    accounts.set_passphrase(door.state, account.id, passphrase.kept(new))
    close_all(door.state, account.id, but=who.key)
    door.note(Event.KONTOANDRING, who, what="lösenfras")
    return redirect("/konto?gjort=losen", 303)
