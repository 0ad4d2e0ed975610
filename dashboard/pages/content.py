"""Every diagram by its name, for the page that shows it and the file that carries it: <measure> and <measure>-<part>."""

from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.figures.apart import APART, apart, of_count
from dashboard.figures.content import Diagram
from dashboard.figures.decided import with_decisions
from dashboard.figures.selection import selection
from dashboard.figures.signal import signal
from dashboard.figures.trend import trend
from dashboard.pages.beside_content import AMONG, LENGTHS, UNITS, beside_each_other, lengths
from dashboard.pages.curve_content import curve_diagram, curve_part, occupation_diagram
from dashboard.pages.group_content import GAP, Broken, by_group, group_kind
from dashboard.pages.landmark_content import landmark_diagram
from dashboard.pages.section_content import inside_one
from dashboard.pages.view import View
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.pages import diagrams as say
from schemas.dimension import Breakdown
from schemas.dimensions import BREAKDOWNS
from schemas.lattice import kinds, of_measure, whole_kinds
from schemas.measure import (
    AnyMeasure,
    Count,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Selection,
)

Row = dict[str, Any]
Group = tuple[str, str]
Counting = Count | Resource | Distribution
SIGNAL = "signal"


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
    if isinstance(measure, Count) and part in whole_kinds(measure, view.place.niva):
        return over_time(view, measure, part)
    return _broken(view, measure, part) if isinstance(measure, Count | Distribution) else None


def _broken(view: View, measure: Broken, part: str) -> Diagram | None:
    """<breakdown>, <breakdown>-skillnad or <breakdown>-<group>: the groups beside each other, or one of them over time.
    Where only the parts of one coarser group stand beside each other it is <breakdown>-<that group>."""
    split, _, rest = part.partition("-")
    if split not in measure.breakdowns:
        return None
    if isinstance(measure, Count) and BREAKDOWNS[split].one_at_a_time and rest not in BREAKDOWNS[split].ids:
        return inside_one(view, measure, split, rest)
    if rest in ("", GAP):
        return by_group(view, measure, split, as_gap=rest == GAP)
    return group_over_time(view, measure, split, rest) if rest in BREAKDOWNS[split].ids else None


def main(view: View, measure: AnyMeasure) -> Diagram | None:
    """The first diagram of a measure, with what has been decided about it."""
    content = _main(view, measure)
    return content and with_decisions(content, view.decided.get(measure.id, ()))


def _main(view: View, measure: AnyMeasure) -> Diagram | None:
    if isinstance(measure, Selection):
        return _selection(view, measure)
    if isinstance(measure, Curve):
        return curve_diagram(view, measure)
    if isinstance(measure, Occupation):
        return occupation_diagram(view, measure)
    if isinstance(measure, Landmark):
        return landmark_diagram(view, measure)
    return over_time(view, measure, queries.main_kind(measure, view.place.niva))


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
    main_one = queries.main_kind(measure, view.place.niva)
    content = trend(measure, kind, period, rows, gaps, view.place.namn, view.source, main_one)
    if kind != "manad" or period == view.manad:
        return content
    late = states.NOT_DELIVERED.format(month=month(view.manad), latest=month(period))
    return replace(content, notes=(late, *content.notes))


def offered(view: View, measure: AnyMeasure) -> tuple[Breakdown, ...]:
    """The breakdowns of a measure that are published at the level of the chosen place."""
    names = measure.breakdowns if isinstance(measure, Count | Distribution) else ()
    there = {one.indelning for one in of_measure(measure) if one.table == "varde" and one.niva == view.place.niva}
    return tuple(BREAKDOWNS[name] for name in names if name in there)


def group_over_time(view: View, measure: Broken, split: str, group: str) -> Diagram | None:
    """One group of a breakdown through all periods: quarters where they are published, else twelve months; of a stock the
    last day of every quarter."""
    dimension = BREAKDOWNS[split]
    kind = group_kind(measure)
    if isinstance(measure, Count) and "kvartal" in kinds(measure, split, view.place.niva):
        kind = "kvartal"
    content = over_time(view, measure, kind, (split, group))
    if content is None or not content.table.rows:
        return None
    label = dimension.label_of(group)
    return replace(
        content,
        name=f"{measure.id}-{split}-{group}",
        question=say.OVER_TIME.format(group=label),
        subtitle=f"{label}. {content.subtitle}",
        tabulated=lambda: replace(content.table, caption=f"{label}. {content.table.caption}"),
    )


def process(view: View, measure: AnyMeasure) -> Diagram | None:
    """Whether the measure has changed; None where it is not followed at all."""
    if not isinstance(measure, Count | Distribution):
        return None
    rows = queries.process(view.release, view.scope, measure, view.place.enhet_id, view.manad)
    if not rows:
        return None
    return with_decisions(signal(measure, rows, view.place.namn, view.source), view.decided.get(measure.id, ()), rows)
