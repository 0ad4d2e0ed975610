"""The diagrams of several measures or several vårdcentraler beside each other: langd and <measure>-enheter."""

from dashboard import queries
from dashboard.figures.absent import absent
from dashboard.figures.alike import alike
from dashboard.figures.chosen import chosen
from dashboard.figures.content import Diagram
from dashboard.figures.funnel import funnel
from dashboard.figures.groups import bars, both_sexes
from dashboard.figures.groups_figure import Frame, Item
from dashboard.figures.spread import spread
from dashboard.figures.units import units
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import period_text
from dashboard.texts.pages import diagrams as say
from schemas.measure import AnyMeasure, Count, Curve

LENGTHS, LONG = "langd", "langa_"  # the diagram, and how the measures that it shows are named
STOCK = "manad"  # their periods
UNITS, WITHOUT = "enheter", "utan_koordinator"
FUNNEL, SPREAD, ALIKE, CHOSEN = "tratt", "spridning", "liknande", "urval"


def lengths(view: View) -> Diagram | None:
    """The stock beyond each declared length in the latest month, the shortest first."""
    measures = [one for name, one in queries.measures(view.release).items() if name.startswith(LONG)]
    last = {one: queries.latest_period(view.release, one, view.manad, STOCK) for one in measures}
    period = max(filter(None, last.values()), default=None)
    if period is None:
        return None
    long = [one for one in measures if isinstance(one, Count) and last[one] == period]  # the longest begin later
    first = long[0]
    frame = Frame(
        name=LENGTHS,
        measure=first.id,
        question=say.HOW_LONG,
        subject=say.BY_LENGTH,
        unit=first.rate_unit,
        counted=first.counted.value,
        subtitle=say.SUBTITLE.format(
            what=say.BEYOND,
            unit=first.rate_unit,
            place=view.place.namn,
            period=period_text(STOCK, period),
            population=first.population,
            source=view.source,
        ),
        notes=(say.NESTED, states.NOT_ADJUSTED),
        method=interval_words(first),
    )
    rows, gaps = queries.in_period(view.release, view.scope, long, view.place.enhet_id, STOCK, period)
    items = {one: _item(one, rows, gaps) for one in long}
    featured = next(one for one in long if one.featured or one is long[-1])
    return bars(frame, list(items.values()), title=both_sexes(items[featured], frame.unit))


def _item(measure: Count, rows: list[queries.Row], gaps: list[queries.Row]) -> Item:
    return Item(
        label=say.length(measure.short),
        by_sex={row["kon"]: row for row in rows if row["matt_id"] == measure.id},
        gap=next((row for row in gaps if row["matt_id"] == measure.id), None),
    )


def beside_each_other(view: View, measure: AnyMeasure) -> Diagram | None:
    """Every vårdcentral in the scope, with the region's value."""
    if measure.id == WITHOUT:
        return _without(view, measure)
    if not isinstance(measure, Count | Curve):
        return None
    kind = queries.yearly_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    region = queries.region_of(view.release, view.place)
    if period is None:
        return None
    rows = queries.across(view.release, view.scope, measure, region, kind, period)
    around = _by_sex(queries.region_row(view.release, measure, region, kind, period))
    return units(measure, kind, period, rows, around, view.place.enhet_id, _unit(measure), view.source)


def _unit(measure: Count | Curve) -> str:
    if isinstance(measure, Count):
        return measure.rate_unit
    return say.PERCENT.format(what=measure.tile.format(dag=measure.headline))


def in_a_funnel(view: View, measure: Count | Curve) -> Diagram | None:
    """The vårdcentraler in the scope against the region, in the last year."""
    last = queries.latest_funnel(view.release, measure, view.manad)
    if last is None:
        return None
    region = queries.region_of(view.release, view.place)
    rows = queries.funnel(view.release, view.scope, measure, region, last["period"])
    tested = queries.tested(view.release, region, last["period"])
    own = view.place.enhet_id
    return funnel(measure, last["periodtyp"], last["period"], rows, own, tested, _unit(measure), view.source)


def in_the_spread(view: View, measure: Count | Curve) -> Diagram | None:
    """The chosen place in the spread of the region's vårdcentraler."""
    bands = queries.spread(view.release, measure, queries.region_of(view.release, view.place), view.manad)
    if not bands:
        return None
    kind = bands[0]["periodtyp"]
    rows = queries.history(view.release, view.scope, measure, view.place.enhet_id, kind)
    return spread(measure, kind, rows, bands, view.place.namn, _unit(measure), view.source)


def among_the_like(view: View, measure: Count | Curve) -> Diagram | None:
    """The chosen vårdcentral and those most like it."""
    kind = queries.yearly_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    peers = queries.alike(view.release, view.scope, view.place.enhet_id)
    if period is None or not peers:
        return None
    region = queries.region_of(view.release, view.place)
    rows = queries.across(view.release, view.scope, measure, region, kind, period)
    around = _by_sex(queries.region_row(view.release, measure, region, kind, period))
    return alike(measure, kind, period, peers, rows, around, view.place.enhet_id, _unit(measure), view.source)


def beside_the_chosen(view: View, measure: Count | Curve) -> Diagram | None:
    """The chosen place and those that the address asks for beside it; None when it asks for none."""
    kind = queries.yearly_kind(measure)
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None or not view.med:
        return None
    places = [
        (
            one.enhet_id,
            one.namn,
            _by_sex(queries.standing(view.release, view.scope, measure, one.enhet_id, kind, period)),
        )
        for one in (view.place, *view.med)
    ]
    region = queries.region_of(view.release, view.place)
    around = _by_sex(queries.region_row(view.release, measure, region, kind, period))
    return chosen(measure, kind, period, places, around, _unit(measure), view.source)


def _by_sex(rows: list[queries.Row]) -> dict[str, queries.Row]:
    return {row["kon"]: row for row in rows}


AMONG = {
    FUNNEL: in_a_funnel,
    SPREAD: in_the_spread,
    ALIKE: among_the_like,
    CHOSEN: beside_the_chosen,
}  # a unit among the others


def _without(view: View, measure: AnyMeasure) -> Diagram | None:
    """The large vårdcentraler in the scope, and which of them lack the resource."""
    period = queries.latest_period(view.release, measure, view.manad, "manad")
    if period is None:
        return None
    region = queries.region_of(view.release, view.place)
    rows = queries.across(view.release, view.scope, measure, region, "manad", period)
    return absent(measure, f"{measure.id}-{UNITS}", period, rows, view.source)
