"""What the commands about accounts do and say: the first administrator comes from here, and so does the way back in."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.table import Table

from dashboard.access.roles import ROLES, Grant
from dashboard.day import today
from dashboard.release import NothingPublished, Releases
from dashboard.settings import DashboardSettings
from dashboard.state import Account, Refused, State, Unavailable, accounts
from dashboard.state.sessions import close_all
from dashboard.texts import signin as texts
from dashboard.trail import Event
from dashboard.trail.command import CommandTrail

NOWHERE = -1  # the number of what is not in a release
screen = Console(highlight=False)


class Desk:
    """The accounts of one installation, for who may start commands there."""

    def __init__(self, settings: DashboardSettings) -> None:
        self.settings = settings
        self.state = State(settings.state_address)
        self.trail = CommandTrail(settings)
        self.by = f"kommandot, {self.trail.who}"

    def new(self, name: str, shown: str, issuer: str) -> None:
        """A local account with its first code, or a person of the provider."""
        with _told():
            made = accounts.add(self.state, name, shown or name, utfardare=issuer)
            self.trail.note(Event.KONTOANDRING, f"nytt konto {made.id}")
            screen.print(texts.CREATED.format(name=made.sub))
            if not issuer:
                self._code(made)

    def code(self, name: str) -> None:
        with _told():
            self._code(self._found(name))

    def give(self, name: str, grant: Grant, first: str, last: str) -> None:
        with _told():
            self._refuse_unknown(grant.enhet_id)
            found = self._found(name)
            accounts.give(self.state, found.id, grant, fran=first, till=last, by=self.by)
            self.trail.note(Event.ROLLANDRING, f"roll konto {found.id} {grant.roll}", enhet=grant.enhet_id)
            screen.print(texts.DONE["roll"])

    def take(self, name: str, number: int) -> None:
        with _told():
            found = self._found(name)
            accounts.withdraw(self.state, found.id, number, by=self.by)
            self.trail.note(Event.ROLLANDRING, f"bort konto {found.id}")
            screen.print(texts.DONE["bort"])

    def change(self, name: str, what: str) -> None:
        """Close or open an account, or end its sessions."""
        changes = {"stang": accounts.disable, "oppna": accounts.enable, "sessioner": close_all}
        with _told():
            found = self._found(name)
            changes[what](self.state, found.id)
            self.trail.note(Event.KONTOANDRING, f"{what} konto {found.id}")
            screen.print(texts.DONE[what])

    def table(self) -> None:
        """Every account with its roles, as a list to attest."""
        shown = Table(*texts.COLUMNS, box=None)
        with _told():
            for one in accounts.accounts(self.state):
                given = [_given(role, today()) for role in one.given]
                shown.add_row(
                    one.sub,
                    one.namn,
                    one.utfardare or texts.BY_PASSPHRASE,
                    _status(one),
                    "\n".join(given) or texts.NO_ROLES,
                )
        screen.print(shown)

    def _code(self, found: Account) -> None:
        if found.utfardare:
            raise Refused(texts.NONE_HERE)
        code = accounts.new_code(self.state, found.id)
        self.trail.note(Event.KONTOANDRING, f"kod konto {found.id}")
        screen.print(texts.CODE.format(code=code))
        screen.print(texts.CODE_AT.format(address=f"{self.settings.address}logga-in/kod"))

    def _found(self, name: str) -> Account:
        """By the account's name, whoever signs it in. Raises Refused."""
        found = [one for one in accounts.accounts(self.state) if one.sub == name]
        if len(found) != 1:
            raise Refused(texts.NO_ACCOUNT if not found else texts.SEVERAL)
        return found[0]

    def _refuse_unknown(self, unit: str) -> None:
        try:
            known = not unit or Releases(self.settings.published).current().number(unit) != NOWHERE
        except NothingPublished:
            known = True  # the first accounts may be there before the first release
        if not known:
            raise Refused(texts.UNKNOWN_UNIT)


def _status(one: Account) -> str:
    if one.avstangd:
        return texts.CLOSED.format(day=one.avstangd[:10])
    return texts.OPEN if one.utfardare or one.losen else texts.WAITING


def _given(role: accounts.Given, today: str) -> str:
    label = ROLES[role.roll].label if role.roll in ROLES else role.roll
    return texts.given(role.id, f"{label} {role.enhet_id}".strip(), role.fran, role.till, holds=role.holds(today))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise typer.BadParameter(" ".join(refused.faults)) from None
    except Unavailable:
        raise typer.BadParameter(texts.UNREACHED) from None
