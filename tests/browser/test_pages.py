"""Every page in a real browser: accessibility rules, reflow, keyboard, address, print."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from schemas.measures import MEASURES
from tests.browser.screenshots import addresses, show

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXTRA = {"ingen-behorighet": "/?enhet=SE-FINNS-INTE", "ingen-manad": "/?manad=2031-01"}
SIZES = {"desktop": (1280, 800), "phone": (320, 700)}


def faults(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def one_of_each() -> dict[str, str]:
    """Every page, and of the measures one of each kind: the others are built by the same functions."""
    kinds = {type(measure): name for name, measure in reversed(MEASURES.items()) if name != "avslut"}
    left_out = {f"matt-{name}" for name in MEASURES} - {f"matt-{name}" for name in kinds.values()}
    return {name: path for name, path in addresses().items() if name not in left_out} | EXTRA


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(page, address, size):
    looked_at(page, address, size, one_of_each())


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_measure_is_accessible_and_fits(page, address, size):
    rest = addresses().items() - one_of_each().items()
    assert len(rest) > 10
    looked_at(page, address, size, dict(rest))


def looked_at(page, address, size, paths):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    for name, path in paths.items():
        show(page, address + path)
        assert faults(page) == [], name
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
        assert faults(page) == [], f"{name}, opened"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert page.locator("h1").count() == 1, name
        assert page.locator("html").get_attribute("lang") == "sv"
        assert page.title().endswith("Sjukvy"), name
        assert page.locator(".modebar, .modebar-container .modebar-btn").count() == 0, name
        assert "Share chart" not in page.content()
        assert "Påhittade uppgifter" in page.inner_text("body")


def test_hidden_figures_are_accessible_too(page, address, region):
    from dashboard import queries
    from dashboard.access.scope import Scope
    from dashboard.release import Releases

    release = Releases(region.published).current()
    measure = queries.measures(release)["langa_90"]
    hidden = next(
        unit.enhet_id
        for unit in queries.places(release, Scope.everything())
        for row in queries.series(release, Scope.everything(), measure, unit.enhet_id, "manad")
        if row["utfall"] == "dolt"
    )
    show(page, f"{address}/matt/langa_90?enhet={hidden}")
    assert faults(page) == []
    page.click("text=Visa som tabell")
    assert "×" in page.inner_text("table")


def test_the_first_screen_answers_without_touching_anything(page, address):
    show(page, address + "/")
    for selector in ("h1", ".lage", ".mening", ".rutor", ".att-ta-upp"):
        box = page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 800, selector
    tiles = page.locator(".ruta").all_inner_texts()
    assert len(tiles) == 5
    assert all("Kvinnor" in text and "Män" in text for text in tiles)


def test_unit_and_month_are_chosen_by_keyboard_and_stay_in_the_address(page, address):
    show(page, address + "/atergang")
    first = page.inner_text(".lage")
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Hoppa till innehåll"
    page.focus("#val-enhet")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("before => document.querySelector('.lage').innerText !== before", arg=first)
    assert "enhet=" in page.url
    assert "/atergang?" in page.url
    second = page.inner_text(".lage")
    page.select_option("#val-manad", "2026-03")
    page.wait_for_function("() => document.querySelector('.lage').innerText.includes('mars 2026')")
    assert "manad=2026-03" in page.url
    page.go_back()
    page.wait_for_function("before => document.querySelector('.lage').innerText === before", arg=second)
    page.go_back()
    page.wait_for_function("before => document.querySelector('.lage').innerText === before", arg=first)


def test_links_keep_the_choice_and_move_the_focus_to_the_heading(page, address):
    show(page, f"{address}/?manad=2026-03")
    page.click("nav >> text=Koordinering")
    page.wait_for_function("() => document.querySelector('h1').innerText === 'Koordinering'")
    assert "manad=2026-03" in page.url
    page.wait_for_function("() => document.activeElement === document.querySelector('main h1')")
    assert page.locator("nav [aria-current=page]").inner_text() == "Koordinering"
    assert "mars 2026" in page.inner_text("[role=status]#status")
    with page.expect_download() as download:
        page.click("text=Ladda ner CSV")
    assert download.value.suggested_filename == "sjukvy-tackning-2026-03.csv"


def test_a_chosen_unit_leads_out_of_an_error(page, address):
    show(page, f"{address}/?enhet=SE-FINNS-INTE")
    assert "Du har inte behörighet" in page.inner_text("main")
    page.click("#aterstall")
    page.wait_for_selector(".rutor")


def test_paper_has_the_tables_and_no_controls(page, address):
    show(page, address + "/koordinering")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("table").first.is_visible()
    assert not page.locator("#val-enhet").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator(".pahittat").is_visible()
    assert page.locator(".graf").first.bounding_box()["width"] > 300
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_a_chart_says_in_words_what_it_shows(page, address):
    show(page, address + "/atergang")
    spoken = page.locator("[role=img]").first.get_attribute("aria-label")
    assert "Kvinnor:" in spoken
    assert "dag 90" in spoken
    assert page.locator("[role=img] [tabindex='0'], [role=img] a, [role=img] button").count() == 0
