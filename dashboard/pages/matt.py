"""One measure: over time or as a curve, and "Så räknar vi"."""

from dashboard import queries
from dashboard.components.choice import choice
from dashboard.components.diagram import diagram
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.components.words import linked
from dashboard.figures.apart import APART
from dashboard.pages.comparison import comparison, has_series
from dashboard.pages.content import SIGNAL, named, offered
from dashboard.pages.curve_content import parts_of
from dashboard.pages.landmark_content import other_landmarks
from dashboard.pages.parts import head, or_state, plain_head, safely, shown
from dashboard.pages.section_content import chosen_whole
from dashboard.pages.sections_part import sections_part
from dashboard.pages.sentence import sentence
from dashboard.pages.view import OutsideLattice, View
from dashboard.texts import states
from dashboard.texts.method import CAVEATS, HOW, described
from dashboard.texts.numbers import month, number
from dashboard.texts.pages import matt as say
from dashboard.texts.pages import site
from schemas.dimension import Breakdown, Category
from schemas.measure import (
    AnyMeasure,
    Count,
    Curve,
    Distribution,
    Landmark,
    told_once,
)
from schemas.sections import AVSNITT


def build(view: View, rest: str) -> list[Element]:
    measure = queries.with_shares(view.release).get(rest)
    if measure is None:
        return [*plain_head(site.NO_MEASURE), state(states.UNKNOWN_MEASURE)]
    beside = [safely(lambda: comparison(view, measure))] if isinstance(measure, Count) and has_series(measure) else []
    return [
        *head(view, measure.name),
        safely(lambda: _in_words(view, measure)),
        safely(lambda: shown(view, measure)),
        *(safely(lambda one=name: _part(view, one)) for name in _more(measure, view.place.niva)),
        *_units(view, measure),
        *_groups(view, measure),
        *beside,
        safely(lambda: _how(view, measure)),
    ]


def _more(measure: AnyMeasure, niva: str) -> list[str]:
    """The names of the other diagrams of a measure: the other kinds of period or landmarks, its process, and what is told
    of it besides."""
    if isinstance(measure, Curve):
        return parts_of(measure)
    if isinstance(measure, Landmark):
        return other_landmarks(measure)
    if not isinstance(measure, Count):
        return [f"{measure.id}-{SIGNAL}"] if isinstance(measure, Distribution) else []
    kinds = [kind for kind in ("r12", "manad") if kind != queries.main_kind(measure, niva)]
    return [f"{measure.id}-{part}" for part in (*kinds, SIGNAL, APART)]


def _units(view: View, measure: AnyMeasure) -> list[Element]:
    if not isinstance(measure, Count | Curve):
        return []
    link = html.A(say.COMPARE, href=f"/jamfor{view.query}&matt={measure.id}", className="lank")
    return [html.P(link, className="nedladdning")]


def _groups(view: View, measure: AnyMeasure) -> list[Element]:
    """One breakdown at a time, and one of its groups over time: the address says which."""
    found = offered(view, measure)
    if view.indelning and view.indelning not in (one.column for one in found):
        raise OutsideLattice
    if not found:
        return []
    path, split = f"/matt/{measure.id}", next((one for one in found if one.column == view.indelning), found[0])
    stem = f"{path}{view.query}"
    asked = f"&indelning={split.column}"
    splits = [(one.label, f"{stem}&indelning={one.column}", one is split) for one in found]
    chosen = [choice(say.CHOOSE_SPLIT, split.label, splits)] if len(found) > 1 else []
    if isinstance(measure, Count) and split.one_at_a_time:
        whole = chosen_whole(view, measure, split.column)
        over_time = _over_time(view, measure, split, whole, f"{stem}{asked}&kapitel={whole.id}") if whole else []
        return [*chosen, *sections_part(view, measure, path, asked), *over_time]
    beside = safely(lambda: or_state(view, named(view, f"{measure.id}-{split.column}"), split.label))
    return [*chosen, beside, *_over_time(view, measure, split, None, f"{stem}{asked}"), *_finer(view, measure)]


def _over_time(view: View, measure: AnyMeasure, split: Breakdown, whole: Category | None, stem: str) -> list[Element]:
    """One group of a breakdown over time, of those inside `whole` if there is one."""
    groups = split.inside(whole.id) if whole else split.categories
    group = next((one for one in groups if one.id == view.grupp), None)
    if view.grupp and group is None:
        raise OutsideLattice
    options = [(one.label, f"{stem}&grupp={one.id}", one is group) for one in groups]
    return [
        choice(say.ONE_GROUP, group.label if group else say.NO_GROUP, options),
        *([safely(lambda: or_state(view, named(view, f"{measure.id}-{split.column}-{group.id}"), group.label))]
          if group else []),
    ]  # fmt: skip


def _finer(view: View, measure: AnyMeasure) -> list[Element]:
    """Where the sections of a measure are shown, when they are not shown here."""
    if not isinstance(measure, Count) or AVSNITT.column not in measure.breakdowns or AVSNITT in offered(view, measure):
        return []
    return sections_part(view, measure, f"/matt/{measure.id}", f"&indelning={AVSNITT.column}")


def _part(view: View, name: str) -> Element | None:
    content = named(view, name)
    return diagram(content, query=view.query) if content else None


def _how(view: View, measure: AnyMeasure) -> Element:
    facts = view.release.facts
    said = [
        *described(measure, facts),
        *_listed(view, measure),
        (say.CASE, say.CASE_IS.format(**facts)),
        (say.PROTECTION, _protection(measure, facts)),
        (say.RELEASE, say.RELEASE_IS.format(**facts)),
    ]
    told = linked([*(text for _, text in said), *measure.limits], view.query)
    rows = [part for (name, _), text in zip(said, told, strict=False) for part in (html.Dt(name), html.Dd(text))]
    return html.Section(
        [
            html.H2(HOW, id="sa-raknar-vi", tabIndex="-1"),
            html.Dl(rows),
            html.H3(CAVEATS),
            html.Ul([html.Li(limit) for limit in told[len(said) :]]),
        ],
        className="kort definition",
        **{"aria-labelledby": "sa-raknar-vi"},
    )


def _listed(view: View, measure: AnyMeasure) -> list[tuple[str, str]]:
    """The unit's size in all ages, as information: it is no denominator."""
    total = queries.listed_total(view.release, view.scope, view.place.enhet_id) if isinstance(measure, Count) else None
    if total is None:
        return []
    told = say.SIZE_IS.format(number=number(total["listade_totalt"]), month=month(total["listade_manad"]))
    return [(say.SIZE, told)]


def _protection(measure: AnyMeasure, facts: dict[str, str]) -> str:
    said = say.PROTECTED.format(**facts)
    return f"{said} {states.TOLD_ONCE}" if told_once(measure) else said


def _in_words(view: View, measure: AnyMeasure) -> Element | None:
    """The measure in one sentence, to read aloud or to copy."""
    said = sentence(view, measure)
    return html.P(said, className="ingress") if said else None
