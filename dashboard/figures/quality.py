"""The quality of the deliveries as tables: what became of the rows, and why some are stopped, left out or unknown."""

from typing import Any

from dashboard.figures.content import Column, TableData, count_cell
from schemas.dimensions import EXTRAKT

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
