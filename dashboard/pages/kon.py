"""Kvinnor och män: where do they differ, and how sure is it?"""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.figures.contrasts import contrasts
from dashboard.pages.content import GAP, named
from dashboard.pages.parts import head, or_state, safely
from dashboard.pages.view import View
from dashboard.texts import states
from schemas.measure import Count, Curve, Distribution

CAUTION = (
    "Kvinnor har fler sjukfall än män i hela landet. Det beror mest på hur många som blir sjuka och i vilka diagnoser; inom "
    "samma diagnos är sjukfallen ungefär lika långa. En skillnad här är därför inte i sig en skillnad i vård."
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
        *(
            safely(lambda name=name, question=question: or_state(view, named(view, name), question))
            for name, question in SPLITS.items()
        ),
    ]


def _every(view: View) -> Component:
    """Every measure by sex, with the difference and its interval."""
    found = []
    for measure in queries.measures(view.release).values():
        if isinstance(measure, Count | Curve | Distribution):
            kind = queries.yearly_kind(measure)
            period = queries.latest_period(view.release, measure, view.manad, kind)
            if period is not None:
                values = queries.standing(view.release, view.scope, measure, view.place.enhet_id, kind, period)
                gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind)
                found.append((measure, kind, period, values, gaps))
    heading = html.H2("Var skiljer det mellan kvinnor och män?", id="alla-matt")
    note = html.P([states.NOT_ADJUSTED, " ", states.RINGS], className="not")
    return html.Section([heading, table(contrasts(found)), note], className="kort", **{"aria-labelledby": "alla-matt"})
