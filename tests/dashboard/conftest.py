"""An app on the published synthetic region, and what a browser would ask of it."""

import json

import pytest

from dashboard.access.scope import Scope
from dashboard.app import create_app
from dashboard.release import Releases
from dashboard.settings import DashboardSettings
from tests.signed import signed_in


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
        wire = next(w for w in app_client.get("/_dash-dependencies").json if "innehall" in w["output"])
        body = {
            "output": wire["output"],
            "outputs": [
                dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
                for part in wire["output"].strip(".").split("...")
            ],
            "inputs": [
                {"id": "url", "property": "pathname", "value": path},
                {"id": "url", "property": "search", "value": search},
            ],
            "changedPropIds": ["url.pathname"],
        }
        answer = app_client.post("/_dash-update-component", json=body)
        return answer.status_code, json.dumps(answer.json, ensure_ascii=False)

    return ask
