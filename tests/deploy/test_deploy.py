"""The examples of deployment keep the zones apart: who runs as whom, who may read what, and what stands in front."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.signin.cookies import NAME
from pipelines.settings import Settings
from tests.architecture.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DATA = Path("/var/lib/sjukvy")
SETTINGS = Settings(data=DATA)
# where rows, small numbers, and keys are: from the settings, so that a new folder is not forgotten here
ROWS = {SETTINGS.warehouse.parent, SETTINGS.audits, SETTINGS.protocols, DATA / "deliveries", Path("/etc/sjukvy/keys")}
REQUIRED = {
    "ProtectSystem": "strict", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "AmbientCapabilities": "",
    "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateUsers": "yes", "IPAddressDeny": "any",
    "RestrictNamespaces": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes", "LimitCORE": "0",
    "ProtectKernelTunables": "yes", "ProtectControlGroups": "yes", "SystemCallArchitectures": "native",
}  # fmt: skip


def said(path: Path) -> dict[str, list[str]]:
    """Key → its values in order: the keys of a unit may come many times."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith(("#", ";")):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def unit(name: str) -> dict[str, list[str]]:
    return said(DEPLOY / "systemd" / f"sjukvy-{name}.service")


def paths(values: list[str]) -> set[Path]:
    return {Path(one.lstrip("-")) for value in values for one in value.split()}


def test_the_users_differ_and_none_is_root():
    users = {path.stem: said(path)["User"] for path in UNITS}
    assert users["sjukvy-web"] == ["sjukvy-web"] and users["sjukvy-pipeline"] == ["sjukvy-pipeline"]
    assert ["root"] not in users.values()


@pytest.mark.parametrize("name", ["web", "audit"])
def test_for_the_dashboard_the_rows_do_not_exist(name):
    keys = unit(name)
    assert paths(keys["InaccessiblePaths"]) == ROWS
    assert paths(keys["ReadOnlyPaths"]) == {SETTINGS.published}
    assert paths(keys["ReadWritePaths"]) == {DATA / "state"}
    elsewhere = " ".join(value for key, values in keys.items() if key != "InaccessiblePaths" for value in values)
    assert not any(str(path) in elsewhere for path in ROWS)
    assert "PSEUDONYM" not in elsewhere


def test_for_the_pipeline_what_people_write_does_not_exist():
    keys = unit("pipeline")
    assert paths(keys["InaccessiblePaths"]) == {DATA / "state"}
    assert paths(keys["ReadWritePaths"]) == {
        SETTINGS.warehouse.parent, SETTINGS.audits, SETTINGS.protocols, SETTINGS.published,
    }  # fmt: skip
    assert keys["PrivateNetwork"] == ["yes"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_is_shut_in(path):
    keys = said(path)
    assert {name: keys.get(name) for name in REQUIRED} == {name: [value] for name, value in REQUIRED.items()}
    assert keys["SystemCallFilter"] == ["@system-service", "~@privileged"]
    assert not re.search(r"(?i)(password|secret|token)\s*=", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_understands_every_unit_and_finds_little_exposed(path):
    if shutil.which("systemd-analyze") is None:
        assert set(said(path)) >= set(REQUIRED)  # what can be seen without systemd is looked at above
        return
    verified = subprocess.run(
        ["systemd-analyze", "verify", path], capture_output=True, text=True, check=False, timeout=60
    )
    complaints = [line for line in verified.stderr.splitlines() if path.name in line and "not executable" not in line]
    assert complaints == []
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", path],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert exposed.returncode == 0, exposed.stdout.splitlines()[-1:]


def test_the_zones_are_made_as_the_units_expect():
    made = {}
    for line in (DEPLOY / "systemd" / "sjukvy.tmpfiles").read_text(encoding="utf-8").splitlines():
        if line.startswith("d "):
            _, path, mode, owner, group, _ = line.split()
            made[Path(path)] = (mode, owner, group)
    assert made[SETTINGS.published] == ("2750", "sjukvy-pipeline", "sjukvy-published")
    assert made[DATA / "state"] == ("0700", "sjukvy-web", "sjukvy-web")
    assert {made[path][0] for path in ROWS} == {"0700"}
    assert {made[path][1] for path in ROWS} == {"sjukvy-pipeline", "root"}
    members = re.findall(r"^m (\S+) (\S+)$", (DEPLOY / "systemd" / "sjukvy.sysusers").read_text(), re.MULTILINE)
    assert set(members) == {("sjukvy-pipeline", "sjukvy-published"), ("sjukvy-web", "sjukvy-published")}


def test_the_image_has_hashes_no_installer_and_no_root():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    first, last = re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]
    assert "--require-hashes -r requirements.lock" in first and "--only-binary :all:" in first
    assert re.search(r"^USER [1-9]\d{3,}:[1-9]\d{3,}$", last, flags=re.MULTILINE)
    assert "pip install" not in last and "pip uninstall" in last and "build-essential" not in text
    assert "requirements-dev" not in text and not re.search(r"^COPY \. ", text, flags=re.MULTILINE)
    assert {"identity", "schemas", "pipelines", "dashboard"} <= set(re.findall(r"^COPY (\w+) ", text, re.MULTILINE))


def test_what_stands_in_front_has_tls_limits_and_believes_nobody():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for line in (
        "ssl_protocols TLSv1.2 TLSv1.3;", "client_max_body_size 1m;", "proxy_set_header X-Forwarded-For $remote_addr;",
        'proxy_set_header X-Forwarded-Host "";', "limit_req zone=signin", "limit_req zone=callbacks", "gzip on;",
    ):  # fmt: skip
        assert line in text, line
    name = re.search(r'"~\(\?:\^\|;\\s\*\)(.+?)=\(\?<sk>', text)
    assert name and name[1] == NAME, "the session that a limit goes by is the one that the dashboard sets"
    assert re.search(r"Strict-Transport-Security \"max-age=31536000; includeSubDomains\" always", text)
    assert text.count("{") == text.count("}")
