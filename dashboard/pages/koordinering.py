"""Koordinering: does support reach the patients, and kvinnor and män alike?"""

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.components.tiles import tile
from dashboard.figures.own import own_unit
from dashboard.pages.beside_content import UNITS, WITHOUT
from dashboard.pages.content import named
from dashboard.pages.glance import signs_of, tiles_of
from dashboard.pages.parts import head, or_state, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.pages import koordinering as say
from dashboard.texts.pages import site
from schemas.measure import Count, Curve, Resource, Selection

# read in ten seconds: who is reached, who has a plan, who was not asked, and whom nobody has caught
AT_A_GLANCE = ("tackning", "planering.plan_90", "erbjudande.ej_erbjuden", "ofangade")
FLOW = ("kaskad", "insatser", "planering", "erbjudande", "ofangade", "tid_insats", "handlingsplan_unga")
LANDMARKS = ("landmark", "landmark_avslut")  # one of them, as outcomes are delivered or not; the other days on its page
BY_GROUP = "kaskad.insats-diagnos5"
RESOURCES = ("bemanning", "bemanning_langa")
ASIDE = ("utan_sjukfall",)


def build(view: View, _rest: str) -> list[Element]:
    measure = queries.measures(view.release).get("tackning")
    body: list[Element] = [state(say.NOT_DELIVERED)]
    if isinstance(measure, Curve):
        body = [
            safely(lambda: _glance(view)),
            safely(lambda: shown(view, measure)),
            *_each(view, FLOW),
            safely(lambda: or_state(view, named(view, BY_GROUP), say.BY_GROUP)),
            safely(lambda: _own(view, measure)),
            *_each(view, LANDMARKS),
        ]
    absent = [safely(lambda: _absent(view))] if WITHOUT in queries.measures(view.release) else []
    return [
        *head(view, site.COORDINATION),
        html.P(say.NO_GOAL, className="viktigt"),
        *body,
        *_each(view, RESOURCES),
        *absent,
        *_each(view, ASIDE),
    ]


def _each(view: View, names: tuple[str, ...]) -> list[Element]:
    """The first diagram of every measure that the release has."""
    known = queries.measures(view.release)
    return [safely(lambda one=known[name]: shown(view, one)) for name in names if name in known]


def _prepare(view: View) -> None:
    """What all of the page show is asked for at once."""
    known, asked = queries.with_shares(view.release), (view.release, view.scope)
    every = [known[name] for name in (*FLOW, *RESOURCES, *ASIDE) if name in known]
    tiles = [(known[name], queries.yearly_kind(known[name])) for name in AT_A_GLANCE if name in known]
    counts = [(one, queries.main_kind(one, view.place.niva)) for one in every if isinstance(one, Count | Resource)]
    queries.prepare(*asked, [*tiles, *counts], view.place.enhet_id)
    queries.prepare_cohorts(*asked, [one for one in every if isinstance(one, Curve)], view.place.enhet_id, view.manad)
    selections = [one for one in every if isinstance(one, Selection)]
    if selections and (period := queries.latest_period(view.release, selections[0], view.manad, "r12")):
        queries.prepare_parts(*asked, selections, view.place.enhet_id, period)


def _glance(view: View) -> Element:
    """Får de stöd? Kvinnor and män side by side, before anything else."""
    _prepare(view)
    known = queries.with_shares(view.release)
    chosen = [known[name] for name in AT_A_GLANCE if name in known]
    tiles = [tile(one, query=view.query) for one in tiles_of(view, chosen, signs_of(view, chosen))]
    note = html.P([states.RINGS, " ", states.NOT_ADJUSTED], className="not")
    return html.Div([html.H2(say.REACHED), html.Div(tiles, className="rutor"), note])


def _absent(view: View) -> Element:
    return or_state(view, named(view, f"{WITHOUT}-{UNITS}"), say.ABSENT)


def _own(view: View, measure: Curve) -> Element:
    """How much of the coverage the own unit stands for."""
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    heading = html.H2(say.OWN, id="egen-enhet")
    if period is None:
        return html.Section([heading, state(states.NOT_YET)], className="kort")
    rows = queries.curve(view.release, view.scope, measure, view.place.enhet_id, period)
    content = own_unit(measure, rows)
    return html.Section(
        [heading, html.P(say.OWN_MEANS), table(content)], className="kort", **{"aria-labelledby": "egen-enhet"}
    )
