"""What the product is built on: floors that mend known holes, licences that may be used, a list of it all, and that the
searches in make check find what they are for."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.version import Version

from deploy.supply import ALLOWED, LOCK, allowed, licences_page, packages, sbom
from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = {wanted.name.lower(): wanted for wanted in map(Requirement, PROJECT["dependencies"])}
# package → (first version without the hole, why)
FLOORS = {
    "dash": ("4.4.1", "background callbacks without sign-in (#3902), CVE-2024-21485"),
    "plotly": ("6.0", "plotly.js with CVE-2023-46308"),
    "flask": ("3.1.3", "CVE-2026-27205"),
    "werkzeug": ("3.1.9", "CVE-2025-66221, CVE-2026-21860, CVE-2026-27199"),
    "authlib": ("1.9.0", "the nonce of OpenID Connect could be passed by, CVE-2026-114617"),
    "gunicorn": ("27", "requests smuggled past a proxy, CVE-2024-1135 and -6827"),
    "weasyprint": ("70.0", "CVE-2025-68616, CVE-2026-49452, CVE-2026-55073"),
    "duckdb": ("1.4.2", "CVE-2025-64429"),
}
NEVER = {"dash-uploader"}  # CVE-2026-38360, in every version
BIN = Path(sys.executable).parent


@pytest.mark.parametrize("name", FLOORS)
def test_nothing_locked_or_allowed_has_a_known_hole(name):
    floor = Version(FLOORS[name][0])
    locked = [Version(package.version) for package in packages() if package.name == name]
    assert all(version >= floor for version in locked), FLOORS[name][1]
    if name in DECLARED:
        assert locked
        lowest = max(Version(one.version) for one in DECLARED[name].specifier if one.operator in (">=", "=="))
        assert lowest >= floor, FLOORS[name][1]
    else:
        # what others bring has a floor only when it is declared
        assert not locked


def test_what_is_never_safe_is_not_there():
    assert NEVER & {package.name for package in packages()} == set()


def test_every_line_of_the_lock_is_read():
    assert len(packages()) == len(re.findall(r"^\S", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert all(package.hashes for package in packages())


def test_every_licence_may_be_used():
    unknown = {one.name: one.licence for one in packages() if one.licence and not allowed(one.licence)}
    assert unknown == {}
    # what is not installed here is for another kind of machine
    assert {one.name for one in packages() if not one.licence and not one.marker} == set()


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True), ("GPL-3.0-only", False), ("MIT AND GPL-3.0-only", False), ("MIT OR GPL-3.0-only", True),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-3.0-only)", True), ("(MIT OR ISC) AND AGPL-3.0-only", False),
    ],
)  # fmt: skip
def test_a_licence_is_judged_by_what_must_be_met(expression, may):
    assert allowed(expression) is may


def test_the_page_of_licences_is_what_is_installed():
    written = (ROOT / "docs" / "licenser.md").read_text(encoding="utf-8").splitlines()
    assert {line for line in licences_page().splitlines() if line.startswith("| ")} <= set(written), "make docs"
    assert {"GPL-3.0-only", "AGPL-3.0-only"} & ALLOWED == set()


def test_the_list_of_components_is_valid_whole_and_tells_nothing_of_the_machine():
    text = sbom()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    made = json.loads(text)
    listed = {one["name"]: one for one in made["components"]}
    assert set(DECLARED) <= set(listed)
    assert listed["dash"]["purl"] == f"pkg:pypi/dash@{listed['dash']['version']}"
    assert all(one["hashes"] and one.get("licenses") for one in listed.values())
    needed = {one["ref"]: one.get("dependsOn", []) for one in made["dependencies"]}
    assert f"flask=={listed['flask']['version']}" in needed[f"dash=={listed['dash']['version']}"]
    addresses = set(re.findall(r"https?://[^/\"]+", text))
    assert addresses <= {"http://cyclonedx.org"}, addresses
    assert (
        str(ROOT) not in text
        and "externalReferences" not in text.partition('"components"')[2].partition('"metadata"')[0]
    )


def test_make_check_finds_a_planted_hole(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("import subprocess\nsubprocess.call('ls ' + input(), shell=True)\n", encoding="utf-8")
    done = subprocess.run(
        [BIN / "bandit", "-q", "-c", ROOT / "pyproject.toml", planted],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and "B602" in done.stdout


def test_make_check_finds_a_planted_secret(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(f"password = '{'kj3' + 'Hd72kLq'}'\n-----BEGIN RSA {'PRIVATE'} KEY-----\n", encoding="utf-8")
    command = [BIN / "detect-secrets-hook", "--no-verify", "--baseline", ROOT / ".secrets.baseline", planted]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 1 and "Secret Keyword" in done.stdout and "Private Key" in done.stdout
    assert "kj3" not in done.stdout


def test_nothing_is_excused_in_the_baseline():
    """What is no secret says so on its own line; the baseline only says how to look."""
    assert json.loads((ROOT / ".secrets.baseline").read_text(encoding="utf-8"))["results"] == {}
