"""The parts of one group at a time, for breakdowns with too many to stand beside each other: sections of a chapter."""

from dataclasses import replace

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.figures.sections import sections, size
from dashboard.pages.group_content import as_numbers, counted_item, group_frame, group_items, group_kind
from dashboard.pages.view import OutsideLattice, View
from dashboard.texts.pages import diagrams as say
from schemas.dimension import Category
from schemas.dimensions import BREAKDOWNS
from schemas.measure import Count


def wholes(split: str) -> tuple[Category, ...]:
    """The groups that a breakdown divides further, in order."""
    finer = BREAKDOWNS[split]
    return tuple(one for one in BREAKDOWNS[finer.coarser].categories if len(finer.inside(one.id)) > 1)


def chosen_whole(view: View, measure: Count, split: str) -> Category | None:
    """The group that the address asks for, or else the largest one shown; None where none is.
    Raises OutsideLattice."""
    offered = {one.id: one for one in wholes(split)}
    if view.kapitel:
        return _one_of(offered, view.kapitel)
    coarser, kind = BREAKDOWNS[split].coarser, group_kind(measure)
    period = queries.latest_groups(view.release, measure, split, kind, view.manad)
    items = group_items(view, measure, coarser, kind, period) if period else []
    largest = {item.label: size(item) for item in items}
    return max(offered.values(), key=lambda one: largest.get(one.label, 0)) if any(largest.values()) else None


def _one_of(offered: dict[str, Category], name: str) -> Category:
    if name not in offered:
        raise OutsideLattice
    return offered[name]


def inside_one(view: View, measure: Count, split: str, name: str) -> Diagram | None:
    """The parts of the group `name`; without a name of the chosen group."""
    chosen = next((one for one in wholes(split) if one.id == name), None)
    whole = chosen_whole(view, measure, split) if not name else chosen
    kind = group_kind(measure)
    period = queries.latest_groups(view.release, measure, split, kind, view.manad)
    if whole is None or period is None:
        return None
    parts = {part.label for part in BREAKDOWNS[split].inside(whole.id)}
    items = [item for item in group_items(view, measure, split, kind, period) if item.label in parts]
    if not items:
        return None
    coarser = group_items(view, measure, BREAKDOWNS[split].coarser, kind, period)
    as_counts = as_numbers(items)
    shown = [counted_item(item) for item in items] if as_counts else items
    frame = group_frame(view, measure, split, kind, period, as_counts=as_counts)
    told = replace(
        frame,
        name=f"{frame.name}-{whole.id}",
        question=say.SECTIONS_DOMINATE.format(whole=whole.label),
        subject=f"{frame.subject}, {whole.label}",
        subtitle=f"{whole.label}. {frame.subtitle}",
    )
    whole_item = next((item for item in coarser if item.label == whole.label), None)
    return sections(told, shown, whole_item, measure.per, as_counts=as_counts)
