"""The page that says which national report is answered by what, and which figures exist where: made from declarations."""

from pipelines.compute.count import published_kinds
from schemas.dimensions import BREAKDOWNS, NIVA, PERIODTYP
from schemas.measure import Count, Distribution, Time
from schemas.measures import MEASURES
from schemas.national_reports import REPORTS

INTRO = """# Nationella rapporter och vad som publiceras

Den här sidan är gjord ur måttens deklarationer (`sjukvy docs`). Ändra den inte för hand.

Intygsstatistiks rapporter, de beställningar som görs för hand där, och diagrammet som svarar på samma fråga. Ett diagram
finns på måttets sida (`/matt/mått`) och som fil (`/export/diagram.xlsx`). Allt visas för kvinnor och män var för sig.
"""
LATTICE = """
## Vad som finns på vilken nivå

Varje ruta är de perioder som indelningen finns för. Andra finns inte, för ju fler sätt att dela upp samma personer, desto
mer måste döljas. Bestånd visas för kvartalets sista dag.
"""


def lattice_page() -> str:
    return "\n".join([INTRO, *_reports(), LATTICE, *_levels()]) + "\n"


def _reports() -> list[str]:
    rows = ["| nr | rapport | diagram | skillnad |", "|---|---|---|---|"]
    for report in REPORTS:
        named = ", ".join(f"`{name}`" for name in report.diagrams) or "finns inte"
        rows.append(f"| {report.number or 'beställning'} | {report.name} | {named} | {report.differs} |")
    return rows


def _levels() -> list[str]:
    rows = [f"| mått | indelning | {' | '.join(level.label for level in NIVA.categories)} |", "|---|---|---|---|---|"]
    for measure in MEASURES.values():
        if not isinstance(measure, Count | Distribution):
            continue
        for name in measure.breakdowns:
            cells = " | ".join(_kinds(measure, name, niva) for niva in NIVA.ids)
            rows.append(f"| {measure.name} | {BREAKDOWNS[name].label} | {cells} |")
    return rows


def _kinds(measure: Count | Distribution, name: str, niva: str) -> str:
    counted = MEASURES[measure.of] if isinstance(measure, Distribution) else measure
    if not isinstance(counted, Count):
        return ""
    kinds = published_kinds(counted, name, niva)
    if counted.time is Time.STOCK:
        return "kvartalets sista dag" if kinds else "–"
    return ", ".join(PERIODTYP.label_of(kind).lower() for kind in kinds) or "–"
