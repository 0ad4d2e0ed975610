"""Every diagram by its name, for the page that shows it and the file that carries it: <measure> and <measure>-<part>."""

from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.figures.apart import APART, apart, of_count
from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, both_sexes, dumbbell, highest
from dashboard.figures.groups_figure import Frame, Item
from dashboard.figures.selection import selection
from dashboard.figures.signal import signal
from dashboard.figures.trend import trend
from dashboard.pages.beside_content import AMONG, LENGTHS, UNITS, beside_each_other, lengths
from dashboard.pages.curve_content import curve_diagram, curve_part, occupation_diagram
from dashboard.pages.landmark_content import landmark_diagram
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import period_text
from schemas.dimension import Breakdown
from schemas.dimensions import BREAKDOWNS, DIAGNOS5
from schemas.measure import (
    AnyMeasure,
    Count,
    Counted,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Selection,
    Share,
)

Row = dict[str, Any]
Group = tuple[str, str]
Broken = Count | Distribution
Counting = Count | Resource | Distribution
GAP, SIGNAL = "skillnad", "signal"
AS_COUNTS = "Listade är inte levererade i dessa grupper, därför visas antal."


def named(view: View, name: str) -> Diagram | None:
    """The diagram of a name; None when it does not exist, or when no period of it ends by the chosen month."""
    measures = queries.with_shares(view.release)
    if name == LENGTHS:
        return lengths(view)
    matt, _, part = name.partition("-")
    measure = measures.get(matt)
    if measure is None:
        return None
    return _part(view, measure, part) if part else main(view, measure)


def _part(view: View, measure: AnyMeasure, part: str) -> Diagram | None:
    if part == UNITS:
        return beside_each_other(view, measure)
    if part in AMONG:
        return AMONG[part](view, measure) if isinstance(measure, Count | Curve) else None
    if isinstance(measure, Curve | Landmark):
        return curve_part(view, measure, part) if isinstance(measure, Curve) else landmark_diagram(view, measure, part)
    if part == SIGNAL:
        return process(view, measure)
    if isinstance(measure, Count) and part == APART:
        return taken_apart(view, measure)
    if isinstance(measure, Count) and part in measure.periods:
        return over_time(view, measure, part)
    return _broken(view, measure, part) if isinstance(measure, Count | Distribution) else None


def _broken(view: View, measure: Broken, part: str) -> Diagram | None:
    """<breakdown>, <breakdown>-skillnad or <breakdown>-<group>: the groups beside each other, or one of them over time."""
    split, _, rest = part.partition("-")
    if split not in measure.breakdowns:
        return None
    if rest in ("", GAP):
        return by_group(view, measure, split, as_gap=rest == GAP)
    return group_over_time(view, measure, split, rest) if rest in BREAKDOWNS[split].ids else None


def main(view: View, measure: AnyMeasure) -> Diagram | None:
    """The first diagram of a measure."""
    if isinstance(measure, Selection):
        return _selection(view, measure)
    if isinstance(measure, Curve):
        return curve_diagram(view, measure)
    if isinstance(measure, Occupation):
        return occupation_diagram(view, measure)
    if isinstance(measure, Landmark):
        return landmark_diagram(view, measure)
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
    return apart(of_count(measure), rows[-1]["period"], rows, gaps, view.place.namn, view.source)


def over_time(view: View, measure: Counting, kind: str, group: Group = queries.WHOLE) -> Diagram | None:
    period = queries.latest_period(view.release, measure, view.manad, kind)
    if period is None:
        return None
    rows = queries.series(view.release, view.scope, measure, view.place.enhet_id, kind, group)
    gaps = queries.gaps(view.release, view.scope, measure, view.place.enhet_id, kind, group)
    return trend(measure, kind, period, rows, gaps, view.place.namn, view.source, queries.main_kind(measure))


def offered(view: View, measure: AnyMeasure) -> tuple[Breakdown, ...]:
    """The breakdowns of a measure that are published at the level of the chosen place."""
    names = measure.breakdowns if isinstance(measure, Count | Distribution) else ()
    return tuple(BREAKDOWNS[name] for name in names if BREAKDOWNS[name].kinds(view.place.niva))


def group_over_time(view: View, measure: Broken, split: str, group: str) -> Diagram | None:
    """One group of a breakdown through all periods: quarters where they are published, else twelve months; of a stock the
    last day of every quarter."""
    dimension = BREAKDOWNS[split]
    kind = _group_kind(measure)
    if kind == "r12" and isinstance(measure, Count) and "kvartal" in measure.periods:
        kind = "kvartal" if "kvartal" in dimension.kinds(view.place.niva) else kind
    content = over_time(view, measure, kind, (split, group))
    if content is None or not content.table.rows:
        return None
    label = dimension.label_of(group)
    return replace(
        content,
        name=f"{measure.id}-{split}-{group}",
        question=f"{label}: hur har det utvecklats?",
        subtitle=f"{label}. {content.subtitle}",
        table=replace(content.table, caption=f"{label}. {content.table.caption}"),
    )


def _group_kind(measure: Broken) -> str:
    """The kind of period that groups are beside each other in."""
    if isinstance(measure, Count):
        return "r12" if "r12" in measure.periods else "manad"
    return queries.main_kind(measure)


def by_group(view: View, measure: Broken, split: str, *, as_gap: bool) -> Diagram | None:
    """A breakdown of a measure in its latest period: bars, or a dumbbell when the difference is what is asked for. Where
    no listade are known for the groups the number is shown."""
    kind = _group_kind(measure)
    period = queries.latest_groups(view.release, measure, split, kind, view.manad)
    items = _items(view, measure, split, kind, period) if period else []
    if period is None or not items:
        return None
    as_counts = not any(row["varde"] is not None for item in items for row in item.by_sex.values())
    frame = _group_frame(view, measure, split, kind, period, as_counts=as_counts)
    if as_gap:
        told = (TOGETHER,) if _adds_up(measure, split) and not as_counts else ()
        named_gap = {"name": f"{frame.name}-{GAP}", "question": f"{frame.subject}: {DIFFERS}"}
        return dumbbell(replace(frame, **named_gap, notes=(*told, *frame.notes)), items)
    if isinstance(measure, Distribution):
        told = next(item for item in items if item.label == BREAKDOWNS[split].label_of(measure.headline))
        return bars(frame, items, title=both_sexes(told, frame.unit, frame.decimals))
    shown = [_counted(item) for item in items] if as_counts else items
    return bars(frame, shown, title=highest(shown, frame.unit, frame.decimals))


TOGETHER = "Gruppernas skillnader är tillsammans hela skillnaden, eftersom alla delas med samma listade."
DIFFERS = "var skiljer det mellan kvinnor och män?"


def _adds_up(measure: Broken, split: str) -> bool:
    """Whether rates of the groups add up to the rate of the whole: they are per the same listade, who have no diagnosis."""
    cases = isinstance(measure, Count) and not isinstance(measure, Share) and measure.counted is Counted.CASES
    return cases and split == DIAGNOS5.column


def _group_frame(view: View, measure: Broken, split: str, kind: str, period: str, *, as_counts: bool) -> Frame:
    label = BREAKDOWNS[split].label.lower()
    spread = isinstance(measure, Distribution)
    counted = measure.counted.value if isinstance(measure, Count) else "sjukfall"
    unit = counted if as_counts else measure.rate_unit
    return Frame(
        name=f"{measure.id}-{split}",
        measure=measure.id,
        question=f"{measure.name}: hur stor är spridningen?"
        if spread
        else f"{measure.short} per {label}: vad dominerar?",
        subject=measure.name if spread else f"{measure.short} per {label}",
        unit=unit,
        counted=counted,
        subtitle=f"{measure.name}, {unit}. {view.place.namn}, {period_text(kind, period)}. "
        f"{measure.population}. {view.source}",
        notes=((AS_COUNTS,) if as_counts else ()) + (states.NOT_ADJUSTED,),
        method=interval_words(measure),
        decimals=measure.decimals if isinstance(measure, Distribution) else 0 if as_counts else 1,
    )


def _counted(item: Item) -> Item:
    """The same with its number as the value: a number has no interval."""
    rows = {
        sex: row | {"varde": row["antal"], "kvot_utfall": row["utfall"], "nedre": None, "ovre": None}
        for sex, row in item.by_sex.items()
    }
    return replace(item, by_sex=rows)


def _items(view: View, measure: Broken, split: str, kind: str, period: str) -> list[Item]:
    asked = (view.release, view.scope, measure, view.place.enhet_id, split, kind, period)
    gaps = {row["grupp"]: row for row in queries.group_gaps(*asked)}
    by_group: dict[str, dict[str, Row]] = {}
    for row in queries.groups(*asked):
        by_group.setdefault(row["grupp"], {})[row["kon"]] = row
    return [
        Item(label=category.label, by_sex=by_group[category.id], gap=gaps.get(category.id))
        for category in BREAKDOWNS[split].categories
        if category.id in by_group
    ]


def process(view: View, measure: AnyMeasure) -> Diagram | None:
    """Whether the measure has changed; None where it is not followed at all."""
    if not isinstance(measure, Count | Distribution):
        return None
    rows = queries.process(view.release, view.scope, measure, view.place.enhet_id, view.manad)
    return signal(measure, rows, view.place.namn, view.source) if rows else None
