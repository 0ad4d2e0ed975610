"""The quality of the deliveries as tables: what became of the rows, and why some are stopped, left out or unknown."""

from typing import Any

from dashboard.figures.content import Column, TableData, count_cell
from dashboard.texts.numbers import month, twelve_months
from schemas.dimensions import DATAFEL, EXTRAKT

Rows = list[dict[str, Any]]
OUTCOMES = ("Mottagna rader", "Inlästa", "Redan inlästa (dubbletter)", "I karantän")
EXCEPTIONS = {
    "karantan": "I karantän, efter regel",
    "utelamnat": "Utelämnat enligt den nationella sjukfallsregeln",
    "okant": "Inläst men okänt",
}


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
