"""The quality of the deliveries as tables: what became of the rows, and why some are stopped, left out or unknown."""

from typing import Any

from dashboard.figures.content import Cell, Column, TableData, count_cell, mark
from dashboard.texts.figures import quality as texts
from dashboard.texts.figures.shared import PERCENT, PERIOD
from dashboard.texts.numbers import month, number, twelve_months
from schemas.dimensions import BREAKDOWNS, DATAFEL, EXTRAKT, NO_BREAKDOWN
from schemas.release import ALL_SIZES, FRONT

Rows = list[dict[str, Any]]
OUTCOMES = tuple(texts.OUTCOMES)
LOOKED_AT = {
    FRONT: texts.FRONT,
    NO_BREAKDOWN: texts.WHOLE,
    **{name: texts.SPLIT.format(split=f"{one.label[0].lower()}{one.label[1:]}") for name, one in BREAKDOWNS.items()},
}
SIZES_OF_UNITS = dict(zip((ALL_SIZES, 1, 2, 3, 4), texts.SIZES, strict=True))


def delivered(rows: Rows) -> TableData:
    """One row per extract: received = loaded + duplicates + quarantined."""
    found = {(row["extrakt"], row["regel"]): row for row in rows if row["slag"] == "rader"}
    present = [name for name in EXTRAKT.ids if (name, OUTCOMES[0]) in found]
    return TableData(
        caption=texts.DELIVERED,
        first=EXTRAKT.label,
        columns=tuple(Column(group=name, label="", unit=texts.ROW_UNIT) for name in texts.OUTCOMES.values()),
        rows=tuple(
            (EXTRAKT.label_of(name), tuple(count_cell(found.get((name, outcome))) for outcome in OUTCOMES))
            for name in present
        ),
    )


def exceptions(rows: Rows) -> list[TableData]:
    """A table per kind of exception that the release has."""
    made = []
    for kind, caption in texts.EXCEPTIONS.items():
        found = [row for row in rows if row["slag"] == kind]
        found.sort(key=lambda row: EXTRAKT.ids.index(row["extrakt"]))
        if found:
            body = tuple((f"{EXTRAKT.label_of(row['extrakt'])}: {row['regel']}", (count_cell(row),)) for row in found)
            columns = (Column(group=texts.ROWS, label="", unit=texts.ROW_UNIT),)
            made.append(TableData(caption=caption, first=texts.WHAT, columns=columns, rows=body))
    return made


def faults(rows: Rows) -> TableData | None:
    """The last twelve months together and one by one, a column per kind of fault; None when no month is known."""
    found = {(row["periodtyp"], row["period"], row["fel"]): row for row in rows}
    whole = sorted({row["period"] for row in rows if row["periodtyp"] == "r12"})[-1:]
    months = sorted({row["period"] for row in rows if row["periodtyp"] == "manad"}, reverse=True)[:12]
    if not months:
        return None
    lines = [(twelve_months(period), "r12", period) for period in whole]
    lines += [(month(period), "manad", period) for period in months]
    return TableData(
        caption=texts.FAULTS,
        first=PERIOD,
        columns=tuple(Column(group=one.label, label="", unit=texts.FAULT_UNIT) for one in DATAFEL.categories),
        rows=tuple(
            (label, tuple(count_cell(found.get((kind, period, fault))) for fault in DATAFEL.ids))
            for label, kind, period in lines
        ),
    )


def hidden_shares(rows: Rows) -> list[TableData]:
    """The percent that is hidden of what is looked at, by size of unit; and what other methods would hide of the same."""
    found = {(row["vad"], row["storlek"]): row for row in rows}
    looked = [name for name in LOOKED_AT if (name, ALL_SIZES) in found]
    sizes = [size for size in SIZES_OF_UNITS if any((name, size) in found for name in looked)]
    told = [name for name in looked if found[name, ALL_SIZES]["hyperkub"] is not None]
    by_size = TableData(
        caption=texts.HIDDEN,
        first=texts.SHOWN,
        columns=tuple(Column(group=SIZES_OF_UNITS[size], label="", unit=PERCENT) for size in sizes),
        rows=tuple(
            (LOOKED_AT[name], tuple(_percent(found.get((name, size)), "dolda") for size in sizes)) for name in looked
        ),
    )
    if not told:
        return [by_size]
    methods = TableData(
        caption=texts.HIDDEN_BY_METHOD,
        first=texts.SHOWN,
        columns=tuple(Column(group=label, label="", unit=PERCENT) for label in texts.METHODS.values()),
        rows=tuple(
            (LOOKED_AT[name], tuple(_percent(found[name, ALL_SIZES], field) for field in texts.METHODS))
            for name in told
        ),
    )
    return [by_size, methods]


def _percent(row: dict[str, Any] | None, field: str) -> Cell:
    return mark("ej_beraknat") if row is None else Cell(value=row[field], text=number(row[field], 0))
