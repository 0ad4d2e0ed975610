"""Gathers what is known of this machine and prints what is found."""

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer
from sqlalchemy import make_url

from dashboard.access.roles import Right, rights_of
from dashboard.day import today
from dashboard.doctor.examination import examine
from dashboard.doctor.facts import Deployment, Level, Person
from dashboard.settings import DashboardSettings
from dashboard.state import State
from dashboard.state.accounts import accounts
from dashboard.state.kinds import Unavailable

CODE = Path(__file__).resolve().parents[2]
# who sets the clock says so here: systemd-timesyncd, chrony, ntpd
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
SETS_CLOCK = tuple(map(Path, ("/run/chrony/chronyd.pid", "/run/chronyd.pid", "/run/ntpd.pid")))


def deployment_of(
    shown: DashboardSettings, rows: Sequence[Path], secrets: Mapping[str, Path], key: Path | None, demo: bool,
    web: str, pipeline: str, backups: Path | None,
) -> Deployment:  # fmt: skip
    """This machine. Without names the users are who own the state and the rows."""
    state = shown.published.parent / "state"
    return Deployment(
        published=shown.published, rows=tuple(rows), state_address=shown.state_address, state_folder=state, code=CODE,
        address=shown.address, proxies=shown.proxies, demo=demo, forward_trail=shown.forward_trail, secrets=secrets,
        pseudonym_key=key, environment=os.environ, backups=backups, admins=_admins(shown), now=datetime.now(UTC),
        web=_person(web) if web else Person.owner_of(state),
        pipeline=_person(pipeline) if pipeline else Person.owner_of(rows[0]),
        disk=lambda folder: shutil.disk_usage(folder)[::2], clock_is_set=_clock_is_set, versions=_version,
    )  # fmt: skip


def tell(deployment: Deployment) -> None:
    """A line a finding, then how many; ends with 1 where something is wrong."""
    found = list(examine(deployment))
    for one in found:
        typer.echo(one.line())
    counted = {level: sum(one.level == level for one in found) for level in Level}
    typer.echo(f"{counted[Level.FEL]} fel, {counted[Level.VARNING]} varningar, {counted[Level.OK]} i sin ordning.")
    if counted[Level.FEL]:
        raise typer.Exit(1)


def _person(name: str) -> Person:
    try:
        return Person.named(name)
    except KeyError:
        raise typer.BadParameter(f"användaren {name} finns inte på datorn") from None


def _admins(shown: DashboardSettings) -> int | None:
    """How many may deal out roles today; None where another system says who may, or nothing is kept yet."""
    file = make_url(shown.state_address).database
    if shown.signin.role_claim or (shown.state_address.startswith("sqlite") and not (file and Path(file).exists())):
        return None
    try:
        everybody = accounts(State(shown.state_address))
    except Unavailable:
        return None  # another finding says so
    return sum(one.is_open and Right.KONTON in rights_of(one.grants(today())) for one in everybody)


def _clock_is_set() -> bool | None:
    return True if SYNCHRONISED.exists() or any(path.exists() for path in SETS_CLOCK) else None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
