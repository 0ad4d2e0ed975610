"""Every check of a deployment finds what is wrong, and is quiet about what is right."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sjukvy
from dashboard.doctor import CHECKS, Deployment, Finding, Level, Person
from dashboard.doctor.facts import files_below, time_in
from dashboard.state import address_of
from dashboard.trail import Event, Trail
from tests.architecture.source import ROOT

GB = 1_000_000_000
TYPED = "hemligt"
WITH_PASSWORD = f"postgresql://u:{TYPED}@h/d"
STRANGER = 123_456  # a number that no user of the machine has


@pytest.fixture
def place():
    """A folder that everybody on the machine can pass, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="sjukvy-doctor-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def safe(place, region):
    """A deployment with nothing to complain about: the zones as deploy/systemd makes them."""
    data = place / "data"
    for name, mode in (("warehouse", 0o700), ("granskning", 0o700), ("published", 0o750), ("state", 0o700)):
        (data / name).mkdir(parents=True)
        (data / name).chmod(mode)
    (data / "warehouse" / "sjukvy.duckdb").write_bytes(b"rows")
    for name in ("current", *(path.name for path in region.published.iterdir() if path.is_dir())):
        source = region.published / name
        shutil.copytree(source, data / "published" / name) if source.is_dir() else shutil.copy(
            source, data / "published"
        )
    secret, code = place / "losen", place / "code"
    secret.write_text("hemligt")
    secret.chmod(0o400)
    code.mkdir(mode=0o755)
    (place / "kopior" / "sjukvy-20261128T021500Z").mkdir(parents=True)
    trail = Trail(address_of(data / "state"))
    trail.record(Event.INLOGGNING, user="u", role="admin")
    trail.engine.dispose()
    made = time_in((data / "published" / "current").read_text().strip())
    return Deployment(
        published=data / "published", rows=(data / "warehouse", data / "granskning"),
        state_address=address_of(data / "state"), state_folder=data / "state", code=code,
        address="https://sjukvy.example.se/", proxies=1, demo=True, forward_trail=True, secrets={"smtp": secret},
        pseudonym_key=secret, environment={"PATH": "/bin", "SJUKVY_SMTP_PASSWORD_FILE": str(secret)},
        web=Person(STRANGER, frozenset({(data / "published").stat().st_gid}), "webb"),
        pipeline=Person(STRANGER + 1, frozenset(), "inläsning"), backups=place / "kopior", admins=2,
        now=made.replace(hour=23, minute=59, second=59), disk=lambda folder: (100 * GB, 50 * GB),
        clock_is_set=lambda: True, versions=lambda name: None,
    )  # fmt: skip


def found(check, deployment):
    answer = check(deployment)
    return [answer] if isinstance(answer, Finding) else list(answer)


def mode(path, bits):
    return lambda one: (path(one).chmod(bits), {})[1]


def damaged(one):
    for path in one.published.rglob("sjukvy.duckdb"):
        path.chmod(0o600)
        path.write_bytes(b"annat")
    return {}


def cut_trail(one):
    (one.state_folder / "granskning.huvud").write_text(f"{9:012d} {'a' * 64}\n")
    return {}


DAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
# check → what makes it complain: (name, change of the safe deployment, how bad it is, words of the line)
WRONG = {
    "users": [
        ("same", lambda one: {"pipeline": one.web}, "Fel", "samma användare"),
        ("root", lambda one: {"web": Person(0, frozenset(), "root")}, "Fel", "root ska inte"),
        ("unknown", lambda one: {"web": None}, "Varning", "vilka användare"),
    ],
    "rows_from_web": [
        ("group", mode(lambda one: one.rows[0], 0o750), "Fel", "kan läsas av webb"),
        ("owner", lambda one: {"web": Person(one.rows[0].stat().st_uid, frozenset())}, "Fel", "kan läsas av"),
    ],
    "open_data": [
        ("rows", mode(lambda one: one.rows[0], 0o755), "Fel", "öppen för alla"),
        ("state", mode(lambda one: one.state_folder, 0o705), "Fel", "öppen för alla"),
        ("release", mode(lambda one: one.published, 0o757), "Fel", "öppen för alla"),
    ],
    "published_for_web": [
        ("closed", mode(lambda one: one.published, 0o700), "Fel", "kan inte läsa"),
        ("writes", mode(lambda one: one.published, 0o770), "Fel", "kan ändra utgåvorna"),
        ("unknown", lambda one: {"web": None}, "Varning", "kan inte prövas"),
    ],
    "code_is_not_its_own": [("open", mode(lambda one: one.code, 0o777), "Fel", "kan ändra programmet")],
    "secret_files": [
        ("open", mode(lambda one: one.secrets["smtp"], 0o440), "Fel", "kan läsas av andra"),
        ("gone", lambda one: {"secrets": {"smtp": one.code / "ingen"}}, "Fel", "som inte finns"),
    ],
    "secrets_in_environment": [
        ("typed", lambda one: {"environment": {"SJUKVY_SMTP_PASSWORD": TYPED}}, "Fel", "SJUKVY_SMTP_PASSWORD"),
        ("url", lambda one: {"state_address": WITH_PASSWORD}, "Varning", "innehåller ett lösenord"),
    ],
    "pseudonym_key_from_web": [
        ("open", mode(lambda one: one.pseudonym_key, 0o444), "Fel", "kan läsas av webb"),
    ],
    "https": [
        ("open", lambda one: {"address": "http://sjukvy.example.se/"}, "Fel", "inte krypterad"),
        ("here", lambda one: {"address": "http://127.0.0.1:8050/"}, "Varning", "bara på den här datorn"),
    ],
    "proxies": [
        ("none", lambda one: {"proxies": 0}, "Varning", "proxyns adress"),
        ("no tls", lambda one: {"address": "http://127.0.0.1:8050/"}, "Varning", "inte https"),
    ],
    "release": [
        ("demo", lambda one: {"demo": False}, "Fel", "påhittad"),
        ("none", lambda one: {"published": one.code}, "Fel", "Ingen utgåva"),
        ("damaged", damaged, "Fel", "Ingen utgåva"),
        ("old", lambda one: {"now": one.now.replace(year=one.now.year + 1)}, "Varning", "dagar gammal"),
    ],
    "debug": [("on", lambda one: {"environment": {"FLASK_DEBUG": "1"}}, "Fel", "FLASK_DEBUG")],
    "other_settings": [
        ("mcp", lambda one: {"environment": {"DASH_MCP_ENABLED": "true"}}, "Fel", "språkmodeller"),
        ("other", lambda one: {"environment": {"DASH_URL_BASE_PATHNAME": "/x/"}}, "Varning", "DASH_URL"),
    ],
    "versions": [("old", lambda one: {"versions": {"dash": "4.3.0"}.get}, "Fel", "dash 4.3.0")],
    "backup": [
        ("old", lambda one: {"now": datetime(2026, 12, 24, tzinfo=UTC)}, "Fel", "dagar gammal"),
        ("none", lambda one: {"backups": one.code}, "Fel", "Ingen säkerhetskopia"),
        ("unknown", lambda one: {"backups": None}, "Varning", "går inte att se"),
    ],
    "clock": [
        ("behind", lambda one: {"now": datetime(2020, 1, 1, tzinfo=UTC)}, "Fel", "går fel"),
        ("not set", lambda one: {"clock_is_set": lambda: False}, "Fel", "ställs inte"),
        ("unknown", lambda one: {"clock_is_set": lambda: None}, "Varning", "går inte att se"),
    ],
    "disk": [
        ("full", lambda one: {"disk": lambda folder: (100 * GB, GB // 2)}, "Fel", "GB ledigt"),
        ("soon", lambda one: {"disk": lambda folder: (100 * GB, 5 * GB)}, "Varning", "GB ledigt"),
    ],
    "second_admin": [("one", lambda one: {"admins": 1}, "Varning", "administratörer: 1")],
    "trail": [
        ("cut", cut_trail, "Fel", "inte hel"),
        ("stays here", lambda one: {"forward_trail": False}, "Varning", "skickas inte"),
        ("none", lambda one: {"state_address": address_of(one.code)}, "Varning", "inte påbörjad"),
    ],
}  # fmt: skip
CASES = [(check, *case) for check in CHECKS for case in WRONG[check.__name__]]


def test_every_check_has_something_to_find():
    assert set(WRONG) == {check.__name__ for check in CHECKS}
    assert len(WRONG) == len(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_is_right_is_ok(safe, check):
    fitting = replace(safe, now=DAY) if check.__name__ == "backup" else safe
    lines = found(check, fitting)
    assert lines and {one.level for one in lines} == {Level.OK}, [one.line() for one in lines]


@pytest.mark.parametrize(
    ("check", "name", "change", "level", "words"), CASES, ids=[f"{case[0].__name__}-{case[1]}" for case in CASES]
)
def test_what_is_wrong_is_found_and_says_what_to_do(safe, check, name, change, level, words):
    lines = [one for one in found(check, replace(safe, **change(safe))) if one.level != Level.OK]
    assert [one.level for one in lines][:1] == [level], [one.line() for one in lines]
    assert words in lines[0].said
    assert lines[0].todo.endswith(".")


def test_a_closed_folder_closes_what_lies_in_it(safe):
    (safe.rows[0] / "sjukvy.duckdb").chmod(0o666)
    open_data = next(check for check in CHECKS if check.__name__ == "open_data")
    assert {one.level for one in found(open_data, safe)} == {Level.OK}
    assert safe.rows[0] / "sjukvy.duckdb" in files_below(safe.rows[0])


def test_no_secret_is_repeated(safe):
    spoilt = replace(safe, environment={"SJUKVY_TOKEN": TYPED}, state_address=WITH_PASSWORD)
    check = next(check for check in CHECKS if check.__name__ == "secrets_in_environment")
    assert len(found(check, spoilt)) == 2
    assert TYPED not in " ".join(one.line() for one in found(check, spoilt))


def test_the_command_tells_each_line_and_ends_with_one(monkeypatch, tmp_path):
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path))
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    done = CliRunner().invoke(sjukvy.app, ["doctor"])
    assert done.exit_code == 1
    assert "Fel     DASH_MCP_ENABLED är satt" in done.output
    assert "Gör så här: ta bort variabeln." in done.output
    assert " fel, " in done.output.splitlines()[-1]
    assert CliRunner().invoke(sjukvy.app, ["doctor", "--webb", "ingen-sadan"]).exit_code == 2


def test_this_repository_is_where_the_program_is():
    from dashboard.doctor.terminal import CODE

    assert CODE == ROOT
