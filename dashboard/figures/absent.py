"""Which of the units that are asked about lack a resource: a list, for there is nothing to draw."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.texts import states
from dashboard.texts.numbers import number, period_text
from schemas.measure import AnyMeasure


def absent(measure: AnyMeasure, name: str, period: str, rows: list[dict[str, Any]], source: str) -> Diagram:
    """`rows` are of one month, one per vårdcentral in the scope: namnare 1 where it is asked about, varde above 0 where
    it lacks the resource."""
    asked = sorted((row for row in rows if row["namnare"]), key=lambda row: (-row["varde"], row["namn"]))
    lacking = [row["namn"] for row in asked if row["varde"] > 0]
    when = period_text("manad", period)
    found = f"{number(len(lacking))} av {number(len(asked))} vårdcentraler saknar rehabkoordinator i {when}."
    said = f"Utan rehabkoordinator: {', '.join(lacking)}." if lacking else "Ingen av dem saknar rehabkoordinator."
    return Diagram(
        name=name,
        measure=measure.id,
        question=measure.question,
        title=found if asked else f"Ingen vårdcentral att visa i {when}.",
        subtitle=f"{measure.population}. {when.capitalize()}. {source}",
        summary="",
        figure=None,
        state=said if asked else states.NONE_OF_YOURS,
        table=TableData(
            caption=f"{measure.population}, {when}",
            first="Vårdcentral",
            columns=(Column(group="Rehabkoordinator", label="", unit="finns eller saknas"),),
            rows=tuple((row["namn"], (_said(row),)) for row in asked),
        ),
        reading=("Bara vårdcentraler som du har tillgång till visas.", "Talet gäller inte personer i vården."),
        notes=measure.limits,
        method="Uppgift från regionen, ingen skattning.",
    )


def _said(row: dict[str, Any]) -> Cell:
    return Cell(value=None, text="saknas" if row["varde"] > 0 else "finns")
