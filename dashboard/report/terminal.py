"""What the commands about reports and mail say to a person in a terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.access.scope import Forbidden, Scope
from dashboard.pages.view import UnknownMonth
from dashboard.release import NothingPublished
from dashboard.report.batch import Order, chosen, places, write_reports
from dashboard.report.files import FORMATS
from dashboard.report.mail import FAILED, Post, send_all
from dashboard.report.paper import NoPdf
from dashboard.settings import DashboardSettings
from dashboard.state import Refused, State, Unavailable
from dashboard.state.letters import SENT, Subscription, subscribe, subscriptions
from dashboard.texts import states
from dashboard.texts.report import terminal as say
from dashboard.trail import Event
from dashboard.trail.command import CommandTrail

screen = Console(stderr=True, highlight=False)


class MailSettings(Protocol):
    """What is set about mail."""

    smtp_host: str
    smtp_port: int
    smtp_starttls: bool
    smtp_user: str
    smtp_password_file: Path | None
    smtp_from: str


def write(
    settings: DashboardSettings, out: Path, unit: str, level: str, manad: str, formats: tuple[str, ...]
) -> None:  # fmt: skip
    """Write reports with a progress bar, and say how many."""
    if unknown := [one for one in formats if one not in FORMATS]:
        raise typer.BadParameter(say.UNKNOWN_FORMAT.format(formats=", ".join(unknown)), param_hint="--format")
    with _told():
        units = chosen(places(settings), unit, level)
        order = Order(settings=settings, units=units, manad=manad, formats=formats, out=out)
        trail = CommandTrail(settings)
        for one in units:  # before they are written: what cannot be noted is not done
            trail.note(Event.RAPPORT, f"sjukvy report {','.join(formats)} {manad}".strip(), enhet=one)
        with _bar() as shown:
            task = shown.add_task(say.WRITING, total=len(units))
            files = write_reports(order, lambda done: shown.advance(task))
    screen.print(say.WRITTEN.format(count=len(files), folder=out))


def send(settings: DashboardSettings, mail: MailSettings, manad: str) -> None:
    """Send everybody's letter, and say what became of them; code 1 when a letter could not be sent."""
    if not mail.smtp_host or not mail.smtp_from:
        raise typer.BadParameter(say.NO_SERVER)
    password = mail.smtp_password_file.read_text(encoding="utf-8").strip() if mail.smtp_password_file else ""
    server = Post(
        host=mail.smtp_host, port=mail.smtp_port, starttls=mail.smtp_starttls, user=mail.smtp_user, password=password,
        sender=mail.smtp_from,
    )  # fmt: skip
    with _told():
        total = len(subscriptions(State(settings.state_address), Scope.everything()))
        with _bar() as shown:
            task = shown.add_task(say.SENDING, total=total)
            done = send_all(settings, server, manad, lambda unit: shown.advance(task))
        trail = CommandTrail(settings)
        for wanted, outcome in done:
            if outcome == SENT:
                trail.note(Event.RAPPORT, f"sjukvy mail {manad}".strip(), enhet=wanted.enhet_id)
    for outcome in sorted({one for _, one in done}):
        screen.print(f"{outcome}: {sum(one == outcome for _, one in done)}")
    if not done:
        screen.print(say.NOTHING)
    if any(outcome == FAILED for _, outcome in done):
        raise typer.Exit(1)


def choose(
    settings: DashboardSettings, domains: Sequence[str], address: str, unit: str, when: str, measures: str
) -> None:  # fmt: skip
    """Save what an address wants."""
    with _told():
        if unit not in {one.enhet_id for one in places(settings)}:
            raise Forbidden
        matt = tuple(name for name in measures.split(",") if name)
        wanted = Subscription(enhet_id=unit, adress=address, nar=when, matt=matt)
        subscribe(State(settings.state_address), Scope.everything(), wanted, domains)
        CommandTrail(settings).note(Event.KONTOANDRING, f"prenumeration {when}", enhet=unit)
    screen.print(say.KEPT)


@contextmanager
def _told() -> Iterator[None]:
    """What a person can act on is said without traceback."""
    try:
        yield
    except Refused as refused:
        raise typer.BadParameter(" ".join(refused.faults)) from None
    except Forbidden:
        raise typer.BadParameter(say.UNKNOWN_UNIT, param_hint="--enhet") from None
    except UnknownMonth:
        raise typer.BadParameter(states.UNKNOWN_MONTH, param_hint="--manad") from None
    except NoPdf:
        raise typer.BadParameter(states.NO_PDF, param_hint="--format") from None
    except NothingPublished:
        raise typer.BadParameter(states.NOTHING_PUBLISHED) from None
    except Unavailable:
        raise typer.BadParameter(say.UNREACHED) from None


@contextmanager
def _bar() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen) as shown:
        yield shown
