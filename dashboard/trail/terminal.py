"""What the commands about the log say to a person in a terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from dashboard.state.kinds import Unavailable
from dashboard.trail import sealed
from dashboard.trail.head import Head
from dashboard.trail.log import Trail
from dashboard.trail.verify import verify

BROKEN = 14  # exit code
MOST_TOLD = 20


def check(address: str, folder: Path | None, heads: Sequence[str], *, with_sealed: bool) -> None:
    """Follow the chain, and end with a code of its own where it is broken."""
    with _opened(address, folder) as (trail, where):
        chain = verify(trail, where, [_head(one) for one in heads], with_sealed=with_sealed)
    if not chain.faults:
        typer.echo(f"Granskningsloggen är hel: {chain.nr} rader. Spara slutet på annat håll: {chain.nr}:{chain.hash}")
        return
    _say(f"Granskningsloggen är inte hel ({len(chain.faults)} fel):")
    for fault in chain.faults[:MOST_TOLD]:
        _say(f"  - {fault}")
    _say("Ändra ingenting. Säkra databasen och de förseglade filerna, och anmäl en incident.")
    raise typer.Exit(BROKEN)


def export(address: str, folder: Path | None, first: str, last: str) -> None:
    """Every row of the days, as lines of JSON on standard output; a code of its own where a sealed file is missing."""
    days = _day(first or date.min.isoformat(), "--from"), _day(last or date.max.isoformat(), "--to")
    with _opened(address, folder) as (trail, where):
        gone = sealed.missing(trail, where)
        for row in sealed.between(trail, where, *days):
            typer.echo(row.line())
    if gone:
        _say(f"Raderna är inte alla: {', '.join(gone)} saknas. Ange filernas mapp med --mapp.")
        raise typer.Exit(BROKEN)


def rotate(address: str, folder: Path | None, years: int) -> None:
    """Seal what is older than so many years."""
    today = datetime.now(UTC)
    before = f"{today.year - years:04d}-{today:%m-%d}"
    with _opened(address, folder) as (trail, where):
        if where is None:
            raise typer.BadParameter("ange mappen: databasen ligger inte i en fil", param_hint="--mapp")
        made = sealed.seal(trail, where, before)
    if made is None:
        typer.echo(f"Inga rader är från före {before}.")
    else:
        typer.echo(
            f"Rad {made.fran_nr}–{made.till_nr} ligger nu i {where / made.fil}. Spara filen på annat håll också."
        )


@contextmanager
def _opened(address: str, folder: Path | None) -> Iterator[tuple[Trail, Path | None]]:
    trail = Trail(address)
    try:
        yield trail, folder or sealed.folder_of(trail)
        trail.engine.dispose()
    except Unavailable:
        _say("Granskningsloggen kan inte läsas: databasen går inte att nå.")
        raise typer.Exit(BROKEN) from None


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _head(said: str) -> Head:
    try:
        return Head.said(said)
    except ValueError:
        raise typer.BadParameter("skriv numret, kolon och de 64 tecknen", param_hint="--huvud") from None


def _day(text: str, name: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter("skriv dagen som ÅÅÅÅ-MM-DD", param_hint=name) from None
