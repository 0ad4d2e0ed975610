"""Utveckling över tid: is it going up or down, for kvinnor and for män, and is that more than chance?"""

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.diagram import table
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.figures.changes import changes, changes_sentence
from dashboard.pages.content import process
from dashboard.pages.glance import signs_of
from dashboard.pages.parts import head, or_state, safely, shown
from dashboard.pages.view import OutsideLattice, View
from dashboard.texts import states
from dashboard.texts.pages import tid as say
from schemas.measure import AnyMeasure, Count, Distribution

SHOWN = ("pagaende", "langa_90", "startade", "avslutade", "under_manaden", "unika_personer")


def build(view: View, _rest: str) -> list[Element]:
    measures = queries.measures(view.release)
    followed = {
        name: one
        for name, one in measures.items()
        if isinstance(one, Distribution) or (isinstance(one, Count) and one.followed)
    }
    if view.matt and view.matt not in followed:
        raise OutsideLattice
    chosen = [view.matt] if view.matt else [name for name in SHOWN if name in measures]
    asked = [measures[name] for name in chosen]
    return [
        *head(view, say.TITLE, say.LEAD),
        safely(lambda: _changes(view, list(followed.values()))),
        *(safely(lambda one=one: _over_time(view, one, asked)) for one in asked),
    ]


def _changes(view: View, followed: list[Count | Distribution]) -> Element:
    """Every followed measure in words; its name leads to its chart."""
    signs = signs_of(view, followed)
    content = changes(followed, signs)
    body = [state(states.TOO_SHORT)]
    if content is not None:
        said = html.P(changes_sentence(followed, signs), className="diagramtitel")
        body = [said, table(content, lambda matt: f"/tid{view.query}&matt={matt}")]
    return html.Section([html.H2(say.CHANGED, id="andrat"), *body], className="kort", **{"aria-labelledby": "andrat"})


def _over_time(view: View, measure: AnyMeasure, beside: Sequence[AnyMeasure]) -> Element:
    """The process, or the plain series of a measure whose periods overlap and so cannot be followed. Those that stand
    beside it are asked for at the same time."""
    queries.processes(view.release, view.scope, beside, view.place.enhet_id, view.manad)
    content = process(view, measure)
    return or_state(view, content, measure.question) if content else shown(view, measure)
