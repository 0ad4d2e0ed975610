"""`sjukvy report`, `mail` and `prenumerera`. Imports what does the work lazily."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dashboard.settings import DashboardSettings

Month = Annotated[str, typer.Option("--manad", metavar="ÅÅÅÅ-MM", help="Utan: den senaste.")]
Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo; allt märks Påhittade uppgifter.")]


def report_commands(
    settings_of: Callable[[bool], Any], shown: Callable[[Any], "DashboardSettings"]
) -> typer.Typer:  # fmt: skip
    """`settings_of` tells the settings of the installation (or the demo), `shown` what the dashboard may know of them."""
    commands = typer.Typer()

    @commands.command()
    def report(
        out: Annotated[Path, typer.Option(metavar="MAPP", help="Mappen som rapporterna skrivs i.")],
        unit: Annotated[
            str, typer.Option("--enhet", metavar="ID", help="Enheten, området eller regionen. Utan: alla.")
        ] = "",
        level: Annotated[
            str, typer.Option("--niva", metavar="enhet|omrade|region", help="Vilka, utan --enhet.")
        ] = "enhet",
        month: Month = "",
        formats: Annotated[str, typer.Option("--format", metavar="pdf,pptx,xlsx", help="Vilka filer.")] = "pdf",
        demo: Demo = False,
    ) -> None:
        """Skriv månadens rapport för en enhet, eller för alla."""
        from dashboard.report.terminal import write

        write(shown(settings_of(demo)), out, unit, level, month, tuple(formats.split(",")))

    @commands.command()
    def mail(month: Month = "", demo: Demo = False) -> None:
        """Skicka månadens rapport till dem som valt det. Det som redan är skickat skickas inte igen."""
        from dashboard.report.terminal import send

        settings = settings_of(demo)
        send(shown(settings), settings, month)

    @commands.command()
    def prenumerera(
        address: Annotated[str, typer.Argument(metavar="ADRESS", help="En adress i regionens domäner.")],
        unit: Annotated[str, typer.Option("--enhet", metavar="ID", help="Enheten, området eller regionen.")],
        when: Annotated[
            str, typer.Option("--nar", metavar="manad|signal|aldrig", help="När brev ska skickas.")
        ] = "manad",
        measures: Annotated[
            str, typer.Option("--matt", metavar="ID,ID", help="Mått att följa. Utan: Översiktens.")
        ] = "",
        demo: Demo = False,
    ) -> None:
        """Välj vad en adress får med e-post om en enhet. Det senaste valet gäller."""
        from dashboard.report.terminal import choose

        settings = settings_of(demo)
        choose(shown(settings), settings.mail_domains, address, unit, when, measures)

    return commands
