"""What the product is built on: declared = used, locked with hashes, and no address of anybody's package index."""

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires

import pytest

from tests.architecture.source import ROOMS, ROOT, imported, product, written

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")
# imported although not declared: the version is for the package that brings it to choose
BROUGHT_BY = {
    "requests": "dash", "pydantic": "pydantic-settings", "jinja2": "flask", "markupsafe": "flask", "packaging": "gunicorn",
}  # fmt: skip
# development tools that neither a test imports nor the Makefile calls, and why
TOOLS_WITHOUT_IMPORT = {
    "setuptools": "builds the project",
    "ipykernel": "the kernel that runs the notebooks",
    "pg8000": "the driver by which the state is tested on PostgreSQL",
    "pytest-xdist": "make test runs on every core with it",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def distributions(names: set[str]) -> set[str]:
    """The installed distributions that these top-level modules come from."""
    known = packages_distributions()
    return {normal(found) for name in names for found in known.get(name, [])}


DECLARED = {normal(requirement) for requirement in PROJECT["dependencies"]}
DEVELOPMENT = {normal(requirement) for requirement in PROJECT["optional-dependencies"]["dev"]}
USED = {name for path in product() for name in imported(path)} - set(sys.stdlib_module_names) - {*ROOMS, "sjukvy"}


def test_every_dependency_is_imported():
    assert DECLARED - distributions(USED) == set()


def test_every_import_is_declared():
    assert distributions(USED) - DECLARED == set(BROUGHT_BY)


@pytest.mark.parametrize(("package", "by"), BROUGHT_BY.items())
def test_what_is_brought_is_brought(package, by):
    assert package in {normal(requirement) for requirement in requires(by)}


def test_every_development_tool_is_used():
    in_tests = {name for path in written() if path.suffix == ".py" for name in imported(path)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = {"import-linter": "lint-imports"}
    idle = DEVELOPMENT - distributions(in_tests) - set(TOOLS_WITHOUT_IMPORT)
    assert {tool for tool in idle if f"$(BIN)/{commands.get(tool, tool)}" not in makefile} == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "http" not in text
    pinned = re.findall(r"^([a-z0-9.-]+)==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S", text, flags=re.MULTILINE))
    assert set(pinned) >= (DECLARED if name == "requirements.lock" else DECLARED | DEVELOPMENT)


def test_the_lock_of_the_test_provider_has_hashes_and_no_addresses():
    text = (ROOT / "tests" / "access" / "provider" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    assert all(one["integrity"].startswith("sha512-") for name, one in packages.items() if name)


def test_the_runtime_lock_builds_the_project_without_fetching():
    """make demo installs the project with --no-build-isolation: its build backend comes from the same lock."""
    assert re.search(r"^setuptools==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.MULTILINE)
