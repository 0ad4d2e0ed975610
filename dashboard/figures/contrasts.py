"""Every measure of a unit by sex, with the difference in words and figures, as one table."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import Cell, Column, TableData, exceeds_chance, gap_cells, mark, rate_cell
from dashboard.figures.occupation import told_state
from dashboard.texts.figures import contrasts as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import NONE, in_sentence, period_text, signed, twelve_months_short
from dashboard.theme import SEXES
from schemas.dimensions import BOTH, UPPDELNING
from schemas.measure import AnyMeasure, Count, Curve, Distribution, Occupation

Row = dict[str, Any]
MANY = 20  # comparisons, of which one in twenty is larger than chance by accident
Found = tuple[AnyMeasure, str, str, list[Row], list[Row], dict[str, Row]]


def contrasts(found: Sequence[Found], caption: str = texts.CAPTION) -> TableData:
    """(measure, kind of period, period, its rows by sex, its differences, the parts of the difference) → a row per
    measure, so that no difference stands alone where it can be taken apart."""
    columns = [
        *(Column(group=SEXES[sex].label, label="", unit=texts.VALUE) for sex in BOTH),
        Column(group=shared.GAP, label=texts.WHOLE, unit=texts.VALUE),
        *(Column(group=shared.GAP, label=part.label, unit=texts.VALUE) for part in UPPDELNING.categories),
        *(Column(group=texts.INTERVAL, label=label, unit=texts.VALUE) for label in (shared.LOW, shared.HIGH)),
        Column(group=shared.PERIOD, label="", unit=texts.PERIOD),
    ]
    return TableData(
        caption=caption,
        first=texts.MEASURE,
        columns=tuple(columns),
        rows=tuple((f"{one[0].short}, {_unit(one[0])}", _cells(*one)) for one in found),
    )


def told(one: Found) -> bool:
    """Whether the measure has a figure of any of the sexes."""
    return any(row["kvot_utfall"] == "tal" and row["varde"] is not None for row in one[3] if row["kon"] in BOTH)


def contrast_sentence(found: Sequence[Found]) -> str:
    """In how many of the measures the difference is larger than chance."""
    judged = [sure for one in found if (sure := exceeds_chance(_gap(one[0], one[2], one[3], one[4]))) is not None]
    if not judged:
        return texts.TOO_FEW
    said = texts.differ(sum(judged), len(judged))
    return f"{said} {texts.BY_ACCIDENT}" if len(judged) >= MANY else said


def _gap(measure: AnyMeasure, period: str, values: Sequence[Row], gaps: Sequence[Row]) -> Row | None:
    """The difference in the period (and on the day that is told), hidden where one of the values is."""
    day = measure.headline if isinstance(measure, Curve | Occupation) else -1
    gap = next((row for row in gaps if row["period"] == period and row["dag"] == day), None)
    if gap is None and any(row["utfall"] == "dolt" for row in values if row["kon"] in BOTH):
        return {"utfall": "dolt"}
    return gap


def _cells(
    measure: AnyMeasure, kind: str, period: str, values: list[Row], gaps: list[Row], parts: dict[str, Row]
) -> tuple[Cell, ...]:
    by_sex = {row["kon"]: row for row in values}
    gap = _gap(measure, period, values, gaps)
    when = twelve_months_short(period) if kind == "r12" else period_text(kind, period)
    scale = 100 if isinstance(measure, Curve | Occupation) else 1
    whole, low, high = gap_cells(gap, scale=scale, decimals=1)[:3]
    return (
        *(rate_cell(by_sex[sex], "varde") if sex in by_sex else mark("ej_beraknat") for sex in BOTH),
        _ringed(whole, exceeds_chance(gap)),
        *(_part(parts.get(name)) for name in UPPDELNING.ids),
        low,
        high,
        Cell(value=None, text=when),
    )


def _ringed(cell: Cell, sure: bool | None) -> Cell:
    """The figure with a filled or an empty ring: larger than chance, or may be chance."""
    return cell if sure is None else Cell(value=cell.value, text=f"{cell.text} {'●' if sure else '○'}")


def _part(row: Row | None) -> Cell:
    """A part that the measure does not have is nothing to report, not a missing figure."""
    if row is None:
        return Cell(value=None, text=NONE)
    if row["utfall"] != "tal":
        return mark(row["utfall"])
    return _ringed(Cell(value=row["varde"], text=signed(row["varde"], 1)), row["nedre"] > 0 or row["ovre"] < 0)


def _unit(measure: AnyMeasure) -> str:
    if isinstance(measure, Curve):
        return texts.ON_CURVE.format(tile=measure.tile.format(dag=measure.headline))
    if isinstance(measure, Occupation):
        return texts.OF_STATE.format(day=measure.headline, state=in_sentence(told_state(measure).label))
    return measure.rate_unit if isinstance(measure, Count | Distribution) else texts.COUNT
