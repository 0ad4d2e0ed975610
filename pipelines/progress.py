"""How far long work has come: in a terminal a bar with rows, rate and remaining time; elsewhere a plain line now and then; a
line of JSON an event when the setting `log` asks for it. And what is said when a person stops it."""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import duckdb
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipelines.errors import SjukvyError

Report = Callable[[str, int, int], None]  # what, done, of how many (0: not known)
SECONDS = 5.0  # between two lines about the same work
ROWS, STEPS = "rader", "steg"
_working: list[duckdb.DuckDBPyConnection] = []  # in the order in which they were opened
screen = Console(stderr=True, highlight=False)


class Stopped(SjukvyError):
    """A person has pressed Ctrl-C."""

    exit_code = 130
    sentence = (
        "Avbrutet. Ingenting är halvt inläst och senaste utgåvan visas som förut. Kör samma kommando igen när du vill."
    )


@dataclass
class _Work:
    begun: float
    told: float
    done: int = 0
    total: int = 0

    def rate(self, now: float) -> float | None:
        """So many a second, once there is something to tell by."""
        spent = now - self.begun
        return self.done / spent if self.done and spent > 0 else None

    def left(self, now: float) -> float | None:
        rate = self.rate(now)
        return (self.total - self.done) / rate if rate and self.total else None


class _Lines:
    """A line when work begins, when it is done, and every so often between."""

    def __init__(self, unit: str, *, as_json: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.unit, self.as_json, self.clock = unit, as_json, clock
        self.works: dict[str, _Work] = {}

    def report(self, what: str, done: int, total: int) -> None:
        now = self.clock()
        first = what not in self.works
        work = self.works.setdefault(what, _Work(begun=now, told=now))
        ended = bool(total) and done >= total and work.done < total
        work.done, work.total = done, total
        if first or ended or now - work.told >= SECONDS:
            work.told = now
            _say(self._json(what, work, now) if self.as_json else self._text(what, work, now))

    def _text(self, what: str, work: _Work, now: float) -> str:
        rate, left = work.rate(now), work.left(now)
        parts = [f"{_number(work.done)} av {_number(work.total)} {self.unit}" if work.total else _number(work.done)]
        parts += [f"{_number(rate)} {self.unit}/s"] if rate else []
        parts += [f"{_clock(left)} kvar"] if left else []
        return f"{what}: {', '.join(parts)}"

    def _json(self, what: str, work: _Work, now: float) -> str:
        rate, left = work.rate(now), work.left(now)
        return as_event(
            "framsteg", vad=what, klart=work.done, totalt=work.total or None, enhet=self.unit,
            per_sekund=None if rate is None else round(rate, 1), sekunder_kvar=None if left is None else round(left, 1),
        )  # fmt: skip


class _Speed(ProgressColumn):
    """Rows done, their rate, and the time that is left."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__()

    def render(self, task: Task) -> Text:
        done = f"{_number(task.completed)} av {_number(task.total)} {self.unit}" if task.total else ""
        speed = f"{_number(task.speed)} {self.unit}/s" if task.speed else ""
        left = f"{_clock(task.time_remaining)} kvar" if task.time_remaining else ""
        return Text("  ".join(part for part in (done, speed, left) if part))


@contextmanager
def told(log: str, unit: str = ROWS) -> Iterator[Report]:
    """Something to report to, as long as the block lasts."""
    if log == "json" or not screen.is_terminal:
        yield _Lines(unit, as_json=log == "json").report
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Speed(unit), TimeElapsedColumn())
    with Progress(*columns, console=screen) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield report


def counted(report: Report, work: str, total: int) -> Callable[[str], None]:
    """For work that says the name of each of its steps, at most so many."""
    done = 0

    def step(_name: str) -> None:
        nonlocal done
        done += 1
        report(work, min(done, total), total)

    return step


def as_event(kind: str, **said: Any) -> str:
    """One line of JSON."""
    event = {"tid_utc": datetime.now(UTC).isoformat(timespec="milliseconds"), "handelse": kind}
    return json.dumps(event | said, ensure_ascii=False)


def stop_when_asked() -> None:
    """From now on Ctrl-C ends the work as an error does, with everything put back. Whoever presses twice waits as long."""

    def stopped(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for connection in _working:
            connection.interrupt()
        raise Stopped(Stopped.sentence)

    signal.signal(signal.SIGINT, stopped)


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """As long as the block lasts Ctrl-C ends what the database is doing: what is asked of it next (to put everything back)
    would else wait until it is done."""
    _working.append(connection)
    try:
        yield
    finally:
        _working.remove(connection)


def was_stopped() -> bool:
    """Whether Ctrl-C has been pressed: a library may have made another error of it on the way."""
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u00a0")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
