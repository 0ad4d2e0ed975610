"""`sjukvy konto …`: accounts and roles from the server's own terminal. The context's object tells the settings of the
installation, or of its demo, and what the dashboard may know of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dashboard.signin.terminal import Desk

accounts = typer.Typer(no_args_is_help=True, help="Konton och roller: den första administratören läggs upp här.")

Name = Annotated[
    str, typer.Argument(metavar="KONTO", help="Kontots namn, eller personens id hos regionens inloggning.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Demons konton.")]
First = Annotated[str, typer.Option("--fran", metavar="ÅÅÅÅ-MM-DD", help="Första dagen. Utan: i dag.")]
Last = Annotated[str, typer.Option("--till", metavar="ÅÅÅÅ-MM-DD", help="Sista dagen. Utan: tills vidare.")]
Unit = Annotated[str, typer.Option("--enhet", metavar="ID", help="Enheten, för verksamhetschef och team.")]
CHANGES = {
    "stang": "Stäng ett konto och avsluta dess inloggningar.",
    "oppna": "Öppna ett stängt konto.",
    "sessioner": "Avsluta ett kontos inloggningar.",
}


@accounts.command()
def ny(
    ctx: typer.Context,
    name: Name,
    shown: Annotated[str, typer.Option("--namn", help="Namn som visas. Utan: kontots.")] = "",
    issuer: Annotated[
        str,
        typer.Option("--utfardare", metavar="ADRESS", help="Regionens inloggning, för den som kommer därifrån."),
    ] = "",
    demo: Demo = False,
) -> None:
    """Lägg upp ett konto. Den som ska ha det väljer lösenfras med en engångskod."""
    _desk(ctx, demo).new(name, shown, issuer)


@accounts.command()
def roll(
    ctx: typer.Context,
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLL", help="admin, regionteam, team …")],
    unit: Unit = "",
    first: First = "",
    last: Last = "",
    demo: Demo = False,
) -> None:
    """Ge ett konto en roll."""
    from dashboard.access.roles import Grant

    _desk(ctx, demo).give(name, Grant(roll=role, enhet_id=unit), first, last)


@accounts.command()
def bort(
    ctx: typer.Context,
    name: Name,
    number: Annotated[int, typer.Argument(metavar="NUMMER", help="Rollens nummer i sjukvy konto lista.")],
    demo: Demo = False,
) -> None:
    """Ta tillbaka en roll. Det gäller genast."""
    _desk(ctx, demo).take(name, number)


@accounts.command()
def kod(ctx: typer.Context, name: Name, demo: Demo = False) -> None:
    """Skriv ut en ny engångskod, för den som glömt sin lösenfras."""
    _desk(ctx, demo).code(name)


@accounts.command()
def lista(ctx: typer.Context, demo: Demo = False) -> None:
    """Visa konton och roller, att gå igenom varje år."""
    _desk(ctx, demo).table()


def _desk(ctx: typer.Context, demo: bool) -> "Desk":
    from dashboard.signin.terminal import Desk

    return Desk(ctx.obj(demo)[1])


def _changing(what: str) -> Callable[..., None]:
    def change(ctx: typer.Context, name: Name, demo: Demo = False) -> None:
        _desk(ctx, demo).change(name, what)

    return change


for what, said in CHANGES.items():
    accounts.command(what, help=said)(_changing(what))
