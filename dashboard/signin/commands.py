"""`sjukvy konto …`: accounts and roles from the server's own terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dashboard.settings import DashboardSettings

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


def account_commands(settings_of: Callable[[bool], "DashboardSettings"]) -> typer.Typer:
    """The commands, on the installation that `settings_of` tells (of the demo, or not)."""
    commands = typer.Typer(no_args_is_help=True, help="Konton och roller: den första administratören läggs upp här.")

    def desk(demo: bool):
        from dashboard.signin.terminal import Desk

        return Desk(settings_of(demo))

    @commands.command()
    def ny(
        name: Name,
        shown: Annotated[str, typer.Option("--namn", help="Namn som visas. Utan: kontots.")] = "",
        issuer: Annotated[
            str,
            typer.Option("--utfardare", metavar="ADRESS", help="Regionens inloggning, för den som kommer därifrån."),
        ] = "",
        demo: Demo = False,
    ) -> None:
        """Lägg upp ett konto. Den som ska ha det väljer lösenfras med en engångskod."""
        desk(demo).new(name, shown, issuer)

    @commands.command()
    def roll(
        name: Name,
        role: Annotated[str, typer.Argument(metavar="ROLL", help="admin, regionteam, team …")],
        unit: Unit = "",
        first: First = "",
        last: Last = "",
        demo: Demo = False,
    ) -> None:
        """Ge ett konto en roll."""
        from dashboard.access.roles import Grant

        desk(demo).give(name, Grant(roll=role, enhet_id=unit), first, last)

    @commands.command()
    def bort(
        name: Name,
        number: Annotated[int, typer.Argument(metavar="NUMMER", help="Rollens nummer i sjukvy konto lista.")],
        demo: Demo = False,
    ) -> None:
        """Ta tillbaka en roll. Det gäller genast."""
        desk(demo).take(name, number)

    @commands.command()
    def kod(name: Name, demo: Demo = False) -> None:
        """Skriv ut en ny engångskod, för den som glömt sin lösenfras."""
        desk(demo).code(name)

    @commands.command()
    def lista(demo: Demo = False) -> None:
        """Visa konton och roller, att gå igenom varje år."""
        desk(demo).table()

    for what, said in CHANGES.items():
        commands.command(what, help=said)(_changing(desk, what))
    return commands


def _changing(desk: Callable, what: str) -> Callable[..., None]:
    def change(name: Name, demo: Demo = False) -> None:
        desk(demo).change(name, what)

    return change
