"""One browser and one dashboard for all browser tests."""

import pytest

from tests.browser.chromium import HOW_TO_GET_IT, path, started
from tests.browser.server import serving


@pytest.fixture(scope="session")
def browser():
    if path() is None:
        pytest.skip(HOW_TO_GET_IT)
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def address(region):
    with serving(region.published) as found:
        yield found


@pytest.fixture
def page(browser):
    """A page at 1280 × 800 that fails the test on any error in the browser's console."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    errors = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda fault: errors.append(str(fault)))
    yield opened
    opened.close()
    assert [text for text in errors if "404" not in text] == []
