"""Signing in and out in a real browser: the cookie, the warning before the end, and what is typed when it comes."""

import pytest

from dashboard.state import State, sessions
from tests.browser.chromium import watched
from tests.browser.server import serving
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
FORM = "#nytt-beslut"


@pytest.fixture
def state(tmp_path):
    opened = State(f"sqlite:///{tmp_path}/protokoll.sqlite")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def address(region, state):
    with serving(region.published, state.address, role="", demo=True) as found:
        yield found


@pytest.fixture
def screen(browser, address):
    """A page whose console may say that somebody was refused, and nothing else."""
    with watched(browser, "401") as opened:
        yield opened


def enter(page, address, role="Regionteam", path="/"):
    page.goto(address + path)
    page.click(f"button:has-text('{role}')")
    page.wait_for_selector("main h1")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_at_the_door_can_be_used_by_everybody(screen, address, width):
    screen.set_viewport_size({"width": width, "height": 800})
    for path in ("/logga-in", "/logga-in/kod", "/tillganglighet"):
        screen.goto(address + path)
        assert faults(screen) == []
        assert screen.evaluate("document.documentElement.scrollWidth") <= width
    enter(screen, address, "Administratör")
    screen.fill("#sub", f"nils-{width}")
    screen.fill("#visas", "Nils Nilsson")
    screen.click("text=Lägg till")
    screen.wait_for_selector("code")
    for summary in screen.query_selector_all("summary"):
        summary.click()
    assert faults(screen) == []
    assert screen.evaluate("document.documentElement.scrollWidth") <= width
    screen.goto(address + "/konto")
    assert faults(screen) == []


def test_the_browser_keeps_the_cookie_and_comes_on_to_the_page_that_was_asked_for(screen, address):
    enter(screen, address, path="/tid?manad=2026-03")
    screen.wait_for_selector("h1:has-text('Utveckling över tid')")
    assert screen.url == f"{address}/tid?manad=2026-03"
    held = {cookie["name"]: cookie for cookie in screen.context.cookies()}
    assert held["__Host-sk"]["httpOnly"]
    assert held["__Host-sk"]["secure"]
    assert screen.evaluate("document.cookie").count("__Host-sk=") == 0
    assert screen.inner_text(".vem a").startswith("Demo regionteam")
    screen.click("#logga-ut")
    screen.wait_for_selector("text=Du har loggat ut.")
    screen.goto(address + "/")
    assert "/logga-in" in screen.url


def test_a_chart_is_never_silently_empty_when_the_session_has_ended(screen, address, state):
    enter(screen, address)
    sessions.close_all(state, 1)
    screen.click("nav a:has-text('Över tid')")
    screen.wait_for_selector("#sessionsruta:has-text('Du har blivit utloggad')")
    assert screen.evaluate("document.activeElement.textContent") == "Logga in"
    assert faults(screen) == []
    screen.click("#sessionsruta button")
    screen.click("button:has-text('Regionteam')")
    screen.wait_for_selector("h1:has-text('Utveckling över tid')")


def test_it_is_said_before_the_end_and_one_click_prolongs(screen, address, state, monkeypatch):
    monkeypatch.setattr(sessions, "SEEN_EVERY", 10**9)
    screen.add_init_script(
        "window.setTimeout = (real => (act, wait) => real(act, Math.min(wait || 0, 1500)))(window.setTimeout)"
    )
    enter(screen, address)
    with state.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE inloggning SET sedd = sedd - 1600")
    screen.wait_for_selector("#sessionsruta:has-text('Du loggas snart ut')")
    assert faults(screen) == []
    screen.click("text=Fortsätt vara inloggad")
    screen.wait_for_selector("#sessionsruta", state="detached")
    with state.engine.connect() as connection:
        begun, seen = connection.exec_driver_sql("SELECT skapad, sedd FROM inloggning").one()
    assert seen >= begun


def test_what_was_typed_is_there_again_for_who_wrote_it(screen, address, state):
    enter(screen, address, path="/manad?manad=2026-03")
    screen.wait_for_selector(FORM, state="attached", timeout=60_000)
    screen.click("summary:has-text('Anteckna ett beslut')")
    screen.fill(f"{FORM}-text", "Boka tid senast dag 30")
    sessions.close_all(state, 1)
    screen.click(f"{FORM} .spara")
    screen.wait_for_selector("#sessionsruta:has-text('finns kvar')")
    screen.click("#sessionsruta button")
    screen.click("button:has-text('Regionteam')")
    screen.wait_for_selector(f"{FORM}-text:visible", timeout=60_000)
    assert screen.input_value(f"{FORM}-text") == "Boka tid senast dag 30"
    sessions.close_all(state, 1)
    screen.click(f"{FORM} .spara")
    screen.click("#sessionsruta button")
    screen.click("button:has-text('Team')")
    screen.wait_for_selector(FORM, state="attached", timeout=60_000)
    screen.wait_for_timeout(300)
    assert screen.input_value(f"{FORM}-text") == ""
