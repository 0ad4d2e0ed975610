"""Månadsuppföljning: the month as an agenda for half an hour, to read together on a screen or on one sheet of paper."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import compact
from dashboard.components.month import decisions, figures
from dashboard.components.states import state
from dashboard.figures.content import Diagram
from dashboard.figures.month import faults_sentence, received_sentence
from dashboard.pages.beside_content import LENGTHS
from dashboard.pages.content import main, named
from dashboard.pages.glance import Glance, bring_up_list, glance, in_words, signs_of, tiles_of
from dashboard.pages.parts import head, safely
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month
from schemas.measure import AnyMeasure

MORE = ("andel_partiell", "kompletterade")  # rows of the table besides the measures of Översikt
RETURN, STEPS = ("atergang", "avslut"), "kaskad"
SIGNALS = 5
LEAD = "Underlag för mötet, 30–45 minuter. Siffrorna är de som är publicerade nu; en senare utgåva kan ändra dem."
SAME_SUPPORT = "Får kvinnor och män samma stöd i samma läge?"


def build(view: View, _rest: str) -> list[Component]:
    return [*head(view, "Månadsuppföljning", LEAD), safely(lambda: _agenda(view))]


def exported(view: View) -> list[Diagram]:
    """The diagrams of the month, as far as they have a period: the measures of Översikt and what the page adds."""
    measures = queries.measures(view.release)
    chosen = [one for one in measures.values() if one.featured or one.id in (*MORE, *RETURN, STEPS)]
    found = [named(view, LENGTHS), *(main(view, one) for one in chosen)]
    return [one for one in found if one is not None]


def _agenda(view: View) -> Component:
    content = glance(view)
    measures = queries.measures(view.release)
    back = next((measures[name] for name in RETURN if name in measures), None)
    steps = [measures[STEPS]] if STEPS in measures else []
    return html.Div(
        [
            _item("Läget", in_words(content), safely(lambda: _table(view, content))),
            _item("Signaler sedan förra kvartalet", bring_up_list(content, view.query, most=SIGNALS)),
            _item("Kvinnor och män", html.P(content.gaps), html.P([SAME_SUPPORT, " ", _link(view, "/kon")])),
            _item(
                "Långa sjukfall och återgång",
                html.P(states.CERTIFICATE),
                html.Div(
                    [safely(lambda: _small(view, named(view, LENGTHS))), *_mains(view, [back])], className="halvor"
                ),
            ),
            _item("Koordinering", *_mains(view, steps), html.P(_link(view, "/koordinering"))),
            _item("Datakvalitet", safely(lambda: _quality(view)), html.P(_link(view, "/datakvalitet"))),
            _item("Beslut", decisions()),
            html.P(
                html.A("Ladda ner månadens tabeller (Excel)", href=f"/export/manad.xlsx{view.query}", className="lank"),
                className="nedladdning",
            ),
        ],
        className="dagordning",
    )


def _item(heading: str, *content: Component) -> Component:
    return html.Section([html.H2(heading), *content], className="kort")


def _link(view: View, path: str) -> Component:
    return html.A(f"Mer om {LABELS[path]}", href=f"{path}{view.query}", className="lank")


LABELS = {"/kon": "kvinnor och män", "/koordinering": "koordinering", "/datakvalitet": "datakvalitet"}


def _table(view: View, content: Glance) -> Component:
    known = queries.measures(view.release)
    more = [known[name] for name in MORE if name in known]
    tiles = [*content.tiles, *tiles_of(view, more, signs_of(view, more))]
    caption = f"{view.place.namn}, {month(view.manad)}. {states.RINGS} {states.DIAMOND} {states.MARKS}"
    return figures(tiles, caption, view.query)


def _mains(view: View, measures: Sequence[AnyMeasure | None]) -> list[Component]:
    return [safely(lambda one=one: _small(view, main(view, one))) for one in measures if one is not None]


def _small(view: View, content: Diagram | None) -> Component:
    return state(states.NOT_YET) if content is None else compact(content, query=view.query)


def _quality(view: View) -> Component:
    complete = f"{month(view.manad).capitalize()} är komplett."
    faults = queries.faults(view.release, view.scope, view.place.enhet_id, view.manad)
    said = [
        view.month_note or complete,
        received_sentence(queries.quality(view.release)),
        faults_sentence(faults, view.manad),
    ]
    return html.Ul([html.Li(text) for text in said if text])
