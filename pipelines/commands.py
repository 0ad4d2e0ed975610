"""What is asked of releases in a terminal; each command imports what it needs when it is called."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipelines.settings import Settings

app = typer.Typer()
Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo; allt märks Påhittade uppgifter.")]


def settings_of(demo: bool) -> "Settings":
    """The settings as they stand, or those of the demo beside them."""
    from pipelines.settings import Settings

    settings = Settings()
    return settings.model_copy(update={"demo": True, "data": settings.data / "demo"}) if demo else settings


@app.command()
def extract(
    out: Annotated[Path, typer.Option(metavar="FIL.parquet", help="Filen som utdraget skrivs i.")],
    k: Annotated[int, typer.Option(help="Minsta antal personer som liknar varandra; minst 3.")] = 5,
    suppressed: Annotated[
        float, typer.Option("--utelamna", metavar="ANDEL", help="Största andel sjukfall som får utelämnas.")
    ] = 0.05,
    demo: Demo = False,
) -> None:
    """Skriv ett k-anonymt utdrag av sjukfall för analys inom regionen. Varje utdrag loggas."""
    from pipelines import terminal
    from pipelines.case_extract import case_extract, manifest_path
    from pipelines.warehouse import STEPS

    with terminal.bar() as shown:
        task = shown.add_task("Räknar", total=len(STEPS))
        rows = case_extract(
            settings_of(demo), out, k=k, most_suppressed=suppressed, progress=lambda what: shown.advance(task)
        )["rader"]
    terminal.screen.print(
        f"{out}: {rows['i_utdraget']} sjukfall, {rows['utelamnade']} utelämnade. Så gjordes det: {manifest_path(out)}"
    )


@app.command()
def status(demo: Demo = False) -> None:
    """Visa utgåvor och de senaste leveranserna."""
    from pipelines import terminal
    from pipelines.deliveries import deliveries
    from pipelines.releases import current, damaged, releases

    settings = settings_of(demo)
    shown = current(settings.published)
    for release in releases(settings.published):
        wrong = damaged(settings.published / release)
        mark, said = "→" if release == shown else " ", f"  SKADAD: {', '.join(wrong)}" if wrong else ""
        terminal.screen.print(f"{mark} {release}{said}")
    if shown is None:
        terminal.screen.print("Ingen utgåva är publicerad. Börja med: sjukvy run MAPP")
    if settings.warehouse.is_file():
        terminal.screen.print(terminal.as_table("Leveranser", deliveries(settings)))


@app.command()
def lattice(
    enheter: Annotated[int | None, typer.Option(min=1, help="Antal vårdcentraler i stället för utgåvans.")] = None,
    manader: Annotated[int | None, typer.Option(min=1, help="Antal månader i stället för utgåvans.")] = None,
    demo: Demo = False,
) -> None:
    """Visa gittret: allt som kan publiceras och visas, per mått och nivå, och hur många celler det är."""
    from pipelines import terminal

    terminal.lattice(settings_of(demo), enheter, manader)


@app.command()
def audit(
    release: Annotated[str | None, typer.Argument(metavar="UTGÅVA", help="Utgåvan; annars den som gäller.")] = None,
    demo: Demo = False,
) -> None:
    """Låt angriparen pröva en utgåva: hur nära går det att räkna ut dolda tal? Slutar med kod 12 om det går för nära."""
    from pipelines import terminal

    terminal.audit(settings_of(demo), release)


@app.command()
def rollback(
    release: Annotated[str | None, typer.Argument(metavar="UTGÅVA", help="Utan namn: den hela utgåvan före.")] = None,
    demo: Demo = False,
) -> None:
    """Peka tillbaka på en tidigare utgåva. Uppgifterna i den ändras inte."""
    from pipelines import steward

    steward.rollback(settings_of(demo), release)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="MAPP", help="Mappen som kopian skrivs i, helst på en annan disk.")],
    demo: Demo = False,
) -> None:
    """Kopiera det inlästa, utgåvorna och det som människor skrivit. Kopian provas innan den räknas."""
    from pipelines import steward
    from pipelines.backup import backup as copy

    steward.say(f"Kopian ligger i {copy(settings_of(demo), target)}. Nycklar och config kopieras för sig.")


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(metavar="KOPIA", help="Mappen som backup skrev.")],
    demo: Demo = False,
) -> None:
    """Läs tillbaka en kopia. Det som stod där läggs åt sidan, inte bort."""
    from pipelines import steward
    from pipelines.backup import restore as put_back

    steward.say(f"Kopian är återläst. Utgåva {put_back(settings_of(demo), copy) or 'saknas'} visas.")
