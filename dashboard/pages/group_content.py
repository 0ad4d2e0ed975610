"""The groups of a breakdown beside each other, as a picture and a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, both_sexes, dumbbell, highest
from dashboard.figures.groups_figure import Frame, Item
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import period_text
from dashboard.texts.pages import diagrams as say
from schemas.dimensions import BREAKDOWNS, DIAGNOS5
from schemas.measure import Count, Counted, Distribution, Share

Row = dict[str, Any]
Broken = Count | Distribution
GAP = "skillnad"


def group_kind(measure: Broken) -> str:
    """The kind of period that groups are beside each other in."""
    if isinstance(measure, Count):
        return "r12" if "r12" in measure.periods else "manad"
    return queries.main_kind(measure)


def by_group(view: View, measure: Broken, split: str, *, as_gap: bool) -> Diagram | None:
    """A breakdown of a measure in its latest period: bars, or a dumbbell when the difference is what is asked for. Where
    no listade are known for the groups the number is shown."""
    kind = group_kind(measure)
    period = queries.latest_groups(view.release, measure, split, kind, view.manad)
    items = group_items(view, measure, split, kind, period) if period else []
    if period is None or not items:
        return None
    as_counts = as_numbers(items)
    frame = group_frame(view, measure, split, kind, period, as_counts=as_counts)
    if as_gap:
        told = (say.TOGETHER,) if _adds_up(measure, split) and not as_counts else ()
        named_gap = {"name": f"{frame.name}-{GAP}", "question": say.DIFFERS.format(subject=frame.subject)}
        return dumbbell(replace(frame, **named_gap, notes=(*told, *frame.notes)), items)
    if isinstance(measure, Distribution):
        told = next(item for item in items if item.label == BREAKDOWNS[split].label_of(measure.headline))
        return bars(frame, items, title=both_sexes(told, frame.unit, frame.decimals))
    shown = [counted_item(item) for item in items] if as_counts else items
    return bars(frame, shown, title=highest(shown, frame.unit, frame.decimals))


def as_numbers(items: Sequence[Item]) -> bool:
    """Whether groups have numbers but no rates, because no listade are known for them."""
    known = [row for item in items for row in item.by_sex.values() if row["antal"] is not None]
    return bool(known) and all(row["varde"] is None for row in known)


def _adds_up(measure: Broken, split: str) -> bool:
    """Whether rates of the groups add up to the rate of the whole: they are per the same listade, who have no diagnosis."""
    cases = isinstance(measure, Count) and not isinstance(measure, Share) and measure.counted is Counted.CASES
    return cases and split == DIAGNOS5.column


def group_frame(view: View, measure: Broken, split: str, kind: str, period: str, *, as_counts: bool) -> Frame:
    by_split = say.BY.format(short=measure.short, split=BREAKDOWNS[split].label.lower())
    spread = isinstance(measure, Distribution)
    counted = measure.counted.value if isinstance(measure, Count) else Counted.CASES.value
    unit = counted if as_counts else measure.rate_unit
    return Frame(
        name=f"{measure.id}-{split}",
        measure=measure.id,
        question=say.SPREAD.format(name=measure.name) if spread else say.DOMINATES.format(subject=by_split),
        subject=measure.name if spread else by_split,
        unit=unit,
        counted=counted,
        subtitle=say.SUBTITLE.format(
            what=measure.name,
            unit=unit,
            place=view.place.namn,
            period=period_text(kind, period),
            population=measure.population,
            source=view.source,
        ),
        notes=((say.AS_COUNTS,) if as_counts else ()) + (states.NOT_ADJUSTED,),
        method=interval_words(measure),
        decimals=measure.decimals if isinstance(measure, Distribution) else 0 if as_counts else 1,
    )


def counted_item(item: Item) -> Item:
    """The same with its number as the value: a number has no interval."""
    rows = {
        sex: row | {"varde": row["antal"], "kvot_utfall": row["utfall"], "nedre": None, "ovre": None}
        for sex, row in item.by_sex.items()
    }
    return replace(item, by_sex=rows)


def group_items(view: View, measure: Broken, split: str, kind: str, period: str) -> list[Item]:
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
