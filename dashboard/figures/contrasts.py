"""Every measure of a unit by sex, with the difference in words and figures, as one table."""

from typing import Any

from dashboard.figures.content import Cell, Column, TableData, exceeds_chance, gap_cells, mark, rate_cell
from dashboard.figures.occupation import told_state
from dashboard.texts.numbers import NONE, in_sentence, period_text, signed, twelve_months_short
from schemas.dimensions import UPPDELNING
from schemas.measure import AnyMeasure, Count, Curve, Distribution, Occupation

Row = dict[str, Any]
Found = tuple[AnyMeasure, str, str, list[Row], list[Row], dict[str, Row]]


def contrasts(found: list[Found]) -> TableData:
    """(measure, kind of period, period, its rows by sex, its differences, the parts of the difference) → a row per
    measure, so that no difference stands alone where it can be taken apart."""
    columns = [
        Column(group="Kvinnor", label="", unit="värde"),
        Column(group="Män", label="", unit="värde"),
        Column(group="Skillnad kvinnor − män", label="Hela", unit="värde"),
        *(Column(group="Skillnad kvinnor − män", label=part.label, unit="värde") for part in UPPDELNING.categories),
        *(Column(group="Hela skillnadens intervall", label=label, unit="värde") for label in ("Nedre", "Övre")),
        Column(group="Period", label="", unit="period"),
    ]
    return TableData(
        caption="Alla mått, kvinnor och män, med skillnadens 95-procentiga intervall och vad den består av",
        first="Mått",
        columns=tuple(columns),
        rows=tuple((f"{one[0].short}, {_unit(one[0])}", _cells(*one)) for one in found),
    )


def _cells(
    measure: AnyMeasure, kind: str, period: str, values: list[Row], gaps: list[Row], parts: dict[str, Row]
) -> tuple[Cell, ...]:
    by_sex = {row["kon"]: row for row in values}
    day = measure.headline if isinstance(measure, Curve | Occupation) else -1
    gap = next((row for row in gaps if row["period"] == period and row["dag"] == day), None)
    if gap is None and any(row["utfall"] == "dolt" for row in values if row["kon"] in ("K", "M")):
        gap = {"utfall": "dolt"}
    when = twelve_months_short(period) if kind == "r12" else period_text(kind, period)
    scale = 100 if day > 0 else 1
    whole, low, high = gap_cells(gap, scale=scale, decimals=1)[:3]
    return (
        *(rate_cell(by_sex[sex], "varde") if sex in by_sex else mark("ej_beraknat") for sex in ("K", "M")),
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
        return f"procent, {measure.tile.format(dag=measure.headline)}"
    if isinstance(measure, Occupation):
        return f"procent dag {measure.headline}, {in_sentence(told_state(measure).label)}"
    return measure.rate_unit if isinstance(measure, Count | Distribution) else "antal"
