"""One measure: over time or as a curve, and "Så räknar vi"."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.diagram import diagram
from dashboard.components.states import state
from dashboard.pages.comparison import comparison, has_series
from dashboard.pages.content import APART, named
from dashboard.pages.parts import head, plain_head, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month, number
from schemas.measure import AnyMeasure, Better, Count, Counted, Curve, Resource, Selection, Share
from schemas.measures import MEASURES

BETTER = {
    Better.HIGHER: "Högre är bättre.",
    Better.LOWER: "Lägre är bättre.",
    Better.NEITHER: "Måttet har ingen bättre riktning: högre eller lägre är inte i sig bra eller dåligt.",
}


LISTED = "Medelantalet listade 18–67 år på enheten under perioden. Saknas det visas bara täljaren."
UNCERTAIN = "Intervall 95 %. Skillnadens intervall gäller skillnaden, inte de två värdena var för sig."
CERTAIN = "Uppgiften är ingen skattning och har inget intervall."


def build(view: View, rest: str) -> list[Component]:
    measure = queries.with_shares(view.release).get(rest)
    if measure is None:
        return [*plain_head("Måttet finns inte"), state(states.UNKNOWN_MEASURE)]
    beside = [safely(lambda: comparison(view, measure))] if isinstance(measure, Count) and has_series(measure) else []
    return [
        *head(view, measure.name),
        safely(lambda: shown(view, measure)),
        *(safely(lambda one=name: _part(view, one)) for name in _more(measure)),
        *beside,
        safely(lambda: _how(view, measure)),
    ]


def _more(measure: AnyMeasure) -> list[str]:
    """The names of the other diagrams of a measure: the year as a whole, and the breakdowns."""
    if not isinstance(measure, Count):
        return []
    year = ["r12"] if "r12" in measure.periods and queries.main_kind(measure) != "r12" else []
    return [f"{measure.id}-{part}" for part in (*year, *measure.breakdowns, APART)]


def _part(view: View, name: str) -> Component | None:
    content = named(view, name)
    return diagram(content, query=view.query) if content else None


def _how(view: View, measure: AnyMeasure) -> Component:
    facts = view.release.facts
    said = [
        ("Definition", measure.definition),
        ("Population", measure.population),
        *_parts(measure),
        *_listed(view, measure),
        ("Enhet", measure.unit_rule),
        ("Osäkerhet", CERTAIN if isinstance(measure, Resource) else UNCERTAIN),
        ("Riktning", BETTER[measure.better]),
        ("Sjukfall", f"Intygsperioder med högst {facts['glapp_dagar']} dagar emellan hos samma vårdgivare."),
        ("Källa", ", ".join(measure.sources)),
        ("Skydd", _protection(facts, measure)),
        ("Utgåva", f"{facts['release_id']}, data {facts['data_fran']}–{facts['data_tom']}"),
    ]
    rows = [part for name, text in said for part in (html.Dt(name), html.Dd(text))]
    return html.Section(
        [
            html.H2("Så räknar vi", id="sa-raknar-vi"),
            html.Dl(rows),
            html.H3("Att tänka på"),
            html.Ul([html.Li(limit) for limit in measure.limits]),
        ],
        className="kort definition",
        **{"aria-labelledby": "sa-raknar-vi"},
    )


def _parts(measure: AnyMeasure) -> list[tuple[str, str]]:
    if isinstance(measure, Share):
        return [("Täljare", f"Antal {measure.counted}."), ("Nämnare", f"{MEASURES[measure.within[0]].name}.")]
    if isinstance(measure, Selection):
        return [(part.label, part.definition) for part in measure.parts]
    if isinstance(measure, Count):
        counted = "sjukfall, inte personer" if measure.counted is Counted.CASES else "personer, inte sjukfall"
        return [("Täljare", f"Antal {counted}."), ("Nämnare", LISTED)]
    if isinstance(measure, Resource):
        return [
            ("Täljare", f"{measure.quantity_unit.capitalize()}."),
            ("Nämnare", f"{measure.rate_unit.capitalize()}."),
        ]
    competing = ", ".join(cause.label.lower() for cause in measure.competing)
    return [
        ("Klocka", measure.clock),
        ("Händelse", measure.event.label),
        ("Konkurrerande händelser", competing.capitalize() if competing else "Inga"),
    ]


def _listed(view: View, measure: AnyMeasure) -> list[tuple[str, str]]:
    """The unit's size in all ages, as information: it is no denominator."""
    total = queries.listed_total(view.release, view.scope, view.place.enhet_id) if isinstance(measure, Count) else None
    if total is None:
        return []
    size = f"{number(total['listade_totalt'])} i {month(total['listade_manad'])}"
    return [("Listade i alla åldrar", f"{size}. En upplysning om enhetens storlek: inget värde delas med det.")]


def _protection(facts: dict[str, str], measure: AnyMeasure) -> str:
    text = (
        f"Värden som bygger på färre än {facts['troskel']} personer visas inte, och inte heller värden som de annars "
    )
    text += "kunde räknas ut ur. Båda märks ×."
    if isinstance(measure, Curve):
        text += f" Kurvor kräver minst {facts['kurva_minst']} personer per kön."
    return text
