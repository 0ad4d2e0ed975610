"""One browser and one dashboard for all browser tests."""

import pytest

from tests.browser.chromium import HOW_TO_GET_IT, path, started, watched
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
    """A page that fails the test on any error in the browser's console."""
    with watched(browser, "404") as opened:
        yield opened
