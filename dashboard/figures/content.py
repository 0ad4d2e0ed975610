"""What a diagram is: one question with title, summary, figure and table, all made from the same rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dashboard.texts.figures import shared
from dashboard.texts.numbers import HIDDEN, MISSING, SPOKEN, number, percent, percent_decimals, signed


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table: the number for a machine, the text for a reader. A cell without value is a mark."""

    value: float | None
    text: str

    @property
    def spoken(self) -> str | None:
        return SPOKEN.get(self.text)


@dataclass(frozen=True, kw_only=True)
class Column:
    """`group` is the heading above columns that belong together (Kvinnor, Män, Skillnad); `unit` goes to exports."""

    group: str
    label: str
    unit: str


GAP_COLUMNS = tuple((group, label) for group in (shared.GAP, shared.RATIO) for label in shared.VALUE_LIMITS)


@dataclass(frozen=True, kw_only=True)
class TableData:
    """`about` is the id of the unit or measure that a row is about, by the row's name: the page makes it a link."""

    caption: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """Everything that one chart says. `name` is its address as a file, `measure` the measure that explains it. `figure`
    is None when there is nothing to draw: then `state` says why."""

    name: str
    measure: str
    question: str
    title: str
    subtitle: str
    summary: str
    figure: dict[str, Any] | None
    state: str | None
    tabulated: Callable[[], TableData]
    reading: tuple[str, str]
    notes: tuple[str, ...]
    method: str

    @cached_property
    def table(self) -> TableData:
        """Made when somebody reads it: on a page it is fetched by those who open it."""
        return self.tabulated()


def mark(outcome: str) -> Cell:
    return Cell(value=None, text=HIDDEN if outcome == "dolt" else MISSING)


def count_cell(row: dict | None, decimals: int = 0) -> Cell:
    if row is None:
        return mark("ej_beraknat")
    if row["utfall"] != "tal":
        return mark(row["utfall"])
    return Cell(value=row["antal"], text=number(row["antal"], decimals))


def rate_cell(row: dict | None, field: str, decimals: int = 1) -> Cell:
    """A rate or a limit of it: outcome `kvot_utfall`."""
    if row is None or row["kvot_utfall"] != "tal" or row[field] is None:
        return mark("ej_beraknat" if row is None or row["kvot_utfall"] == "tal" else row["kvot_utfall"])
    return Cell(value=row[field], text=number(row[field], decimals))


def share_cell(row: dict | None, field: str, decimals: int | None = None) -> Cell:
    if row is None or row["utfall"] != "tal" or row[field] is None:
        return mark("ej_beraknat" if row is None else row["utfall"])
    return Cell(value=row[field], text=percent(row[field], row["n"], decimals))


def plain_cell(row: dict | None, field: str) -> Cell:
    if row is None or row["utfall"] != "tal" or row[field] is None:
        return mark("ej_beraknat" if row is None else row["utfall"])
    return Cell(value=row[field], text=number(row[field]))


def gap_cells(row: dict | None, *, scale: float, decimals: int) -> tuple[Cell, ...]:
    """Difference, its limits, ratio, its limits. A limit that cannot be made is missing, not zero."""
    if row is None or row["utfall"] != "tal":
        return (mark("ej_beraknat" if row is None else row["utfall"]),) * len(GAP_COLUMNS)
    differences = [
        _gap_cell(row[field], scale, decimals) for field in ("differens", "differens_nedre", "differens_ovre")
    ]
    return (*differences, *(_gap_cell(row[field], 1, 2, sign=False) for field in ("kvot", "kvot_nedre", "kvot_ovre")))


def _gap_cell(value: float | None, scale: float, decimals: int, *, sign: bool = True) -> Cell:
    if value is None:
        return mark("ej_beraknat")
    write = signed if sign else number
    return Cell(value=scale * value, text=write(scale * value, decimals))


def gap_columns(unit: str) -> tuple[Column, ...]:
    """`unit` is that of the values."""
    units = {shared.GAP: shared.points(unit), shared.RATIO: shared.RATIO_UNIT}
    return tuple(Column(group=group, label=label, unit=units[group]) for group, label in GAP_COLUMNS)


def exceeds_chance(gap: dict | None) -> bool | None:
    """True when the interval of the difference leaves out no difference; None when there is no interval."""
    if gap is None or gap["utfall"] != "tal" or gap["differens_nedre"] is None or gap["differens_ovre"] is None:
        return None
    return gap["differens_nedre"] > 0 or gap["differens_ovre"] < 0


def common_decimals(rows: Sequence[dict | None]) -> int:
    """Decimals for shares side by side: as many as the smallest group bears."""
    sizes = [row["n"] for row in rows if row is not None and row["utfall"] == "tal"]
    return min((percent_decimals(size) for size in sizes), default=0)
