"""Groups beside each other, kvinnor and män: as paired bars, or as a dumbbell that shows the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
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
from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN, MISSING, SPOKEN, in_sentence, number
from dashboard.theme import LINE, SEXES, layout

Row = dict[str, Any]
ROW_HEIGHT, LABEL_WIDTH = 58, 18
MANY = 12
BAR = ("Varje par av staplar är en grupp. Strecken vid staplarnas ändar visar osäkerheten.",
       "Titeln och tabellen säger om skillnaden mellan kvinnor och män är större än slumpen.")  # fmt: skip
DUMBBELL = ("Ringen är kvinnor och fyrkanten män; strecket mellan dem är skillnaden. Störst skillnad står överst.",
            "Fylld punkt efter namnet betyder att skillnaden är större än slumpen, tom att den kan vara slump.")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Item:
    """One group: its rows by sex (as in the table `varde`) and the row of women against men, if there is one."""

    label: str
    by_sex: dict[str, Row]
    gap: Row | None

    @property
    def name(self) -> str:
        """The label on several lines, so that a long one leaves a phone room for the values."""
        return "<br>".join(wrap(self.label, LABEL_WIDTH, break_long_words=False))

    def value(self, sex: str) -> float | None:
        return self.by_sex.get(sex, {}).get("varde")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands round the picture; `unit` is what the values are in, with `decimals`, `counted` what antal counts."""

    name: str
    measure: str
    question: str
    subject: str
    unit: str
    counted: str
    subtitle: str
    notes: tuple[str, ...]
    method: str
    decimals: int = 1


def bars(frame: Frame, items: Sequence[Item], *, title: str, tabled: Sequence[Item] | None = None) -> Diagram:
    """Paired horizontal bars in the order of `items`, kvinnor above män. Of many groups those that are hidden for both
    stand only in the table, which has the same rows, or `tabled` where it tells more than fits in a picture."""
    known = [item for item in items if item.value("K") is not None or item.value("M") is not None]
    drawn = known if len(items) > MANY else items
    return _diagram(frame, items, title, _bar_figure(drawn, frame), BAR, tabled or items)


def dumbbell(frame: Frame, items: Sequence[Item]) -> Diagram:
    """Kvinnor and män on one line per group, the largest difference first; groups that are hidden for either sex last."""
    ordered = sorted(items, key=lambda item: -_distance(item))
    known = [item for item in ordered if _distance(item) >= 0]
    figure = _dumbbell_figure(known, frame) if known else None
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
    if women is None or men is None:
        return f"{item.label}: värdet visas inte."
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
        texts = ((SEXES[sex].label.lower(), _written(item, sex, frame)) for sex in ("K", "M"))
        values = [f"{sex} {SPOKEN.get(text, text)}" for sex, text in texts]
        parts.append(f"{item.label}: {', '.join(values)}.")
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _bar_figure(items: Sequence[Item], frame: Frame) -> dict[str, Any]:
    labels = [item.name for item in items]
    traces = []
    for sex in ("K", "M"):
        style = SEXES[sex]
        values = [item.value(sex) for item in items]
        traces.append(
            {"type": "bar", "orientation": "h", "name": style.label, "y": labels, "x": values,
             "marker": {"color": style.colour, "pattern": {"shape": "/" if sex == "M" else "", "fgcolor": "#FFFFFF",
                                                            "size": 7, "solidity": 0.25, "fillmode": "overlay"}},
             "error_x": _error(items, sex), "text": [_written(item, sex, frame) for item in items], "textposition": "none",
             "hovertemplate": f"{style.label}: %{{x:,.{frame.decimals}f}} {frame.unit}<extra></extra>"}
        )  # fmt: skip
    return {"data": traces, "layout": _rows_layout(labels, frame.unit, _marks(items, frame))}


def _error(items: Sequence[Item], sex: str) -> dict[str, Any]:
    rows = [item.by_sex.get(sex, {}) for item in items]
    known = [row if row.get("ovre") is not None and row.get("varde") is not None else None for row in rows]
    return {
        "type": "data", "symmetric": False, "color": LINE, "thickness": 1.5, "width": 4,
        "array": [row["ovre"] - row["varde"] if row else 0 for row in known],
        "arrayminus": [row["varde"] - row["nedre"] if row else 0 for row in known],
    }  # fmt: skip


def _written(item: Item, sex: str, frame: Frame) -> str:
    value = item.value(sex)
    if value is None:
        return HIDDEN if item.by_sex.get(sex, {}).get("kvot_utfall") == "dolt" else MISSING
    return number(value, frame.decimals)


def _marks(items: Sequence[Item], frame: Frame) -> list[dict]:
    """Sex and value at the root of each bar, so that no legend has to be found."""
    return [
        {"x": 0, "y": item.name, "xanchor": "left", "xshift": 4, "yshift": 11 if sex == "K" else -11, "showarrow": False,
         "text": f"<b>{SEXES[sex].label} {_written(item, sex, frame)}</b>", "bgcolor": "rgba(255,255,255,0.88)",
         "borderpad": 1, "font": {"color": SEXES[sex].text, "size": 14}}
        for item in items
        for sex in ("K", "M")
    ]  # fmt: skip


def _dumbbell_figure(items: Sequence[Item], frame: Frame) -> dict[str, Any]:
    labels = [f"{item.name} {_ring(item)}" for item in items]
    shapes = [
        {"type": "line", "x0": item.value("K"), "x1": item.value("M"), "y0": label, "y1": label, "layer": "below",
         "line": {"color": LINE, "width": 3}}
        for item, label in zip(items, labels, strict=True)
    ]  # fmt: skip
    traces = [
        {"type": "scatter", "mode": "markers", "name": SEXES[sex].label, "y": labels,
         "x": [item.value(sex) for item in items], "error_x": _error(items, sex) | {"color": SEXES[sex].colour},
         "marker": {"color": SEXES[sex].colour, "size": 13, "symbol": SEXES[sex].symbol},
         "hovertemplate": f"{SEXES[sex].label}: %{{x:,.{frame.decimals}f}} {frame.unit}<extra></extra>"}
        for sex in ("M", "K")
    ]  # fmt: skip
    names = [
        {"x": items[0].value(sex), "y": labels[0], "yshift": 20, "showarrow": False, "text": f"<b>{SEXES[sex].label}</b>",
         "font": {"color": SEXES[sex].text, "size": 14}}
        for sex in ("K", "M")
    ]  # fmt: skip
    return {"data": traces, "layout": _rows_layout(labels, frame.unit, names, shapes=shapes, top=34)}


def _ring(item: Item) -> str:
    return {True: "●", False: "○", None: ""}[exceeds_chance(item.gap)]


def _rows_layout(labels: list[str], unit: str, annotations: list[dict], *, shapes: Any = (), top: int = 16) -> dict:
    return layout(
        height=90 + ROW_HEIGHT * max(1, len(labels)),
        annotations=annotations,
        shapes=list(shapes),
        barmode="group",
        bargap=0.25,
        hovermode="closest",
        margin={"l": 16, "r": 24, "t": top, "b": 56},
        xaxis={"rangemode": "tozero", "showgrid": True, "title": {"text": unit.capitalize(), "font": {"size": 14}}},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "automargin": True, "zeroline": False,
               "ticklabelposition": "outside", "tickfont": {"size": 14}},
    )  # fmt: skip


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
