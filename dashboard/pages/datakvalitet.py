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
from dashboard.texts.pages import datakvalitet as say
from dashboard.texts.pages import site


def build(view: View, _rest: str) -> list[Element]:
    parts = (_months, _faults, _delivered, _exceptions, _hidden)
    return [*plain_head(site.QUALITY, say.LEAD), *(safely(lambda part=part: part(view)) for part in parts)]


def _months(view: View) -> Element:
    rows = queries.months(view.release)
    late = [month(row["manad"]) for row in rows if row["lage"] == "preliminar"]
    changed = [
        say.CHANGED.format(month=month(row["manad"]), day=row["andrad"]) for row in rows if row["lage"] == "reviderad"
    ]
    first, last = month(rows[-1]["manad"]), month(rows[0]["manad"])
    text = say.months(first, last, late, changed, others=len(late) + len(changed) < len(rows))
    body = [html.P(text), html.P(say.MONTHS.format(**view.release.facts), className="not")]
    return html.Section([html.H2(say.WHICH_MONTHS), *body], className="kort")


def _faults(view: View) -> Element:
    content = faults(queries.faults(view.release, view.scope, view.place.enhet_id, view.manad))
    body = table(content) if content else state(states.NOT_YET)
    heading = html.H2(say.WHICH_FAULTS.format(place=view.place.namn))
    return html.Section([heading, html.P(say.FAULTS), body, html.P(states.MARKS, className="not")], className="kort")


def _delivered(view: View) -> Element:
    content = delivered(queries.quality(view.release))
    return html.Section([html.H2(say.DELIVERED), table(content)], className="kort")


def _exceptions(view: View) -> Element:
    found = exceptions(queries.quality(view.release))
    body = [table(content) for content in found] if found else [html.P(say.NO_ROWS)]
    heading = html.H2(say.EXCEPTIONS)
    return html.Section([heading, *body, html.P(states.MARKS, className="not")], className="kort")


def _hidden(view: View) -> Element:
    region = queries.region_of(view.release, view.place)
    found = hidden_shares(queries.protection(view.release, region.enhet_id)) if region else []
    body = [table(content) for content in found] if found else [html.P(say.NO_UNIT)]
    return html.Section([html.H2(say.HOW_MUCH), html.P(say.HIDDEN), *body], className="kort")
