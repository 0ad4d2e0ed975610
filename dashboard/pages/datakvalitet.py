"""Datakvalitet: can the figures be trusted? What was delivered, what was stopped, what is unknown."""

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.figures.content import Cell, Column, TableData, mark
from dashboard.pages.parts import plain_head, safely
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month, number

KINDS = {
    "rader": "Rader: mottagna = inlästa + dubbletter + karantän",
    "karantan": "I karantän, efter regel",
    "utelamnat": "Utelämnat enligt den nationella sjukfallsregeln",
    "okant": "Inläst men okänt",
}
LEAD = (
    "Hela regionen. Rader i karantän ingår inte i statistiken förrän felet är rättat hos avsändaren. Okända "
    "uppgifter ingår och räknas för sig."
)


def build(view: View, _rest: str) -> list[Component]:
    return [*plain_head("Datakvalitet", LEAD), safely(lambda: _months(view)), safely(lambda: _extracts(view))]


def _months(view: View) -> Component:
    rows = queries.months(view.release)
    late = [month(row["manad"]) for row in rows if row["preliminar"]]
    text = f"Statistiken gäller {month(rows[-1]['manad'])}–{month(rows[0]['manad'])}. "
    text += f"Preliminära månader: {', '.join(late)}." if late else "Inga månader är preliminära."
    return html.Section([html.H2("Månader"), html.P(text)], className="kort")


def _extracts(view: View) -> Component:
    rows = queries.quality(view.release)
    parts = [_extract(name, list(group)) for name, group in groupby(rows, key=lambda row: row["extrakt"])]
    return html.Div([html.Div(parts, className="spalter"), html.P(states.MARKS, className="not")])


def _extract(name: str, rows: list[dict]) -> Component:
    tables = [
        table(
            TableData(
                caption=f"{name}. {KINDS[kind]}",
                first="Vad",
                columns=(Column(group="Antal rader", label="", unit="rader"),),
                rows=tuple((row["regel"], (_cell(row),)) for row in group),
            )
        )
        for kind, group in groupby(rows, key=lambda row: row["slag"])
    ]
    return html.Section([html.H2(name), *tables], className="kort smal")


def _cell(row: dict) -> Cell:
    if row["utfall"] != "tal":
        return mark(row["utfall"])
    return Cell(value=row["antal"], text=number(row["antal"]))
