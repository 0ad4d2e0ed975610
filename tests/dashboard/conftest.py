"""An app on the published synthetic region, and what a browser would ask of it."""

import pytest

from dashboard.access.scope import Scope
from dashboard.app import create_app
from dashboard.release import Releases
from dashboard.settings import DashboardSettings
from tests.signed import page_of, signed_in


@pytest.fixture(scope="session")
def app(region):
    return create_app(DashboardSettings(published=region.published))


@pytest.fixture(scope="session")
def client(app):
    return signed_in(app)


@pytest.fixture(scope="session")
def release(region):
    return Releases(region.published).current()


@pytest.fixture(scope="session")
def scope():
    return Scope.everything()


@pytest.fixture
def show(client):
    """The page of an address through the callback, as the browser asks for it: (status, texts as one string)."""

    def ask(path, search="", app_client=client):
        return page_of(app_client, path, search)

    return ask
