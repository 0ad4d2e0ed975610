"""The pages in a real browser: what the first screen holds, the address, links, files, pictures, paper."""

from xml.etree import ElementTree

import pytest

from tests.browser.screenshots import show

pytestmark = pytest.mark.browser


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
    assert not page.locator("#meny").is_visible()
    assert page.locator(".pahittat").is_visible()
    assert page.locator(".graf").first.bounding_box()["width"] > 300
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_a_chart_says_in_words_what_it_shows(page, address):
    show(page, address + "/atergang")
    spoken = page.locator("[role=img]").first.get_attribute("aria-label")
    assert "Kvinnor:" in spoken
    assert "dag 90" in spoken
    assert page.locator("[role=img] [tabindex='0'], [role=img] a, [role=img] button").count() == 0


def test_a_chart_is_saved_as_a_picture_that_says_where_it_comes_from(page, address, tmp_path):
    show(page, f"{address}/jamfor?manad=2026-09")
    with page.expect_download() as download:
        page.locator("[data-bild]").first.click()
    assert download.value.suggested_filename == "sjukvy-pagaende-liknande-2026-09.svg"
    download.value.save_as(tmp_path / "bild.svg")
    picture = ElementTree.parse(tmp_path / "bild.svg").getroot()
    said = " ".join(picture.itertext())
    assert picture.find("{*}title").text == page.locator("section:has([data-bild]) .diagramtitel").first.inner_text()
    assert "Punktdiagram" in picture.find("{*}desc").text
    for part in ("Påhittade uppgifter", "Utgåva ", "färre än 5 personer", "/matt/pagaende?enhet="):
        assert part in said
    assert picture.find("{*}svg") is not None, "the chart itself"


def test_a_click_on_a_unit_among_others_goes_to_it(page, address):
    show(page, f"{address}/jamfor?manad=2026-09")
    first = page.inner_text(".lage strong")
    points = page.locator("section.diagram:has-text('hur ligger enheterna till')").locator(".scatterlayer .points path")
    points.last.scroll_into_view_if_needed()
    box = points.last.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.click(*middle)
    page.wait_for_function("before => document.querySelector('.lage strong').innerText !== before", arg=first)
    assert "/jamfor?" in page.url
    assert "matt=pagaende" in page.url
    page.go_back()
    page.wait_for_function("before => document.querySelector('.lage strong').innerText === before", arg=first)


def test_a_unit_is_put_beside_ones_own_and_taken_away_again(page, address):
    show(page, f"{address}/jamfor?manad=2026-09")
    page.select_option("#bredvid", index=1)
    chosen = page.locator("#bredvid option:checked").inner_text()
    page.click("#lagg-till")
    page.wait_for_selector(f"text=Ta bort {chosen}")
    assert "med=" in page.url
    page.click(f"text=Ta bort {chosen}")
    page.wait_for_function("() => !window.location.search.includes('med=')")


def test_the_catalogue_is_searched_by_keyboard(page, address):
    show(page, f"{address}/matt?manad=2026-09")
    page.fill("#sok", "över 90")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=mått för ”över 90”")
    assert "sok=" in page.url
    assert "manad=2026-09" in page.url
    page.click("text=Visa alla")
    page.wait_for_function("() => !window.location.search.includes('sok=')")


def test_waiting_is_said_and_ends(page, address):
    show(page, f"{address}/")
    held = []  # no answer until what is said while waiting has been read, however slow the machine
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    page.click("nav >> text=Koordinering")
    page.wait_for_selector("main[aria-busy]")
    assert page.inner_text("#status") == "Hämtar statistik …"
    page.route("**/_dash-update-component*", lambda route: route.continue_())
    for route in held:
        route.continue_()
    page.wait_for_selector("main:not([aria-busy]) h1:has-text('Koordinering')")
    page.wait_for_function("() => document.querySelector('#status').innerText.startsWith('Koordinering. Visar ')")
    page.unroute("**/_dash-update-component*")


def test_a_table_that_cannot_be_fetched_says_so_and_is_fetched_again(page, address):
    show(page, f"{address}/matt/pagaende")
    page.route("**/_tabell/**", lambda route: route.fulfill(status=404))
    box = page.locator("details.tabell").first
    box.locator("summary").press("Enter")
    box.locator("text=Tabellen kunde inte hämtas.").wait_for()
    assert page.inner_text("#status") == "Tabellen kunde inte hämtas."
    page.unroute("**/_tabell/**")
    box.locator("button").press("Enter")
    box.locator("table").wait_for()
    assert page.inner_text("#status") == "Tabellen visas."
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("nav >> text=Återgång")
    page.wait_for_function("() => document.querySelector('main h1').innerText.startsWith('Återgång')")
    assert page.locator("details.tabell[open], details.tabell table").count() == 0, "nothing of the page before"


def test_paper_has_every_table_and_the_screen_is_closed_again(page, address):
    show(page, f"{address}/atergang")
    assert page.locator("details.tabell table").count() == 0
    page.pdf()
    boxes = page.locator("details.tabell").count()
    assert boxes > 5
    assert page.locator("details.tabell table").count() == boxes
    assert page.locator("details[open]").count() == 0
