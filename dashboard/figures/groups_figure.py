"""The pictures of groups: paired bars, and dumbbells."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.figures.content import exceeds_chance
from dashboard.texts.numbers import HIDDEN, MISSING, number
from dashboard.theme import LINE, SEXES, layout

Row = dict[str, Any]
ROW_HEIGHT, LABEL_WIDTH = 58, 18


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


def bar_figure(items: Sequence[Item], frame: Frame) -> dict[str, Any]:
    labels = [item.name for item in items]
    traces = []
    for sex in ("K", "M"):
        style = SEXES[sex]
        values = [item.value(sex) for item in items]
        traces.append(
            {"type": "bar", "orientation": "h", "name": style.label, "y": labels, "x": values,
             "marker": {"color": style.colour, "pattern": {"shape": "/" if sex == "M" else "", "fgcolor": "#FFFFFF",
                                                            "size": 7, "solidity": 0.25, "fillmode": "overlay"}},
             "error_x": _error(items, sex), "text": [written(item, sex, frame) for item in items], "textposition": "none",
             "hovertemplate": f"{style.label}: %{{x:,.{frame.decimals}f}} {frame.unit}<extra></extra>"}
        )  # fmt: skip
    return {"data": traces, "layout": _rows_layout(labels, frame.unit, _marks(items, frame))}


def _error(items: Sequence[Item], sex: str) -> dict[str, Any]:
    rows = [item.by_sex.get(sex, {}) for item in items]

    def reach(near: str, far: str) -> list[float]:
        """From one field to the other; 0 where there is no such limit."""
        known = [row.get(near) is not None and row.get(far) is not None for row in rows]
        return [row[far] - row[near] if there else 0 for row, there in zip(rows, known, strict=True)]

    return {
        "type": "data", "symmetric": False, "color": LINE, "thickness": 1.5, "width": 4,
        "array": reach("varde", "ovre"), "arrayminus": reach("nedre", "varde"),
    }  # fmt: skip


def written(item: Item, sex: str, frame: Frame) -> str:
    value = item.value(sex)
    if value is None:
        return HIDDEN if item.by_sex.get(sex, {}).get("kvot_utfall") == "dolt" else MISSING
    return number(value, frame.decimals)


def _marks(items: Sequence[Item], frame: Frame) -> list[dict]:
    """Sex and value at the root of each bar, so that no legend has to be found."""
    return [
        {"x": 0, "y": item.name, "xanchor": "left", "xshift": 4, "yshift": 11 if sex == "K" else -11, "showarrow": False,
         "text": f"<b>{SEXES[sex].label} {written(item, sex, frame)}</b>", "bgcolor": "rgba(255,255,255,0.88)",
         "borderpad": 1, "font": {"color": SEXES[sex].text, "size": 14}}
        for item in items
        for sex in ("K", "M")
    ]  # fmt: skip


def dumbbell_figure(items: Sequence[Item], frame: Frame) -> dict[str, Any]:
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
