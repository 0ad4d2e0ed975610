"""Which of the units that are asked about lack a resource: a list, for there is nothing to draw."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.texts import states
from dashboard.texts.figures import absent as texts
from dashboard.texts.numbers import number, period_text
from schemas.measure import AnyMeasure


def absent(measure: AnyMeasure, name: str, period: str, rows: list[dict[str, Any]], source: str) -> Diagram:
    """`rows` are of one month, one per vårdcentral in the scope: namnare 1 where it is asked about, varde above 0 where
    it lacks the resource."""
    asked = sorted((row for row in rows if row["namnare"]), key=lambda row: (-row["varde"], row["namn"]))
    lacking = [row["namn"] for row in asked if row["varde"] > 0]
    when = period_text("manad", period)
    found = texts.FOUND.format(lacking=number(len(lacking)), asked=number(len(asked)), when=when)
    said = texts.LACKING.format(names=", ".join(lacking)) if lacking else texts.NONE_LACKING
    return Diagram(
        name=name,
        measure=measure.id,
        question=measure.question,
        title=found if asked else texts.NOTHING_TO_SHOW.format(when=when),
        subtitle=f"{measure.population}. {when.capitalize()}. {source}",
        summary="",
        figure=None,
        state=said if asked else states.NONE_OF_YOURS,
        tabulated=lambda: TableData(
            caption=f"{measure.population}, {when}",
            first=texts.FIRST,
            columns=(Column(group=texts.COLUMN, label="", unit=texts.UNIT),),
            rows=tuple((row["namn"], (_said(row),)) for row in asked),
        ),
        reading=texts.READING,
        notes=measure.limits,
        method=texts.METHOD,
    )


def _said(row: dict[str, Any]) -> Cell:
    return Cell(value=None, text=texts.LACKS[row["varde"] > 0])
