"""A chart of a page as SVG on paper: the same plain figure, drawn without a browser. Lines, steps, bands, marks and paired
bars; shape and dash carry what colour does, so that it can be read in grey."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from dashboard.report.bars import bar_marks
from dashboard.report.ink import line, nice, stroke, words
from dashboard.texts.numbers import number
from dashboard.theme import GRID, LINE, MUTED, TEXT

SMALL, AIR = 10.5, 4  # letters in the picture, and the room between two things
FAMILY = "Liberation Sans, Arial, sans-serif"
LEFT, RIGHT, TOP, BOTTOM = 34, 54, 16, 24


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where one panel stands, and what its ends mean."""

    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at_x(self, value: Any) -> float:
        low, high = self.x
        return self.left + (as_number(value) - low) / ((high - low) or 1) * (self.right - self.left)

    def at_y(self, value: float) -> float:
        low, high = self.y
        return self.bottom - (value - low) / ((high - low) or 1) * (self.bottom - self.top)


def drawing(figure: dict[str, Any], *, title: str, width: int, height: int) -> str:
    """The figure as an <svg> with a <title>, `width` × `height` CSS pixels. Raises ValueError for a kind of trace that paper
    has no drawing of."""
    if {trace["type"] for trace in figure["data"]} - {"scatter", "bar"}:
        raise ValueError(sorted({trace["type"] for trace in figure["data"]}))
    barred = any(trace["type"] == "bar" for trace in figure["data"])
    marks = bar_marks(figure, width, height) if barred else list(_lines(figure, width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-size="{SMALL}" font-family="{FAMILY}" fill="{TEXT}"><title>{escape(title)}</title>{"".join(marks)}</svg>'
    )


def as_number(value: Any) -> float:
    """A day counts from year one; a number is itself."""
    return float(date.fromisoformat(value[:10]).toordinal()) if isinstance(value, str) else float(value)


def _lines(figure: dict[str, Any], width: int, height: int) -> Iterator[str]:
    layout = figure["layout"]
    boxes = {name: _box(figure, name, width, height) for name in _axes(figure)}
    for at, (name, box) in enumerate(boxes.items()):
        yield from _frame(layout, name, box, labelled=at == len(boxes) - 1)
    for trace in figure["data"]:
        yield from _trace(trace, boxes[trace.get("yaxis", "y")])
    first, last = next(iter(boxes.values())), list(boxes.values())[-1]
    for shape in layout.get("shapes", []):
        yield line(first.at_x(shape["x0"]), first.top, first.at_x(shape["x1"]), last.bottom, shape["line"])
    for note in layout.get("annotations", []):
        yield _note(note, first, last)


def _axes(figure: dict[str, Any]) -> list[str]:
    return sorted({trace.get("yaxis", "y") for trace in figure["data"]})


def _box(figure: dict[str, Any], name: str, width: int, height: int) -> Box:
    axis = figure["layout"][f"yaxis{name[1:]}"]
    low, high = axis.get("domain", (0, 1))
    room = height - TOP - BOTTOM
    own = [trace for trace in figure["data"] if trace.get("yaxis", "y") == name]
    ys = [value for trace in own for value in trace["y"] if value is not None]
    xs = [as_number(value) for trace in figure["data"] for value in trace["x"]]
    across = [as_number(value) for value in figure["layout"]["xaxis"].get("range") or (min(xs), max(xs))]
    return Box(
        left=LEFT, right=width - (RIGHT if len(_axes(figure)) == 1 else 2 * AIR), top=TOP + (1 - high) * room,
        bottom=TOP + (1 - low) * room, x=(across[0], across[1]),
        y=tuple(axis.get("range") or (min(0, *ys), 1.05 * max(ys))),
    )  # fmt: skip


def _frame(layout: dict[str, Any], name: str, box: Box, *, labelled: bool) -> Iterator[str]:
    suffix = layout[f"yaxis{name[1:]}"].get("ticksuffix", "")
    for value, said in nice(*box.y):
        y = box.at_y(value)
        yield line(box.left, y, box.right, y, {"color": GRID if value else LINE, "width": 1})
        yield words(box.left - AIR, y + 3.5, f"{said}{suffix}", anchor="end", colour=MUTED)
    yield line(box.left, box.bottom, box.right, box.bottom, {"color": LINE, "width": 1})
    for value, said in _across(layout["xaxis"], box):
        yield line(box.at_x(value), box.bottom, box.at_x(value), box.bottom + 3, {"color": LINE, "width": 1})
        if labelled:
            yield words(box.at_x(value), box.bottom + 14, said, anchor="middle", colour=MUTED)


def _across(axis: dict[str, Any], box: Box) -> list[tuple[float, str]]:
    """Where the axis is labelled: as the page does it, or at each January."""
    if "tickvals" in axis:
        said = axis.get("ticktext") or [number(value) for value in axis["tickvals"]]
        return [(as_number(value), text) for value, text in zip(axis["tickvals"], said, strict=True)]
    years = range(date.fromordinal(int(box.x[0])).year, date.fromordinal(int(box.x[1])).year + 1)
    januaries = [(float(date(year, 1, 1).toordinal()), str(year)) for year in years]
    return [(day, said) for day, said in januaries if box.x[0] <= day <= box.x[1]]


def _trace(trace: dict[str, Any], box: Box) -> Iterator[str]:
    if trace.get("fill") == "toself":
        ends = " ".join(f"{box.at_x(x):.1f},{box.at_y(y):.1f}" for x, y in zip(trace["x"], trace["y"], strict=True))
        yield f'<polygon points="{ends}" fill="{trace["fillcolor"]}"/>'
        return
    mode = trace.get("mode", "lines")
    if "lines" in mode:
        for run in _runs(trace, box):
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            yield f'<polyline points="{path}" fill="none" {stroke(trace["line"])}/>'
    if "markers" in mode:
        for x, y in _points(trace, box):
            yield _mark(x, y, trace["marker"])
    if "text" in mode:
        for (x, y), said in zip(_points(trace, box), trace["text"], strict=False):
            yield words(x, y - AIR, said, anchor="middle", colour=trace.get("textfont", {}).get("color", MUTED))


def _points(trace: dict[str, Any], box: Box) -> list[tuple[float, float]]:
    pairs = zip(trace["x"], trace["y"], strict=True)
    return [(box.at_x(x), box.at_y(y)) for x, y in pairs if y is not None]


def _runs(trace: dict[str, Any], box: Box) -> Iterator[list[tuple[float, float]]]:
    """A hidden point breaks the line."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    for known, part in groupby(pairs, key=lambda pair: pair[1] is not None):
        if known:
            run = [(box.at_x(x), box.at_y(y)) for x, y in part]
            yield _stepped(run) if trace["line"].get("shape") == "hv" else run


def _stepped(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
    made = run[:1]
    for x, y in run[1:]:
        made += [(x, made[-1][1]), (x, y)]
    return made


def _mark(x: float, y: float, marker: dict[str, Any]) -> str:
    half = marker["size"] / 2.6
    symbol = marker.get("symbol", "circle")
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}"'
    if symbol == "square":
        corner, side = f'x="{x - half:.1f}" y="{y - half:.1f}"', f"{2 * half:.1f}"
        return f'<rect {corner} width="{side}" height="{side}" fill="{marker["color"]}"/>'
    if symbol.endswith("-open"):
        return f'<circle {place} fill="none" stroke="{marker["color"]}" stroke-width="2"/>'
    return f'<circle {place} fill="{marker["color"]}"/>'


def _note(note: dict[str, Any], first: Box, last: Box) -> str:
    """What stands beside a line or over a panel; `paper` is the whole drawing area."""
    x = first.left + note["x"] * (first.right - first.left) if note.get("xref") == "paper" else first.at_x(note["x"])
    if note.get("yref") == "paper":
        y = last.bottom - note["y"] * (last.bottom - first.top)
    else:
        y = first.at_y(note["y"])
    anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
    up = note.get("yshift", 0) * 0.7 + (3 if note.get("yanchor") == "bottom" else -3)
    shift = AIR if note.get("xshift") else 0
    parts = note["text"].replace("<b>", "").replace("</b>", "").split("<br>")
    top = y - up - 6 * (len(parts) - 1)
    colour = note.get("font", {}).get("color", TEXT)
    return "".join(
        words(x + shift, top + 12 * at, part, anchor=anchor, colour=colour, bold=True) for at, part in enumerate(parts)
    )
