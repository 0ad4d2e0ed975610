"""The vårdcentraler that are most like the chosen one, why, and their values beside its own. No order by value."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.figures.units import units_figure, value_cells, value_columns
from dashboard.texts import states
from dashboard.texts.figures import alike as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import NONE, listed, number, period_text
from schemas.measure import AnyMeasure

Row = dict[str, Any]


def alike(
    measure: AnyMeasure,
    kind: str,
    period: str,
    peers: list[Row],
    rows: list[Row],
    region: dict[str, Row],
    own: str,
    unit: str,
    source: str,
) -> Diagram:
    """`peers` as from queries.alike; `rows` of the measure by enhet and sex, as from queries.across, and `region` the
    region's row by sex."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["enhet_id"], {})[row["kon"]] = row
    mine = by_unit.get(own, {})
    names = [shared.short_name(peer["namn"]) for peer in peers]
    drawn = [by_unit[unit_id] for unit_id in (own, *(peer["enhet_id"] for peer in peers)) if unit_id in by_unit]
    shown = any(row["varde"] is not None for sexes in drawn for row in sexes.values())
    return Diagram(
        name=f"{measure.id}-liknande",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=texts.TITLE.format(names=listed(names)),
        subtitle=f"{measure.name}, {unit}. {period_text(kind, period).capitalize()}. {measure.population}. {source}",
        summary=texts.SUMMARY.format(name=measure.name, unit=unit, count=number(len(peers))),
        figure=units_figure(drawn, region, own, unit) if shown else None,
        state=None if shown else states.HIDDEN,
        tabulated=lambda: _table(measure, peers, by_unit, mine, unit),
        reading=texts.READING,
        notes=(
            *(f"{name}: {reason(peer)}." for name, peer in zip(names, peers, strict=True)),
            states.NOT_ADJUSTED_UNITS,
        ),
        method=texts.METHOD,
    )


def _table(
    measure: AnyMeasure, peers: list[Row], by_unit: dict[str, dict[str, Row]], mine: dict[str, Row], unit: str
) -> TableData:
    lines = [(_name(mine), (Cell(value=None, text=NONE), *value_cells(mine)))]
    lines += [
        (peer["namn"], (Cell(value=None, text=reason(peer)), *value_cells(by_unit.get(peer["enhet_id"], {}))))
        for peer in peers
    ]
    return TableData(
        caption=texts.CAPTION.format(name=measure.name),
        first=shared.UNIT,
        columns=(Column(group=texts.LIKENESS, label="", unit=texts.IN_WORDS), *value_columns(unit)),
        rows=tuple(lines),
        about={peer["namn"]: peer["enhet_id"] for peer in peers},
    )


def reason(peer: Row) -> str:
    """Ungefär lika stor (104 %), åldrarna skiljer 3 %, diagnoserna 5 %."""
    return texts.reason(peer["storlek"], peer["alder"], peer["diagnos"])


def _name(mine: dict[str, Row]) -> str:
    return next(iter(mine.values()))["namn"] if mine else texts.OWN
