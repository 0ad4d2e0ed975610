"""What a data steward asks of deliveries in a terminal, and what is answered."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.deliveries import account
from pipelines.deliveries.inspect import add_to_sender
from pipelines.deliveries.inspect import inspect as look_at
from pipelines.deliveries.pseudonym import write_key as make_key
from pipelines.deliveries.receipt import as_html, as_text
from pipelines.deliveries.receipt import receipt as make_receipt
from pipelines.deliveries.refusal import FileRefused
from pipelines.deliveries.requeue import requeue as try_again
from pipelines.deliveries.sender import path_of
from pipelines.errors import CheckError, DeliveryError
from pipelines.lineage import lineage as trace
from pipelines.releases import alone, before, point
from pipelines.retention import remove_old as remove
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse

paper = Console(highlight=False, markup=False, soft_wrap=True)
DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabb", "": "inget"}


def receipt(settings: Settings, number: int, html: Path | None) -> None:
    """The report on one delivered file: on paper, or in a file as HTML."""
    made = make_receipt(settings, number)
    if html is None:
        paper.print(as_text(made), end="")
    else:
        html.write_text(as_html(made), encoding="utf-8")
        paper.print(f"Kvittot ligger i {html}.")


def sign(settings: Settings, number: int, who: str) -> None:
    """A person answers for a delivery's deviations."""
    with open_warehouse(settings) as connection:
        account.create_tables(connection)
        signed = account.sign(connection, number, who)
    if not signed:
        raise DeliveryError(f"Leverans {number} har inga avvikelser att godkänna.", advice="Se: sjukvy kvitto LEVERANS")
    paper.print(f"{signed} avvikelser i leverans {number} är godkända av {who}. Nästa steg: sjukvy build")


def requeue(settings: Settings, number: int | None) -> None:
    """Try the quarantine again, and say what came of it."""
    for one in try_again(settings, number):
        paper.print(
            f"Leverans {one.leverans_nr}, {one.filnamn}: {one.provade} rader prövade = {one.inlasta} inlästa + "
            f"{one.dubbletter} redan inlästa + {one.kvar} kvar i karantän"
        )


def lineage(settings: Settings, release: str | None, measure: str | None, unit: str | None, month: str | None) -> None:
    """The deliveries behind a release or a part of it."""
    name, (head, *rows) = trace(settings, release, measure=measure, unit=unit, month=month)
    table = Table(*head, title=f"Utgåva {name}", title_justify="left")
    for row in rows:
        table.add_row(*row)
    paper.print(table)


def remove_old(settings: Settings, by: str, trial: bool) -> None:
    """Remove what the decision says, and say how much."""
    done, path = remove(settings, by, trial=trial)
    paper.print("Så här mycket skulle gallras:" if trial else "Gallrat:")
    for what, rows in done.borttagna.items():
        limit = done.karantan_fore if what == "karantän" else done.rader_fore
        paper.print(f"  {what}: {rows} rader äldre än {limit}")
    if path is not None:
        paper.print(f"Protokollet ligger i {path}. Nästa steg: sjukvy build. Kopior från tidigare gallras för sig.")


def write_key(path: Path, version: int) -> None:
    """Make a key, and say what to do with it."""
    try:
        make_key(path, version)
    except FileExistsError:
        raise DeliveryError(f"{path.name} finns redan. En nyckel skrivs aldrig över.") from None
    paper.print(f"Nyckeln ligger i {path}. Ange den som pseudonym_key i config/region.toml, och kopiera den för sig.")


def say(text: str) -> None:
    paper.print(text)


def rollback(settings: Settings, release: str | None) -> None:
    """Point to the release, or to the newest whole one before the current."""
    chosen = release or before(settings.published)
    if chosen is None:
        raise CheckError("Det finns ingen tidigare hel utgåva.", advice="Se vilka som finns: sjukvy status")
    with alone(settings.published):
        point(settings.published, chosen)
    paper.print(f"Utgåva {chosen} visas.")


def inspect(settings: Settings, path: Path, extract: str | None, sender: str | None, write: bool) -> None:
    """Show how a file is read and what its headings mean; with `write` keep it for the sender."""
    if write and not sender:
        raise DeliveryError("Vems rubriker är det?", advice="Ange avsändaren: --avsandare NAMN")
    try:
        found = look_at(path, settings, extract=extract)
        if write and sender and found.written:
            add_to_sender(path_of(settings, sender), found)
    except FileRefused as refused:
        raise DeliveryError("Filen kan inte läsas.", faults=refused.faults) from None
    paper.print(
        f"{found.name}: ser ut som {found.extract}, {found.rows} rader, rubriker på rad {found.at}"
        + (f", {found.encoding}, avgränsare {DELIMITERS[found.delimiter]}" if found.encoding else "")
    )
    table = Table("rubrik i filen", "kolumn")
    for heading, column in found.meant.items():
        table.add_row(heading, column or "okänd: tas bort eller får en egen rad i avsändarens fil")
    paper.print(table)
    if found.missing:
        paper.print(f"Obligatoriska kolumner som saknas: {', '.join(found.missing)}")
    if not found.written:
        paper.print("Rubrikerna är kontraktets egna: ingen fil för avsändaren behövs.")
    elif write and sender:
        paper.print(f"Skrivet i {path_of(settings, sender)}. Läs igenom den innan leveransen läses in.")
    else:
        paper.print(
            f"Förslag till config/avsandare/NAMN.toml (--avsandare NAMN --skriv skriver det):\n\n{found.written}"
        )
