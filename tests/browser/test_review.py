"""The meeting in a real browser: writing, being refused, two at once, and the agenda by keyboard alone."""

import pytest

from dashboard.access.scope import Scope
from dashboard.state import State
from tests.browser.chromium import watched
from tests.browser.server import serving
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

MONTH = "/manad?manad=2026-03"
FORM = "#nytt-beslut"


@pytest.fixture
def meeting(region, tmp_path):
    with serving(region.published, f"sqlite:///{tmp_path}/protokoll.sqlite") as address:
        yield address


@pytest.fixture
def screen(browser, meeting):
    """A page whose console may say that a form was refused, and nothing else."""
    with watched(browser, "422", "409") as opened:
        yield opened


def opened(page, address):
    page.goto(address)
    page.wait_for_selector(FORM, state="attached", timeout=60_000)


def fill(page, text):
    page.click("summary:has-text('Anteckna ett beslut')")
    page.fill(f"{FORM}-text", text)
    page.fill(f"{FORM}-ansvarig", "Verksamhetschef")
    page.fill(f"{FORM}-klart_senast", "2026-05-30")
    page.select_option(f"{FORM}-matt", "startade")
    page.fill(f"{FORM}-effekt", "fler får insats")


def test_a_refused_form_keeps_its_text_and_a_confirmed_name_is_saved(screen, meeting):
    opened(screen, meeting + MONTH)
    fill(screen, "Anna Svensson bokar tid")
    screen.click(f"{FORM} .spara")
    screen.wait_for_selector(f"{FORM} .bekrafta:not([hidden])")
    assert "ett namn" in screen.inner_text(f"{FORM} [role=alert]")
    assert screen.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert screen.input_value(f"{FORM}-text") == "Anna Svensson bokar tid"
    assert faults(screen) == []
    screen.check(f"{FORM}-bekraftat")
    screen.click(f"{FORM} .spara")
    screen.wait_for_selector("table.skrivna", timeout=60_000)
    screen.wait_for_selector("#kopierad:has-text('Beslutet är sparat.')")
    assert faults(screen) == []
    screen.set_viewport_size({"width": 320, "height": 700})
    for _ in range(50):  # the charts follow a little later
        if screen.evaluate("document.documentElement.scrollWidth") <= 320:
            break
        screen.wait_for_timeout(100)
    assert screen.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(screen) == []


def test_the_second_of_two_sees_the_first_and_keeps_the_own_text(browser, screen, meeting, tmp_path):
    opened(screen, meeting + MONTH)
    fill(screen, "Boka tid senast dag 30")
    screen.click(f"{FORM} .spara")
    screen.wait_for_selector("table.skrivna", timeout=60_000)
    other = browser.new_page()
    for page in (other, screen):
        opened(page, meeting + MONTH)
        page.click("summary:has-text('Ändra:')")
    other.fill("#andra-1-text", "den första")
    other.click("#andra-1 .spara")
    other.wait_for_selector("text=den första", timeout=60_000)
    screen.fill("#andra-1-text", "den andra")
    screen.click("#andra-1 .spara")
    screen.wait_for_selector("#andra-1 .formfel p")
    assert "den första" in screen.inner_text("#andra-1 .formfel")
    assert screen.input_value("#andra-1-text") == "den andra"
    screen.click("#andra-1 .spara")
    screen.wait_for_selector("th:has-text('den andra')", timeout=60_000)
    state = State(f"sqlite:///{tmp_path}/protokoll.sqlite")
    assert [one.text for one in state.history(Scope.everything(), 1)][1:] == ["den första", "den andra"]
    state.engine.dispose()
    other.close()


def test_the_agenda_is_driven_by_keyboard(screen, meeting):
    opened(screen, meeting + MONTH)
    screen.focus("#motesknapp")
    screen.keyboard.press("Enter")
    shown = "[...document.querySelectorAll('.dagordning > section')].filter(one => one.checkVisibility()).length"
    assert screen.evaluate(shown) == 1
    seen = []
    for key in ("ArrowRight", "PageDown", "ArrowLeft", *["PageDown"] * 9):
        screen.keyboard.press(key)
        seen.append(screen.evaluate("document.activeElement.innerText"))
    assert seen[:3] == ["Läget", "Signaler sedan förra kvartalet", "Läget"]
    assert seen[-1] == "Till APT och läkarmöte"
    assert screen.inner_text("#status") == "Punkt 9 av 9: Till APT och läkarmöte"
    assert faults(screen) == []
    screen.keyboard.press("Escape")
    assert screen.evaluate(shown) == 9
    assert screen.evaluate("document.activeElement.id") == "motesknapp"
