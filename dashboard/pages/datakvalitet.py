"""Datakvalitet: can the figures be trusted? What was delivered, what was stopped, what is unknown."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.figures.quality import delivered, exceptions
from dashboard.pages.parts import plain_head, safely
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month

LEAD = (
    "Hela regionen. Rader i karantän ingår inte i statistiken förrän felet är rättat hos avsändaren. Okända "
    "uppgifter ingår och räknas för sig."
)


def build(view: View, _rest: str) -> list[Component]:
    parts = (_months, _delivered, _exceptions)
    return [*plain_head("Datakvalitet", LEAD), *(safely(lambda part=part: part(view)) for part in parts)]


def _months(view: View) -> Component:
    rows = queries.months(view.release)
    late = [month(row["manad"]) for row in rows if row["preliminar"]]
    text = f"Statistiken gäller {month(rows[-1]['manad'])}–{month(rows[0]['manad'])}. "
    text += f"Preliminära månader: {', '.join(late)}." if late else "Inga månader är preliminära."
    return html.Section([html.H2("Vilka månader finns?"), html.P(text)], className="kort")


def _delivered(view: View) -> Component:
    content = delivered(queries.quality(view.release))
    return html.Section([html.H2("Vad blev av det som levererades?"), table(content)], className="kort")


def _exceptions(view: View) -> Component:
    found = exceptions(queries.quality(view.release))
    body = [table(content) for content in found] if found else [html.P("Inga rader.")]
    heading = html.H2("Vad är stoppat, utelämnat eller okänt?")
    return html.Section([heading, *body, html.P(states.MARKS, className="not")], className="kort")
