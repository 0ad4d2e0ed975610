"""The picture of a landmark: one panel for kvinnor and one for män, on the same scale, with both arms in each."""

from typing import Any

from dashboard.figures.landmark_words import INSATS, NOT_YET, At, Row, pair_of
from dashboard.texts.figures import landmark as texts
from dashboard.texts.figures.shared import NOT_SHOWN
from dashboard.texts.numbers import NBSP, number
from dashboard.theme import GRID, MUTED, SEXES, TEXT, TOTAL, layout
from schemas.dimensions import ARM, BOTH
from schemas.measure import Landmark

PANELS = {"K": ("x", "y", (0.58, 1.0)), "M": ("x2", "y2", (0.0, 0.42))}
# told apart by dash and marker as well as by colour
STYLES = {INSATS: ("solid", "circle", 3.0), NOT_YET: ("dash", "square-open", 2.0)}


def landmark_figure(measure: Landmark, day: int, at: At) -> dict[str, Any]:
    traces: list[dict] = []
    labels = [_heading(at, sex) for sex in BOTH]
    for sex in BOTH:
        lines = {
            arm: [row for (who, group, _), row in sorted(at.items()) if (who, group) == (sex, arm)] for arm in STYLES
        }
        known = {arm: points for arm, points in lines.items() if points}
        traces += [_band(points, sex, arm) for arm, points in known.items()]
        traces += [_line(points, sex, arm) for arm, points in known.items()]
        labels += _ends(known, sex)
        if not known:
            traces.append(_silent(sex, measure.horizons[-1]))
    top = _top(at)
    scale = {"range": [0, top], "ticksuffix": f"{NBSP}%", "nticks": 4}
    days = {"tickvals": [0, *measure.horizons], "range": [0, measure.horizons[-1] * 1.01]}
    made = layout(
        height=620, hovermode="closest", annotations=labels, margin={"l": 56, "r": 96, "t": 36, "b": 48},
        shapes=[_vertical(measure.headline, sex) for sex in BOTH],
        xaxis=days | {"anchor": "y"}, yaxis=scale | {"domain": list(PANELS["K"][2])},
    )  # fmt: skip
    title = {"title": {"text": texts.AXIS.format(day=day), "font": {"size": 14, "color": MUTED}}}
    made["xaxis2"] = made["xaxis"] | title | {"anchor": "y2"}
    made["yaxis2"] = made["yaxis"] | {"domain": list(PANELS["M"][2])}
    return {"data": traces, "layout": made}


def _top(at: At) -> float:
    """The whole scale for curves that fill it; low curves are drawn larger, always from zero and alike for both sexes."""
    highest = max(row["ovre"] or row["andel"] for row in at.values())
    return 101 if highest > 0.6 else 20 * (int(100 * highest) // 20 + 1) + 1


def _heading(at: At, sex: str) -> dict:
    pair = pair_of(at, sex, 0)
    sizes = texts.HEADING.format(insats=number(pair[0]["n"]), without=number(pair[1]["n"])) if pair else ""
    return {
        "text": f"<b>{SEXES[sex].label}</b>{sizes}", "x": 0, "xref": "paper", "y": PANELS[sex][2][1], "yref": "paper",
        "xanchor": "left", "yanchor": "bottom", "xshift": -48, "yshift": 6, "showarrow": False,
        "font": {"size": 14, "color": SEXES[sex].text},
    }  # fmt: skip


def _ends(lines: dict[str, list[Row]], sex: str) -> list[dict]:
    """The name of the arm at the end of each line, moved apart where they would lie on each other."""
    axis, scale, _ = PANELS[sex]
    found = [
        {"x": points[-1]["dag"], "y": 100 * points[-1]["andel"], "xref": axis, "yref": scale, "xanchor": "left", "xshift": 8,
         "showarrow": False, "text": f"<b>{ARM.label_of(arm)}</b>",
         "font": {"size": 14, "color": SEXES[sex].text if arm == INSATS else TOTAL}}
        for arm, points in lines.items()
    ]  # fmt: skip
    if len(found) == 2 and abs(found[0]["y"] - found[1]["y"]) < 12:
        above, below = sorted(found, key=lambda label: label["y"], reverse=True)
        above["yshift"], below["yshift"] = 11, -11
    return found


def _colour(sex: str, arm: str) -> str:
    return SEXES[sex].colour if arm == INSATS else TOTAL


def _line(points: list[Row], sex: str, arm: str) -> dict:
    axis, scale, _ = PANELS[sex]
    dash, symbol, width = STYLES[arm]
    words = f"{SEXES[sex].label}, {ARM.label_of(arm).lower()}"
    return {
        "type": "scatter", "mode": "lines+markers", "name": words, "x": [row["dag"] for row in points],
        "y": [100 * row["andel"] for row in points], "xaxis": axis, "yaxis": scale,
        "line": {"color": _colour(sex, arm), "width": width, "dash": dash, "shape": "hv"},
        "marker": {"color": _colour(sex, arm), "size": 7, "symbol": symbol},
        "hovertemplate": f"{texts.HOVER.format(line=words, day='%{x}')}: %{{y:.0f}}{NBSP}%<extra></extra>",
    }  # fmt: skip


def _band(points: list[Row], sex: str, arm: str) -> dict:
    """Drawn as the steps of the curve: each value holds until the next day of the grid."""
    known = [row for row in points if row["nedre"] is not None and row["ovre"] is not None]
    axis, scale, _ = PANELS[sex]
    x, high, low = [], [], []
    for row, following in zip(known, [*known[1:], *known[-1:]], strict=True):
        x += [row["dag"], following["dag"]]
        high += [100 * row["ovre"]] * 2
        low += [100 * row["nedre"]] * 2
    return {
        "type": "scatter", "mode": "lines", "x": x + x[::-1], "y": high + low[::-1], "xaxis": axis, "yaxis": scale,
        "fill": "toself", "fillcolor": SEXES[sex if arm == INSATS else "alla"].band, "line": {"width": 0},
        "hoverinfo": "skip",
    }  # fmt: skip


def _silent(sex: str, last: int) -> dict[str, Any]:
    """What stands in the panel of a sex that is not shown."""
    axis, scale, _ = PANELS[sex]
    return {
        "type": "scatter", "mode": "text", "x": [last / 2], "y": [10], "text": [NOT_SHOWN], "xaxis": axis,
        "yaxis": scale, "hoverinfo": "skip", "textfont": {"size": 16, "color": TEXT},
    }  # fmt: skip


def _vertical(day: int, sex: str) -> dict:
    """A quiet line at the day that the title is about."""
    axis, scale, _ = PANELS[sex]
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "xref": axis, "yref": f"{scale} domain",
            "line": {"color": GRID, "width": 2, "dash": "dot"}, "layer": "below"}  # fmt: skip
