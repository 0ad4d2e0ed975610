"""Sign-in by the region's own provider: away to it, and back again."""

import logging
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask import session as form_session
from werkzeug.wrappers import Response

from dashboard.access.oidc.claims import Person, person
from dashboard.access.oidc.flow import Begun, begin, finish
from dashboard.access.oidc.provider import Provider, ProviderDown, Untrue
from dashboard.access.visitor import OIDC
from dashboard.signin.admitted import admit
from dashboard.signin.door import Door
from dashboard.signin.onward import SIGN_IN, own_path
from dashboard.signin.page import page
from dashboard.state import Refused, accounts
from dashboard.texts import signin as texts
from dashboard.trail import Event

log = logging.getLogger("sjukvy.inloggning")
BEGUN = "begun"  # what this browser has begun, in the cookie that only the server can write
Answer = Response | tuple[str, int]


def region_routes(routes: Blueprint, door: Door) -> None:
    """Two addresses; 404 where no provider is configured."""
    if door.provider is None:
        return
    provider = door.provider

    @routes.get(f"{SIGN_IN}/region")
    def there() -> Answer:
        try:
            address, begun = begin(provider, door.back, own_path(request.args.get("vidare", "/")))
        except (ProviderDown, Untrue) as fault:
            return _down(fault)
        form_session[BEGUN] = begun.as_kept()
        return redirect(address)

    @routes.get(f"{SIGN_IN}/tillbaka")
    def back() -> Answer:
        begun = Begun.from_kept(form_session.pop(BEGUN, None))  # once: another answer to it finds nothing
        try:
            claims = finish(provider, door.back, begun, request.args)
        except ProviderDown as fault:
            return _down(fault)
        except Untrue as fault:
            log.warning("a sign-in was not believed: %s", fault)
            door.note(Event.NEKAD_INLOGGNING, None, what=OIDC, outcome="nekad")
            return page("besked.html", title=texts.NOT_BELIEVED_TITLE, text=texts.NOT_BELIEVED), 403
        return _known(door, claims, begun.onward if begun else "/", person(door.settings, claims))


def _known(door: Door, claims: dict, onward: str, who: Person | None) -> Answer:
    """In, with the roles that the provider or our own table gives; without any there is nothing to see. Whoever comes gets
    an account, so that an administrator finds them there."""
    name = f"{claims['iss']}|{claims['sub']}"
    found = None if who is None else _account(door, who)
    grants = who.grants if who else ()
    if found is None or not found.is_open or not (grants or found.given):
        door.note(Event.NEKAD_INLOGGNING, None, name=name, what=OIDC, outcome="ingen roll")
        return page("besked.html", title=texts.NO_ROLE_TITLE, text=texts.NOT_ASSIGNED), 403
    return admit(door, found, OIDC, onward, grants)


def _account(door: Door, who: Person) -> accounts.Account | None:
    found = accounts.find(door.state, who.sub, utfardare=who.issuer)
    if found is not None:
        return found
    try:
        return accounts.add(door.state, who.sub, who.name, utfardare=who.issuer)
    except Refused:  # another request was first
        return accounts.find(door.state, who.sub, utfardare=who.issuer)


def away(door: Door) -> str:
    """Where the provider signs somebody out, if it says where; empty where it does not."""
    if door.provider is None:
        return ""
    try:
        return _end(door.provider, f"{door.address}logga-in")
    except (ProviderDown, Untrue):
        return ""


def _end(provider: Provider, back: str) -> str:
    address = provider.said().facts.get("end_session_endpoint")
    if not isinstance(address, str) or not address.startswith(provider.settings.provider_origin):
        return ""
    query = {"client_id": provider.settings.client_id, "post_logout_redirect_uri": back}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _down(fault: Exception) -> tuple[str, int]:
    log.warning("the provider does not answer: %s", fault)
    return page("besked.html", title=texts.NOT_BELIEVED_TITLE, text=texts.PROVIDER_DOWN), 503
