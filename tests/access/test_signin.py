"""Local accounts, sessions, roles and the page of accounts: what lets in, what ends it, and that changes hold at once."""

import re
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dashboard import day, queries
from dashboard.access import passphrase
from dashboard.access.author import author
from dashboard.access.roles import ROLES, Grant, Right, scope_of
from dashboard.access.scope import Scope
from dashboard.access.settings import SignInSettings
from dashboard.access.visitor import ABSOLUTE, IDLE, LOCAL, Visitor
from dashboard.app import create_app
from dashboard.settings import DashboardSettings
from dashboard.signin.cookies import FORMS, NAME, TOKEN
from dashboard.signin.onward import own_path
from dashboard.signin.secret import FILE, secret_of
from dashboard.state import Refused, Unavailable, accounts, attempts, sessions
from dashboard.texts import signin as texts
from dashboard.texts import states
from dashboard.trail import Event
from tests.signed import account_of, session_of, signed_in, with_token

PHRASE = "fyra gula hästar i regn"
OWN = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def units(release, scope):
    return [place.enhet_id for place in queries.places(release, scope) if place.niva == "enhet"]


@pytest.fixture
def app(region, tmp_path):
    state = f"sqlite:///{tmp_path}/protokoll.sqlite"
    return create_app(DashboardSettings(published=region.published, state=state))


@pytest.fixture
def state(app):
    return app.server.extensions["sjukvy"].state


@pytest.fixture
def trail(app, monkeypatch):
    """What is noted: (event, user, role, unit, outcome)."""
    noted = []

    def record(_self, event, *, user, role, enhet="", what="", outcome="ok", **_more):
        noted.append((event, user, role, enhet, outcome))

    monkeypatch.setattr(type(app.server.extensions["sjukvy"].trail), "record", record)
    return noted


@pytest.fixture
def browser(app):
    """Somebody on the sign-in page."""
    return with_token(app.server.test_client(), "/logga-in")


@pytest.fixture
def anna(state):
    made = accounts.add(state, "anna", "Anna Andersson")
    accounts.set_passphrase(state, made.id, passphrase.kept(PHRASE))
    accounts.give(state, made.id, Grant(roll="regionteam"), by="prov")
    return made


def sign(browser, name="anna", phrase=PHRASE, onward="/tid"):
    return browser.post("/logga-in", data={"namn": name, "losen": phrase, "vidare": onward})


def is_inside(client):
    return client.get("/").status_code == 200


# passphrases


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("kort fras", "minst 15"),
        ("x" * 129, "högst 128"),
        ("aaaaaaaaaaaaaaaaaaaa", "samma tecken"),
        ("hejsanhejsanhejsan", "samma tecken"),
        ("min sjukvy i regionen", "produktens"),
        ("hemligt för annalisa", "kontots namn"),
        ("det är 123456 ja visst", "i följd"),
        ("qwertyuiop och mer", "i följd"),
    ],
)
def test_a_phrase_that_is_easily_guessed_is_refused_with_why(phrase, said):
    assert said in passphrase.faults(phrase, "annalisa")[0]


@pytest.mark.parametrize(
    "phrase", [PHRASE, "åäö ÅÄÖ 日本語 🐎🐎 och mer", "korrekt häst batteri häftklammer " * 2, "ett två tre fyra"]
)
def test_any_marks_may_be_used_and_sixty_four_and_more(phrase):
    assert passphrase.faults(phrase, "anna") == []
    assert passphrase.is_right(phrase, passphrase.kept(phrase))


def test_only_the_phrase_itself_is_right_and_it_is_kept_as_argon2id():
    kept = passphrase.kept(PHRASE)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PHRASE not in kept
    assert passphrase.is_right("a\u0308ven det här går bra", passphrase.kept("ä" + "ven det här går bra"))
    assert not any(passphrase.is_right(one, kept) for one in (PHRASE + " ", PHRASE.upper(), "", kept))
    assert not passphrase.is_right("nobody has this passphrase", "")


# signing in


def test_who_signs_in_comes_on_to_the_page_that_was_asked_for(app, browser, anna, trail):
    asked = app.server.test_client().get("/tid?manad=2026-03")
    assert asked.location == "/logga-in?vidare=/tid%3Fmanad%3D2026-03"
    answer = sign(browser, onward="/tid?manad=2026-03")
    assert (answer.status_code, answer.location) == (303, "/tid?manad=2026-03")
    assert is_inside(browser)
    assert trail[0] == (Event.INLOGGNING, "|anna", "Regionteam", "", "ok")


def test_the_cookies_say_nothing_and_are_kept_from_scripts_and_other_sites(browser, anna):
    sign(browser)
    browser.get("/")
    held, forms, token = (browser.get_cookie(name) for name in (NAME, FORMS, TOKEN))
    assert held.secure and held.http_only and held.same_site == "Lax" and held.origin_only
    assert forms.secure and forms.http_only and forms.same_site == "Lax"
    assert token.secure and not token.http_only and token.same_site == "Strict"
    assert re.fullmatch(r"[\w-]{43}", held.value)


def test_only_a_hash_of_the_cookie_is_kept(state, browser, anna):
    sign(browser)
    held = browser.get_cookie(NAME).value
    with state.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM inloggning").all()
    assert held not in str(rows)
    assert accounts.hashed(held) in str(rows)


def test_signing_in_gives_a_new_session_whatever_the_browser_held(app, browser, anna):
    planted = session_of(app, "analytiker")
    browser.set_cookie(NAME, planted, secure=True)
    with_token(browser)
    sign(browser)
    assert browser.get_cookie(NAME).value != planted
    thief = app.server.test_client()
    thief.set_cookie(NAME, planted, secure=True)
    assert not is_inside(thief)


def test_a_wrong_phrase_an_unknown_name_a_closed_account_and_one_without_phrase_answer_the_same(
    app, state, browser, anna, trail
):
    closed, without = (accounts.add(state, name, name) for name in ("stangd", "utan"))
    accounts.set_passphrase(state, closed.id, passphrase.kept(PHRASE))
    accounts.disable(state, closed.id)
    answers = [
        sign(browser, "anna", "fel fras men lång nog"), sign(browser, "ingen"), sign(browser, "stangd"),
        sign(browser, without.sub), sign(browser, "anna", ""),
    ]  # fmt: skip
    bodies = {re.sub(r'value="[^"]{60,}"', "", answer.text) for answer in answers}
    assert {answer.status_code for answer in answers} == {401}
    assert len(bodies) == 1
    assert texts.WRONG[:30] in bodies.pop()
    assert [event for event, *_ in trail] == [Event.NEKAD_INLOGGNING] * 5
    assert not is_inside(browser)


def test_an_unknown_name_takes_as_long_as_a_known_one(anna):
    def took(kept):
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            passphrase.is_right("fel fras men lång nog", kept)
            times.append(time.perf_counter() - begun)
        return min(times)

    known, unknown = took(passphrase.kept(PHRASE)), took("")
    assert 0.5 < known / unknown < 2


def test_tries_wait_longer_and_longer_and_a_thousand_at_once_are_no_better(state, monkeypatch):
    now = [1_000_000]
    monkeypatch.setattr(attempts.time, "time", lambda: now[0])
    made, waited = 0, []
    for _ in range(1000):
        wait = attempts.claim(state, "Anna", "10.0.0.1")
        if wait:
            waited.append(wait)
        else:
            made += 1
    assert made == attempts.FREE
    for expected in (1, 2, 4, 8):
        assert attempts.claim(state, "anna", "10.0.0.1") == expected
        now[0] += expected
        assert attempts.claim(state, "anna", "10.0.0.1") == 0
    assert attempts.claim(state, "anna", "10.0.0.2") == attempts.claim(state, "berit", "10.0.0.1") == 0
    for _ in range(30):
        now[0] += attempts.LONGEST
        attempts.claim(state, "anna", "10.0.0.1")
    assert attempts.claim(state, "anna", "10.0.0.1") == attempts.LONGEST
    now[0] += 10 * attempts.FORGOTTEN
    attempts.claim(state, "annan", "10.0.0.1")
    with state.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM forsok").scalar_one() == 1


def test_too_many_at_once_come_back_later_and_hold_nobody_up(browser, anna):
    held = passphrase.AT_ONCE + passphrase.WAITING
    taken = [passphrase._line.acquire(blocking=False) for _ in range(held)]
    answer = sign(browser)
    passphrase._line.release(sum(taken))
    assert taken == [True] * held
    assert (answer.status_code, texts.BUSY in answer.text, answer.headers["Retry-After"]) == (429, True, "5")
    assert not is_inside(browser)
    assert sign(browser).status_code == 303


def test_the_right_phrase_does_not_help_while_an_account_must_wait(browser, anna, monkeypatch):
    begun = time.time()
    monkeypatch.setattr(attempts.time, "time", lambda: begun)
    for _ in range(attempts.FREE):
        sign(browser, phrase="fel fras men lång nog")
    answer = sign(browser)
    assert (answer.status_code, texts.WRONG[:30] in answer.text) == (401, True)


def test_a_code_lets_its_owner_choose_a_phrase_once(state, browser, trail):
    made = accounts.add(state, "berit", "Berit Berg")
    accounts.give(state, made.id, Grant(roll="admin"), by="prov")
    code = accounts.new_code(state, made.id)
    said = {"namn": "berit", "kod": code, "ny": PHRASE, "igen": PHRASE}
    assert browser.post("/logga-in/kod", data=said | {"igen": "en annan lösenfras"}).status_code == 422
    assert browser.post("/logga-in/kod", data=said | {"ny": "kort", "igen": "kort"}).status_code == 422
    assert browser.post("/logga-in/kod", data=said | {"kod": "0" * 32}).status_code == 401
    assert browser.post("/logga-in/kod", data=said | {"namn": "ingen"}).status_code == 401
    answer = browser.post("/logga-in/kod", data=said)
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/").location == "/admin"
    again = with_token(browser).post(
        "/logga-in/kod", data=said | {"ny": "en helt ny lösenfras", "igen": "en helt ny lösenfras"}
    )
    assert (again.status_code, texts.WRONG_CODE[:30] in again.text) == (401, True)


def test_a_code_is_too_old_after_a_day(state, browser, monkeypatch):
    made = accounts.add(state, "berit", "Berit Berg")
    code = accounts.new_code(state, made.id)
    later = time.time() + accounts.CODE_LASTS + 1
    monkeypatch.setattr(accounts.time, "time", lambda: later)
    assert accounts.use_code(state, "berit", code, passphrase.kept(PHRASE)) is None


def test_a_new_phrase_takes_the_old_one_and_ends_other_sessions(app, browser, anna):
    sign(browser)
    other = with_token(app.server.test_client(), "/logga-in")
    sign(other)
    with_token(browser)
    new = "fem blå getter i solen"
    wrong = browser.post("/konto", data={"gammal": "fel fras men lång nog", "ny": new, "igen": new})
    assert (wrong.status_code, texts.NOT_THE_OLD[:20] in wrong.text) == (422, True)
    assert browser.post("/konto", data={"gammal": PHRASE, "ny": new, "igen": new}).status_code == 303
    assert is_inside(browser)
    assert not is_inside(other)
    assert sign(with_token(other, "/logga-in"), phrase=new).status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/\n/evil", "tid", "",
        "/logga-ut", "/logga-in?vidare=/", "///evil", "http:/evil", "/" + "x" * 3000, "/\t/evil.example",
    ],
)  # fmt: skip
def test_sign_in_leads_to_a_page_of_ours_and_nowhere_else(asked):
    assert own_path(asked) == "/"
    assert own_path("/manad?enhet=SE-1&manad=2026-03") == "/manad?enhet=SE-1&manad=2026-03"


def test_local_accounts_can_be_switched_off_and_are_beside_a_provider(region, app, browser, anna):
    assert sign(browser).status_code == 303
    state, held = app.server.extensions["sjukvy"].state.address, browser.get_cookie(NAME).value
    by_provider = {"issuer": "https://login.example", "client_id": "sjukvy"}
    for said in ({"local_accounts": False}, by_provider):
        settings = DashboardSettings(published=region.published, state=state, signin=SignInSettings(**said))
        other = create_app(settings).server.test_client()
        assert "Lösenfras" not in other.get("/logga-in").text
        assert sign(with_token(other, "/logga-in")).status_code == 401
        other.set_cookie(NAME, held, secure=True)
        assert not is_inside(other), "a session does not outlive the way it came by"
    assert SignInSettings(**by_provider, local_accounts=True).local


def test_a_form_of_before_says_what_to_do(app, browser, anna):
    browser.environ_base.pop("HTTP_X_CSRFTOKEN")
    answer = sign(browser)
    assert answer.status_code == 400
    assert texts.TOO_OLD in answer.text


def test_a_state_that_cannot_be_reached_is_said_at_the_door(browser, monkeypatch):
    def not_reached(*_arguments):
        raise Unavailable("OperationalError")

    monkeypatch.setattr("dashboard.signin.entrance.claim", not_reached)
    answer = sign(browser)
    assert answer.status_code == 503
    assert texts.UNAVAILABLE in answer.text


# the demo


def test_the_demo_has_a_user_for_each_role_and_lets_them_in_with_one_click(region, tmp_path, units):
    app = create_app(DashboardSettings(published=region.published, state=f"sqlite:///{tmp_path}/p.sqlite", demo=True))
    for role in ROLES:
        browser = with_token(app.server.test_client(), "/logga-in")
        assert browser.post("/logga-in/demo", data={"roll": role}).status_code == 303
        assert ROLES[role].label in browser.get("/konto").text
        assert (units[0] in browser.get("/konto").text) == ROLES[role].own_units


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_user_is_refused_unless_both_the_service_and_the_release_are_a_demo(region, tmp_path, monkeypatch, demo):
    state = f"sqlite:///{tmp_path}/p.sqlite"
    inside = create_app(DashboardSettings(published=region.published, state=state, demo=True))
    browser = with_token(inside.server.test_client(), "/logga-in")
    browser.post("/logga-in/demo", data={"roll": "regionteam"})
    held = browser.get_cookie(NAME).value
    if demo:
        monkeypatch.setattr("dashboard.release.Release.is_demo", False)
    app = create_app(DashboardSettings(published=region.published, state=state, demo=demo))
    outside = app.server.test_client()
    outside.set_cookie(NAME, held, secure=True)
    assert not is_inside(outside)
    with_token(outside, "/logga-in")
    assert outside.post("/logga-in/demo", data={"roll": "regionteam"}).status_code == (403 if demo else 404)
    assert "Prova" not in outside.get("/logga-in").text


# sessions


@pytest.mark.parametrize("limit", [IDLE, ABSOLUTE])
def test_a_session_ends(app, state, monkeypatch, limit):
    client, begun = signed_in(app), time.time()
    steps = [*range(1500, limit - 60, 1500), limit + 1] if limit == ABSOLUTE else [limit + 1]
    for step in steps:
        monkeypatch.setattr(sessions.time, "time", lambda step=step: begun + step)
        if step < limit:
            assert is_inside(client), step
    assert not is_inside(client)
    assert client.post("/_dash-update-component", json={}).status_code == 401
    assert client.post("/_dash-update-component", json={}).json == {"fel": [texts.SIGNED_OUT]}


def test_asking_how_long_is_left_prolongs_nothing_and_the_button_does(app, monkeypatch):
    client, begun = signed_in(app), time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: begun + IDLE - 200)
    said = client.get("/session").json
    assert said["kvar"] <= 200
    assert said["kvar"] < said["varna"]
    assert client.get("/session").json["kvar"] <= 200
    assert client.post("/session").status_code == 200
    assert client.get("/session").json["kvar"] > IDLE - 10


def test_a_visitor_is_noted_once_a_minute(app, state, monkeypatch):
    client, written = signed_in(app), []
    monkeypatch.setattr("dashboard.state.sessions.prolong", lambda *_: written.append(1))
    begun = time.time()
    for step in (1, 30, 57):
        monkeypatch.setattr(sessions.time, "time", lambda step=step: begun + step)
        client.get("/konto")
    assert written == []
    monkeypatch.setattr(sessions.time, "time", lambda: begun + 61)
    client.get("/konto")
    assert written == [1]


def test_signing_out_ends_the_session_on_the_server(app, trail):
    client = signed_in(app)
    held = client.get_cookie(NAME).value
    assert client.post("/logga-ut").status_code == 303
    assert client.get_cookie(NAME) is None
    client.set_cookie(NAME, held, secure=True)
    assert not is_inside(client)
    assert trail[-1][0] == Event.UTLOGGNING


@pytest.mark.parametrize("ending", [accounts.disable, sessions.close_all])
def test_an_account_can_be_shut_out_at_once(app, state, ending):
    client = signed_in(app)
    assert is_inside(client)
    ending(state, account_of(state, "regionteam").id)
    assert not is_inside(client)


def test_the_guard_costs_less_than_a_millisecond(app, state):
    """Of all requests: those that show something take tens of them."""
    token, times = session_of(app, "team", ["SE-1"]), []
    for _ in range(300):
        begun = time.perf_counter()
        who = sessions.visitor(state, token)
        sessions.note_seen(state, who)
        who.scope(Right.STATISTIK)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[len(times) // 4] < 0.001


def test_the_key_of_forms_is_made_once_and_for_the_servers_user_alone(tmp_path):
    first, second = (secret_of(SignInSettings(), tmp_path) for _ in range(2))
    assert first == second
    assert len(first) == 64
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    short = tmp_path / "kort"
    short.write_text("kort")
    with pytest.raises(ValueError, match="at least"):
        secret_of(SignInSettings(secret_file=short), tmp_path)


# roles


def visitor_with(*grants):
    return Visitor(key="", account=1, user="|a", name="Anna", how=LOCAL, began=0, seen=0, grants=grants)


@pytest.mark.parametrize(
    ("grants", "right", "expected"),
    [
        ([], Right.STATISTIK, Scope.nothing()),
        ([Grant(roll="admin")], Right.STATISTIK, Scope.nothing()),
        ([Grant(roll="admin")], Right.KONTON, Scope.nothing()),
        ([Grant(roll="datasteward")], Right.STATISTIK, Scope.nothing()),
        ([Grant(roll="datasteward")], Right.DATAKVALITET, Scope.everything()),
        ([Grant(roll="analytiker")], Right.SKRIVA, Scope.nothing()),
        ([Grant(roll="regionteam")], Right.SKRIVA, Scope.everything()),
        (
            [Grant(roll="team", enhet_id="A"), Grant(roll="team", enhet_id="B")],
            Right.SKRIVA,
            Scope(units=frozenset("AB")),
        ),
        ([Grant(roll="team")], Right.STATISTIK, Scope.nothing()),
        ([Grant(roll="team", enhet_id="A"), Grant(roll="analytiker")], Right.SKRIVA, Scope(units=frozenset("A"))),
        ([Grant(roll="team", enhet_id="A"), Grant(roll="analytiker")], Right.STATISTIK, Scope.everything()),
    ],
)
def test_a_role_opens_what_its_table_says_and_nothing_else(grants, right, expected):
    assert scope_of(grants, right) == expected


def test_the_author_is_who_is_signed_in():
    assert author(visitor_with(Grant(roll="team", enhet_id="A"))) == "Anna, Team"
    long = Visitor(
        key="", account=1, user="|a", name="A" * 120, how=LOCAL, began=0, seen=0, grants=(Grant(roll="team"),)
    )
    assert len(author(long)) == 120


def test_roles_hold_from_a_day_to_a_day_and_changes_hold_at_once(app, state, units):
    made = accounts.add(state, "anna", "Anna")
    client = app.server.test_client()
    client.set_cookie(NAME, sessions.open_session(state, made.id, LOCAL), secure=True)
    assert client.get("/").status_code == 403
    accounts.give(state, made.id, Grant(roll="regionteam"), fran="2020-01-01", till="2020-12-31", by="prov")
    accounts.give(state, made.id, Grant(roll="regionteam"), fran="2990-01-01", by="prov")
    assert client.get("/").status_code == 403
    accounts.give(state, made.id, Grant(roll="team", enhet_id=units[1]), by="prov")
    assert is_inside(client)
    given = accounts.account(state, made.id).given[-1]
    accounts.withdraw(state, made.id, given.id, by="prov")
    assert client.get("/").status_code == 403
    with pytest.raises(Refused):
        accounts.withdraw(state, made.id, given.id, by="prov")


@pytest.mark.parametrize(
    ("grant", "days"),
    [
        (Grant(roll="kung"), {}),
        (Grant(roll="team"), {}),
        (Grant(roll="regionteam", enhet_id="A"), {}),
        (Grant(roll="regionteam"), {"fran": "i dag"}),
        (Grant(roll="regionteam"), {"fran": "2026-05-01", "till": "2026-04-01"}),
    ],
)
def test_a_role_that_makes_no_sense_is_not_given(state, grant, days):
    made = accounts.add(state, "anna", "Anna")
    with pytest.raises(Refused):
        accounts.give(state, made.id, grant, **days, by="prov")
    with pytest.raises(Refused):
        accounts.add(state, "anna", "En annan Anna")


# what is noted, and by whom it is written


def test_the_trail_tells_of_what_was_handled_and_not_of_what_was_typed(app, trail, units, show):
    everything, own = signed_in(app, "regionteam"), signed_in(app, "team", [units[0]])
    everything.get(f"/export/startade.csv?enhet=&enhet={units[1]}")
    everything.get("/export/startade.csv")
    show("/jamfor", f"?enhet={units[0]}&med={units[1]}", everything)
    show("/jamfor", f"?enhet={units[0]}&med={units[1]}", own)
    asked = f"enhet={units[0]}&manad=2026-03"
    own.post(f"/skriv/kommentar?{asked}", data={"text": "Bra möte"}, headers=OWN)
    own.post(f"/skriv/andra/1?version=1&enhet={units[1]}", data={"text": "Bättre möte"}, headers=OWN)
    assert [(event, enhet) for event, _, _, enhet, _ in trail] == [
        (Event.EXPORT, units[1]),
        (Event.EXPORT, units[0]),
        (Event.ENHET_VISAD, units[0]),
        (Event.ENHET_VISAD, units[1]),
        (Event.NEKAD_ATKOMST, units[1]),
        (Event.BESLUT, units[0]),
        (Event.BESLUT, units[0]),
    ]


def test_who_may_see_nothing_may_read_how_the_pages_can_be_used(app, trail):
    answer = signed_in(app, "admin").get("/tillganglighet")
    assert (answer.status_code, trail) == (200, [])
    assert "Tillgänglighetsredogörelse" in answer.text


def test_a_role_ends_at_midnight_where_the_units_are(app, state, monkeypatch):
    made = accounts.add(state, "anna", "Anna")
    accounts.give(state, made.id, Grant(roll="regionteam"), fran="2026-01-01", till="2026-06-30", by="prov")
    token = sessions.open_session(state, made.id, LOCAL)
    for hour, holds in ((21, True), (22, False)):  # UTC: two hours behind in summer
        moment = datetime(2026, 6, 30, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(day, "datetime", SimpleNamespace(now=moment.astimezone))
        assert bool(sessions.visitor(state, token).grants) is holds


def test_what_is_shown_fetched_written_and_refused_is_noted(app, trail, units, show):
    client = signed_in(app, "team", [units[0]])
    asked = f"enhet={units[0]}&manad=2026-03"
    show("/", f"?{asked}", client)
    show("/", f"?enhet={units[1]}", client)
    client.get(f"/export/pagaende.csv?{asked}")
    client.get(f"/export/pagaende.csv?enhet={units[1]}")
    client.post(f"/skriv/kommentar?{asked}", data={"text": "Bra möte", "av": "Någon annan"}, headers=OWN)
    client.get("/admin")
    events = [(event, enhet, outcome) for event, _, _, enhet, outcome in trail]
    assert events == [
        (Event.ENHET_VISAD, units[0], "ok"),
        (Event.NEKAD_ATKOMST, units[1], "nekad"),
        (Event.EXPORT, units[0], "ok"),
        (Event.NEKAD_ATKOMST, units[1], "nekad"),
        (Event.BESLUT, units[0], "ok"),
        (Event.NEKAD_ATKOMST, "", "nekad"),
    ]
    assert {(user, role) for _, user, role, *_ in trail} == {(f"|prov-team-{units[0]}", "Team")}
    written = show("/manad", f"?{asked}", client)[1]
    assert "Prov Team, Team" in written
    assert "Någon annan" not in written


def test_who_only_reads_is_offered_no_form(app, show, units):
    asked = f"?enhet={units[0]}&manad=2026-03"
    assert "nytt-beslut" in show("/manad", asked, signed_in(app, "team", [units[0]]))[1]
    assert "nytt-beslut" not in show("/manad", asked, signed_in(app, "analytiker"))[1]


def test_the_menu_has_only_what_a_role_opens(app, show):
    steward = signed_in(app, "datasteward")
    assert steward.get("/").location == "/datakvalitet"
    text = show("/datakvalitet", "", steward)[1]
    assert "/koordinering?" not in text
    assert "Vad blev av det som levererades?" in text
    assert states.FORBIDDEN_PAGE in show("/tid", "", steward)[1]


# the page of accounts


@pytest.fixture
def admin(app):
    return signed_in(app, "admin")


def test_an_administrator_adds_gives_takes_and_closes(app, state, admin, units, trail):
    answer = admin.post("/admin/konto", data={"sub": "nils", "visas": "Nils Nilsson"})
    code = re.search(r"<code>([0-9a-f]{32})</code>", answer.text)[1]
    found = accounts.find(state, "nils")
    assert "[" not in admin.get("/admin?gjort=konto").text
    role = admin.post(f"/admin/konto/{found.id}/roll", data={"roll": "team", "enhet": units[1], "till": "2990-01-01"})
    assert (role.status_code, role.location) == (303, "/admin?gjort=roll")
    given = accounts.account(state, found.id).given[0]
    assert (given.roll, given.enhet_id, given.till, given.given_av) == (
        "team",
        units[1],
        "2990-01-01",
        "Prov Administratör, Administratör",
    )
    nils = with_token(app.server.test_client(), "/logga-in")
    assert (
        nils.post("/logga-in/kod", data={"namn": "nils", "kod": code, "ny": PHRASE, "igen": PHRASE}).status_code == 303
    )
    assert is_inside(nils)
    admin.post(f"/admin/konto/{found.id}/sessioner")
    assert not is_inside(nils)
    admin.post(f"/admin/konto/{found.id}/bort/{given.id}")
    assert accounts.account(state, found.id).given == ()
    admin.post(f"/admin/konto/{found.id}/stang")
    assert not accounts.account(state, found.id).is_open
    admin.post(f"/admin/konto/{found.id}/oppna")
    assert accounts.account(state, found.id).is_open
    events = [event for event, *_ in trail if event in (Event.ROLLANDRING, Event.KONTOANDRING)]
    assert events.count(Event.ROLLANDRING) == 2
    assert events.count(Event.KONTOANDRING) == 5


def test_nobody_changes_their_own_account(state, admin):
    own = account_of(state, "admin")
    for change in ("roll", "stang", "kod", "sessioner", f"bort/{own.given[0].id}"):
        answer = admin.post(f"/admin/konto/{own.id}/{change}", data={"roll": "regionteam"})
        assert (answer.status_code, texts.NOT_ONESELF in answer.text) == (422, True)
    assert [one.roll for one in accounts.account(state, own.id).given] == ["admin"]


@pytest.mark.parametrize(
    ("change", "said"),
    [("roll", {"roll": "team"}), ("roll", {"roll": "kung"}), ("roll", {"roll": "team", "enhet": "SE-HITTEPÅ"})],
)
def test_what_makes_no_sense_is_refused_with_why(state, admin, change, said):
    made = accounts.add(state, "nils", "Nils")
    answer = admin.post(f"/admin/konto/{made.id}/{change}", data=said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert admin.post("/admin/konto/4711/roll", data={"roll": "regionteam"}).status_code == 422


def test_what_is_typed_is_shown_as_text(admin):
    answer = admin.post("/admin/konto", data={"sub": "x<script>", "visas": "<img src=x onerror=alert(1)>"})
    assert "<img" not in answer.text
    assert "&lt;img" in answer.text


def test_every_answer_has_the_headers(app, admin):
    for client, path in ((app.server.test_client(), "/logga-in"), (admin, "/admin"), (admin, "/session")):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert "form-action 'self';" in headers["Content-Security-Policy"]
