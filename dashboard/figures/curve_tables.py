"""A curve in figures: days on sick leave, shares as they are and standardised, and the groups of a breakdown."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import Diagram
from dashboard.figures.groups import bars, both_sexes
from dashboard.figures.groups_figure import Frame, Item
from dashboard.texts import states
from dashboard.texts.figures import curve_tables as texts
from dashboard.texts.figures.shared import CASES, PERCENT
from dashboard.texts.numbers import twelve_months
from dashboard.theme import SEXES
from schemas.dimensions import Dimension
from schemas.marginal import NO_DAY
from schemas.measure import Curve

Row = dict[str, Any]
PER_CENT = 100
LIMITS = ("varde", "nedre", "ovre")
CONTRASTS = ("differens", "differens_nedre", "differens_ovre")


def days(measure: Curve, period: str, values: Sequence[Row], gaps: Sequence[Row], place: str, source: str) -> Diagram:
    """Mean days within each declared number of days, and the median. `values` and `gaps` are rows of `kurvtal` and
    `kurvskillnad`."""
    means = [_quantity(texts.MEAN.format(day=tau), "medeldagar", tau, values, gaps, 1) for tau in measure.means]
    median = _quantity(texts.MEDIAN, "median", NO_DAY, values, gaps, 1)
    known = [item for item in means if item.gap and item.gap["utfall"] == "tal"]
    frame = Frame(
        name=f"{measure.id}-dagar",
        measure=measure.id,
        question=texts.DAYS,
        subject=texts.DAYS_SUBJECT.format(what=measure.mean_of),
        unit=measure.mean_of,
        counted=CASES,
        subtitle=texts.DAYS_SUBTITLE.format(what=measure.mean_of, about=_about(measure, period, place, source)),
        notes=(
            texts.ABOUT_MEANS,
            texts.ABOUT_MEDIAN.format(event=measure.event.label.lower()),
            states.NOT_ADJUSTED,
        ),
        method=texts.DAYS_METHOD,
    )
    told = known[-1] if known else means[0]
    return bars(frame, [*means, median], title=both_sexes(told, measure.mean_of))


def standardised(
    measure: Curve, period: str, shares: Sequence[Row], share_gaps: Sequence[Row], values: Sequence[Row],
    gaps: Sequence[Row], place: str, source: str,
) -> Diagram:  # fmt: skip
    """Shares as they are beside shares standardised for age and diagnosis. `shares` are rows of `kurva` of the event, with
    `share_gaps` of `skillnad`."""
    tabled = {
        day: (
            _share(texts.AS_IS.format(day=day), day, shares, share_gaps),
            _quantity(texts.ALIKE.format(day=day), "standard", day, values, gaps, PER_CENT),
        )
        for day in measure.horizons
    }
    drawn = tabled[measure.headline]
    frame = Frame(
        name=f"{measure.id}-standard",
        measure=measure.id,
        question=texts.STANDARD,
        subject=texts.STANDARD_SUBJECT.format(name=measure.name),
        unit=texts.share_on_days(measure.tile.format(dag=measure.headline)),
        counted=CASES,
        subtitle=texts.STANDARD_SUBTITLE.format(name=measure.name, about=_about(measure, period, place, source)),
        notes=(texts.ABOUT_STANDARD,),
        method=texts.STANDARD_METHOD,
    )
    every = [item for pair in tabled.values() for item in pair]
    return bars(frame, drawn, title=both_sexes(drawn[-1], PERCENT), tabled=every)


def by_group(
    measure: Curve, dimension: Dimension, period: str, rows: Sequence[Row], gaps: Sequence[Row], place: str, source: str
) -> Diagram:
    """Every group of a breakdown on the headline day, and on every declared day in the table."""
    unit = texts.SHARE.format(tile=measure.tile.format(dag=measure.headline))
    split = dimension.label.lower()
    groups = [one for one in dimension.categories if any(row["grupp"] == one.id for row in rows)]
    inside = {one.id: [row for row in rows if row["grupp"] == one.id] for one in groups}
    beside = {one.id: [gap for gap in gaps if gap["grupp"] == one.id] for one in groups}
    drawn = [_share(one.label, measure.headline, inside[one.id], beside[one.id]) for one in groups]
    tabled = [
        _share(texts.GROUP_ON_DAY.format(group=one.label, day=day), day, inside[one.id], beside[one.id])
        for one in groups
        for day in measure.horizons
    ]
    frame = Frame(
        name=f"{measure.id}-{dimension.column}",
        measure=measure.id,
        question=texts.GROUPS.format(short=measure.short, split=split),
        subject=texts.PER_GROUP.format(name=measure.name, split=split),
        unit=unit,
        counted=CASES,
        subtitle=texts.GROUPS_SUBTITLE.format(
            name=measure.name, split=split, about=_about(measure, period, place, source)
        ),
        notes=(texts.ABOUT_GROUPS, states.NOT_ADJUSTED),
        method=texts.GROUPS_METHOD,
    )
    return bars(frame, drawn, title=_first_and_last(drawn, unit), tabled=tabled)


def in_percent(gap: Row) -> Row:
    """A difference of shares in percentage points."""
    return _scaled(gap, CONTRASTS, PER_CENT) or gap


def _about(measure: Curve, period: str, place: str, source: str) -> str:
    return texts.ABOUT.format(
        place=place, cohort=measure.cohort, when=twelve_months(period), rule=measure.unit_rule, source=source
    )


def _first_and_last(items: Sequence[Item], unit: str) -> str:
    """The groups with the lowest and the highest share of kvinnor, or of män where no group of kvinnor is shown."""
    for sex in ("K", "M"):
        known = sorted((item for item in items if item.value(sex) is not None), key=lambda item: item.value(sex) or 0)
        if len(known) > 1:
            low, high = known[0], known[-1]
            return texts.FIRST_AND_LAST.format(
                sex=SEXES[sex].label.lower(),
                low_group=low.label.lower(),
                low=f"{low.value(sex):.0f}",
                high_group=high.label.lower(),
                high=f"{high.value(sex):.0f}",
                unit=unit,
            )
    return texts.TOO_FEW


def _quantity(label: str, name: str, day: int, values: Sequence[Row], gaps: Sequence[Row], scale: float) -> Item:
    mine = [row for row in values if row["storhet"] == name and row["dag"] == day]
    gap = next((row for row in gaps if row["storhet"] == name and row["dag"] == day), None)
    return Item(
        label=label,
        by_sex={row["kon"]: _as_value(row, LIMITS, scale) for row in mine},
        gap=_scaled(gap, CONTRASTS, scale),
    )


def _share(label: str, day: int, rows: Sequence[Row], gaps: Sequence[Row]) -> Item:
    """One day of curves; a hidden curve has one row, without day."""
    mine = [row for row in rows if row["kon"] in ("K", "M") and row["dag"] in (day, NO_DAY)]
    gap = next((row for row in gaps if row["dag"] == day), None)
    hidden = any(row["utfall"] == "dolt" for row in mine)
    return Item(
        label=label,
        by_sex={row["kon"]: _as_value(row, ("andel", "nedre", "ovre"), PER_CENT) for row in mine},
        gap={"utfall": "dolt"} if gap is None and hidden else _scaled(gap, CONTRASTS, PER_CENT),
    )


def _as_value(row: Row, fields: tuple[str, str, str], scale: float) -> Row:
    """A row in the form of `varde`: antal is the number of cases."""
    scaled = _scaled(row, fields, scale) or row
    return {
        "utfall": row["utfall"], "kvot_utfall": row["utfall"], "antal": row["n"],
        **{to: scaled[of] for to, of in zip(LIMITS, fields, strict=True)},
    }  # fmt: skip


def _scaled(row: Row | None, fields: Sequence[str], scale: float) -> Row | None:
    return None if row is None else row | {name: None if row[name] is None else scale * row[name] for name in fields}
