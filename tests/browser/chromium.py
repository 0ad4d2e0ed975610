"""Finds a Chromium that is already installed and starts it; never downloads one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_IT = (
    "no Chromium found: install one (Debian: sudo apt install chromium; Ubuntu: sudo snap install chromium; macOS: "
    "brew install --cask chromium) or name one in SJUKVY_CHROMIUM"
)


def path() -> str | None:
    """The browser to use, or None."""
    named = os.environ.get("SJUKVY_CHROMIUM")
    found = [named, *(shutil.which(name) for name in NAMES), *(place for place in MAC if Path(place).is_file())]
    return next((candidate for candidate in found if candidate), None)


@contextmanager
def started() -> Iterator[Browser]:
    """A headless browser. Raises RuntimeError where there is none."""
    executable = path()
    if executable is None:
        raise RuntimeError(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched(browser: Browser, *allowed: str) -> Iterator[Page]:
    """A page at 1280 × 800 of a browser that is new here. Raises AssertionError at the end on any error in its console
    but answers with these codes. To be left before the server that it looks at: a page that is open goes on asking."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, errors = context.new_page(), list[str]()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: errors.append(str(fault)))
    yield page
    context.close()
    assert [text for text in errors if not any(code in text for code in allowed)] == []
