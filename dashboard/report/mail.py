"""Sends each team its report, and the signals it follows, when there is something to say or every month, as each chose."""

import logging
import smtplib
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from dashboard.access.scope import Forbidden, Scope
from dashboard.day import today
from dashboard.pages.view import View
from dashboard.pages.written_content import due
from dashboard.report.batch import view_for
from dashboard.report.files import made
from dashboard.review.month import changes
from dashboard.settings import DashboardSettings
from dashboard.state import State
from dashboard.state.letters import SENT, Subscription, is_sent, note, subscriptions
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.report import mail as say
from dashboard.texts.review import NO_SIGNALS

log = logging.getLogger("sjukvy.mail")
TRIES, FIRST_WAIT, TIMEOUT = 3, 2.0, 30  # seconds
FAILED, NOTHING, GONE = "misslyckat", "inget att säga", "enheten saknas"  # as the log of letters keeps them
Outcome = tuple[Subscription, str]


@dataclass(frozen=True, kw_only=True)
class Post:
    """The server that takes mail, and who it is from."""

    host: str
    port: int
    starttls: bool
    user: str
    password: str
    sender: str


def send_all(
    settings: DashboardSettings, server: Post, manad: str, progress: Callable[[str], None],
    wait: Callable[[float], None] = time.sleep,
) -> list[Outcome]:  # fmt: skip
    """Everybody's letter of a month (the latest where it is empty), and what became of each. What has been sent is not sent
    again, so that a run that was broken off can be run again."""
    state = State(settings.state_address)
    found = []
    for wanted in subscriptions(state, Scope.everything()):
        progress(wanted.enhet_id)
        try:
            view = view_for(settings, wanted.enhet_id, manad)
        except Forbidden:
            found.append((wanted, GONE))
            continue
        if is_sent(state, wanted, view.manad):
            continue
        outcome, tries = _sent(settings, server, view, wanted, wait)
        note(state, wanted, view.manad, view.release.facts["release_id"], outcome, tries)
        log.info("%s %s: %s after %d tries", wanted.enhet_id, view.manad, outcome, tries)
        found.append((wanted, outcome))
    return found


def _sent(
    settings: DashboardSettings, server: Post, view: View, wanted: Subscription, wait: Callable[[float], None]
) -> tuple[str, int]:
    said = sentences(view, wanted.matt)
    if wanted.nar == "signal" and not said:
        return NOTHING, 0
    message = letter(view, wanted, said, server.sender, settings.address)
    for tried in range(1, TRIES + 1):
        try:
            with _connected(server) as connection:
                connection.send_message(message)
            return SENT, tried
        except (smtplib.SMTPException, OSError) as fault:
            log.warning("try %d for %s: %s", tried, wanted.enhet_id, type(fault).__name__)
            if _is_final(fault) or tried == TRIES:
                return FAILED, tried
            wait(FIRST_WAIT * 4 ** (tried - 1))
    raise AssertionError


def _is_final(fault: Exception) -> bool:
    """A server that says no for good is not asked again."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError) or (
        isinstance(fault, smtplib.SMTPResponseException) and fault.smtp_code >= 500
    )


@contextmanager
def _connected(server: Post) -> Any:
    with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT) as connection:
        if server.starttls:
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def sentences(view: View, followed: Sequence[str]) -> list[str]:
    """What there is to say: the signals of the followed measures (of all, where none is chosen), what is late, and what is
    to be followed up."""
    said = [text for name, text in changes(view) if not followed or name in followed]
    late = [] if view.state is None else view.state.overdue(view.scope, [view.place.enhet_id], today())
    if late:
        said.append(say.late(len(late)))
    followed_up = due(view)
    if followed_up:
        said.append(say.to_follow_up(len(followed_up)))
    return said


def letter(view: View, wanted: Subscription, said: Sequence[str], sender: str, root: str) -> EmailMessage:
    """No figure stands in the subject: it is read by others than the team."""
    message = EmailMessage()
    message["Subject"] = say.SUBJECT.format(month=month(view.manad))
    message["From"], message["To"] = sender, wanted.adress
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "sv"
    message.set_content(_text(view, said, root))
    name = f"sjukvy-rapport-{view.manad}.pdf"
    message.add_attachment(made(view, "pdf", root), maintype="application", subtype="pdf", filename=name)
    return message


def _text(view: View, said: Sequence[str], root: str) -> str:
    demo = [f"{states.DEMO}. {states.DEMO_ADVICE}", ""] if view.release.is_demo else []
    lines = [
        *demo,
        f"{view.place.namn}, {month(view.manad)}",
        "",
        *([f"- {text}" for text in said] or [NO_SIGNALS]),
        "",
        say.PAGE.format(address=f"{root}manad{view.query}"),
        say.ATTACHED,
        "",
        states.CERTIFICATE,
    ]
    return "\n".join(lines) + "\n"
