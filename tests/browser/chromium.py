"""Finds a Chromium that is already installed and starts it; never downloads one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
