"""`sjukvy audit-log`: is the trail whole, what stands in it, and moving what is old out of the database."""

from pathlib import Path
from typing import Annotated

import typer

Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo.")]
Folder = Annotated[Path | None, typer.Option("--mapp", metavar="MAPP", help="De förseglade filernas mapp.")]
Heads = Annotated[
    list[str] | None, typer.Option("--huvud", metavar="NR:HASH", help="Loggens slut som det sparats på annat håll.")
]


audit_log = typer.Typer(no_args_is_help=True, help="Granskningsloggen: vem som gjort och sett vad.")


@audit_log.command()
def verify(
    ctx: typer.Context,
    folder: Folder = None,
    heads: Heads = None,
    here: Annotated[bool, typer.Option("--bara-databasen", help="Följ inte de förseglade filerna.")] = False,
    demo: Demo = False,
) -> None:
    """Pröva att ingen rad är ändrad, borttagen, inskjuten eller flyttad. Slutar med kod 14 om någon är det."""
    from dashboard.trail import terminal

    _, shown = ctx.obj(demo)
    terminal.check(shown.state_address, folder, heads or [], with_sealed=not here)


@audit_log.command()
def export(
    ctx: typer.Context,
    first: Annotated[str, typer.Option("--from", metavar="ÅÅÅÅ-MM-DD", help="Första dagen (UTC).")] = "",
    last: Annotated[str, typer.Option("--to", metavar="ÅÅÅÅ-MM-DD", help="Sista dagen (UTC).")] = "",
    folder: Folder = None,
    demo: Demo = False,
) -> None:
    """Skriv loggens rader, en rad JSON per händelse."""
    from dashboard.trail import terminal

    _, shown = ctx.obj(demo)
    terminal.export(shown.state_address, folder, first, last)


@audit_log.command()
def rotate(ctx: typer.Context, folder: Folder = None, demo: Demo = False) -> None:
    """Flytta det som är äldre än gränsen i inställningarna (audit_keep_years) till en förseglad fil."""
    from dashboard.trail import terminal

    settings, shown = ctx.obj(demo)
    terminal.rotate(shown.state_address, folder, settings.audit_keep_years)
