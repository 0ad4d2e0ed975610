"""Figures that others publish, beside our own: two tables that are never one, and what each of them counts."""

from dataclasses import dataclass
from typing import Any

from dashboard.figures.content import Cell, Column, TableData, count_cell, mark, rate_cell
from dashboard.texts.numbers import MISSING, NONE, number, period_text
from dashboard.theme import SEXES
from schemas.measure import Count
from schemas.series import RIKET, SERIES, Series

Row = dict[str, Any]
SHOWN = ("K", "M", "alla")
# shown of the many chapters: the two that are most of all sick leave
CHAPTERS = {"F00-F99": "psykiska diagnoser (F00–F99)", "M00-M99": "rörelseorganen (M00–M99)"}
SIGNS = {"..": MISSING, "-": NONE}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """`own` and `others` stand side by side; `definitions` are (name, text) of everything in them; `without_county` when
    only Riket is known."""

    own: TableData
    others: TableData
    definitions: tuple[tuple[str, str], ...]
    without_county: bool


def series_of(measure: Count) -> list[Series]:
    """The series that are shown beside a measure, in order."""
    return [series for series in SERIES.values() if measure.id in series.beside]


def beside(
    measure: Count, kind: str, period: str | None, own: list[Row], published: list[Row], place: str
) -> Beside | None:
    """`own` are the region's rows of the measure, of which those of `period` are shown; `published` every figure of the
    release. None when nothing is published beside the measure."""
    chosen = {series.id: series for series in series_of(measure)}
    rows = [
        row for row in published
        if row["serie"] in chosen and (row["diagnos"] in CHAPTERS or row["diagnos"] is None) and _tells(row)
    ]  # fmt: skip
    if not rows:
        return None
    used = [series for series in chosen.values() if any(row["serie"] == series.id for row in rows)]
    return Beside(
        own=_own(measure, kind, period, own, place),
        others=_others(used, rows),
        definitions=(
            (f"{measure.name} ({place})", f"{measure.definition} {measure.population}. {measure.unit_rule}"),
            *((f"{series.name} (Försäkringskassan)", _definition(series, rows)) for series in used),
        ),
        without_county=all(row["omrade"] == RIKET for row in rows),
    )


def _tells(row: Row) -> bool:
    """The share of all chapters together is a hundred percent everywhere."""
    return not (row["serie"].endswith("_andel") and row["diagnos"] is None)


def _columns(unit: str) -> tuple[Column, ...]:
    return tuple(Column(group=SEXES[sex].label, label="", unit=unit) for sex in SHOWN)


def _own(measure: Count, kind: str, period: str | None, rows: list[Row], place: str) -> TableData:
    now = {row["kon"]: row for row in rows if row["period"] == period}
    when = period_text(kind, period) if period else ""
    lines = (
        (f"{measure.name}, {measure.rate_unit}, {when}", tuple(rate_cell(now.get(sex), "varde") for sex in SHOWN)),
        (f"{measure.name}, antal, {when}", tuple(count_cell(now.get(sex)) for sex in SHOWN)),
    )
    return TableData(
        caption=f"{place}: egna tal ur intyg",
        first="Mått",
        columns=_columns(measure.rate_unit),
        rows=lines if now else (),
    )


def _others(used: list[Series], rows: list[Row]) -> TableData:
    lines = []
    for series in used:
        groups: dict[tuple, dict[str, Row]] = {}
        for row in rows:
            if row["serie"] == series.id:
                groups.setdefault((row["diagnos"] or "", row["omrade"], row["period"]), {})[row["kon"]] = row
        for (chapter, area, period), by_sex in groups.items():
            what = f"{series.name}, {CHAPTERS[chapter]}" if chapter else series.name
            label = f"{area}: {_lower(what)}, {series.unit}, {period_text(series.periodtyp, period)}"
            lines.append((label, tuple(_cell(by_sex.get(sex), series) for sex in SHOWN)))
    return TableData(
        caption="Försäkringskassans tal: riket och länet",
        first="Serie",
        columns=_columns("se raden"),
        rows=tuple(lines),
    )


def _cell(row: Row | None, series: Series) -> Cell:
    """A number with the publisher's decimals, the publisher's sign in our marks, or that nothing is known."""
    if row is None:
        return mark("ej_beraknat")
    if row["varde"] is None:
        return Cell(value=None, text=SIGNS[row["tecken"]])
    return Cell(value=row["varde"], text=number(row["varde"], series.decimals))


def _definition(series: Series, rows: list[Row]) -> str:
    mine = [row for row in rows if row["serie"] == series.id]
    sources = list(dict.fromkeys(row["kalla"] for row in mine))
    return f"{mine[0]['definition']} Enhet: {series.unit}. Källa: {'; '.join(sources)}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
