"""Datakvalitet: can the figures be trusted? What was delivered, what was stopped, what is unknown."""

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.figures.quality import delivered, exceptions, faults, hidden_shares
from dashboard.pages.parts import plain_head, safely
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month

LEAD = (
    "Felen i intygen gäller den enhet som är vald, det övriga hela regionen. Rader i karantän ingår inte i statistiken "
    "förrän felet är rättat hos avsändaren. Okända uppgifter ingår och räknas för sig."
)
MONTHS = (
    "En månad är preliminär tills data räcker {sena_dagar} dagar efter månadens slut, eftersom intyg kommer in sent. Sedan är "
    "den komplett. Den är reviderad när ett intyg med en dag i månaden har kommit in, rättats eller makulerats efter det: "
    "månadens siffror kan då vara andra än i en tidigare utgåva."
)
FAULTS = (
    "Intygen är inlästa och ingår i statistiken, men felen gör den sämre. Ett slutdatum mer än ett år fram gör sjukfallet för "
    "långt tills intyget makuleras eller ersätts. Överlappande intyg gäller dagar som ett tidigare intyg redan täcker; varje "
    "dag räknas en gång. Graden är fel när samtidiga intyg blir över 100 procent tillsammans. Sjukfall räknas för varje "
    "vårdgivare för sig: delade sjukfall fortsätter hos en annan vårdgivare, och syns bara om båda levererar samma "
    "pseudonym. 0 betyder att inget fel finns."
)

HIDDEN = (
    "Små tal döljs, och andra tal som de annars kunde räknas ut ur. Ju mindre vårdcentralen är, desto mer är dolt. Ett område "
    "och regionen visar mer. Att bara dölja de små talen räcker inte: en summa minus det som visas ger dem tillbaka. Hyperkub "
    "är en vanlig metod som döljer tal i grupper om fyra eller åtta; den ser inte tabeller som hör ihop. Jämförelsen mellan "
    "metoder visas bara där den inte säger något om enskilda tal."
)


def build(view: View, _rest: str) -> list[Element]:
    parts = (_months, _faults, _delivered, _exceptions, _hidden)
    return [*plain_head("Datakvalitet", LEAD), *(safely(lambda part=part: part(view)) for part in parts)]


def _months(view: View) -> Element:
    rows = queries.months(view.release)
    late = [month(row["manad"]) for row in rows if row["lage"] == "preliminar"]
    changed = [f"{month(row['manad'])} (senast {row['andrad']})" for row in rows if row["lage"] == "reviderad"]
    text = f"Statistiken gäller {month(rows[-1]['manad'])}–{month(rows[0]['manad'])}. "
    text += f"Preliminära månader: {', '.join(late)}. " if late else "Inga månader är preliminära. "
    text += f"Reviderade månader: {', '.join(changed)}. " if changed else "Inga månader är reviderade. "
    text += "Övriga är kompletta." if len(late) + len(changed) < len(rows) else ""
    body = [html.P(text.strip()), html.P(MONTHS.format(**view.release.facts), className="not")]
    return html.Section([html.H2("Vilka månader finns?"), *body], className="kort")


def _faults(view: View) -> Element:
    content = faults(queries.faults(view.release, view.scope, view.place.enhet_id, view.manad))
    body = table(content) if content else state(states.NOT_YET)
    heading = html.H2(f"Vilka fel finns i intygen från {view.place.namn}?")
    return html.Section([heading, html.P(FAULTS), body, html.P(states.MARKS, className="not")], className="kort")


def _delivered(view: View) -> Element:
    content = delivered(queries.quality(view.release))
    return html.Section([html.H2("Vad blev av det som levererades?"), table(content)], className="kort")


def _exceptions(view: View) -> Element:
    found = exceptions(queries.quality(view.release))
    body = [table(content) for content in found] if found else [html.P("Inga rader.")]
    heading = html.H2("Vad är stoppat, utelämnat eller okänt?")
    return html.Section([heading, *body, html.P(states.MARKS, className="not")], className="kort")


def _hidden(view: View) -> Element:
    region = queries.region_of(view.release, view.place)
    found = hidden_shares(queries.protection(view.release, region.enhet_id)) if region else []
    body = [table(content) for content in found] if found else [html.P("Regionen har ingen vårdcentral.")]
    return html.Section([html.H2("Hur mycket är dolt?"), html.P(HIDDEN), *body], className="kort")
