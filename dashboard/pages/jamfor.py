"""Jämför enheter: does the unit differ more than chance? A funnel, its peers, one's own choice, and all by size; no
league table."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from dashboard import queries
from dashboard.components.beside import chooser
from dashboard.components.plain import Element, html
from dashboard.figures.funnel import verdict
from dashboard.pages.beside_content import ALIKE, CHOSEN, FUNNEL, SPREAD, UNITS
from dashboard.pages.comparison import comparison, has_series
from dashboard.pages.content import named
from dashboard.pages.parts import choices, head, or_state, safely
from dashboard.pages.view import BESIDE, MOST_BESIDE, OutsideLattice, View
from dashboard.queries import Place
from dashboard.texts import states
from dashboard.texts.figures import alike, funnel, spread, units
from dashboard.texts.figures import chosen as own_choice
from dashboard.texts.pages import jamfor as say
from dashboard.texts.pages.comparison import HEADING
from schemas.measure import AnyMeasure, Count, Curve

AMONG_OTHERS = {
    FUNNEL: funnel.QUESTION,
    ALIKE: alike.QUESTION,
    CHOSEN: own_choice.QUESTION,
    SPREAD: spread.QUESTION,
    UNITS: units.QUESTION,
}


def build(view: View, _rest: str) -> list[Element]:
    every = {name: one for name, one in queries.measures(view.release).items() if isinstance(one, Count | Curve)}
    # the measures of Översikt, and the one that a measure's own page asks for
    offered = {name: measure for name, measure in every.items() if measure.featured or name == view.matt}
    chosen = view.matt or next(iter(offered))
    if chosen not in offered:
        raise OutsideLattice
    measure = offered[chosen]
    return [
        *head(view, say.TITLE),
        *([safely(lambda: _verdict(view, every))] if view.place.niva == "enhet" else []),
        html.P(say.NOT_A_FAULT, className="viktigt"),
        choices(view, "/jamfor", offered, chosen, say.MEASURES),
        *(_part(view, measure, part, question) for part, question in _parts(view, measure).items()),
        *_riket(view, measure),
    ]


def _verdict(view: View, measures: Mapping[str, AnyMeasure]) -> Element:
    rows = queries.tried(view.release, view.scope, view.place.enhet_id, view.manad)
    short = {name: one.short for name, one in measures.items()}
    return html.P(verdict(view.place.namn, short, rows), className="mening")


def _parts(view: View, measure: AnyMeasure) -> dict[str, str]:
    """Only the measures of Översikt are tried against the region: the fewer that are, the fewer false alarms. Only a unit
    has its like, and a place in the spread; and who sees one unit has no others to choose."""
    left_out = set() if measure.featured else {FUNNEL, SPREAD}
    left_out |= set() if view.place.niva == "enhet" else {ALIKE, SPREAD}
    left_out |= set() if len(queries.places(view.release, view.scope)) > 1 else {ALIKE, CHOSEN}
    return {part: question for part, question in AMONG_OTHERS.items() if part not in left_out}


def _part(view: View, measure: AnyMeasure, part: str, question: str) -> Element:
    if part == CHOSEN:
        return safely(lambda: _own_choice(view, measure))
    otherwise = states.NO_PEERS if part == ALIKE else states.NOT_YET
    asked = question.format(short=measure.short)
    return safely(lambda: or_state(view, named(view, f"{measure.id}-{part}"), asked, otherwise=otherwise))


def _own_choice(view: View, measure: AnyMeasure) -> Element:
    """The units that the address asks for beside the own one, and how to ask for others."""
    address = f"/jamfor{view.query}&matt={measure.id}"
    taken = {view.place.enhet_id, *(one.enhet_id for one in view.med)}
    others = [(one.enhet_id, one.namn) for one in queries.places(view.release, view.scope) if one.enhet_id not in taken]
    chosen = [(one.namn, f"{address}{_beside(other for other in view.med if other is not one)}") for one in view.med]
    more = f"{address}&{BESIDE}={''.join(f'{quote(one.enhet_id)},' for one in view.med)}"
    found = [chooser(others, chosen, address=more, most=MOST_BESIDE)]
    if view.med:
        content = named(view, f"{measure.id}-{CHOSEN}")
        found.append(or_state(view, content, own_choice.QUESTION.format(short=measure.short), also=_beside(view.med)))
    return html.Div(found)


def _beside(places: Iterable[Place]) -> str:
    names = ",".join(quote(one.enhet_id) for one in places)
    return f"&{BESIDE}={names}" if names else ""


def _riket(view: View, measure: AnyMeasure) -> list[Element]:
    """What is published of the whole country, counted in another way; closed until it is asked for."""
    if not isinstance(measure, Count) or not has_series(measure):
        return []
    return [html.Details([html.Summary(HEADING), safely(lambda: comparison(view, measure))], className="fler")]
