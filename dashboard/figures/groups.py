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
from dashboard.texts.numbers import HIDDEN, SPOKEN, in_sentence, number
from dashboard.theme import SEXES

Row = dict[str, Any]
MANY = 12
BAR = ("Varje par av staplar är en grupp. Strecken vid staplarnas ändar visar osäkerheten.",
       "Titeln och tabellen säger om skillnaden mellan kvinnor och män är större än slumpen.")  # fmt: skip
DUMBBELL = ("Ringen är kvinnor och fyrkanten män; strecket mellan dem är skillnaden. Störst skillnad står överst.",
            "Fylld punkt efter namnet betyder att skillnaden är större än slumpen, tom att den kan vara slump.")  # fmt: skip


def bars(frame: Frame, items: Sequence[Item], *, title: str, tabled: Sequence[Item] | None = None) -> Diagram:
    """Paired horizontal bars in the order of `items`, kvinnor above män. Of many groups those that are hidden for both
    stand only in the table, which has the same rows, or `tabled` where it tells more than fits in a picture."""
    known = [item for item in items if item.value("K") is not None or item.value("M") is not None]
    drawn = known if len(items) > MANY else items
    return _diagram(frame, items, title, bar_figure(drawn, frame), BAR, tabled or items)


def dumbbell(frame: Frame, items: Sequence[Item]) -> Diagram:
    """Kvinnor and män on one line per group, the largest difference first; groups that are hidden for either sex last."""
    ordered = sorted(items, key=lambda item: -_distance(item))
    known = [item for item in ordered if _distance(item) >= 0]
    figure = dumbbell_figure(known, frame) if known else None
    return _diagram(frame, ordered, _dumbbell_title(known, frame), figure, DUMBBELL, ordered)


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
    return f"Störst grupp hos {' och hos '.join(parts)}." if parts else "Värdena visas inte."


def both_sexes(item: Item, unit: str, decimals: int = 1) -> str:
    """The title of bars that are about one group above all."""
    women, men = item.value("K"), item.value("M")
    if women is None and men is None:
        return f"{item.label}: värdet visas inte."
    if women is None or men is None:
        known, other = ("män", "kvinnor") if women is None else ("kvinnor", "män")
        value = number(women or men or 0, decimals)
        return f"{item.label}: {known} {value} {unit}; värdet för {other} visas inte."
    return f"{item.label}: kvinnor {number(women, decimals)}, män {number(men, decimals)} {unit}{_chance(item.gap)}."


def _chance(gap: Row | None) -> str:
    sure = exceeds_chance(gap)
    return "" if sure is None else f"; {states.EXCEEDS_CHANCE if sure else states.MAY_BE_CHANCE}"


def _distance(item: Item) -> float:
    women, men = item.value("K"), item.value("M")
    return -1.0 if women is None or men is None else abs(women - men)


def _dumbbell_title(known: Sequence[Item], frame: Frame) -> str:
    if not known:
        return "Värdena visas inte."
    return f"Störst skillnad: {both_sexes(known[0], frame.unit, frame.decimals)}"


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
        table=_table(frame, tabled),
        reading=reading,
        notes=((f"{HIDDEN} = dolt.",) if hidden and drawn else ()) + frame.notes,
        method=frame.method,
    )


def _summary(frame: Frame, items: Sequence[Item]) -> str:
    parts = [f"Diagram. {frame.subject}, {frame.unit}."]
    for item in items:
        texts = ((SEXES[sex].label.lower(), written(item, sex, frame)) for sex in ("K", "M"))
        values = [f"{sex} {SPOKEN.get(text, text)}" for sex, text in texts]
        parts.append(f"{item.label}: {', '.join(values)}.")
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _table(frame: Frame, items: Sequence[Item]) -> TableData:
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit)
        for sex in ("K", "M")
        for label, unit in (("Antal", frame.counted), ("Värde", frame.unit), ("Nedre", "95 %"), ("Övre", "95 %"))
    ]
    return TableData(
        caption=f"{frame.subject}, {frame.unit}",
        first="Grupp",
        columns=(*columns, *gap_columns(frame.unit)),
        rows=tuple((item.label, _cells(item, frame.decimals)) for item in items),
    )


def _cells(item: Item, decimals: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for sex in ("K", "M"):
        row = item.by_sex.get(sex)
        cells += [count_cell(row), *(rate_cell(row, field, decimals) for field in ("varde", "nedre", "ovre"))]
    return (*cells, *gap_cells(item.gap, scale=1, decimals=decimals))
