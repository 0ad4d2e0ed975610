"""There and back: the address that a browser is sent to, and what is believed of what it comes back with."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError

from dashboard.access.oidc.provider import SECONDS, Provider, ProviderDown, Untrue, fetched

LASTS = 10 * 60  # seconds that somebody may take at the provider


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A sign-in that has begun in one browser, which keeps it until it comes back; `verifier` is sent to the provider alone."""

    state: str
    nonce: str
    verifier: str
    at: int
    onward: str

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Any) -> "Begun | None":
        try:
            return cls(**kept)
        except TypeError:
            return None


def begin(provider: Provider, back: str, onward: str) -> tuple[str, Begun]:
    """The address at the provider, and what is to be remembered. Raises ProviderDown and Untrue."""
    begun = Begun(
        state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48),
        at=int(time.time()), onward=onward,
    )  # fmt: skip
    settings, more = provider.settings, {}
    if settings.acr:
        more["acr_values"] = " ".join(settings.acr)
    if asked := _asked_claims(settings):
        more["claims"] = json.dumps(asked)
    address, _ = _client(provider, back).create_authorization_url(
        provider.said().facts["authorization_endpoint"], state=begun.state, nonce=begun.nonce,
        code_verifier=begun.verifier, **more,
    )  # fmt: skip
    return address, begun


def finish(provider: Provider, back: str, begun: Begun | None, answer: Mapping[str, str]) -> dict[str, Any]:
    """The claims of who came back. Raises Untrue and ProviderDown."""
    if begun is None or not secrets.compare_digest(begun.state.encode(), answer.get("state", "").encode()):
        raise Untrue("the state is another")
    if not 0 <= time.time() - begun.at <= LASTS:
        raise Untrue("it took too long")
    _from_the_right_one(provider, answer)
    if "error" in answer or not answer.get("code"):
        raise Untrue("the provider refused")
    token = _exchanged(provider, back, begun, answer["code"])
    claims = _held(provider, begun, token)
    return claims | _more(provider, claims, token) if provider.settings.userinfo else claims


def _from_the_right_one(provider: Provider, answer: Mapping[str, str]) -> None:
    """RFC 9207: a provider that says who it is in its answers always does, so that another cannot answer in its place."""
    promised = provider.said().facts.get("authorization_response_iss_parameter_supported") is True
    told = answer.get("iss")
    if (promised or told is not None) and told != provider.settings.issuer:
        raise Untrue("the answer is from another provider")


def _exchanged(provider: Provider, back: str, begun: Begun, code: str) -> dict[str, Any]:
    if provider.is_silent:
        raise ProviderDown("it did not answer just now")
    try:
        token = _client(provider, back).fetch_token(
            provider.said().facts["token_endpoint"], code=code, code_verifier=begun.verifier, timeout=SECONDS,
            grant_type="authorization_code", allow_redirects=False,
        )  # fmt: skip
    except OAuthError as fault:
        raise Untrue(f"the code was refused: {fault.error}") from fault
    except (requests.RequestException, ValueError) as fault:
        if isinstance(fault, requests.RequestException):
            provider.note_silent()
        raise ProviderDown(type(fault).__name__) from fault
    if not isinstance(token.get("id_token"), str):
        raise Untrue("there is no token")
    return dict(token)


def _held(provider: Provider, begun: Begun, token: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of a token that is signed by the provider, for us, for this sign-in, now, at the level that is required."""
    settings = provider.settings
    header, claims = provider.opened(token["id_token"])
    options: dict[str, Any] = {
        "iss": {"essential": True, "value": settings.issuer},
        "aud": {"essential": True, "value": settings.client_id},
        "sub": {"essential": True},
        "nonce": {"essential": True, "value": begun.nonce},
    }
    if settings.acr:
        options["acr"] = {"essential": True, "values": list(settings.acr)}
    known = {"nonce": begun.nonce, "client_id": settings.client_id, "access_token": token.get("access_token")}
    held = CodeIDToken(claims, header, options=options, params=known)
    try:
        held.validate(now=int(time.time()), leeway=settings.leeway)
    except (JoseError, ValueError, TypeError) as fault:
        raise Untrue(f"a claim does not hold: {getattr(fault, 'claim', type(fault).__name__)}") from fault
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Untrue("a claim does not hold: sub")
    return claims


def _more(provider: Provider, claims: Mapping[str, Any], token: Mapping[str, Any]) -> dict[str, Any]:
    """Claims that the provider tells on asking, about the same person; those of the token stand."""
    address = provider.said().facts.get("userinfo_endpoint")
    if not address:
        raise ProviderDown("the provider has no userinfo")
    found = fetched(address, headers={"Authorization": f"Bearer {token.get('access_token')}"})
    if found.get("sub") != claims["sub"]:
        raise Untrue("userinfo is about somebody else")
    return {name: value for name, value in found.items() if name not in claims}


def _asked_claims(settings: Any) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: {"essential": True} for name in settings.essential}
    if settings.acr and wanted:
        wanted["acr"] = {"essential": True, "values": list(settings.acr)}
    where = "userinfo" if settings.userinfo else "id_token"
    return {where: wanted} if wanted else {}


def _client(provider: Provider, back: str) -> OAuth2Session:
    settings = provider.settings
    secret = settings.client_secret
    way = "none" if not secret else _way(provider.said().facts)
    return OAuth2Session(
        settings.client_id, secret or None, token_endpoint_auth_method=way, scope=" ".join(settings.scopes),
        redirect_uri=back, code_challenge_method="S256",
    )  # fmt: skip


def _way(facts: Mapping[str, Any]) -> str:
    """How the secret is shown: in the header unless the provider takes it in the body only."""
    known = facts.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"
