"""Every diagram by its name, for the page that shows it and the file that carries it: <measure> and <measure>-<part>."""

from typing import Any

from dashboard import queries
from dashboard.figures.absent import absent
from dashboard.figures.apart import apart
from dashboard.figures.content import Diagram
from dashboard.figures.curve import curve
from dashboard.figures.groups import Frame, Item, bars, both_sexes, dumbbell, highest
from dashboard.figures.selection import selection
from dashboard.figures.trend import trend
from dashboard.figures.units import units
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import period_text
from schemas.dimensions import BREAKDOWNS
from schemas.measure import AnyMeasure, Count, Curve, Resource, Selection

Row = dict[str, Any]
LENGTHS, LONG = "langd", "langa_"  # the diagram, and how the measures that it shows are named
UNITS, GAP, APART = "enheter", "skillnad", "uppdelning"
WITHOUT = "utan_koordinator"
RATE_METHOD = "Intervall 95 %: Byar, exakt Poisson under 10. Skillnad: MOVER. Kvot: exakt betingad."


def named(view: View, name: str) -> Diagram | None:
    """The diagram of a name; None when it does not exist, or when no period of it ends by the chosen month."""
    measures = queries.with_shares(view.release)
    if name == LENGTHS:
        return lengths(view)
    matt, _, part = name.partition("-")
    measure = measures.get(matt)
    if measure is None:
        return None
    if not part:
        return main(view, measure)
    if part == UNITS:
        return beside_each_other(view, measure)
    if not isinstance(measure, Count):
        return None
    if part == APART:
        return taken_apart(view, measure)
    if part in measure.periods:
        return over_time(view, measure, part)
    split, _, form = part.partition("-")
    return by_group(view, measure, split, as_gap=form == GAP) if split in measure.breakdowns else None


def main(view: View, measure: AnyMeasure) -> Diagram | None:
    """The first diagram of a measure."""
    if isinstance(measure, Selection):
        return _selection(view, measure)
    if isinstance(measure, Curve):
        return _curve(view, measure)
    return over_time(view, measure, queries.main_kind(measure))


def _selection(view: View, measure: Selection) -> Diagram | None:
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None:
        return None
    enhet = view.place.enhet_id
    rows = queries.parts(view.release, view.scope, measure, enhet, period)
    gaps = queries.part_gaps(view.release, view.scope, measure, enhet, period)
    return selection(measure, period, rows, gaps, view.place.namn, view.source) if rows else None


def taken_apart(view: View, measure: Count) -> Diagram | None:
    """The difference between women and men and its parts, up to the last quarter that ends by the chosen month."""
    enhet = view.place.enhet_id
    rows = [row for row in queries.taken_apart(view.release, view.scope, measure, enhet) if row["period"] <= view.manad]
    if not rows:
        return None
    gaps = queries.gaps(view.release, view.scope, measure, enhet, rows[0]["periodtyp"])
    return apart(measure, rows[-1]["period"], rows, gaps, view.place.namn, view.source)


def over_time(view: View, measure: Count | Resource, kind: str) -> Diagram | None:
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    rows = queries.series(view.release, view.scope, measure, view.place.enhet_id, kind)
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind)
    return trend(measure, kind, period, rows, gaps, view.place.namn, view.source, queries.main_kind(measure))


def _curve(view: View, measure: Curve) -> Diagram | None:
    period = queries.latest_period(view.release, measure, view.manad, "r12")
    if period is None:
        return None
    rows = queries.curve(view.release, view.scope, measure, view.place.enhet_id, period)
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, "r12")
    least = view.release.facts["kurva_minst"]
    return curve(measure, period, rows, gaps, view.place.namn, view.source, least)


def by_group(view: View, measure: Count, split: str, *, as_gap: bool) -> Diagram | None:
    """A breakdown of a measure in its latest period: bars, or a dumbbell when the difference is what is asked for."""
    period = queries.latest_groups(view.release, measure, split, view.manad)
    if period is None:
        return None
    items = _items(view, measure, split, period)
    dimension = BREAKDOWNS[split]
    kind = "manad" if "r12" not in measure.periods else "r12"
    frame = Frame(
        name=f"{measure.id}-{split}-{GAP}" if as_gap else f"{measure.id}-{split}",
        measure=measure.id,
        question=f"{measure.short} per {dimension.label.lower()}: "
        + ("var skiljer det mellan kvinnor och män?" if as_gap else "vad dominerar?"),
        subject=f"{measure.name} per {dimension.label.lower()}",
        unit=measure.rate_unit,
        counted=measure.counted.value,
        subtitle=f"{measure.name}, {measure.rate_unit}. {view.place.namn}, {period_text(kind, period)}. "
        f"{measure.population}. {view.source}",
        notes=(states.NOT_ADJUSTED,),
        method=RATE_METHOD,
    )
    return dumbbell(frame, items) if as_gap else bars(frame, items, title=highest(items, measure.rate_unit))


def _items(view: View, measure: Count, split: str, period: str) -> list[Item]:
    enhet = view.place.enhet_id
    rows = queries.groups(view.release, view.scope, measure, enhet, split, period)
    gaps = {row["grupp"]: row for row in queries.group_gaps(view.release, view.scope, measure, enhet, split, period)}
    by_group: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_group.setdefault(row["grupp"], {})[row["kon"]] = row
    return [
        Item(label=category.label, by_sex=by_group[category.id], gap=gaps.get(category.id))
        for category in BREAKDOWNS[split].categories
        if category.id in by_group
    ]


def lengths(view: View) -> Diagram | None:
    """The stock beyond each declared length, the shortest first."""
    measures = [one for name, one in queries.measures(view.release).items() if name.startswith(LONG)]
    found = [(one, _now(view, one)) for one in measures if isinstance(one, Count)]
    known = [(measure, item) for measure, item in found if item is not None]
    if not known:
        return None
    first, last = known[0][0], known[-1][1]
    period = max(row["period"] for row in last.by_sex.values())
    frame = Frame(
        name=LENGTHS,
        measure=first.id,
        question="Hur många sjukfall har pågått länge?",
        subject="Pågående sjukfall efter längd",
        unit=first.rate_unit,
        counted=first.counted.value,
        subtitle=f"Pågående sjukfall över ett visst antal dagar, {first.rate_unit}. {view.place.namn}, "
        f"{period_text('manad', period)}. {first.population}. {view.source}",
        notes=("Varje rad ingår i raden ovanför: den som är över 90 dagar är också över 28.", states.NOT_ADJUSTED),
        method=RATE_METHOD,
    )
    items = [item for _, item in known]
    featured = next(item for measure, item in known if measure.featured or item is items[-1])
    return bars(frame, items, title=both_sexes(featured, frame.unit))


def _now(view: View, measure: Count) -> Item | None:
    """A stock in its latest month, as one item."""
    period = queries.latest_period(view.release, measure, view.manad, "manad")
    if period is None:
        return None
    enhet = view.place.enhet_id
    rows = queries.series(view.release, view.scope, measure, enhet, "manad")
    gaps = queries.gaps(view.release, view.scope, measure, enhet, "manad")
    return Item(
        label=measure.short.removeprefix("Sjukfall ").capitalize(),
        by_sex={row["kon"]: row for row in rows if row["period"] == period},
        gap=next((row for row in gaps if row["period"] == period), None),
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
    rows = queries.across(view.release, view.scope, measure, kind, period)
    around = {row["kon"]: row for row in queries.region_row(view.release, measure, region, kind, period)}
    unit = measure.rate_unit if isinstance(measure, Count) else f"procent {measure.tile.format(dag=measure.headline)}"
    return units(measure, kind, period, rows, around, view.place.enhet_id, unit, view.source)


def _without(view: View, measure: AnyMeasure) -> Diagram | None:
    """The large vårdcentraler in the scope, and which of them lack the resource."""
    period = queries.latest_period(view.release, measure, view.manad, "manad")
    if period is None:
        return None
    rows = queries.across(view.release, view.scope, measure, "manad", period)
    return absent(measure, f"{measure.id}-{UNITS}", period, rows, view.source)
