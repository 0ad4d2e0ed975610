"""The page that says which national report is answered by what, which figures exist where, and how many: made from
declarations."""

from collections.abc import Sequence

from pipelines.compute.cells import Extent, invented
from pipelines.compute.lattice_words import breakdown_in_words, by_level, number, periods_in_words, table_sizes
from schemas.dimensions import NIVA
from schemas.lattice import TABLES
from schemas.marginal import Marginal
from schemas.measures import MEASURES, with_parts
from schemas.national_reports import REPORTS

INTRO = """# Nationella rapporter och vad som publiceras

Den här sidan är gjord ur måttens deklarationer (`sjukvy docs`). Ändra den inte för hand.

Intygsstatistiks rapporter, de beställningar som görs för hand där, och diagrammet som svarar på samma fråga. Ett diagram
finns på måttets sida (`/matt/mått`) och som fil (`/export/diagram.xlsx`). Allt visas för kvinnor och män var för sig.
"""
LATTICE = """
## Vad som finns på vilken nivå

Allt som visas är celler i ett gitter som är bestämt i förväg: måtten, deras indelningar, tre nivåer och perioderna månad,
kvartal och tolv månader som slutar med ett kvartal. Varje ruta är de perioder som finns. Andra finns inte, och inga fria
datum, för ju fler sätt att dela upp samma personer, desto mer måste döljas. Bestånd delas upp kvartalets sista dag. Det som
händer under en månad visas bara totalt: delat på kön är det för litet på de flesta enheter. Kurvor gäller sjukfall under
tolv månader.
"""
SIZES = """
## Hur stort gittret är

Antal celler i en påhittad region med {units} vårdcentraler, {areas} områden och {months} månader, när alla extrakt levereras.
En cell är en rad i tabellen: ett mått, en plats, en period och, där tabellen har dem, ett kön, en grupp och en dag. En rad
kan sakna tal, därför att det är dolt eller inte kan beräknas. Antalet är det högsta möjliga: ett mått som behöver uppgifter
från tiden före eller efter har färre perioder, och kurvor, förändringar och enheter mot regionen har bara rader där det finns
något att säga.

`sjukvy lattice` räknar på den utgåva som gäller, och visar varje mått för sig. En utgåva med en rad utanför gittret, eller
utan en rad som ska finnas, publiceras inte.
"""
UNITS, AREAS, MONTHS = 26, 4, 36
FIGURES = ("varde", "kurva", "landmark")


def lattice_page() -> str:
    extent = invented(UNITS, AREAS, MONTHS)
    said = SIZES.format(units=UNITS, areas=AREAS, months=MONTHS)
    return "\n".join([INTRO, *_reports(), LATTICE, *_levels(extent), said, *_sizes(extent)]) + "\n"


def _reports() -> list[str]:
    rows = ["| nr | rapport | diagram | skillnad |", "|---|---|---|---|"]
    for report in REPORTS:
        named = ", ".join(f"`{name}`" for name in report.diagrams) or "finns inte"
        rows.append(f"| {report.number or 'beställning'} | {report.name} | {named} | {report.differs} |")
    return rows


def _levels(extent: Extent) -> list[str]:
    rows = [f"| mått | indelning | {' | '.join(level.label for level in NIVA.categories)} |", "|---|---|---|---|---|"]
    names = with_parts(MEASURES)
    for (measure, table, split), pieces in by_level(extent.pieces).items():
        if table in FIGURES:
            cells = " | ".join(_kinds(pieces, niva) for niva in NIVA.ids)
            rows.append(f"| {names[measure].name} | {breakdown_in_words(split)} | {cells} |")
    return rows


def _kinds(pieces: Sequence[Marginal], niva: str) -> str:
    return ", ".join(periods_in_words(one) for one in pieces if one.niva == niva) or "–"


def _sizes(extent: Extent) -> list[str]:
    head, *rows = table_sizes(extent)
    lines = [f"| tabell | {' | '.join(head)} |", f"|---{'|---:' * len(head)}|"]
    for table, *counts in rows:
        name = f"{TABLES[table]} (`{table}`)" if table in TABLES else table
        lines.append(f"| {name} | {' | '.join(map(number, counts))} |")
    return lines
