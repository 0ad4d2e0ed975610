"""`sjukvy audit-log`: is the trail whole, what stands in it, and moving what is old out of the database."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

if TYPE_CHECKING:
    from dashboard.settings import DashboardSettings

Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo.")]
Folder = Annotated[Path | None, typer.Option("--mapp", metavar="MAPP", help="De förseglade filernas mapp.")]
Heads = Annotated[
    list[str] | None, typer.Option("--huvud", metavar="NR:HASH", help="Loggens slut som det sparats på annat håll.")
]


class Keeps(Protocol):
    """What is set about the log."""

    audit_keep_years: int


def audit_log(settings_of: Callable[[bool], Keeps], shown: Callable[[Keeps], "DashboardSettings"]) -> typer.Typer:
    """The commands, on the settings that the functions give."""
    app = typer.Typer(no_args_is_help=True, help="Granskningsloggen: vem som gjort och sett vad.")

    @app.command("verify")
    def _verify(
        folder: Folder = None,
        heads: Heads = None,
        here: Annotated[bool, typer.Option("--bara-databasen", help="Följ inte de förseglade filerna.")] = False,
        demo: Demo = False,
    ) -> None:
        """Pröva att ingen rad är ändrad, borttagen, inskjuten eller flyttad. Slutar med kod 14 om någon är det."""
        from dashboard.trail import terminal

        terminal.check(shown(settings_of(demo)).state_address, folder, heads or [], with_sealed=not here)

    @app.command("export")
    def _export(
        first: Annotated[str, typer.Option("--from", metavar="ÅÅÅÅ-MM-DD", help="Första dagen (UTC).")] = "",
        last: Annotated[str, typer.Option("--to", metavar="ÅÅÅÅ-MM-DD", help="Sista dagen (UTC).")] = "",
        folder: Folder = None,
        demo: Demo = False,
    ) -> None:
        """Skriv loggens rader, en rad JSON per händelse."""
        from dashboard.trail import terminal

        terminal.export(shown(settings_of(demo)).state_address, folder, first, last)

    @app.command("rotate")
    def _rotate(folder: Folder = None, demo: Demo = False) -> None:
        """Flytta det som är äldre än gränsen i inställningarna (audit_keep_years) till en förseglad fil."""
        from dashboard.trail import terminal

        settings = settings_of(demo)
        terminal.rotate(shown(settings).state_address, folder, settings.audit_keep_years)

    return app
