"""The trail can only be added to, and every way of changing it behind its back is found."""

import json
import logging
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from typer.testing import CliRunner

import sjukvy
from dashboard.settings import DashboardSettings
from dashboard.state import address_of
from dashboard.trail import Event, Trail, Unavailable, forwarded, head, terminal
from dashboard.trail.command import CommandTrail
from dashboard.trail.entry import LONGEST, Entry, on_one_line
from dashboard.trail.log import add
from dashboard.trail.sealed import between, folder_of, seal, seals
from dashboard.trail.verify import verify
from tests.state.conftest import address, server  # noqa: F401  (SQLite, and PostgreSQL where it is installed)

ALL = ("0001-01-01", "9999-12-31")


def closed(trail):
    trail.engine.dispose()
    trail.looking.dispose()


@pytest.fixture
def trail(address):  # noqa: F811
    opened = Trail(address)
    yield opened
    closed(opened)


@pytest.fixture
def kept(tmp_path):
    """A trail of ten rows in a file, and the file."""
    opened = Trail(address_of(tmp_path / "state"))
    for at in range(10):
        opened.record(Event.EXPORT, user=f"u{at}", role="analytiker", what=f"startade-{at}.csv")
    yield opened, tmp_path / "state" / "protokoll.sqlite"
    closed(opened)


def faults(trail, folder=None, *others):
    return verify(trail, folder or folder_of(trail), others).faults


def behind_its_back(file, *statements):
    """What somebody with the file can do: the triggers are no wall against the owner of the file."""
    with closing(sqlite3.connect(file)) as connection, connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for one in statements:
            connection.execute(one)


def test_a_row_says_who_what_where_and_when(trail):
    trail.record(
        Event.NEKAD_ATKOMST, user="sub-1", role="verksamhetschef", enhet="SE1", what="/matt/startade", outcome="nekad",
        address="10.0.0.7", request_id="a1",
    )  # fmt: skip
    [row] = trail.rows()
    assert (row.nr, row.handelse, row.anvandare, row.roll, row.enhet) == (
        1,
        "nekad_atkomst",
        "sub-1",
        "verksamhetschef",
        "SE1",
    )
    assert (row.objekt, row.utfall, row.adress, row.korrelation) == ("/matt/startade", "nekad", "10.0.0.7", "a1")
    assert row.hash == row.counted() and row.tid_utc.endswith("Z")
    assert faults(trail) == []


def test_writers_at_once_do_not_fork_the_chain(trail, address):  # noqa: F811
    processes = [Trail(address) for _ in range(3)]

    def write(at):
        processes[at % 3].record(Event.INLOGGNING, user=f"u{at}", role="team")

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(60)))
    assert len(list(trail.rows())) == 60
    assert faults(trail) == []
    for one in processes:
        closed(one)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE granskning SET anvandare = 'annan'",
        "DELETE FROM granskning",
        "UPDATE forsegling SET fil = 'annan'",
        "DELETE FROM forsegling",
    ],
)
def test_the_database_itself_refuses_to_forget(trail, tmp_path, statement):
    for at in range(3):
        trail.record(Event.EXPORT, user=f"u{at}", role="team")
    seal(trail, tmp_path / "sealed", "9999-01-01")
    with pytest.raises(DatabaseError, match="never changed"), trail.engine.begin() as connection:
        connection.execute(text(statement))
    assert faults(trail, tmp_path / "sealed") == []


@pytest.mark.parametrize("nr", [3, 10, 12])
def test_sqlite_takes_no_row_in_place_of_another_and_none_out_of_order(kept, nr):
    opened, file = kept
    row = ("'x'," * 11).rstrip(",")
    with closing(sqlite3.connect(file)) as connection, pytest.raises(sqlite3.DatabaseError, match="never changed"):
        connection.execute(f"REPLACE INTO granskning VALUES ({nr}, {row})")
    assert faults(opened) == []


FORGED = """INSERT INTO granskning SELECT 4, tid_utc, handelse, 'annan', roll, enhet, objekt, utfall, adress, korrelation,
fore, hash FROM granskning WHERE nr = 5"""
UP = "UPDATE granskning SET nr = -nr - 1 WHERE nr >= 4"
BACK = "UPDATE granskning SET nr = -nr WHERE nr < 0"


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE granskning SET anvandare = 'annan' WHERE nr = 4"], "Rad 4 är ändrad"),
        (["UPDATE granskning SET tid_utc = '2020-01-01T00:00:00.000000Z' WHERE nr = 10"], "Rad 10 är ändrad"),
        (["DELETE FROM granskning WHERE nr = 4"], "rad 4 saknas"),
        (["DELETE FROM granskning WHERE nr = 4", "UPDATE granskning SET nr = nr - 1 WHERE nr > 4"], "Rad 4"),
        ([UP, BACK, FORGED], "Rad 5 hör inte ihop"),
        (
            [
                "UPDATE granskning SET nr = -1 WHERE nr = 4", "UPDATE granskning SET nr = 4 WHERE nr = 5",
                "UPDATE granskning SET nr = 5 WHERE nr = -1",
            ],
            "Rad 4 hör inte ihop",
        ),
        (["DELETE FROM granskning WHERE nr > 8"], "slut saknas: den har haft minst 10 rader, nu 8"),
        (["DELETE FROM granskning"], "slut saknas"),
    ],
    ids=["changed", "changed time", "removed", "removed and closed up", "inserted", "reordered", "cut tail", "emptied"],
)  # fmt: skip
def test_what_is_done_behind_its_back_is_found(kept, statements, said):
    opened, file = kept
    assert faults(opened) == []
    behind_its_back(file, *statements)
    assert said in " ".join(faults(opened))


def test_who_makes_the_whole_chain_again_is_found_by_an_end_that_was_kept_elsewhere(kept):
    opened, file = kept
    last = list(opened.rows())[-1]
    elsewhere = head.Head(last.nr, last.hash)
    behind_its_back(file, "DELETE FROM granskning")
    file.with_name(head.NAME).unlink()
    for at in range(11):
        opened.record(Event.EXPORT, user="annan", role="analytiker", what=f"{at}")
    assert faults(opened) == []
    assert faults(opened, None, elsewhere) == ["Rad 10 är inte den som fanns när loggens slut sparades."]


@pytest.mark.parametrize("spoil", ["unlink", "other"])
def test_the_end_that_is_kept_beside_is_missed_when_it_is_gone(kept, spoil):
    opened, file = kept
    beside = file.with_name(head.NAME)
    beside.unlink() if spoil == "unlink" else beside.write_text("10 rader\n")
    assert len(faults(opened)) == 1 and head.NAME in faults(opened)[0]


def test_the_kept_end_never_goes_back(tmp_path):
    path = tmp_path / head.NAME
    for nr in (2, 7, 3):
        head.keep(path, head.Head(nr, f"{nr:x}" * 64))
    assert head.read(path) == head.Head(7, "7" * 64)


def with_old_rows(trail, *days):
    """Rows as they were written on these days."""
    from dashboard.state.database import writing
    from dashboard.trail import log

    real = log.now
    for day in days:
        log.now = lambda day=day: f"{day}T08:00:00.000000Z"
        with writing(trail.engine) as connection:
            trail.told(add(connection, Event.EXPORT, "u", "team", "", day, "ok", "", ""))
    log.now = real


def test_the_chain_goes_on_across_what_is_sealed(trail, tmp_path):
    folder = tmp_path / "sealed"
    with_old_rows(trail, "2019-03-01", "2019-04-01", "2020-05-01", "2026-01-01")
    assert seal(trail, folder, "2019-01-01") is None
    first = seal(trail, folder, "2020-01-01")
    assert (first.fran_nr, first.till_nr) == (1, 2)
    second = seal(trail, folder, "2021-01-01")
    trail.record(Event.UTLOGGNING, user="u", role="team")
    assert (second.fran_nr, second.till_nr) == (3, 3)
    assert [row.nr for row in trail.rows()] == [4, 5, 6, 7]
    assert faults(trail, folder) == []
    assert [row.nr for row in between(trail, folder, *ALL)] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.objekt for row in between(trail, folder, "2019-04-01", "2020-05-01")] == ["2019-04-01", "2020-05-01"]
    assert first.sha256 in first.fil and (folder / first.fil).stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "saknas"),
        (lambda path: path.write_text(path.read_text().replace('"u"', '"x"')), "är ändrad"),
        (lambda path: path.write_text(path.read_text().splitlines()[0] + "\n"), "slutar inte där den ska"),
        (lambda path: path.write_text("{}\n"), "kan inte läsas"),
    ],
    ids=["gone", "changed", "cut", "other"],
)
def test_a_sealed_file_is_part_of_the_chain(trail, tmp_path, spoil, said):
    with_old_rows(trail, "2019-03-01", "2019-04-01", "2026-01-01")
    path = tmp_path / seal(trail, tmp_path, "2020-01-01").fil
    path.chmod(0o600)
    spoil(path)
    assert said in " ".join(faults(trail, tmp_path))
    assert verify(trail, tmp_path, with_sealed=False).faults == []


def test_rows_leave_only_by_a_sealing_that_the_chain_tells_of(kept, tmp_path):
    """Somebody who writes a seal of their own in order to remove rows."""
    opened, file = kept
    row = list(opened.rows())[3]
    behind_its_back(
        file, f"INSERT INTO forsegling VALUES (4, 1, '{row.hash}', 'egen.jsonl', 'x', 'x')",
        "DELETE FROM granskning WHERE nr <= 4",
    )  # fmt: skip
    assert "Ingen rad säger att egen.jsonl skrevs." in faults(opened)


def test_a_crash_after_the_file_and_before_the_rows_are_gone_loses_nothing(trail, tmp_path, monkeypatch):
    with_old_rows(trail, "2019-03-01", "2026-01-01")

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dashboard.trail.sealed.add", stopped)
        with pytest.raises(KeyboardInterrupt):
            seal(trail, tmp_path, "2020-01-01")
    assert seals(trail) == [] and faults(trail, tmp_path) == []
    seal(trail, tmp_path, "2020-01-01")
    assert len(list(tmp_path.glob("*.jsonl"))) == 1 and faults(trail, tmp_path) == []


@given(st.text(max_size=2 * LONGEST))
def test_whatever_is_written_is_one_line_of_bounded_length(written):
    line = on_one_line(written)
    assert line.splitlines() in ([], [line])
    assert all(ord(mark) >= 32 for mark in line)
    assert len(line) <= 10 * LONGEST


def test_nobody_writes_a_row_of_their_own_and_no_person_stands_in_it(trail):
    trail.record(
        Event.NEKAD_ATKOMST, user="701063-2391", role="team", enhet="SE1\n2 inloggning", what="/sok?q=eva@example.se",
    )  # fmt: skip
    [row] = trail.rows()
    assert (row.anvandare, row.enhet, row.objekt) == ("(dolt)", "SE1\\n2 inloggning", "(dolt)")
    trail.record(Event.INLOGGNING, user="eva@region.example", role="team")
    assert list(trail.rows())[-1].anvandare == "eva@region.example"  # an account may be an address


def test_the_same_look_is_logged_once_and_other_events_each_time(trail):
    for unit in ("SE1", "SE1", "SE2", "SE1"):
        trail.record(Event.ENHET_VISAD, user="u", role="team", enhet=unit, what="/", request_id=str(time.monotonic()))
    trail.record(Event.ENHET_VISAD, user="annan", role="team", enhet="SE1", what="/")
    for _ in range(2):
        trail.record(Event.EXPORT, user="u", role="team", enhet="SE1", what="startade.csv")
    assert [(row.anvandare, row.enhet) for row in trail.rows()] == [
        ("u", "SE1"), ("u", "SE2"), ("annan", "SE1"), ("u", "SE1"), ("u", "SE1"),
    ]  # fmt: skip


def test_each_row_goes_to_the_log_of_the_system(trail, caplog):
    with caplog.at_level(logging.INFO, "sjukvy.trail"):
        trail.record(Event.BESLUT, user="u", role="team", enhet="SE1", what="12")
    said = json.loads(caplog.messages[0])
    [row] = trail.rows()
    assert Entry(**said) == row


def test_what_cannot_be_logged_is_said(tmp_path):
    (tmp_path / "fil").write_text("")
    with pytest.raises(Unavailable):
        Trail(address_of(tmp_path / "fil" / "state")).record(Event.EXPORT, user="u", role="team")


def test_the_commands(monkeypatch, tmp_path):
    monkeypatch.setenv("SJUKVY_DATA", str(tmp_path))
    run = CliRunner().invoke
    trail = Trail(address_of(tmp_path / "state"))
    with_old_rows(trail, "2019-03-01", "2026-01-01")
    whole = run(sjukvy.app, ["audit-log", "verify"])
    assert whole.exit_code == 0 and "är hel: 2 rader" in whole.output
    end = whole.output.split()[-1]
    assert run(sjukvy.app, ["audit-log", "rotate"]).output.startswith("Rad 1–1 ligger nu i ")
    assert run(sjukvy.app, ["audit-log", "verify", "--huvud", end]).exit_code == 0
    rows = run(sjukvy.app, ["audit-log", "export", "--to", "2020-01-01"]).output.splitlines()
    assert [json.loads(row)["objekt"] for row in rows] == ["2019-03-01"]
    behind_its_back(tmp_path / "state" / "protokoll.sqlite", "UPDATE granskning SET utfall = 'nekad'")
    broken = run(sjukvy.app, ["audit-log", "verify"])
    assert broken.exit_code == 14 and "Rad 2 är ändrad" in broken.output
    assert run(sjukvy.app, ["audit-log", "export", "--from", "i går"]).exit_code == 2
    closed(trail)


@pytest.mark.slow
def test_two_hundred_viewers_do_not_queue(tmp_path):
    """Two hundred who look at ten pages of a unit each: a row each the first time, and most of the waiting is the disk's."""
    trail = Trail(address_of(tmp_path / "state"))
    trail.record(Event.INLOGGNING, user="u", role="team")
    took: list[float] = []
    lock = threading.Lock()

    def look(at):
        begun = time.perf_counter()
        for _ in range(5):
            trail.record(Event.ENHET_VISAD, user=f"u{at}", role="team", enhet=f"SE{at}", what="/")
        with lock:
            took.append(time.perf_counter() - begun)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(200)))
    assert sorted(took)[100] < 0.1 and len(list(trail.rows())) == 201
    closed(trail)


def test_an_export_says_which_rows_it_could_not_reach(trail, tmp_path, capsys):
    with_old_rows(trail, "2019-03-01", "2026-01-01")
    path = tmp_path / seal(trail, tmp_path, "2020-01-01").fil
    terminal.export(trail.address, tmp_path, "", "")
    assert len(capsys.readouterr().out.splitlines()) == 3
    path.chmod(0o600)
    path.unlink()
    with pytest.raises(typer.Exit) as ended:
        terminal.export(trail.address, tmp_path, "", "")
    said = capsys.readouterr()
    assert (ended.value.exit_code, len(said.out.splitlines())) == (terminal.BROKEN, 2)
    assert path.name in said.err


def test_what_a_command_does_is_noted_and_goes_to_the_systems_log(tmp_path, monkeypatch):
    place = tmp_path / "log"
    monkeypatch.setattr(forwarded, "SOCKET", place)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(str(place))
        system.settimeout(5)
        settings = DashboardSettings(published=tmp_path, state=address_of(tmp_path), forward_trail=True)
        noted = CommandTrail(settings)
        noted.note(Event.ROLLANDRING, "roll konto 1 admin", enhet="SE1")
        said = system.recv(4096).decode()
    (row,) = noted.trail.rows()
    assert row.line() in said and (row.roll, row.enhet) == ("kommandot", "SE1")
    (handler,) = logging.getLogger("sjukvy.trail").handlers
    handler.close()
    logging.getLogger("sjukvy.trail").handlers = []
    closed(noted.trail)
