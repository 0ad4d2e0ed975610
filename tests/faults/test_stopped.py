"""Ctrl-C in the middle of long work: it ends with its own exit code and a sentence, leaves nothing behind, and the same command
again gives what it would have given. And what long work says of itself meanwhile."""

import io
import json
import os
import signal
import subprocess
import sys

import duckdb
import pytest
from rich.console import Console

from pipelines import progress
from pipelines.deliveries import load
from pipelines.progress import Stopped
from pipelines.settings import Settings
from tests.faults.test_crashes import SAID, rows
from tests.rows import enhet, write_delivery

# the command as it is typed; at the boundary it says so, and there it waits, or is in the middle of a query
TYPED = """
import sys, time, sjukvy
from pipelines import boundary, progress
where, how, *typed = sys.argv[1:]
sys.argv = ["sjukvy", *typed]
def watch(name):
    if name == where:
        print(name, flush=True)
        if how == "query":
            long = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1"
            progress._working[-1].execute(long)
        else:
            time.sleep(100)
boundary.watch(watch)
sjukvy.main()
"""


def stopped_at(where, how, settings, *typed):
    """Exit code and what was said, of a command that met Ctrl-C there. As a terminal does, all its processes get it."""
    environment = os.environ | {"SJUKVY_DATA": str(settings.data)}
    with subprocess.Popen(
        [sys.executable, "-c", TYPED, where, how, *map(str, typed)], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline().strip() == where
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=100)
    return process.returncode, said


def left(settings):
    """What no run may leave."""
    return [
        path.name
        for pattern in ("lasning-*", ".gallrad*", ".building-*", ".current.*", "spill/*")
        for folder in (settings.warehouse.parent, settings.published)
        for path in folder.glob(pattern)
    ]


@pytest.mark.parametrize(
    ("where", "how"), [("raderna läggs till", "query"), pytest.param("filen läses", "wait", marks=pytest.mark.slow)]
)
def test_a_load_that_is_stopped(tmp_path, where, how):
    settings = Settings(data=tmp_path / "data")
    folder = write_delivery(tmp_path / "d", {"enheter": [enhet()], "intyg": rows(0, 60)}, **SAID)
    code, said = stopped_at(where, how, settings, "load", folder)
    assert (code, "Traceback" in said) == (Stopped.exit_code, False), said
    assert Stopped.sentence in said
    assert left(settings) == []
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM ledger.leverans").fetchall() == [(0,)]
    assert sum(result.inlasta for result in load([folder], settings, progress=lambda *said: None)) == 61


@pytest.mark.slow
@pytest.mark.parametrize("where", ["steget core.sjukfall", "tabellen varde skrivs", "pekaren skrivs"])
def test_a_build_that_is_stopped(tmp_path, where):
    settings = Settings(data=tmp_path / "data")
    folder = write_delivery(tmp_path / "d", {"enheter": [enhet()], "intyg": rows(0, 60)}, **SAID)
    load([folder], settings, progress=lambda *said: None)
    code, said = stopped_at(where, "wait", settings, "build")
    assert (code, "Traceback" in said) == (Stopped.exit_code, False), said
    assert Stopped.sentence in said
    assert left(settings) == []
    assert not (settings.published / "current").exists()


@pytest.fixture
def clock(monkeypatch):
    """Time that goes when it is told to."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])

    def goes(seconds):
        now[0] += seconds

    return goes


def work(report, clock):
    """A million rows in twenty seconds, told of every second."""
    report("intyg.csv läses", 0, 1_000_000)
    for second in range(1, 21):
        clock(1)
        report("intyg.csv läses", second * 50_000, 1_000_000)


def test_plain_lines_now_and_then_where_there_is_no_terminal(capsys, clock):
    lines = progress._Lines(progress.ROWS, as_json=False, clock=lambda: progress.time.monotonic())
    work(lines.report, clock)
    said = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert len(said) == 5
    assert said[1] == "intyg.csv läses: 250 000 av 1 000 000 rader, 50 000 rader/s, 15 s kvar"
    assert said[-1] == "intyg.csv läses: 1 000 000 av 1 000 000 rader, 50 000 rader/s"


def test_json_on_request(capsys, clock):
    with progress.told("json") as report:
        report("intyg.csv läses", 0, 10)
        report("intyg.csv läses", 10, 10)
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(event["handelse"], event["vad"], event["klart"], event["totalt"]) for event in events] == [
        ("framsteg", "intyg.csv läses", 0, 10),
        ("framsteg", "intyg.csv läses", 10, 10),
    ]
    assert all(event["tid_utc"].endswith("+00:00") for event in events)


def test_a_bar_in_a_terminal(monkeypatch):
    paper = io.StringIO()
    monkeypatch.setattr(progress, "screen", Console(file=paper, force_terminal=True, width=160))
    with progress.told("text") as report:
        report("intyg.csv läses", 0, 1_000_000)
        report("intyg.csv läses", 500_000, 1_000_000)
    assert "intyg.csv läses" in paper.getvalue()
    assert "500\u00a0000 av 1\u00a0000\u00a0000 rader" in paper.getvalue()
