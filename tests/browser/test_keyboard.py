"""The keyboard alone: every page walked from the skip link to the footer, in the order that it is read, focus always seen."""

import pytest

from tests.browser.screenshots import addresses, show

pytestmark = pytest.mark.browser

# what can take the focus, in the order of the document
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, select, input, summary, [tabindex='0']")].filter(one => one.checkVisibility()).map(NAME)"""
NAME = """one => [one.tagName.toLowerCase(),
    (one.labels?.[0]?.innerText || one.getAttribute("aria-label") || one.innerText || one.id || "").trim()
    .replace(/\\s+/g, " ").slice(0, 60)].join(" ")"""
# the element with the focus: its name, how thick its ring is, and whether it can be seen
FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return [(NAME)(one), parseFloat(style.outlineWidth) * (style.outlineStyle !== "none"),
            box.width > 0 && box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth];
}"""
HEADER = [
    "a Hoppa till innehåll", "a Översikt", "a Över tid", "a Kvinnor och män", "a Längd", "a Återgång", "a Koordinering",
    "a Diagnoser", "a Jämför", "a Månadsuppföljning", "a Mått", "a Datakvalitet", "select Enhet", "select Månad",
    "button Återställ", "button Kopiera länk", "button Skriv ut", "a Prov Regionteam (Regionteam)", "button Logga ut",
]  # fmt: skip
FOOTER = ["a Beslut och åtgärder", "a Ordlista", "a Hjälp", "a Tillgänglighet", "a Om personuppgifter"]
TILES = [
    "a Pågående sjukfall",
    "a Sjukfall över 90 dagar",
    "a Startade sjukfall",
    "a Återgång i arbete",
    "a Koordinering",
]
MEASURE = "matt-pagaende"


def script(text):
    return text.replace("NAME", NAME)


def walk(page):
    """Every stop of the Tab key from the top of the page to the end: (name, width of the focus ring, in sight)."""
    stops = []
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(script(FOCUSED))
        if stop[0].startswith("body") or (stops and stop[0] == HEADER[0]):
            return stops
        stops.append(stop)
    raise AssertionError(f"no end after {stops[-1]}")


@pytest.mark.parametrize("name", [name for name in addresses() if not name.startswith("matt-") or name == MEASURE])
def test_the_walk_reaches_everything_in_order_and_shows_where_it_is(page, address, name):
    show(page, address + addresses()[name])
    stops = walk(page)
    names = [stop[0] for stop in stops]
    assert names == page.evaluate(script(REACHABLE))
    assert [stop for stop in stops if stop[1] < 3] == []
    assert [stop[0] for stop in stops if not stop[2]] == []
    assert names[: len(HEADER)] == HEADER
    assert names[-len(FOOTER) :] == FOOTER


def test_the_walk_through_the_first_page(page, address):
    show(page, f"{address}/?manad=2026-09")
    names = [stop[0] for stop in walk(page)]
    assert names[: len(HEADER)] == HEADER
    between = names[len(HEADER) : -len(FOOTER)]
    assert between[1].startswith("a "), "the way up to region and område"
    assert between[2 : 2 + len(TILES)] == TILES
    assert all(one.startswith("a ") for one in between[2 + len(TILES) :]), "links to the evidence"
    assert len(between) <= 2 + len(TILES) + 3


def test_the_skip_link_leads_past_the_menu(page, address):
    show(page, f"{address}/tid")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_box_is_opened_and_a_table_scrolled_by_keyboard(page, address):
    page.set_viewport_size({"width": 320, "height": 700})
    show(page, f"{address}/matt/pagaende")
    page.locator("details.tabell summary").first.focus()
    page.keyboard.press("Enter")
    frame = page.locator("details.tabell .tabellram").first
    frame.wait_for(state="visible")
    page.keyboard.press("Tab")
    assert frame.evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('details.tabell .tabellram').scrollLeft > 0")


def test_going_to_a_page_moves_the_focus_to_its_heading_and_says_so(page, address):
    show(page, f"{address}/")
    page.locator("#meny a:has-text('Återgång')").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    assert page.evaluate("document.activeElement.innerText").startswith("Återgång")
    assert page.title().startswith("Återgång – ")
    assert page.inner_text("#status").startswith("Återgång. Visar ")


def test_choosing_a_unit_leaves_the_focus_where_it_is(page, address):
    show(page, f"{address}/langd")
    page.focus("#val-enhet")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => window.location.search.includes('enhet=')")
    page.wait_for_selector("main h1")
    assert page.evaluate("document.activeElement.id") == "val-enhet"
