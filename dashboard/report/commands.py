"""`sjukvy report`, `mail` and `prenumerera`. Imports what does the work lazily. The context's object tells the settings of the
installation, or of its demo, and what the dashboard may know of them."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()

Month = Annotated[str, typer.Option("--manad", metavar="ÅÅÅÅ-MM", help="Utan: den senaste.")]
Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo; allt märks Påhittade uppgifter.")]


@commands.command()
def report(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(metavar="MAPP", help="Mappen som rapporterna skrivs i.")],
    unit: Annotated[
        str, typer.Option("--enhet", metavar="ID", help="Enheten, området eller regionen. Utan: alla.")
    ] = "",
    level: Annotated[str, typer.Option("--niva", metavar="enhet|omrade|region", help="Vilka, utan --enhet.")] = "enhet",
    month: Month = "",
    formats: Annotated[str, typer.Option("--format", metavar="pdf,pptx,xlsx", help="Vilka filer.")] = "pdf",
    demo: Demo = False,
) -> None:
    """Skriv månadens rapport för en enhet, eller för alla."""
    from dashboard.report.terminal import write

    _, shown = ctx.obj(demo)
    write(shown, out, unit, level, month, tuple(formats.split(",")))


@commands.command()
def mail(ctx: typer.Context, month: Month = "", demo: Demo = False) -> None:
    """Skicka månadens rapport till dem som valt det. Det som redan är skickat skickas inte igen."""
    from dashboard.report.terminal import send

    settings, shown = ctx.obj(demo)
    send(shown, settings, month)


@commands.command()
def prenumerera(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADRESS", help="En adress i regionens domäner.")],
    unit: Annotated[str, typer.Option("--enhet", metavar="ID", help="Enheten, området eller regionen.")],
    when: Annotated[str, typer.Option("--nar", metavar="manad|signal|aldrig", help="När brev ska skickas.")] = "manad",
    measures: Annotated[str, typer.Option("--matt", metavar="ID,ID", help="Mått att följa. Utan: Översiktens.")] = "",
    demo: Demo = False,
) -> None:
    """Välj vad en adress får med e-post om en enhet. Det senaste valet gäller."""
    from dashboard.report.terminal import choose

    settings, shown = ctx.obj(demo)
    choose(shown, settings.mail_domains, address, unit, when, measures)
