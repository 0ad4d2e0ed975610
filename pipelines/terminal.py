"""What the pipelines say to a person in a terminal: progress, tables, and what came of it."""

import sys
from dataclasses import asdict
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.audit import Part, refuse, stages
from pipelines.compute.cells import extent_of, invented
from pipelines.compute.lattice_words import measure_lines, number, table_sizes
from pipelines.deliveries import NOTHING_SAID, UnitListSaid
from pipelines.errors import CheckError
from pipelines.intake import take_in
from pipelines.progress import STEPS, as_event, counted, screen, told
from pipelines.release import audit_release, build_release, steps
from pipelines.releases import DATABASE, current
from pipelines.settings import Settings
from schemas.dimensions import NIVA

# what is assumed of a region before it has a release
UNITS, UNITS_OF_AN_AREA, MONTHS = 26, 6, 36


def load(
    settings: Settings,
    paths: list[Path],
    approve: str | None,
    said: UnitListSaid = NOTHING_SAID,
    sender: str | None = None,
) -> None:
    """Take deliveries in, and show what became of every file."""
    with told(settings.log) as report:
        results = take_in(paths, settings, progress=report, approved_by=approve, unit_list=said, sender=sender)
    if settings.log == "json":
        for result in results:
            print(as_event("inlast", **asdict(result)), file=sys.stderr)
        return
    rows = [
        (r.filnamn, r.extrakt, r.status, r.rader_in, r.inlasta, r.dubbletter, r.karantan)
        for r in results
    ]  # fmt: skip
    screen.print(
        as_table("Inläst", [("fil", "extrakt", "status", "rader", "inlästa", "dubbletter", "karantän"), *rows])
    )
    for result in results:
        for column, rule, count in result.regler:
            screen.print(f"  karantän: {result.filnamn}, {column}: {rule} ({count} rader)")


def build(settings: Settings) -> None:
    """Build a release, and say whether it is new."""
    with told(settings.log, STEPS) as report:
        release, new = build_release(settings, progress=counted(report, "Räknar", steps()))
        report("Räknar", steps(), steps())
    if settings.log == "json":
        print(as_event("publicerad", utgava=release, ny=new), file=sys.stderr)
    else:
        screen.print(f"Utgåva {release} är publicerad." if new else f"Inget nytt: utgåva {release} gäller fortfarande.")


def audit(settings: Settings, release: str | None) -> None:
    """Let the attacker try a release (the one that stands, unless another is named) again, and show how close it came.
    Raises DisclosureError if it found anything."""
    chosen = release or current(settings.published)
    if chosen is None:
        raise CheckError("Ingen utgåva är publicerad.", advice="Bygg en: sjukvy build")
    with told(settings.log, STEPS) as report:
        found = audit_release(settings, chosen, progress=counted(report, "Granskar", stages()))
    head = ("mått som hör ihop", "celler", "dolda", "små", "redan ute", "smalaste", "sekunder")
    rows = [
        (", ".join(part.matt), part.celler, part.dolda, part.sma, part.redan_ute, _narrowest(part), part.sekunder)
        for part in found.delar
    ]
    paper = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    paper.print(as_table(f"Utgåva {chosen}, tröskel {found.troskel}", [head, *rows]))
    refuse(found)
    paper.print("Inget dolt tal går att räkna ut närmare än tröskeln.")


def _narrowest(part: Part) -> str:
    return "–" if part.smalast < 0 else f"{part.smalast:.0f}"


def report(folders: list[Path]) -> None:
    """Published figures beside what the delivery holds, to standard output."""
    from pipelines.synthetic.judge import HEAD
    from pipelines.synthetic.measure import measure
    from pipelines.synthetic.report import compare

    rows = compare(measure(folders))
    paper = Console(highlight=False, width=None if sys.stdout.isatty() else 220)
    for part in dict.fromkeys(row.del_ for row in rows):
        paper.print(as_table(part.capitalize(), [HEAD, *(row.texts for row in rows if row.del_ == part)]))
    judged = [row for row in rows if row.target is not None]
    paper.print(f"{sum(row.within for row in judged)} av {len(judged)} mål är inom 10 procent eller tre medelfel.")


def lattice(settings: Settings, units: int | None, months: int | None) -> None:
    """Everything that a release may hold, by measure and level, to standard output."""
    standing = current(settings.published)
    if standing:
        with duckdb.connect(str(settings.published / standing / DATABASE), read_only=True) as release:
            extent = extent_of(release, units=units, months=months)
    else:
        chosen = units or UNITS
        extent = invented(chosen, max(1, chosen // UNITS_OF_AN_AREA), months or MONTHS)
    paper = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    for name, lines in measure_lines(extent):
        paper.print(as_table(name, lines))
    head, *rows = table_sizes(extent)
    paper.print(as_table("Alla mått", [("tabell", *head), *((name, *map(number, counts)) for name, *counts in rows)]))
    places = extent.nodes["niva"].value_counts()
    counts = ", ".join(f"{level.label.lower()} {places.get(level.id, 0)}" for level in NIVA.categories)
    paper.print(
        f"Antal platser: {counts}. {len(extent.months)} månader till och med {extent.months[-1]}. "
        f"{f'Utgåva {standing}.' if standing else 'Ingen utgåva är publicerad.'} Inget annat kan publiceras eller visas."
    )


def as_table(title: str, rows: list[tuple]) -> Table:
    """The first row is the heading."""
    head, *body = rows
    table = Table(title=title, title_justify="left")
    for name in head:
        table.add_column(str(name))
    for row in body:
        table.add_row(*(str(cell) for cell in row))
    return table
