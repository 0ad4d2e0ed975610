"""A certified provider run by node, and apps that sign in by it."""

import json
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.access.scope import Scope
from dashboard.access.settings import SignInSettings
from dashboard.app import create_app
from dashboard.release import Releases
from dashboard.settings import DashboardSettings
from tests.signed import page_of

PROVIDER = Path(__file__).parent / "provider"
SECRET = "a secret of the test that is long enough"  # pragma: allowlist secret
BACK = "http://127.0.0.1:8050/logga-in/tillbaka"
ACCOUNTS = {
    "anna": {"name": "Anna Andersson", "acr": "loa3", "groups": ["region-statistik"]},
    "berit": {"name": "Berit Berg", "acr": "loa3", "groups": ["vc-chef"], "healthCareUnitHsaId": "SE-E1"},
    "cilla": {"name": "Cilla Carlsson", "acr": "loa3", "groups": ["annat"]},
    "dora": {"name": "Dora Dahl", "acr": "loa2", "groups": ["region-statistik"]},
    "eva": {
        "name": "Eva Ek",
        "acr": "loa3",
        "groups": ["region-statistik"],
        "commissionPurpose": "Vård och behandling",
    },
}


@pytest.fixture(scope="session")
def release(region):
    return Releases(region.published).current()


@pytest.fixture(scope="session")
def scope():
    return Scope.everything()


@pytest.fixture
def show():
    """The page of an address for a client: (status, texts as one string)."""
    return lambda path, search, client: page_of(client, path, search)


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The folder in which the provider and what it needs are installed, from the lock file."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed (Debian and Ubuntu: sudo apt install nodejs npm)")
    folder = tmp_path_factory.mktemp("provider") / "provider"
    shutil.copytree(PROVIDER, folder, ignore=shutil.ignore_patterns("node_modules"))
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def running(folder):
    """The issuer of a provider that is up."""
    said = json.dumps({"redirect": BACK, "accounts": ACCOUNTS})
    command = ["node", "provider.mjs", said]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="session")
def issuer(installed):
    with running(installed) as found:
        yield found


@pytest.fixture(scope="session")
def other_issuer(installed):
    """Another provider that anybody may have set up, with the same client's name."""
    with running(installed) as found:
        yield found


@pytest.fixture
def signing(region, tmp_path, issuer):
    """Makes an app with a state of its own that signs in by the provider."""
    secret = tmp_path / "hemlighet"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")

    def made(**more):
        said = {"issuer": issuer, "client_id": "sjukvy", "client_secret_file": secret, "acr": ("loa3",), **more}
        state = f"sqlite:///{tmp_path}/protokoll.sqlite"
        return create_app(
            DashboardSettings(published=region.published, state=state, signin=SignInSettings(**said))
        )  # fmt: skip

    return made
