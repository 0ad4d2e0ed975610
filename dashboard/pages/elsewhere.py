"""What is published for other levels than the one that is looked at: why, and the way there."""

from collections.abc import Collection

from dashboard import queries
from dashboard.components.plain import Element, html
from dashboard.pages.content import named
from dashboard.pages.parts import or_state
from dashboard.pages.view import View
from dashboard.texts.pages import diagrams as say
from schemas.dimensions import NIVA
from schemas.lattice import of_measure
from schemas.measure import Count


def or_elsewhere(view: View, name: str, question: str, path: str) -> Element:
    """The diagram `<measure>-<breakdown>`, or where the breakdown is published; `path` is the page that it stands on."""
    matt, _, split = name.partition("-")
    measure = queries.with_shares(view.release).get(matt)
    if isinstance(measure, Count):
        there = {one.niva for one in of_measure(measure) if one.table == "varde" and one.indelning == split}
        if there and view.place.niva not in there:
            levels = [level.label.lower() for level in NIVA.categories if level.id in there]
            return elsewhere(view, question, say.shown_for(levels), there, path)
    return or_state(view, named(view, name), question)


def elsewhere(view: View, question: str, why: str, there: Collection[str], path: str) -> Element:
    """Links to the unit's område and region, those of them that are of a level `there` and may be seen; `path` may ask for
    more, after a "?" without unit and month."""
    page, _, asked = path.partition("?")
    more = f"&{asked}" if asked else ""
    links = [
        html.A(say.SHOW.format(place=place.namn), href=f"{page}{view.query_of(place.enhet_id)}{more}", className="lank")
        for place in reversed(view.wider)
        if place.niva in there
    ]
    parts = [html.H2(question), html.P(why), html.P(links, className="nedladdning") if links else None]
    return html.Section(parts, className="kort")
