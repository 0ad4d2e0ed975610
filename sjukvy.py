"""The `sjukvy` command, and the only module that knows both the pipelines and the dashboard; imports them lazily."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dashboard.commands.audit_log import audit_log
from dashboard.commands.doctor import doctor
from dashboard.report.commands import commands as report_commands
from dashboard.signin.commands import accounts
from pipelines.commands import Demo, Sender, commands, settings_of

if TYPE_CHECKING:
    from dashboard.settings import DashboardSettings
    from pipelines.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(commands)

DEMO = {"patients": 200_000, "enheter": 26, "first": "2023-11", "last": "2026-10", "seed": 20191297}
PATHS = "Mappar eller filer (CSV, XLSX, Parquet), även vårdenhetslistor och Försäkringskassans statistik."
Month = Annotated[str, typer.Option("--manad", metavar="ÅÅÅÅ-MM", help="Månaden som en vårdenhetslista gäller.")]
Region = Annotated[str, typer.Option("--region", metavar="NAMN", help="Regionen som listans enheter hör till.")]
Provider = Annotated[
    str, typer.Option("--vardgivare", metavar="HSA-ID", help="Vårdgivaren som listans enheter hör till.")
]


def _shown(settings: "Settings") -> "DashboardSettings":
    """What the dashboard may know of the settings."""
    from dashboard.settings import DashboardSettings

    return DashboardSettings(
        published=settings.published, state=settings.state_url, address=settings.address, demo=settings.demo,
        forward_trail=settings.audit_forward, proxies=settings.proxies,
    )  # fmt: skip


app.add_typer(report_commands)
app.add_typer(accounts, name="konto")
app.add_typer(audit_log, name="audit-log")
app.add_typer(doctor)


@app.callback()
def _told(ctx: typer.Context) -> None:
    ctx.obj = _both


def _both(demo: bool) -> "tuple[Settings, DashboardSettings]":
    """The settings of this machine (or of the demo), and what the dashboard may know of them."""
    settings = settings_of(demo)
    return settings, _shown(settings)


@app.command()
def synth(
    out: Annotated[Path | None, typer.Option(help="Mappen som leveransen skrivs i.")] = None,
    first: Annotated[str, typer.Option("--from", metavar="ÅÅÅÅ-MM", help="Första månaden.")] = str(DEMO["first"]),
    last: Annotated[str, typer.Option("--to", metavar="ÅÅÅÅ-MM", help="Sista månaden.")] = str(DEMO["last"]),
    patients: Annotated[int, typer.Option(min=100, help="Antal listade i alla åldrar.")] = int(DEMO["patients"]),
    enheter: Annotated[int, typer.Option(min=2, help="Antal vårdcentraler.")] = int(DEMO["enheter"]),
    seed: Annotated[int, typer.Option(help="Samma frö ger samma region.")] = int(DEMO["seed"]),
    effect: Annotated[float, typer.Option(min=0, help="Efter första insatsen är slutrisken per dag 1 + X gånger.")] = 0,
    dirt: Annotated[
        bool, typer.Option("--dirt", help="Med verkliga leveransers fel, och två tilläggsleveranser.")
    ] = False,
    form: Annotated[str, typer.Option("--format", metavar="csv|parquet", help="Filernas format.")] = "csv",
    report: Annotated[bool, typer.Option("--report", help="Jämför med publicerade siffror.")] = False,
    delivery: Annotated[
        list[Path] | None, typer.Option("--delivery", metavar="MAPP", help="Jämför den här leveransen i stället.")
    ] = None,
) -> None:
    """Skriv en påhittad region som leverans, och sanningen bakom den bredvid."""
    from pipelines import terminal
    from pipelines.progress import told
    from pipelines.synthetic import generate

    if delivery:
        terminal.report(delivery)
        return
    with TemporaryDirectory(prefix="sjukvy-") as passing:
        if out is None and not report:
            raise typer.BadParameter("ange mappen, eller --report för att bara jämföra", param_hint="--out")
        folder = out or Path(passing) / "region"
        with told(settings_of(False).log, "patienter") as tell:
            generate(
                folder, patients=patients, enheter=enheter, first=first, last=last, seed=seed, effect=effect, dirt=dirt,
                form=form, progress=lambda done, total: tell("Hittar på en region", done, total),
            )  # fmt: skip
        if out:
            terminal.screen.print(f"Leveransen ligger i {out} och sanningen i {out}-sanning.")
        if report:
            terminal.report([folder, *sorted(folder.parent.glob(f"{folder.name}-tillagg-*"))])


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(metavar="SÖKVÄG…", help=PATHS)],
    demo: Demo = False,
    approve: Annotated[
        str | None, typer.Option("--godkann-indragning", metavar="NAMN", help="Vem som godkänt en stor indragning.")
    ] = None,
    month: Month = "",
    region: Region = "",
    provider: Provider = "",
    sender: Sender = None,
) -> None:
    """Läs in leveranser. Avvisade filer ändrar ingenting; felaktiga rader hamnar i karantän."""
    from pipelines import terminal
    from pipelines.deliveries import UnitListSaid

    said = UnitListSaid(manad=month, region=region, vardgivare=provider)
    terminal.load(settings_of(demo), paths, approve, said, sender)


@app.command()
def build(demo: Demo = False) -> None:
    """Räkna om allt ur det inlästa och publicera en ny utgåva."""
    from pipelines import terminal

    terminal.build(settings_of(demo))


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="SÖKVÄG…", help=PATHS)],
    demo: Demo = False,
) -> None:
    """Läs in leveranser och publicera: load och build i ett."""
    from pipelines import terminal

    settings = settings_of(demo)
    terminal.load(settings, paths, None)
    terminal.build(settings)


@app.command()
def serve(
    demo: Demo = False,
    host: Annotated[str, typer.Option(help="Adress att lyssna på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port att lyssna på.")] = 8050,
    workers: Annotated[int, typer.Option(min=1, help="Antal processer.")] = 2,
) -> None:
    """Visa den publicerade utgåvan."""
    _serve(settings_of(demo), host, port, workers)


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="Adress att lyssna på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port att lyssna på.")] = 8050,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Visa också, eller bara förbered.")] = True,
) -> None:
    """Påhittad region, hela vägen till skärmen. Det som redan är gjort görs inte om."""
    from pipelines import terminal

    settings = settings_of(True)
    folder = settings.data / "deliveries" / "pahittad-region"
    if not (folder / "leverans.toml").is_file():
        synth(out=folder, first=str(DEMO["first"]), last=str(DEMO["last"]))
    terminal.load(settings, [folder], None)
    terminal.build(settings)
    if serve_it:
        _serve(settings, host, port, workers=2)


@app.command()
def docs() -> None:
    """Skriv om de sidor i docs/ som härleds ur koden."""
    from dashboard.report.measures_page import measures_page
    from pipelines import terminal
    from pipelines.compute.lattice_page import lattice_page
    from pipelines.deliveries.contract_page import contract_page

    pages = {
        "leverans.md": contract_page(), "matt.md": measures_page(), "nationella-rapporter.md": lattice_page(),
    }  # fmt: skip
    for name, text in pages.items():
        (Path(__file__).parent / "docs" / name).write_text(text, encoding="utf-8")
        terminal.screen.print(f"{name} är skriven.")


def main() -> None:
    """Run the command; an error that a person can act on is shown without traceback, with its exit code."""
    from pipelines.errors import SjukvyError
    from pipelines.progress import Stopped, stop_when_asked, was_stopped

    stop_when_asked()
    try:
        app()
    except SjukvyError as fault:
        _fail(fault.text, fault.exit_code)
    except OSError as fault:
        # a full disk, a folder without rights: nothing that a traceback explains to anybody
        said = f"Filerna kan inte läsas eller skrivas: {fault.strerror or 'fel på disken'}. Senaste utgåvan visas som förut."
        _fail(said, 1)
    except Exception:
        if not was_stopped():
            raise
        _fail(Stopped.sentence, Stopped.exit_code)


def _fail(said: str, code: int) -> None:
    """On one line of JSON where that is what is read."""
    from pipelines.progress import as_event

    try:
        as_json = settings_of(False).log == "json"
    except ValueError:  # the settings are what is wrong
        as_json = False
    text = as_event("fel", text=said, kod=code) if as_json else said
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(text)
    sys.exit(code)


def _serve(settings: "Settings", host: str, port: int, workers: int) -> None:
    from dashboard.server import serve as serve_dashboard

    # not through pipelines.terminal: the process that serves has no use for what it imports
    Console(stderr=True, highlight=False).print(f"Sjukvy visas på http://{host}:{port}/  (avsluta med Ctrl+C)")
    serve_dashboard(_shown(settings), host=host, port=port, workers=workers)


if __name__ == "__main__":
    main()
