"""Återgång i arbete: how fast do patients come back, who does, and do they stay?"""

from dashboard import queries
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.pages.content import named
from dashboard.pages.curve_content import DAYS, STANDARD, grades_diagram, parts_apart
from dashboard.pages.parts import head, or_state, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.pages import atergang as say
from dashboard.texts.pages import diagrams
from schemas.dimensions import BREAKDOWNS
from schemas.measure import AnyMeasure, Curve, Occupation

GRADES = ("grader", "hel_deltid")  # the finer is shown where enough stand on every grade
AFTER = ("varaktig", "varaktigt_avslut", "aterinsjuknande")


def build(view: View, _rest: str) -> list[Element]:
    measures = queries.measures(view.release)
    measure = measures.get("atergang") or measures.get("avslut")
    title = say.TITLE if "atergang" in measures else say.TITLE_ENDED
    body = _body(view, measures, measure) if isinstance(measure, Curve) else [state(states.UNKNOWN_MEASURE)]
    return [*head(view, title), html.P(states.CERTIFICATE, className="viktigt"), *body]


def _body(view: View, measures: dict[str, AnyMeasure], measure: Curve) -> list[Element]:
    after = [measures[name] for name in AFTER if name in measures]
    partial = [measures[name] for name in ("partiell",) if name in measures]
    grades = [measures[name] for name in GRADES if name in measures]
    return [
        safely(lambda: _curve(view, measure, [measure, *partial, *grades, *after])),
        *(safely(lambda part=part: _part(view, measure, part)) for part in (DAYS, STANDARD)),
        *_apart(view, measure),
        *_groups(view, measure),
        *(safely(lambda one=one: shown(view, one)) for one in partial),
        safely(lambda: _grades(view, measures)),
        *(_box(one.question, safely(lambda one=one: shown(view, one))) for one in after),
    ]


def _curve(view: View, measure: Curve, beside: list[AnyMeasure]) -> Element:
    """The first curve; what all of the page show is asked for at once."""
    queries.prepare_cohorts(view.release, view.scope, beside, view.place.enhet_id, view.manad)
    return shown(view, measure)


def _part(view: View, measure: Curve, part: str) -> Element:
    return or_state(view, named(view, f"{measure.id}-{part}"), measure.question)


def _apart(view: View, measure: Curve) -> list[Element]:
    """What the difference is made of, where this place has any that is told."""
    found = [named(view, f"{measure.id}-{part}") for part in parts_apart(measure)]
    known = [safely(lambda one=one: or_state(view, one, measure.question)) for one in found if one is not None]
    return [_box(say.MADE_OF, *known)] if known else []


def _groups(view: View, measure: Curve) -> list[Element]:
    return [
        _box(
            diagrams.BY.format(short=measure.short, split=BREAKDOWNS[split].label.lower()),
            safely(lambda split=split: _part(view, measure, split)),
        )
        for split in measure.breakdowns
    ]


def _grades(view: View, measures: dict[str, AnyMeasure]) -> Element:
    """Every grade where it can be shown, else full and partial."""
    found = [measures[name] for name in GRADES if name in measures]
    content = grades_diagram(view, [measure for measure in found if isinstance(measure, Occupation)])
    return or_state(view, content, say.GRADES)


def _box(label: str, *content: Element) -> Element:
    """One more look, closed until it is asked for."""
    return html.Details([html.Summary(label), *content], className="fler")
