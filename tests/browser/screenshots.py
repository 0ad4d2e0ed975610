"""`python -m tests.browser.screenshots DIR`: every page of the demo as on a desktop, a phone and paper."""

import sys
from pathlib import Path

from playwright.sync_api import Page

from dashboard.pages import PAGES
from pipelines.settings import Settings
from schemas.measures import MEASURES
from tests.browser.chromium import started
from tests.browser.server import serving

SIZES = {"1280": (1280, 800), "375": (375, 812)}


def addresses() -> dict[str, str]:
    """File name → address of every page, each measure included."""
    fixed = {page.path.strip("/") or "oversikt": page.path for page in PAGES if not page.path.endswith("*")}
    return fixed | {f"matt-{name}": f"/matt/{name}" for name in MEASURES} | {"finns-inte": "/finns-inte"}


def take(published: Path, out: Path) -> list[Path]:
    """Write the pictures and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with serving(published) as address, started() as browser:
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, path in addresses().items():
                show(page, address + path)
                made.append(out / f"{name}-{size}.png")
                page.screenshot(path=made[-1], full_page=True)
            if size == "1280":
                made += _first_screen_and_paper(page, address, out)
            page.close()
    return made


def show(page: Page, address: str) -> None:
    """Open an address and wait until the page and its charts stand."""
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.graf')].every(graf => graf.querySelector('.main-svg'))"
    )
    page.wait_for_timeout(250)


def _first_screen_and_paper(page: Page, address: str, out: Path) -> list[Path]:
    made = [out / "oversikt-forsta-skarmen.png"]
    show(page, address + "/")
    page.screenshot(path=made[0])
    for name in ("oversikt", "atergang", "koordinering"):
        show(page, address + addresses()[name])
        made.append(out / f"{name}-papper.pdf")
        page.pdf(path=made[-1], prefer_css_page_size=True)
    return made


if __name__ == "__main__":
    demo = Settings()
    for picture in take(demo.data / "demo" / "published", Path(sys.argv[1])):
        print(picture)
