"""Till APT och läkarmöte: the charts that the team ticks become slides or pages."""

from dashboard import queries
from dashboard.components.forms import tick
from dashboard.components.plain import Element, field, html
from dashboard.pages.beside_content import LENGTHS
from dashboard.pages.content import SIGNAL
from dashboard.pages.view import View
from dashboard.texts.pages import manad as say
from schemas.measure import AnyMeasure, Count, Distribution

STEPS = "kaskad"


def offered(view: View) -> list[tuple[str, str]]:
    """(name of a diagram, its question) of what can be ticked, in the order of the agenda."""
    measures = queries.measures(view.release)
    featured = [one for one in measures.values() if one.featured or one.id == STEPS]
    return [(_name(one), one.question) for one in featured] + [(LENGTHS, say.HOW_LONG)]


def _name(measure: AnyMeasure) -> str:
    followed = isinstance(measure, Distribution) or (isinstance(measure, Count) and measure.followed)
    return f"{measure.id}-{SIGNAL}" if followed else measure.id


def to_apt(view: View) -> Element:
    boxes = [
        tick(f"visa-{name}", f"visa-{name}", question, chosen=at < 2)
        for at, (name, question) in enumerate(offered(view))
    ]
    return html.Form(
        [
            html.Fieldset([html.Legend(say.TO_TICK), *boxes]),
            field("input", type="hidden", name="enhet", defaultValue=view.place.enhet_id),
            field("input", type="hidden", name="manad", defaultValue=view.manad),
            html.Button(say.FETCH, type="submit", className="knapp"),
        ],
        id="till-apt",
        action="/export/apt.pptx",
        method="get",
    )
