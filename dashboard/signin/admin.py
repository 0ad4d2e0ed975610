"""/admin: accounts and roles, for administrators. Names of units are seen here, and nothing that is counted."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard import queries
from dashboard.access.roles import ROLES, Grant
from dashboard.access.scope import Scope
from dashboard.day import today
from dashboard.release import NothingPublished
from dashboard.signin import current
from dashboard.signin.door import Door
from dashboard.signin.page import page
from dashboard.state import Refused, accounts
from dashboard.state.sessions import close_all
from dashboard.texts import signin as texts
from dashboard.trail import Event

Answer = Response | BaseResponse | tuple[str, int] | str


def admin_routes(door: Door) -> Blueprint:
    """Every change is a POST, is refused for the own account, and is noted in the trail."""
    routes = Blueprint("konton", __name__, url_prefix="/admin")

    @routes.get("")
    def show() -> str:
        return _page(door, told=texts.DONE.get(request.args.get("gjort", ""), ""))

    @routes.post("/konto")
    def add() -> Answer:
        return _add(door, request.form.get("sub", ""), request.form.get("visas", ""))

    @routes.post("/konto/<int:number>/kod")
    def code(number: int) -> Answer:
        return _done(door, number, "kod", lambda: _code_of(door, number))

    @routes.post("/konto/<int:number>/roll")
    def give(number: int) -> Answer:
        form = request.form
        grant = Grant(roll=form.get("roll", ""), enhet_id=form.get("enhet", "").strip())
        said = {"fran": form.get("fran", ""), "till": form.get("till", ""), "by": current.signed()}
        return _done(door, number, "roll", lambda: _give(door, number, grant, **said), about=grant)

    @routes.post("/konto/<int:number>/bort/<int:given>")
    def take(number: int, given: int) -> Answer:
        return _done(door, number, "bort", lambda: accounts.withdraw(door.state, number, given, by=current.signed()))

    for name, change in CHANGES.items():
        routes.add_url_rule(f"/konto/<int:number>/{name}", name, _changing(door, name, change), methods=["POST"])
    return routes


CHANGES: dict[str, Callable] = {"stang": accounts.disable, "oppna": accounts.enable, "sessioner": close_all}


def _changing(door: Door, name: str, change: Callable) -> Callable[[int], Answer]:
    def changed(number: int) -> Answer:
        return _done(door, number, name, lambda: change(door.state, number))

    return changed


def _done(
    door: Door, number: int, name: str, change: Callable[[], object], about: Grant | None = None
) -> Answer:  # fmt: skip
    """Make a change and show the accounts; a code is shown with them, this once."""
    who = current.known()
    event = Event.ROLLANDRING if name in ("roll", "bort") else Event.KONTOANDRING
    what = f"{name} konto {number}{f' {about.roll}' if about else ''}"[:120]
    try:
        if number == who.account:
            raise Refused(texts.NOT_ONESELF)
        made = change()
    except Refused as refused:
        door.note(event, who, what=what, outcome="nekad")
        return _page(door, wrong=list(refused.faults)), 422
    door.note(event, who, enhet=about.enhet_id if about else "", what=what)
    if name == "kod":
        return _page(door, code=str(made), code_for=accounts.account(door.state, number).namn)
    return redirect(f"/admin?gjort={name}", 303)


def _add(door: Door, sub: str, name: str) -> Answer:
    """A person of the provider, or a local account with its first code."""
    issuer = door.settings.issuer if request.form.get("sort") == "region" else accounts.HERE
    try:
        made = accounts.add(door.state, sub, name, utfardare=issuer)
    except Refused as refused:
        return _page(door, wrong=list(refused.faults)), 422
    door.note(Event.KONTOANDRING, current.known(), what=f"nytt konto {made.id}")
    if issuer:
        return redirect("/admin?gjort=konto", 303)
    return _page(door, told=texts.DONE["konto"], code=_code_of(door, made.id), code_for=made.namn)


def _code_of(door: Door, number: int) -> str:
    found = accounts.account(door.state, number)
    if found.utfardare or not found.is_open:
        raise Refused(texts.NO_ACCOUNT)
    return accounts.new_code(door.state, number)


def _give(door: Door, number: int, grant: Grant, **said: str) -> None:
    """A role, for a unit of the release."""
    if grant.enhet_id and grant.enhet_id not in _units(door):
        raise Refused(texts.UNKNOWN_UNIT)
    accounts.give(door.state, number, grant, **said)


def _units(door: Door) -> dict[str, str]:
    try:
        release = door.releases.current()
    except NothingPublished:
        return {}
    return {place.enhet_id: place.namn for place in queries.places(release, Scope.everything())}


def _page(door: Door, *, wrong: list[str] | None = None, told: str = "", code: str = "", code_for: str = "") -> str:
    return page(
        "konton.html", who=current.known(), accounts=accounts.accounts(door.state), roles=ROLES, units=_units(door),
        today=today(), issuer=door.settings.issuer, wrong=wrong or [], told=told, code=code,
        code_for=code_for,
    )  # fmt: skip
