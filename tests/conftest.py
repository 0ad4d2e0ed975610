"""What every test shares: Hypothesis profiles, the synthetic region built once, and no skip where none may be."""

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipelines.deliveries import load
from pipelines.release import build_release
from pipelines.releases import POINTER
from pipelines.settings import Settings
from pipelines.synthetic import generate

SHARED = Path(__file__).resolve().parents[2] / "shared"
SMALL_REGION = {"patients": 40_000, "enheter": 8, "first": "2023-11", "last": "2026-10", "seed": 11}

relaxed = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
settings.register_profile("default", deadline=None, suppress_health_check=relaxed)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=relaxed)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def pytest_sessionfinish(session, exitstatus):
    """SJUKVY_NO_SKIPS: a test that could not run is a failure; -ra lists each with its reason."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")  # a worker process has none
    if os.environ.get("SJUKVY_NO_SKIPS") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("skipped tests, and SJUKVY_NO_SKIPS is set", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch, tmp_path_factory):
    """Settings come from the test, never from the machine, and without a word of the test they point to no data."""
    for name in [name for name in os.environ if name.startswith("SJUKVY_") and name != "SJUKVY_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path_factory.getbasetemp() / "no-data"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference figures beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("reference figures are not beside this checkout (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def region(tmp_path_factory) -> Settings:
    """A small synthetic region, delivered, loaded and published. Not to be changed by a test."""
    chosen = Settings(data=of_the_run(tmp_path_factory) / "region", demo=True)
    # the processes that share the tests share it too: the first makes it and the others wait
    with chosen.data.with_name("region.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (chosen.published / POINTER).is_file():
            folder = generate(chosen.data / "deliveries" / "region", **SMALL_REGION, progress=lambda done, total: None)
            load([folder], chosen, progress=lambda what, done, total: None)
            build_release(chosen, progress=lambda what: None)
    return chosen


def of_the_run(tmp_path_factory) -> Path:
    """The folder of this run of the tests, the same for all its processes."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
