"""`sjukvy doctor`: what is unsafe in this deployment."""

from pathlib import Path
from typing import Annotated

import typer

doctor = typer.Typer()


@doctor.command("doctor")
def examine(
    ctx: typer.Context,
    web: Annotated[str, typer.Option("--webb", metavar="ANVÄNDARE", help="Utan: den som äger state.")] = "",
    pipeline: Annotated[
        str, typer.Option("--pipeline", metavar="ANVÄNDARE", help="Utan: den som äger warehouse.")
    ] = "",
    backups: Annotated[
        Path | None, typer.Option("--kopior", metavar="MAPP", help="Där säkerhetskopiorna ligger.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo.")] = False,
) -> None:
    """Visa vad som är osäkert i driften. Slutar med kod 1 om något är fel. Kör som root: då syns alla mappar."""
    from dashboard.doctor.terminal import deployment_of, tell

    settings, shown = ctx.obj(demo)
    # by name, so that a secret that is added to the settings is looked at
    secrets = {
        name: path
        for both in (settings, shown.signin)
        for name, path in vars(both).items()
        if name.endswith(("_file", "_key")) and path is not None
    }
    rows = (settings.warehouse.parent, settings.audits, settings.protocols, settings.data / "deliveries")
    key = settings.pseudonym_key
    tell(deployment_of(shown, rows, secrets, key, settings.demo, web, pipeline, backups))
