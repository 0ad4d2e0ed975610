"""Sign-in by a certified provider: what gets in, and everything that must not."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from dashboard.access.oidc import flow, provider
from dashboard.access.oidc.provider import ProviderDown, Untrue
from dashboard.access.roles import Grant
from dashboard.access.settings import SignInSettings
from dashboard.app import create_app
from dashboard.settings import DashboardSettings
from dashboard.signin.cookies import NAME
from dashboard.signin.region import BEGUN
from dashboard.state import accounts
from dashboard.texts import signin as texts
from tests.access.conftest import BACK

BY_GROUP = {
    "scopes": ("openid", "profile"), "role_claim": "groups", "unit_claim": "healthCareUnitHsaId",
    "roles": {"region-statistik": "regionteam", "vc-chef": "verksamhetschef"},
}  # fmt: skip


def left_for(client, onward="/"):
    """The address at the provider that the app sends a browser to."""
    answer = client.get(f"/logga-in/region?vidare={onward}")
    assert answer.status_code == 302
    return answer.location


def come_back(address, person="anna", **changes):
    """What the provider sends the browser back with, when this person has signed in there."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | {"login_hint": person} | changes
    here = f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query)}"
    with requests.Session() as browser:
        while not here.startswith(BACK):
            answer = browser.get(here, allow_redirects=False, timeout=10)
            assert answer.is_redirect, answer.text
            here = requests.compat.urljoin(here, answer.headers["Location"])
    return {name: values[0] for name, values in parse_qs(urlsplit(here).query).items()}


def finished(client, answer):
    return client.get("/logga-in/tillbaka", query_string=answer)


@contextmanager
def begun_as(client, **changes):
    """What the browser remembers of the sign-in that it has begun, changed."""
    with client.session_transaction() as kept:
        kept[BEGUN] = kept[BEGUN] | changes
    yield


def is_outside(client, answer):
    """Refused: a page that says so, no session, and still nothing to see."""
    page = client.get("/").location
    return answer.status_code == 403 and client.get_cookie(NAME) is None and page is not None and "/logga-in" in page


def test_who_the_provider_knows_and_gives_a_role_comes_in(signing):
    app = signing(**BY_GROUP)
    client = app.server.test_client()
    answer = finished(client, come_back(left_for(client, "/tid?manad=2026-03")))
    assert (answer.status_code, answer.location) == (303, "/tid?manad=2026-03")
    assert client.get("/").status_code == 200
    assert "Anna Andersson" in client.get("/konto").text
    found = accounts.accounts(app.server.extensions["sjukvy"].state)
    assert [(one.sub, one.namn, one.losen) for one in found] == [("anna", "Anna Andersson", "")]


def test_the_request_carries_state_nonce_and_a_challenge_and_asks_for_the_level(signing, issuer):
    client = signing(**BY_GROUP).server.test_client()
    asked = dict(parse_qsl(urlsplit(left_for(client)).query))
    assert (asked["code_challenge_method"], asked["response_type"], asked["acr_values"]) == ("S256", "code", "loa3")
    again = dict(parse_qsl(urlsplit(left_for(client)).query))
    assert all(len(asked[name]) >= 43 and asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == BACK
    assert issuer in client.get("/logga-in").headers["Content-Security-Policy"]


def test_units_come_from_the_assignment(signing):
    app = signing(**BY_GROUP)
    client = app.server.test_client()
    finished(client, come_back(left_for(client), "berit"))
    assert "Verksamhetschef, SE-E1" in client.get("/konto").text


def test_roles_of_our_own_table_and_nothing_for_who_has_none(signing):
    app = signing()
    client, state = app.server.test_client(), app.server.extensions["sjukvy"].state
    refused = finished(client, come_back(left_for(client)))
    assert is_outside(client, refused)
    assert texts.NOT_ASSIGNED in refused.text
    found = accounts.accounts(state)[0]
    accounts.give(state, found.id, Grant(roll="regionteam"), by="prov")
    assert finished(client, come_back(left_for(client))).status_code == 303
    assert client.get("/").status_code == 200
    accounts.withdraw(state, found.id, accounts.account(state, found.id).given[0].id, by="prov")
    assert client.get("/").status_code == 403


@pytest.mark.parametrize("person", ["cilla", "dora"])
def test_another_group_or_too_low_a_level_is_refused(signing, person):
    client = signing(**BY_GROUP).server.test_client()
    assert is_outside(client, finished(client, come_back(left_for(client), person)))


def test_an_assignment_for_something_else_than_statistics_is_refused(signing):
    client = signing(**BY_GROUP, required={"commissionPurpose": "Statistik"}).server.test_client()
    assert is_outside(client, finished(client, come_back(left_for(client), "eva")))


@pytest.mark.parametrize(
    "changes",
    [{"state": "another"}, {"code": "made"}, {"iss": "https://evil.example"}, {"iss": None}, {"code": None}, {"state": None}],
    ids=lambda changes: "-".join(f"{name}-{value}" for name, value in changes.items()),
)  # fmt: skip
def test_an_answer_that_is_not_the_providers_to_this_browser_is_refused(signing, changes):
    client = signing(**BY_GROUP).server.test_client()
    answer = come_back(left_for(client)) | changes
    assert is_outside(client, finished(client, {name: value for name, value in answer.items() if value is not None}))


@pytest.mark.parametrize("changes", [{"nonce": "another"}, {"verifier": "x" * 64}, {"at": 1}], ids=str)
def test_an_answer_to_another_sign_in_is_refused(signing, changes):
    client = signing(**BY_GROUP).server.test_client()
    answer = come_back(left_for(client))
    with begun_as(client, **changes):
        assert is_outside(client, finished(client, answer))


def test_an_answer_works_once(signing):
    client, thief = (signing(**BY_GROUP).server.test_client() for _ in range(2))
    answer = come_back(left_for(client))
    with client.session_transaction() as kept:
        remembered = kept[BEGUN]
    assert finished(client, answer).status_code == 303
    assert finished(client, answer).status_code == 403  # this browser has nothing begun any more
    with thief.session_transaction() as kept:  # and the provider takes no code twice, whatever a browser remembers
        kept[BEGUN] = remembered
    assert is_outside(thief, finished(thief, answer))


def test_an_answer_of_another_browser_is_refused(signing):
    client, other = (signing(**BY_GROUP).server.test_client() for _ in range(2))
    answer = come_back(left_for(client))
    left_for(other)
    assert is_outside(other, finished(other, answer))


def test_another_provider_cannot_answer_in_its_place(signing, other_issuer, issuer):
    """Mix-up: the browser is led to another provider, whose answer comes back here."""
    client = signing(**BY_GROUP).server.test_client()
    address = left_for(client).replace(issuer, other_issuer)
    answer = come_back(address)
    assert answer["iss"] == other_issuer
    assert is_outside(client, finished(client, answer))


def test_a_token_of_another_issuer_is_refused(signing, other_issuer, issuer):
    app = signing(**BY_GROUP)
    client, provider = app.server.test_client(), app.server.extensions["sjukvy"].provider
    address = left_for(client).replace(issuer, other_issuer)
    theirs = requests.get(f"{other_issuer}/.well-known/openid-configuration", timeout=10).json()
    facts = provider.said().facts
    facts["token_endpoint"] = theirs["token_endpoint"]
    assert is_outside(client, finished(client, come_back(address) | {"iss": issuer}))  # signed with keys of another
    provider.said().keys.keys[:] = signing(issuer=other_issuer).server.extensions["sjukvy"].provider.said().keys.keys
    with begun_as_again(client, provider) as begun:
        answer = come_back(begun.replace(issuer, other_issuer)) | {"iss": issuer}
        assert is_outside(client, finished(client, answer))  # signed well, by somebody else


@contextmanager
def begun_as_again(client, _provider):
    yield left_for(client)


def test_a_token_for_another_client_is_refused(signing, monkeypatch):
    app = signing(**BY_GROUP)
    client, provider = app.server.test_client(), app.server.extensions["sjukvy"].provider
    own = provider.settings
    provider.settings = own.model_copy(update={"client_id": "another"})
    answer = come_back(left_for(client))
    held = flow._held

    def as_ourselves(provider, begun, token):
        provider.settings = own
        return held(provider, begun, token)

    monkeypatch.setattr(flow, "_held", as_ourselves)
    assert is_outside(client, finished(client, answer))


@pytest.mark.parametrize("hours", [2, -2], ids=["expired", "not yet issued"])
def test_a_token_of_another_time_is_refused(signing, monkeypatch, hours):
    client = signing(**BY_GROUP).server.test_client()
    answer = come_back(left_for(client))
    held, now = flow._held, flow.time.time

    def later(provider, begun, token):
        monkeypatch.setattr(flow.time, "time", lambda: now() + hours * 3600)
        try:
            return held(provider, begun, token)
        finally:
            monkeypatch.setattr(flow.time, "time", now)

    monkeypatch.setattr(flow, "_held", later)
    assert is_outside(client, finished(client, answer))


def test_a_token_that_anybody_can_make_is_refused(signing):
    provider = signing(**BY_GROUP).server.extensions["sjukvy"].provider
    key = RSAKey.generate_key(2048, {"kid": "one"})
    public = next(iter(provider.said().keys.keys)).as_pem(private=False)
    forged = [
        jwt.encode({"alg": "RS256", "kid": "one"}, {"sub": "anna"}, key),
        jwt.encode({"alg": "HS256"}, {"sub": "anna"}, OctKey.import_key(b"x" * 32), algorithms=["HS256"]),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.",  # pragma: allowlist secret
        "no token",
        public.decode(),
    ]
    for token in forged:
        with pytest.raises(Untrue):
            provider.opened(token)


def test_a_provider_that_is_down_is_said_and_lets_nobody_in(signing):
    client = signing(issuer="http://127.0.0.1:9").server.test_client()
    answer = client.get("/logga-in/region")
    assert answer.status_code == 503
    assert texts.PROVIDER_DOWN[:40] in answer.text


@contextmanager
def black_hole():
    """An address that takes what is sent and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_provider_that_never_answers_keeps_nobody_waiting(signing, monkeypatch):
    """Whoever asks first waits for it; the others are told, and so is everybody in the next half minute."""
    monkeypatch.setattr(provider, "SECONDS", 2)
    monkeypatch.setattr(provider, "IN_LINE", 0.2)
    with black_hole() as nowhere, ThreadPoolExecutor(8) as together:
        app = signing(issuer=nowhere)

        def ask(_):
            begun = time.monotonic()
            answer = app.server.test_client().get("/logga-in/region")
            return answer.status_code, time.monotonic() - begun

        answers = list(together.map(ask, range(8)))
        assert {status for status, _ in answers} == {503}
        assert sum(seconds for _, seconds in answers) < 2 + 7 * 1.5, "no line of those who wait"
        status, seconds = ask(0)
        assert (status, seconds < 1) == (503, True)


def test_what_the_provider_said_holds_while_it_does_not_answer(signing, monkeypatch):
    client = signing(**BY_GROUP).server.test_client()
    left_for(client)
    found = client.application.extensions["sjukvy"].provider
    monkeypatch.setattr(provider, "fetched", lambda *_a, **_m: (_ for _ in ()).throw(ProviderDown("Timeout")))
    later = time.monotonic() + provider.KEPT + 1
    monkeypatch.setattr(provider, "time", SimpleNamespace(monotonic=lambda: later))
    assert left_for(client)
    assert found.is_silent
    later += provider.AT_MOST
    with pytest.raises(ProviderDown):
        found.said()


def test_a_session_does_not_outlive_the_way_it_came_by(signing, region):
    app = signing(**BY_GROUP)
    client = app.server.test_client()
    finished(client, come_back(left_for(client)))
    assert client.get("/konto").status_code == 200
    door = app.server.extensions["sjukvy"]
    for settings in (SignInSettings(), SignInSettings(issuer="https://annan.example", client_id="sjukvy")):
        other = create_app(DashboardSettings(published=region.published, state=door.state.address, signin=settings))
        held = other.server.test_client()
        held.set_cookie(NAME, client.get_cookie(NAME).value, secure=True)
        assert held.get("/konto").status_code == 302


def test_signing_out_leads_to_the_providers_own(signing, issuer):
    app = signing(**BY_GROUP)
    client = app.server.test_client()
    finished(client, come_back(left_for(client)))
    from tests.signed import with_token

    answer = with_token(client).post("/logga-ut")
    assert answer.location.startswith(f"{issuer}/session/end?client_id=sjukvy")
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "http://login.example", "client_id": "x"},
        {"issuer": "https://login.example"},
        {"role_claim": "groups"},
        {"roles": {"x": "kung"}},
    ],
)
def test_settings_that_are_unsafe_or_half_are_refused(said):
    from dashboard.access.settings import SignInSettings

    with pytest.raises(ValueError, match=r"provider|role"):
        SignInSettings(**said)
