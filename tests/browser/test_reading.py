"""Other ways to read: large text, wide spacing, little movement, few colours. Nothing is cut off or moved out of sight."""

import pytest

from tests.browser.screenshots import addresses, show

pytestmark = pytest.mark.browser

PAGES = {name: path for name, path in addresses().items() if not name.startswith("matt-") or name == "matt-pagaende"}
# WCAG 1.4.12, the reader's own spacing
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
LARGE = "html { font-size: 200% !important; }"
TOO_WIDE = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(one => {
    const style = getComputedStyle(one);
    return one.checkVisibility() && style.overflowX === "hidden" && !one.closest(".bara-lasare, svg, .js-plotly-plot")
        && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))"""


def test_nothing_moves_all_text_fits_and_everything_that_is_pressed_is_large_enough(page, address):
    page.emulate_media(reduced_motion="reduce")
    for name, path in PAGES.items():
        show(page, address + path)
        assert page.evaluate("document.getAnimations().length") == 0, name
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            large_enough(page, f"{name} {width}")
        for css, width in ((SPACED, 320), (SPACED, 1280), (LARGE, 1280)):
            page.set_viewport_size({"width": width, "height": 800})
            added = page.add_style_tag(content=css)
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            assert page.evaluate(TOO_WIDE) == [], name
            added.evaluate("one => one.remove()")


def large_enough(page, name):
    """WCAG 2.5.8: 24 px, but for links inside a sentence; choices 44 px."""
    small = page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main summary, nav a, footer a")].filter(one => {
            const box = one.getBoundingClientRect();
            return one.checkVisibility() && !one.closest("p.lage, li, p:not(.nedladdning), th, h2, dd")
                && (box.height < 24 || box.width < 24);
        }).map(one => one.outerHTML.slice(0, 120))"""
    )
    assert small == [], name
    for chosen in page.locator(".filter select, .filter button").all():
        assert chosen.bounding_box()["height"] >= 44, name


def test_the_pages_hold_in_few_colours(page, address):
    page.emulate_media(forced_colors="active")
    for name in ("oversikt", "jamfor", "manad", "matt"):
        show(page, address + addresses()[name])
        current = page.locator("#meny a[aria-current]")
        assert current.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
        assert page.locator(".kort").first.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
        assert page.locator(".knapp").first.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    show(page, f"{address}/")
    kinds = [
        page.locator(f".varde.{sex}").first.evaluate("one => getComputedStyle(one).borderLeftStyle") for sex in "km"
    ]
    assert kinds == ["solid", "dashed"], "kvinnor and män are told apart without colour"
