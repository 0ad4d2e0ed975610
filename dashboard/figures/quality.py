"""The quality of the deliveries as tables: what became of the rows, and why some are stopped, left out or unknown."""

from typing import Any

from dashboard.figures.content import Cell, Column, TableData, count_cell, mark
from dashboard.texts.numbers import month, number, twelve_months
from schemas.dimensions import BREAKDOWNS, DATAFEL, EXTRAKT, NO_BREAKDOWN
from schemas.release import ALL_SIZES, FRONT

Rows = list[dict[str, Any]]
OUTCOMES = ("Mottagna rader", "Inlästa", "Redan inlästa (dubbletter)", "I karantän")
EXCEPTIONS = {
    "karantan": "I karantän, efter regel",
    "utelamnat": "Utelämnat enligt den nationella sjukfallsregeln",
    "okant": "Inläst men okänt",
}

LOOKED_AT = {
    FRONT: "Översikt",
    NO_BREAKDOWN: "Alla mått, utan indelning",
    **{name: f"Alla mått, efter {one.label[0].lower()}{one.label[1:]}" for name, one in BREAKDOWNS.items()},
}
SIZES_OF_UNITS = {
    ALL_SIZES: "Alla vårdcentraler", 1: "Minsta fjärdedelen", 2: "Näst minsta", 3: "Näst största", 4: "Största fjärdedelen",
}  # fmt: skip
METHODS = {"enbart_sma": "Bara små tal", "hyperkub": "Hyperkub", "dolda": "Så här visas de"}


def delivered(rows: Rows) -> TableData:
    """One row per extract: received = loaded + duplicates + quarantined."""
    found = {(row["extrakt"], row["regel"]): row for row in rows if row["slag"] == "rader"}
    present = [name for name in EXTRAKT.ids if (name, OUTCOMES[0]) in found]
    return TableData(
        caption="Mottagna rader = inlästa + redan inlästa (dubbletter) + i karantän",
        first=EXTRAKT.label,
        columns=tuple(Column(group=name, label="", unit="rader") for name in OUTCOMES),
        rows=tuple(
            (EXTRAKT.label_of(name), tuple(count_cell(found.get((name, outcome))) for outcome in OUTCOMES))
            for name in present
        ),
    )


def exceptions(rows: Rows) -> list[TableData]:
    """A table per kind of exception that the release has."""
    made = []
    for kind, caption in EXCEPTIONS.items():
        found = [row for row in rows if row["slag"] == kind]
        found.sort(key=lambda row: EXTRAKT.ids.index(row["extrakt"]))
        if found:
            body = tuple((f"{EXTRAKT.label_of(row['extrakt'])}: {row['regel']}", (count_cell(row),)) for row in found)
            columns = (Column(group="Antal rader", label="", unit="rader"),)
            made.append(TableData(caption=caption, first="Vad", columns=columns, rows=body))
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
        caption="Intygsperioder med fel, efter den månad då de börjar",
        first="Period",
        columns=tuple(Column(group=one.label, label="", unit="intygsperioder") for one in DATAFEL.categories),
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
        caption="Dolda tal i procent: kvinnor och män vid vårdcentraler i den senaste perioden",
        first="Vad som visas",
        columns=tuple(Column(group=SIZES_OF_UNITS[size], label="", unit="procent") for size in sizes),
        rows=tuple(
            (LOOKED_AT[name], tuple(_percent(found.get((name, size)), "dolda") for size in sizes)) for name in looked
        ),
    )
    if not told:
        return [by_size]
    methods = TableData(
        caption="Dolda tal i procent med olika metoder: alla vårdcentraler",
        first="Vad som visas",
        columns=tuple(Column(group=label, label="", unit="procent") for label in METHODS.values()),
        rows=tuple(
            (LOOKED_AT[name], tuple(_percent(found[name, ALL_SIZES], field) for field in METHODS)) for name in told
        ),
    )
    return [by_size, methods]


def _percent(row: dict[str, Any] | None, field: str) -> Cell:
    return mark("ej_beraknat") if row is None else Cell(value=row[field], text=number(row[field], 0))
