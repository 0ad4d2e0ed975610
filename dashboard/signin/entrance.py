"""The way in and out: local accounts, the demo's users, one-time codes, and signing out."""

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from dashboard import queries
from dashboard.access import passphrase
from dashboard.access.roles import ROLES
from dashboard.access.scope import Scope
from dashboard.access.visitor import DEMO, LOCAL, OIDC
from dashboard.signin import current
from dashboard.signin.admitted import admit
from dashboard.signin.cookies import sign_out
from dashboard.signin.door import Door, demo_grants
from dashboard.signin.onward import SIGN_IN, own_path
from dashboard.signin.page import page
from dashboard.signin.region import away, region_routes
from dashboard.state import accounts
from dashboard.state.attempts import claim, forgive
from dashboard.state.sessions import close_session
from dashboard.texts import signin as texts
from dashboard.trail import Event

Answer = Response | BaseResponse | tuple[str, int] | str
DEMO_ISSUER = "demo"


def entrance_routes(door: Door) -> Blueprint:
    """Open to everybody: nothing here shows anything that is published."""
    routes = Blueprint("intrade", __name__)
    passphrase.ready()  # the first who asks for an unknown name must not wait longer than others

    @routes.get(SIGN_IN)
    def ask() -> Answer:
        onward = own_path(request.args.get("vidare", "/"))
        return redirect(onward) if current.visitor() else _form(door, onward)

    @routes.post(SIGN_IN)
    def local() -> Answer:
        return _local(door, request.form.get("namn", "").strip(), request.form.get("losen", ""))

    @routes.post(f"{SIGN_IN}/demo")
    def demo() -> Answer:
        return _demo(door, request.form.get("roll", ""))

    @routes.get(f"{SIGN_IN}/kod")
    def code_form() -> Answer:
        return page("kod.html", wrong=[], name="")

    @routes.post(f"{SIGN_IN}/kod")
    def code() -> Answer:
        return _code(door, request.form.get("namn", "").strip(), request.form.get("kod", "").strip())

    @routes.post("/logga-ut")
    def out() -> Answer:
        who = current.visitor()
        if who is not None:
            close_session(door.state, who.key)
            door.note(Event.UTLOGGNING, who)
        onward = away(door) if who is not None and who.how == OIDC else ""
        return sign_out(redirect(onward or f"{SIGN_IN}?ut=1", 303))

    region_routes(routes, door)
    return routes


def _form(door: Door, onward: str, *, wrong: str = "") -> str:
    told = texts.SIGNED_OUT_NOW if "ut" in request.args else ""
    return page(
        "logga-in.html", onward=onward, wrong=wrong, told=told, demo=door.demo_release is not None, roles=ROLES,
        provider=door.provider is not None, local=door.settings.local,
    )  # fmt: skip


def _local(door: Door, name: str, secret: str) -> Answer:
    """The same words and status for a name that nobody has, a wrong passphrase, a closed account and one that must wait, and
    the same time for the first three: who must wait has not asked about any account."""
    onward, address = own_path(request.form.get("vidare", "/")), request.remote_addr or ""
    name = name[: accounts.LONGEST_NAME]
    found = None
    if door.settings.local and not claim(door.state, name, address):
        found = accounts.find(door.state, name)
        if not passphrase.is_right(secret, found.losen if found and found.is_open else ""):
            found = None
    if found is None:
        door.note(Event.NEKAD_INLOGGNING, None, name=name, what=LOCAL, outcome="nekad")
        return _form(door, onward, wrong=texts.WRONG), 401
    forgive(door.state, name, address)
    return admit(door, found, LOCAL, onward)


def _demo(door: Door, role: str) -> Answer:
    """One click: refused wherever the release is not a demo, and no address at all where the service is none."""
    if not door.demo:
        abort(404)
    release = door.demo_release
    if release is None or role not in ROLES:
        door.note(Event.NEKAD_INLOGGNING, None, name=role[:20], what=DEMO, outcome="nekad")
        return _form(door, "/", wrong=texts.WRONG), 403
    units = [place.enhet_id for place in queries.places(release, Scope.everything()) if place.niva == "enhet"]
    found = accounts.find(door.state, role, utfardare=DEMO_ISSUER)
    if found is None:
        found = accounts.add(
            door.state, role, texts.DEMO_NAME.format(role=ROLES[role].label.lower()), utfardare=DEMO_ISSUER
        )
    if not found.is_open:
        return _form(door, "/", wrong=texts.WRONG), 403
    return admit(door, found, DEMO, request.form.get("vidare", "/"), demo_grants(units)[role])


def _code(door: Door, name: str, code: str) -> Answer:
    """The owner of a new account chooses a passphrase, once."""
    chosen, address = request.form.get("ny", ""), request.remote_addr or ""
    faults = passphrase.faults(chosen, name)
    if chosen != request.form.get("igen", ""):
        faults.append(texts.NOT_THE_SAME)
    if faults:
        return page("kod.html", wrong=faults, name=name), 422
    found = None
    if door.settings.local and not claim(door.state, name, address):
        found = accounts.use_code(door.state, name, code, passphrase.kept(chosen))
    if found is None:
        door.note(Event.NEKAD_INLOGGNING, None, name=name[:120], what="engångskod", outcome="nekad")
        return page("kod.html", wrong=[texts.WRONG_CODE], name=name), 401
    forgive(door.state, name, address)
    door.note(Event.KONTOANDRING, None, name=f"|{found.sub}", what="engångskod")
    return admit(door, found, LOCAL, "/")
