"""Månadsuppföljning: the month as an agenda for half an hour, to read together on a screen or on one sheet of paper."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.diagram import compact
from dashboard.components.forms import keep_form
from dashboard.components.month import figures
from dashboard.components.plain import Element, html
from dashboard.components.states import state
from dashboard.figures.content import Diagram
from dashboard.figures.meeting import signals_by_size, target_changes
from dashboard.pages.beside_content import LENGTHS
from dashboard.pages.content import SIGNAL, main, named
from dashboard.pages.glance import DETAILS, glance, in_words, signs_of
from dashboard.pages.parts import head, safely
from dashboard.pages.to_apt import to_apt
from dashboard.pages.view import View
from dashboard.pages.written_content import comments, decisions, due, follow_up_form, heading, offered, since_last
from dashboard.review.kept import revisions
from dashboard.review.month import ALSO, as_shown, month_tiles, quality_words
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.pages import manad as say
from dashboard.texts.pages import site
from dashboard.texts.review import (
    DECISION_NOTE,
    FROZEN,
    KEEP,
    NO_SIGNALS,
    NOT_FROZEN,
    NOT_REVISED,
    NOT_WHY,
    REPORT_HEADINGS,
    REVISED,
)
from schemas.measure import AnyMeasure, Count, Distribution

RETURN, STEPS = ("atergang", "avslut"), "kaskad"
SIGNALS = 5


def build(view: View, _rest: str) -> list[Element]:
    return [*head(view, say.TITLE, say.LEAD), safely(lambda: _agenda(view))]


def exported(view: View) -> list[Diagram]:
    """The diagrams of the month, as far as they have a period: the measures of Översikt and what the page adds."""
    measures = queries.measures(view.release)
    chosen = [one for one in measures.values() if one.featured or one.id in (*ALSO, *RETURN, STEPS)]
    found = [named(view, LENGTHS), *(main(view, one) for one in chosen)]
    return [one for one in found if one is not None]


def _agenda(view: View) -> Element:
    """The items in their order, each a section of its own, so that one at a time can be shown."""
    table = safely(lambda: _table(view))  # first: it asks for what the others need too
    content = glance(view)
    return html.Div(
        [
            html.P(html.Button(say.MODE, id="motesknapp", type="button", className="knapp"), className="motesval"),
            _item(say.SINCE_LAST, safely(lambda: html.Div([*since_last(view), *_followed_up(view)]))),
            _item(say.STANDING, in_words(content, in_full=True), table),
            _item(say.SIGNALS, safely(lambda: _signals(view))),
            _item(site.WOMEN_AND_MEN, html.P(content.gaps), html.P([say.SAME_SUPPORT, " ", _link(view, "/kon")])),
            _item(say.LONG_CASES, *_long_cases(view)),
            _item(site.COORDINATION, *_mains(view, (STEPS,)), html.P(_link(view, "/koordinering"))),
            _item(site.QUALITY, safely(lambda: _quality(view)), html.P(_link(view, "/datakvalitet"))),
            _item(
                say.DECISIONS,
                safely(lambda: html.Div([*decisions(view), *comments(view)])),
                html.P(_link(view, "/beslut")),
            ),
            _item(say.TO_APT, safely(lambda: to_apt(view)), safely(lambda: _report(view))),
        ],
        className="dagordning",
    )


def _item(title: str, *content: Element) -> Element:
    return html.Section([html.H2(title, tabIndex="-1"), *content], className="kort")


def _link(view: View, path: str) -> Element:
    return html.A(say.MORE.format(what=say.MORE_ABOUT[path]), href=f"{path}{view.query}", className="lank")


def _table(view: View) -> Element:
    caption = f"{view.place.namn}, {month(view.manad)}. {states.RINGS} {states.DIAMOND} {states.MARKS}"
    return figures(month_tiles(view), caption, view.query)


def _signals(view: View) -> Element:
    """The real changes, the largest first, and targets that are met in another way than before."""
    measures = queries.measures(view.release)
    looked_at = [one for one in measures.values() if one.featured or one.id in ALSO]
    found = signals_by_size(measures, signs_of(view, looked_at))
    followed = [one for one in looked_at if isinstance(one, Count | Distribution)]
    queries.processes(view.release, view.scope, followed, view.place.enhet_id, view.manad)
    for one in followed:
        rows = queries.process(view.release, view.scope, one, view.place.enhet_id, view.manad)
        found += [(one.id, said) for said in target_changes(one, rows)]
    if not found:
        return html.P(NO_SIGNALS)
    links = [html.A(said, href=f"{DETAILS.get(name, f'/matt/{name}')}{view.query}") for name, said in found[:SIGNALS]]
    return html.Ol([html.Li(link) for link in links])


def _followed_up(view: View) -> list[Element]:
    """Decisions of three months ago: the measure's chart, with the decision in it, and what came of it."""
    found: list[Element] = []
    for decision in due(view):
        measure = queries.with_shares(view.release).get(decision.matt)
        chart = measure and (named(view, f"{measure.id}-{SIGNAL}") or main(view, measure))
        said = [html.P(note) for note in chart.notes if note.startswith((DECISION_NOTE, NOT_WHY))] if chart else []
        found.append(
            html.Div(
                [
                    html.H3(say.FOLLOW_UP.format(decision=heading(decision))),
                    _small(view, chart or None),
                    *said,
                    *follow_up_form(view, decision),
                ]
            )
        )
    return found


def _long_cases(view: View) -> list[Element]:
    halves = [safely(lambda: _small(view, named(view, LENGTHS))), *_mains(view, RETURN)]
    return [html.P(states.CERTIFICATE), html.Div(halves[:2], className="halvor")]


def _mains(view: View, names: Sequence[str]) -> list[Element]:
    """The first diagram of the measures that this release has."""
    known = queries.measures(view.release)
    there: list[AnyMeasure] = [known[name] for name in names if name in known]
    return [safely(lambda one=one: _small(view, main(view, one))) for one in there]


def _small(view: View, content: Diagram | None) -> Element:
    return state(states.NOT_YET) if content is None else compact(content, query=view.query)


def _quality(view: View) -> Element:
    return html.Ul([html.Li(text) for text in quality_words(view)])


def _report(view: View) -> Element:
    """The report of the meeting: frozen or not, what has changed since, and its files."""
    kept = view.state and view.state.frozen(view.scope, view.place.enhet_id, view.manad)
    files = [
        html.A(text, href=f"{path}{view.query}", className="lank")
        for text, path in (
            (say.ON_ONE_PAGE, "/export/rapport.html"),
            (say.AS_PDF, "/export/rapport.pdf"),
            (say.AS_SLIDES, "/export/rapport.pptx"),
            (say.AS_TABLES, "/export/manad.xlsx"),
        )
    ]
    body: list[Element] = [html.P(files, className="nedladdning")]
    if kept:
        when = kept.tid[:10]
        body.append(html.P(FROZEN.format(when=when, who=kept.av, release=kept.utgava)))
        body += _revised(revisions(kept, as_shown(month_tiles(view))))
    elif view.state is not None:
        form = keep_form(f"/skriv/rapport{view.query}")
        body += [html.P(NOT_FROZEN), *offered(view, KEEP, form)]
    return html.Div(body)


def _revised(changed: list[tuple[str, str, str]]) -> list[Element]:
    if not changed:
        return [html.P(NOT_REVISED)]
    head = html.Tr([html.Th(name, scope="col") for name in REPORT_HEADINGS])
    body = [html.Tr([html.Th(name, scope="row"), html.Td(old), html.Td(new)]) for name, old, new in changed]
    return [
        html.H3(REVISED),
        html.Div(
            html.Table([html.Caption(REVISED), html.Thead(head), html.Tbody(body)]),
            className="tabellram", role="region", tabIndex="0", **{"aria-label": REVISED},
        ),
    ]  # fmt: skip
