"""Groups beside each other, kvinnor and män: as paired bars, or as a dumbbell that shows the difference."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import (
    Cell,
    Column,
    Diagram,
    TableData,
    count_cell,
    exceeds_chance,
    gap_cells,
    gap_columns,
    rate_cell,
)  # fmt: skip
from dashboard.figures.groups_figure import Frame, Item, bar_figure, dumbbell_figure, written
from dashboard.texts import states
from dashboard.texts.figures import groups as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import SPOKEN, in_sentence, number
from dashboard.theme import SEXES

Row = dict[str, Any]
MANY = 12


def bars(frame: Frame, items: Sequence[Item], *, title: str, tabled: Sequence[Item] | None = None) -> Diagram:
    """Paired horizontal bars in the order of `items`, kvinnor above män. Of many groups those that are hidden for both
    stand only in the table, which has the same rows, or `tabled` where it tells more than fits in a picture."""
    known = [item for item in items if item.value("K") is not None or item.value("M") is not None]
    drawn = known if len(items) > MANY else items
    return _diagram(frame, items, title, bar_figure(drawn, frame), texts.BARS, tabled or items)


def dumbbell(frame: Frame, items: Sequence[Item]) -> Diagram:
    """Kvinnor and män on one line per group, the largest difference first; groups that are hidden for either sex last."""
    ordered = sorted(items, key=lambda item: -_distance(item))
    known = [item for item in ordered if _distance(item) >= 0]
    figure = dumbbell_figure(known, frame) if known else None
    return _diagram(frame, ordered, _dumbbell_title(known, frame), figure, texts.DUMBBELL, ordered)


def highest(items: Sequence[Item], unit: str, decimals: int = 1) -> str:
    """The title of bars: the largest group of each sex."""
    parts = []
    for sex in ("K", "M"):
        known = [item for item in items if item.value(sex) is not None]
        if known:
            top = max(known, key=lambda item: item.value(sex) or 0)
            parts.append(
                f"{SEXES[sex].label.lower()} {in_sentence(top.label)} ({number(top.value(sex) or 0, decimals)} {unit})"
            )
    return texts.highest(parts)


def both_sexes(item: Item, unit: str, decimals: int = 1) -> str:
    """The title of bars that are about one group above all."""
    women, men = item.value("K"), item.value("M")
    if women is None and men is None:
        return texts.NOT_SHOWN.format(label=item.label)
    if women is None or men is None:
        known, other = (SEXES[sex].label.lower() for sex in (("M", "K") if women is None else ("K", "M")))
        value = number(women or men or 0, decimals)
        return texts.ONE_SEX.format(label=item.label, known=known, value=value, unit=unit, other=other)
    return texts.BOTH.format(
        label=item.label,
        women=number(women, decimals),
        men=number(men, decimals),
        unit=unit,
        ending=shared.ending(exceeds_chance(item.gap)),
    )


def _distance(item: Item) -> float:
    women, men = item.value("K"), item.value("M")
    return -1.0 if women is None or men is None else abs(women - men)


def _dumbbell_title(known: Sequence[Item], frame: Frame) -> str:
    if not known:
        return texts.NONE_SHOWN
    return texts.LARGEST_GAP.format(said=both_sexes(known[0], frame.unit, frame.decimals))


def _diagram(
    frame: Frame,
    items: Sequence[Item],
    title: str,
    figure: dict | None,
    reading: tuple[str, str],
    tabled: Sequence[Item],
) -> Diagram:
    drawn = any(item.value(sex) is not None for item in items for sex in ("K", "M"))
    hidden = any(row["utfall"] == "dolt" for item in items for row in item.by_sex.values())
    return Diagram(
        name=frame.name,
        measure=frame.measure,
        question=frame.question,
        title=title,
        subtitle=frame.subtitle,
        summary=_summary(frame, items),
        figure=figure if drawn else None,
        state=None if drawn else states.HIDDEN if hidden else states.EMPTY,
        tabulated=lambda: _table(frame, tabled),
        reading=reading,
        notes=((f"{shared.HIDDEN_IS}.",) if hidden and drawn else ()) + frame.notes,
        method=frame.method,
    )


def _summary(frame: Frame, items: Sequence[Item]) -> str:
    parts = [texts.SUMMARY.format(subject=frame.subject, unit=frame.unit)]
    for item in items:
        told = ((SEXES[sex].label.lower(), written(item, sex, frame)) for sex in ("K", "M"))
        values = [f"{sex} {SPOKEN.get(text, text)}" for sex, text in told]
        parts.append(f"{item.label}: {', '.join(values)}.")
    return " ".join([*parts, shared.IN_TABLE])


def _table(frame: Frame, items: Sequence[Item]) -> TableData:
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit)
        for sex in ("K", "M")
        for label, unit in ((shared.COUNT, frame.counted), (shared.VALUE, frame.unit), *shared.LIMITS)
    ]
    return TableData(
        caption=f"{frame.subject}, {frame.unit}",
        first=texts.GROUP,
        columns=(*columns, *gap_columns(frame.unit)),
        rows=tuple((item.label, _cells(item, frame.decimals)) for item in items),
    )


def _cells(item: Item, decimals: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for sex in ("K", "M"):
        row = item.by_sex.get(sex)
        cells += [count_cell(row), *(rate_cell(row, field, decimals) for field in ("varde", "nedre", "ovre"))]
    return (*cells, *gap_cells(item.gap, scale=1, decimals=decimals))
