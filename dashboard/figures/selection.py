"""Shares of the same whole as paired bars: the steps of a chain in their order, other kinds with the commonest first."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, both_sexes
from dashboard.figures.groups_figure import Frame, Item
from dashboard.texts import states
from dashboard.texts.figures import selection as texts
from dashboard.texts.figures.shared import CASES
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import twelve_months
from schemas.measure import Selection

Rows = Sequence[dict[str, Any]]


def selection(measure: Selection, period: str, rows: Rows, gaps: Rows, place: str, source: str) -> Diagram:
    """`rows` and `gaps` are the published rows of the whole and the shares in one period."""
    by_name: dict[str, dict[str, dict]] = {}
    for row in rows:
        by_name.setdefault(row["matt_id"], {})[row["kon"]] = row
    gap_of = {row["matt_id"]: row for row in gaps}
    known = [
        (part.id, Item(label=part.label, by_sex=by_name[share.id], gap=gap_of.get(share.id)))
        for part, share in zip(measure.parts, measure.shares, strict=True)
        if share.id in by_name
    ]
    told = next(item for name, item in known if name == measure.headline)
    items = [item for _, item in known]
    if measure.nested:
        items = [_whole(by_name.get(measure.whole, {})), *items]
    else:
        items = sorted(items, key=lambda item: -_largest(item))
    frame = Frame(
        name=measure.id,
        measure=measure.id,
        question=measure.question,
        subject=measure.name,
        unit=measure.rate_unit,
        counted=CASES,
        subtitle=texts.SUBTITLE.format(
            name=measure.name,
            unit=measure.rate_unit,
            place=place,
            when=twelve_months(period),
            rule=measure.unit_rule,
            source=source,
        ),
        notes=(measure.note, states.NOT_ADJUSTED),
        method=interval_words(measure),
    )
    return bars(frame, items, title=both_sexes(told, measure.rate_unit))


def _whole(by_sex: dict[str, dict[str, Any]]) -> Item:
    """The whole itself: all of it, without uncertainty; its own rate is per listade and said elsewhere."""
    shown = {
        sex: row | {"kvot_utfall": row["utfall"], "varde": 100.0 if row["antal"] else None, "nedre": None, "ovre": None}
        for sex, row in by_sex.items()
    }
    return Item(label=texts.WHOLE, by_sex=shown, gap=None)


def _largest(item: Item) -> float:
    """The larger of the two; what is hidden for both stands last."""
    return max((value for value in (item.value("K"), item.value("M")) if value is not None), default=-1.0)
