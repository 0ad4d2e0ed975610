"""Figures that others publish, beside our own: two tables that are never one, and what each of them counts."""

from dataclasses import dataclass
from typing import Any

from dashboard.figures.content import Cell, Column, TableData, count_cell, mark, rate_cell
from dashboard.texts.figures import comparison as texts
from dashboard.texts.numbers import MISSING, NONE, number, period_text, twelve_months_short
from dashboard.theme import SEXES
from schemas.measure import Count
from schemas.series import CASE, RIKET, SERIES, Series

Row = dict[str, Any]
SHOWN = ("K", "M", "alla")
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
    rows = [row for row in published if row["serie"] in chosen and _tells(row)]
    if not rows:
        return None
    used = [series for series in chosen.values() if any(row["serie"] == series.id for row in rows)]
    return Beside(
        own=_own(measure, kind, period, own, place),
        others=_others(used, rows),
        definitions=(
            (f"{measure.name} ({place})", f"{measure.definition} {measure.population}. {measure.unit_rule}"),
            *_definitions(used, rows),
        ),
        without_county=all(row["omrade"] == RIKET for row in rows),
    )


def _tells(row: Row) -> bool:
    """Of shares the two chapters (all together are a hundred percent everywhere), of everything else all diagnoses."""
    return row["diagnos"] in texts.CHAPTERS if row["serie"].endswith("_andel") else row["diagnos"] is None


def _columns(unit: str) -> tuple[Column, ...]:
    return tuple(Column(group=SEXES[sex].label, label="", unit=unit) for sex in SHOWN)


def _own(measure: Count, kind: str, period: str | None, rows: list[Row], place: str) -> TableData:
    now = {row["kon"]: row for row in rows if row["period"] == period}
    when = _when(kind, period) if period else ""
    lines = (
        (f"{measure.name}, {measure.rate_unit}, {when}", tuple(rate_cell(now.get(sex), "varde") for sex in SHOWN)),
        (texts.COUNT.format(name=measure.name, when=when), tuple(count_cell(now.get(sex)) for sex in SHOWN)),
    )
    return TableData(
        caption=texts.OWN.format(place=place),
        first=texts.MEASURE,
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
            what = f"{_lower(series.name)}, {texts.CHAPTERS[chapter]}" if chapter else _lower(series.name)
            label = f"{area}: {what}, {_when(series.periodtyp, period)}"
            lines.append((label, tuple(_cell(by_sex.get(sex), series) for sex in SHOWN)))
    return TableData(
        caption=texts.OTHERS,
        first=texts.SERIES,
        columns=_columns(texts.SEE_ROW),
        rows=tuple(lines),
    )


def _cell(row: Row | None, series: Series) -> Cell:
    """A number with the publisher's decimals, the publisher's sign in our marks, or that nothing is known."""
    if row is None:
        return mark("ej_beraknat")
    if row["varde"] is None:
        return Cell(value=None, text=SIGNS[row["tecken"]])
    return Cell(value=row["varde"], text=number(row["varde"], series.decimals))


def _definitions(used: list[Series], rows: list[Row]) -> list[tuple[str, str]]:
    """What each series counts, its unit and its sources; what a case is only once."""
    found = []
    for series in used:
        mine = [row for row in rows if row["serie"] == series.id]
        said = mine[0]["definition"].removesuffix(CASE).strip()
        sources = "; ".join(dict.fromkeys(row["kalla"] for row in mine))
        told = texts.DEFINITION.format(definition=said, unit=mine[0]["enhet"], sources=sources)
        found.append((texts.PUBLISHED.format(name=series.name), told))
    if any(row["definition"].endswith(CASE) for row in rows):
        found.insert(0, (texts.CASE, CASE))
    return found


def _when(kind: str, period: str) -> str:
    return twelve_months_short(period) if kind == "r12" else period_text(kind, period)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
