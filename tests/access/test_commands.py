"""`sjukvy konto` on the server's own terminal: the first administrator, and the way back in."""

import re

import pytest
from typer.testing import CliRunner

import sjukvy
from dashboard.access import passphrase
from dashboard.state import State, accounts, address_of

PHRASE = "fyra gula hästar i regn"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command on an installation of its own: (exit code, what it said)."""
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words):
        done = CliRunner().invoke(sjukvy.app, ["konto", *words])
        return done.exit_code, done.output

    return run


@pytest.fixture
def state(tmp_path):
    opened = State(address_of(tmp_path / "state"))
    yield opened
    opened.engine.dispose()


def test_the_first_administrator_comes_from_the_terminal(run, state):
    code, said = run("ny", "anna", "--namn", "Anna Andersson")
    once = re.search(r"en gång: ([0-9a-f]{32})", said)[1]
    assert code == 0
    assert run("roll", "anna", "admin")[0] == 0
    found = accounts.use_code(state, "anna", once, passphrase.kept(PHRASE))
    assert [one.roll for one in found.given] == ["admin"]
    assert found.given[0].given_av.startswith("kommandot, ")
    assert passphrase.is_right(PHRASE, found.losen)
    listed = run("lista")[1]
    assert "Anna Andersson" in listed
    assert "1: Administratör, från" in listed


def test_roles_are_taken_and_accounts_closed_and_opened(run, state):
    run("ny", "berit")
    run("roll", "berit", "team", "--enhet", "SE-1", "--till", "2990-01-01")
    assert run("bort", "berit", "1")[0] == 0
    assert accounts.find(state, "berit").given == ()
    for what, is_open in (("stang", False), ("oppna", True), ("sessioner", True)):
        assert run(what, "berit")[0] == 0
        assert accounts.find(state, "berit").is_open == is_open
    assert "en gång" in run("kod", "berit")[1]


def test_a_person_of_the_provider_has_no_code(run, state):
    assert "Engångskod" not in run("ny", "f3a1", "--namn", "Cilla", "--utfardare", "https://login.example")[1]
    assert run("roll", "f3a1", "regionteam")[0] == 0
    assert accounts.find(state, "f3a1", utfardare="https://login.example").given[0].roll == "regionteam"
    assert run("kod", "f3a1")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("roll", "ingen", "admin"), "Kontot finns inte"),
        (("roll", "anna", "kung"), "Välj en roll"),
        (("roll", "anna", "team"), "Välj den enhet"),
        (("ny", "anna"), "Kontot finns redan"),
        (("bort", "anna", "7"), "Rollen finns inte"),
        (("roll", "anna", "admin", "--fran", "i dag"), "ÅÅÅÅ-MM-DD"),
    ],
)
def test_what_cannot_be_done_is_said_without_traceback(run, words, said):
    run("ny", "anna")
    code, output = run(*words)
    assert (code, said in output) == (2, True)
    assert "Traceback" not in output
