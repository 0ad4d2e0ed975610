"""The commands by which a data steward follows deliveries and releases. Imports what does the work lazily: the process
that serves pages has no use for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipelines.settings import Settings

commands = typer.Typer()

Demo = Annotated[bool, typer.Option("--demo", help="Arbeta i data/demo; allt märks Påhittade uppgifter.")]
Sender = Annotated[
    str | None, typer.Option("--avsandare", metavar="NAMN", help="Vem som skickat filen, när leverans.toml saknas.")
]


def settings_of(demo: bool) -> "Settings":
    """The settings of this machine, or those of the demo."""
    from pipelines.settings import Settings

    settings = Settings()
    return settings.model_copy(update={"demo": True, "data": settings.data / "demo"}) if demo else settings


@commands.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen som avsändaren har skickat.")],
    sender: Sender = None,
    extract: Annotated[
        str | None, typer.Option("--extrakt", metavar="NAMN", help="Vad filen är, om det är känt.")
    ] = None,
    write: Annotated[bool, typer.Option("--skriv", help="Skriv förslaget i config/avsandare.")] = False,
) -> None:
    """Visa hur en fil läses, och föreslå vad rubrikerna betyder. Inget ur raderna visas."""
    from pipelines import steward

    steward.inspect(settings_of(False), file, extract, sender, write)


@commands.command()
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


@commands.command()
def lattice(
    enheter: Annotated[int | None, typer.Option(min=1, help="Antal vårdcentraler i stället för utgåvans.")] = None,
    manader: Annotated[int | None, typer.Option(min=1, help="Antal månader i stället för utgåvans.")] = None,
    demo: Demo = False,
) -> None:
    """Visa gittret: allt som kan publiceras och visas, per mått och nivå, och hur många celler det är."""
    from pipelines import terminal

    terminal.lattice(settings_of(demo), enheter, manader)


@commands.command()
def audit(
    release: Annotated[str | None, typer.Argument(metavar="UTGÅVA", help="Utgåvan; annars den som gäller.")] = None,
    demo: Demo = False,
) -> None:
    """Låt angriparen pröva en utgåva: hur nära går det att räkna ut dolda tal? Slutar med kod 12 om det går för nära."""
    from pipelines import terminal

    terminal.audit(settings_of(demo), release)


@commands.command()
def rollback(
    release: Annotated[str | None, typer.Argument(metavar="UTGÅVA", help="Utan namn: den hela utgåvan före.")] = None,
    demo: Demo = False,
) -> None:
    """Peka tillbaka på en tidigare utgåva. Uppgifterna i den ändras inte."""
    from pipelines import steward

    steward.rollback(settings_of(demo), release)


@commands.command()
def kvitto(
    number: Annotated[int, typer.Argument(metavar="LEVERANS", help="Numret i sjukvy status.")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FIL", help="Skriv som HTML i stället.")] = None,
    demo: Demo = False,
) -> None:
    """Rapporten om en levererad fil, att skicka till avsändaren: regler och radnummer, aldrig värden."""
    from pipelines import steward

    steward.receipt(settings_of(demo), number, html)


@commands.command()
def godkann(
    number: Annotated[int, typer.Argument(metavar="LEVERANS", help="Leveransen som avviker från den förra.")],
    who: Annotated[str, typer.Option("--av", metavar="NAMN", help="Vem som svarar för det.")],
    demo: Demo = False,
) -> None:
    """Godkänn att en leverans avviker från avsändarens förra. Det står i liggaren."""
    from pipelines import steward

    steward.sign(settings_of(demo), number, who)


@commands.command()
def requeue(
    number: Annotated[int | None, typer.Argument(metavar="LEVERANS", help="Utan nummer: alla.")] = None,
    demo: Demo = False,
) -> None:
    """Pröva rader i karantän igen, när en regel, en kodlista eller avsändarens fil har ändrats."""
    from pipelines import steward

    steward.requeue(settings_of(demo), number)


@commands.command()
def gallra(
    who: Annotated[str, typer.Option("--av", metavar="NAMN", help="Vem som svarar för gallringen.")],
    trial: Annotated[bool, typer.Option("--prova", help="Räkna bara; ingenting tas bort.")] = False,
    demo: Demo = False,
) -> None:
    """Ta bort det som gallringsbeslutet i inställningarna säger, och skriv ett protokoll."""
    from pipelines import steward

    steward.remove_old(settings_of(demo), who, trial)


@commands.command()
def nyckel(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En ny fil, som bara du kommer åt.")],
    version: Annotated[int, typer.Option(min=1, help="Nyckelns version.")] = 1,
) -> None:
    """Skriv en ny nyckel för pseudonymisering vid inläsningen."""
    from pipelines import steward

    steward.write_key(file, version)


@commands.command()
def lineage(
    release: Annotated[str | None, typer.Argument(metavar="UTGÅVA", help="Utan namn: den som visas.")] = None,
    measure: Annotated[str | None, typer.Option("--matt", metavar="ID", help="Bara det som måttet bygger på.")] = None,
    unit: Annotated[str | None, typer.Option("--enhet", metavar="HSA-ID", help="Bara enhetens rader.")] = None,
    month: Annotated[str | None, typer.Option("--manad", metavar="ÅÅÅÅ-MM", help="Bara månadens rader.")] = None,
    demo: Demo = False,
) -> None:
    """Vilka leveranser en utgåva, ett mått, en enhet eller en månad bygger på."""
    from pipelines import steward

    steward.lineage(settings_of(demo), release, measure, unit, month)


@commands.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="MAPP", help="Mappen som kopian skrivs i, helst på en annan disk.")],
    demo: Demo = False,
) -> None:
    """Kopiera det inlästa, utgåvorna och det som människor skrivit. Kopian provas innan den räknas."""
    from pipelines import steward
    from pipelines.backup import backup as copy

    steward.say(f"Kopian ligger i {copy(settings_of(demo), target)}. Nycklar och config kopieras för sig.")


@commands.command()
def restore(
    copy: Annotated[Path, typer.Argument(metavar="KOPIA", help="Mappen som backup skrev.")],
    demo: Demo = False,
) -> None:
    """Läs tillbaka en kopia. Det som stod där läggs åt sidan, inte bort."""
    from pipelines import steward
    from pipelines.backup import restore as put_back

    steward.say(f"Kopian är återläst. Utgåva {put_back(settings_of(demo), copy) or 'saknas'} visas.")


@commands.command()
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
    from pipelines.progress import STEPS as UNIT
    from pipelines.progress import counted, told
    from pipelines.warehouse import STEPS

    settings = settings_of(demo)
    with told(settings.log, UNIT) as report:
        step = counted(report, "Räknar", len(STEPS))
        rows = case_extract(settings, out, k=k, most_suppressed=suppressed, progress=step)["rader"]
    terminal.screen.print(
        f"{out}: {rows['i_utdraget']} sjukfall, {rows['utelamnade']} utelämnade. Så gjordes det: {manifest_path(out)}"
    )
