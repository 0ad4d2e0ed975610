"""Kvinnor och män: where do they differ, how sure is it, and what is it made of?"""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.figures.apart import APART
from dashboard.figures.contrasts import Found, contrasts
from dashboard.pages.content import GAP, named
from dashboard.pages.parts import choices, head, or_state, safely
from dashboard.pages.view import View
from dashboard.texts import states
from schemas.measure import AnyMeasure, Count, Curve, Distribution

CAUTION = (
    "Kvinnor har fler sjukfall än män i hela landet. Det beror mest på hur många som blir sjuka och i vilka diagnoser; inom "
    "samma diagnos är sjukfallen ungefär lika långa. En skillnad här är därför inte i sig en skillnad i vård."
)
TAKEN_APART = (
    "Hela skillnaden är delad i tre: det som följer av att kvinnor och män är olika gamla, det som följer av att de har olika "
    "diagnoser, och resten. Resten är det som skiljer i samma ålder och med samma diagnos. För tal per listade finns ingen "
    "del för diagnoser, eftersom listade inte har någon diagnos. – betyder att måttet inte delas upp."
)
SPLITS = {
    f"startade-diagnos5-{GAP}": "I vilka diagnosgrupper skiljer det?",
    f"startade-aldersgrupp-{GAP}": "I vilka åldrar skiljer det?",
}


def build(view: View, _rest: str) -> list[Component]:
    return [
        *head(view, "Kvinnor och män"),
        html.P(CAUTION, className="viktigt"),
        safely(lambda: _every(view)),
        safely(lambda: _apart(view)),
        *(
            safely(lambda name=name, question=question: or_state(view, named(view, name), question))
            for name, question in SPLITS.items()
        ),
    ]


def _every(view: View) -> Component:
    """Every measure by sex, with the difference, its interval and its parts."""
    measures = queries.with_shares(view.release).values()
    found = [_found(view, measure) for measure in measures if isinstance(measure, Count | Curve | Distribution)]
    heading = html.H2("Var skiljer det mellan kvinnor och män?", id="alla-matt")
    note = html.P([states.RINGS, " ", states.MARKS], className="not")
    content = table(contrasts([one for one in found if one is not None]))
    return html.Section(
        [heading, html.P(TAKEN_APART), content, note], className="kort", **{"aria-labelledby": "alla-matt"}
    )


def _found(view: View, measure: Count | Curve | Distribution) -> Found | None:
    """A measure in its latest period; where its difference is taken apart, in the latest period for which it is."""
    enhet = view.place.enhet_id
    parts = queries.taken_apart(view.release, view.scope, measure, enhet) if isinstance(measure, Count | Curve) else []
    parts = [row for row in parts if row["period"] <= view.manad]
    kind = parts[-1]["periodtyp"] if parts else queries.yearly_kind(measure)
    period = parts[-1]["period"] if parts else queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    values = queries.standing(view.release, view.scope, measure, enhet, kind, period)
    gaps = queries.gaps(view.release, view.scope, measure, enhet, kind)
    return measure, kind, period, values, gaps, {row["del"]: row for row in parts if row["period"] == period}


def _apart(view: View) -> Component:
    """One measure at a time: the difference and its parts over time."""
    parted = {
        name: (measure, queries.taken_apart(view.release, view.scope, measure, view.place.enhet_id))
        for name, measure in queries.with_shares(view.release).items()
        if isinstance(measure, Count | Curve) and (measure.featured or name in queries.measures(view.release))
    }
    offered: dict[str, AnyMeasure] = {name: measure for name, (measure, rows) in parted.items() if rows}
    if not offered:
        return or_state(view, None, "Vad består skillnaden av?")
    told = [name for name in (FIRST, *offered) if name in offered and _told_now(parted[name][1], view.manad)]
    chosen = view.matt if view.matt in offered else next(iter((*told, *offered)))
    return html.Div(
        [
            choices(view, "/kon", offered, chosen, "Mått att dela upp"),
            or_state(view, named(view, f"{chosen}-{APART}"), "Vad består skillnaden av?"),
        ]
    )


def _told_now(rows: list[queries.Row], manad: str) -> bool:
    """Whether the last difference up to the month is taken apart, into more than one part."""
    last = max((row["period"] for row in rows if row["period"] <= manad), default=None)
    return sum(row["period"] == last and row["utfall"] == "tal" for row in rows) > 1


FIRST = "andel_partiell"
