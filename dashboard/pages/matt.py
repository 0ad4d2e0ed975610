"""One measure: over time or as a curve, and "Så räknar vi"."""

from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components.choice import choice
from dashboard.components.diagram import diagram
from dashboard.components.states import state
from dashboard.pages.comparison import comparison, has_series
from dashboard.pages.content import APART, named, offered
from dashboard.pages.curve_content import parts_of
from dashboard.pages.parts import head, or_state, plain_head, safely, shown
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month, number
from schemas.dimensions import BREAKDOWNS
from schemas.measure import (
    AnyMeasure,
    Better,
    Count,
    Counted,
    Curve,
    Distribution,
    Occupation,
    Resource,
    Selection,
    Share,
)
from schemas.measures import MEASURES

BETTER = {
    Better.HIGHER: "Högre är bättre.",
    Better.LOWER: "Lägre är bättre.",
    Better.NEITHER: "Måttet har ingen bättre riktning: högre eller lägre är inte i sig bra eller dåligt.",
}


COUNTED = {
    Counted.CASES: "sjukfall, inte personer",
    Counted.PERSONS: "personer, inte sjukfall",
    Counted.CERTIFICATES: "intyg, inte sjukfall",
    Counted.MESSAGES: "meddelanden, inte intyg",
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
        *(safely(lambda one=kind: _part(view, f"{measure.id}-{one}")) for kind in _more(measure)),
        *_units(view, measure),
        *_groups(view, measure),
        *beside,
        safely(lambda: _how(view, measure)),
    ]


def _more(measure: AnyMeasure) -> list[str]:
    """The names of the other diagrams of a measure: the other kinds of period, or what is told of a curve besides."""
    if isinstance(measure, Curve):
        return parts_of(measure)
    if not isinstance(measure, Count):
        return []
    kinds = [kind for kind in ("r12", "manad") if kind in measure.periods and kind != queries.main_kind(measure)]
    return [*kinds, APART]


def _units(view: View, measure: AnyMeasure) -> list[Component]:
    if not isinstance(measure, Count | Curve):
        return []
    link = html.A("Jämför enheterna", href=f"/jamfor{view.query}&matt={measure.id}", className="lank")
    return [html.P(link, className="nedladdning")]


def _groups(view: View, measure: AnyMeasure) -> list[Component]:
    """One breakdown at a time, and one of its groups over time: the address says which."""
    found = offered(view, measure)
    if not found:
        return []
    split = next((one for one in found if one.column == view.indelning), found[0])
    group = next((one for one in split.categories if one.id == view.grupp), None)
    stem = f"/matt/{measure.id}{view.query}"
    groups = [(one.label, f"{stem}&indelning={split.column}&grupp={one.id}", one is group) for one in split.categories]
    splits = [(one.label, f"{stem}&indelning={one.column}", one is split) for one in found]
    return [
        *([choice("Välj indelning", split.label, splits)] if len(found) > 1 else []),
        safely(lambda: or_state(view, named(view, f"{measure.id}-{split.column}"), split.label)),
        choice("Visa en grupp över tid", group.label if group else "ingen vald", groups),
        *([safely(lambda: or_state(view, named(view, f"{measure.id}-{split.column}-{group.id}"), group.label))]
          if group else []),
    ]  # fmt: skip


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
        split, group = measure.of
        part = f", {BREAKDOWNS[split].label_of(group).lower()}" if split in BREAKDOWNS else ""
        return [("Täljare", f"Antal {measure.counted}."), ("Nämnare", f"{MEASURES[measure.within[0]].name}{part}.")]
    if isinstance(measure, Selection):
        return [(part.label, part.definition) for part in measure.parts]
    if isinstance(measure, Count):
        return [("Täljare", f"Antal {COUNTED[measure.counted]}."), ("Nämnare", LISTED)]
    if isinstance(measure, Distribution):
        counted = MEASURES[measure.of].name
        return [("Räknas på", f"{counted}: värden visas där antalet visas och är minst tio.")]
    if isinstance(measure, Resource):
        return [
            ("Täljare", f"{measure.quantity_unit.capitalize()}."),
            ("Nämnare", f"{measure.rate_unit.capitalize()}."),
        ]
    if isinstance(measure, Occupation):
        return [("Klocka", measure.clock), ("Grader", ", ".join(state.label.lower() for state in measure.states) + ".")]
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
    if isinstance(measure, Curve | Occupation):
        text += f" Kurvor kräver minst {facts['kurva_minst']} personer per kön."
    return text
