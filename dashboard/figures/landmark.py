"""How the cases still open on a day go on, with an insats by then and without one yet: a description, never an effect."""

from collections.abc import Sequence

from dashboard.figures.content import Cell, Column, Diagram, TableData, common_decimals, mark, plain_cell, share_cell
from dashboard.figures.landmark_figure import landmark_figure
from dashboard.figures.landmark_words import (
    INSATS,
    At,
    Gaps,
    Row,
    cut_note,
    differences,
    left_out_note,
    points,
    silent_note,
    sizes,
    state,
    summary,
    title,
)
from dashboard.texts.figures import landmark as texts
from dashboard.texts.figures import shared
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import signed, twelve_months
from dashboard.theme import SEXES
from schemas.dimensions import ARM, BOTH
from schemas.marginal import NO_DAY
from schemas.measure import Landmark

ALIKE, AS_IS = ("andel", "nedre", "ovre"), ("ojusterad", "ojusterad_nedre", "ojusterad_ovre")
GAP = ("differens", "differens_nedre", "differens_ovre")


def landmark(
    measure: Landmark,
    day: int,
    period: str,
    rows: Sequence[Row],
    gaps: Sequence[Row],
    place: str,
    source: str,
    least: str,
) -> Diagram:
    """`rows` and `gaps` are those of `landmark` and `landmarkskillnad` of one cohort; `least` the fewest persons of an
    arm."""
    mine = [row for row in rows if row["fran_dag"] == day]
    at, gap_at = points(rows, day), differences(gaps, day)
    name = measure.id if day == measure.first else f"{measure.id}-{day}"
    return Diagram(
        name=name,
        measure=measure.id,
        question=measure.question if day == measure.first else texts.QUESTION.format(day=day),
        title=title(measure, day, at, gap_at),
        subtitle=texts.SUBTITLE.format(
            day=day,
            place=place,
            cohort=measure.cohort,
            when=twelve_months(period),
            sizes=sizes(at, day),
            rule=measure.unit_rule,
            source=source,
        ),
        summary=summary(measure, day, at),
        figure=landmark_figure(measure, day, at) if at else None,
        state=None if at else state(mine, least),
        tabulated=lambda: _table(measure, day, mine, at, gap_at),
        reading=measure.reading,
        notes=(measure.limits[0], *silent_note(mine), *left_out_note(mine), *cut_note(measure, mine))
        if at
        else (measure.limits[0],),
        method=interval_words(measure),
    )


def _table(measure: Landmark, day: int, rows: Sequence[Row], at: At, gap_at: Gaps) -> TableData:
    columns = [
        Column(group=texts.BY_DAY.format(arm=arm.label, day=day) if arm.id == INSATS else arm.label, label=label, unit=unit)
        for arm in ARM.categories
        for label, unit in (*shared.SHARES, (shared.COUNT, shared.CASES))
    ]  # fmt: skip
    columns += [Column(group=texts.GAP, label=label, unit=shared.POINTS) for label in shared.VALUE_LIMITS]
    silent = {row["kon"]: row for row in rows if row["dag"] == NO_DAY}
    at = {(row["kon"], row["arm"], row["dag"]): row for row in rows}
    decimals = common_decimals(list(at.values()))
    return TableData(
        caption=texts.CAPTION.format(name=measure.name, day=day),
        first=texts.FIRST,
        columns=tuple(columns),
        rows=tuple(
            (texts.ROW.format(day=after, sex=SEXES[sex].label.lower(), how=how), cells)
            for after in measure.horizons
            for how, fields, of_gap in (("", ALIKE, GAP), (texts.AS_IS, AS_IS, AS_IS))
            for sex in BOTH
            for cells in [_cells(sex, after, fields, of_gap, at, gap_at, silent, decimals)]
        ),
    )


def _cells(
    sex: str,
    after: int,
    fields: Sequence[str],
    of_gap: Sequence[str],
    at: At,
    gap_at: Gaps,
    silent: dict,
    decimals: int,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for arm in ARM.ids:
        row = at.get((sex, arm, after)) or silent.get(sex)
        cells += [share_cell(row, field, decimals) for field in fields]
        cells += [plain_cell(row, "i_risk"), plain_cell(row, "n")]
    gap = gap_at.get((sex, after)) or silent.get(sex)
    return (*cells, *(_gap_cell(gap, field, decimals) for field in of_gap))


def _gap_cell(gap: Row | None, field: str, decimals: int) -> Cell:
    if gap is None or gap["utfall"] != "tal" or gap[field] is None:
        return mark("ej_beraknat" if gap is None or gap["utfall"] == "tal" else gap["utfall"])
    return Cell(value=100 * gap[field], text=signed(100 * gap[field], decimals))
