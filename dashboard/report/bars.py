"""Paired bars on paper: kvinnor solid, män hatched, with the value written at each."""

from collections.abc import Iterator
from typing import Any

from dashboard.report.ink import line, nice, words
from dashboard.theme import GRID, LINE, MUTED, SEXES

TOP, BOTTOM, AIR, LETTER = 4, 22, 4, 6.0
HATCH = (
    '<defs><pattern id="snedstreck" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="{colour}"/><line x1="0" y1="0" x2="0" y2="5" stroke="#FFFFFF" stroke-width="1.6"/>'
    "</pattern></defs>"
)


def bar_marks(figure: dict[str, Any], width: int, height: int) -> list[str]:
    """Everything in the picture: labels to the left, bars from zero, the value after each bar."""
    return [HATCH.format(colour=SEXES["M"].colour), *_marks(figure["data"], width, height)]


def _marks(traces: list[dict[str, Any]], width: int, height: int) -> Iterator[str]:
    names = traces[0]["y"]
    left = AIR + LETTER * max(len(part) for name in names for part in name.split("<br>"))
    right = width - 84
    most = max((reach for trace in traces for reach in _reaches(trace)), default=1) or 1
    row = (height - TOP - BOTTOM) / len(names)
    for value, said in nice(0, most):
        x = left + value / most * (right - left)
        yield line(x, TOP, x, height - BOTTOM, {"color": GRID if value else LINE, "width": 1})
        yield words(x, height - BOTTOM + 13, said, anchor="middle", colour=MUTED)
    for at, name in enumerate(names):
        middle = TOP + row * (at + 0.5)
        yield from _label(name, left - AIR, middle)
        for which, trace in enumerate(traces):
            yield from _bar(trace, at, left, (right - left) / most, middle + (which - 1) * row * 0.38, row * 0.36)


def _reaches(trace: dict[str, Any]) -> list[float]:
    more = trace.get("error_x", {}).get("array") or [0] * len(trace["x"])
    return [value + (far or 0) for value, far in zip(trace["x"], more, strict=True) if value is not None]


def _label(name: str, x: float, middle: float) -> Iterator[str]:
    parts = name.split("<br>")
    for at, part in enumerate(parts):
        yield words(x, middle + 3.5 + 12 * (at - (len(parts) - 1) / 2), part, anchor="end")


def _bar(trace: dict[str, Any], at: int, left: float, scale: float, top: float, height: float) -> Iterator[str]:
    sex = next(key for key, style in SEXES.items() if style.label == trace["name"])
    value, end = trace["x"][at], left
    if value is not None:
        fill = "url(#snedstreck)" if sex == "M" else trace["marker"]["color"]
        place = f'x="{left:.1f}" y="{top:.1f}" width="{value * scale:.1f}" height="{height:.1f}"'
        yield f'<rect {place} fill="{fill}" stroke="{SEXES[sex].colour}" stroke-width="0.8"/>'
        more = (trace.get("error_x", {}).get("array") or [0] * len(trace["x"]))[at] or 0
        less = (trace.get("error_x", {}).get("arrayminus") or [0] * len(trace["x"]))[at] or 0
        end = left + (value + more) * scale
        middle = top + height / 2
        yield line(left + (value - less) * scale, middle, end, middle, {"color": LINE, "width": 1.5})
    yield words(end + AIR, top + height / 2 + 3.5, f"{SEXES[sex].label} {trace['text'][at]}", colour=SEXES[sex].text)
