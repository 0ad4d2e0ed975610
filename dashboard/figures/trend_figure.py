"""The picture of a series: one line a sex with its band, hidden points as gaps, and labels at the ends."""

from datetime import date, timedelta
from typing import Any

from dashboard.texts.figures.trend import AXIS
from dashboard.texts.numbers import HIDDEN, number, period_short
from dashboard.theme import MUTED, SEXES, layout

Rows = list[dict[str, Any]]
FEW = 6  # periods that can all be named under the axis


def trend_figure(rows: Rows, kind: str, field: str, unit: str, decimals: int) -> dict[str, Any]:
    """`rows` are a series of one unit; the sexes in it are drawn, kvinnor first, or the whole where there are none."""
    traces: list[dict] = []
    labels: list[dict] = []
    for sex in sexes_in(rows):
        series = [row for row in rows if row["kon"] == sex]
        if field == "varde":
            traces.extend(_band(series, sex))
        traces.append(_line(series, sex, field, unit, decimals))
        traces.append(_hidden(series, sex))
        labels += _end_label(series, sex, field, decimals)
    return {
        "data": traces,
        "layout": layout(
            annotations=_apart(labels),
            xaxis={"type": "date", "range": _range(rows), "hoverformat": "%Y-%m", "tickangle": 0, **_ticks(rows, kind),
                   "title": {"text": AXIS[kind], "font": {"size": 14, "color": MUTED}}},
            yaxis={"title": {"text": unit.capitalize(), "font": {"size": 14, "color": MUTED}}},
        ),
    }  # fmt: skip


def sexes_in(rows: Rows) -> tuple[str, ...]:
    """Kvinnor and män, or the whole when a series is not by sex."""
    return ("K", "M") if any(row["kon"] in ("K", "M") for row in rows) else ("alla",)


def _range(rows: Rows) -> list[str]:
    """From the first period to the last with a little air; left to itself the axis makes room for the end labels."""
    first, last = (date.fromisoformat(f"{edge(row['period'] for row in rows)}-01") for edge in (min, max))
    air = timedelta(days=max(10, (last - first).days // 40))
    return [str(first - air), str(last + air)]


def _ticks(rows: Rows, kind: str) -> dict[str, Any]:
    """A long series is labelled at each January, so that the labels have room on a phone; of a short one the periods
    are named. Numbers only: no language is needed."""
    periods = sorted({row["period"] for row in rows})
    if len({period[:4] for period in periods}) < 3:
        step = -(-len(periods) // FEW)
        named = periods[::-1][::step][::-1]
        return {"tickvals": [f"{one}-01" for one in named], "ticktext": [period_short(kind, one) for one in named]}
    return {"tick0": "2000-01-01", "dtick": "M12", "tickformat": "%Y", "minor": {"dtick": "M3", "ticks": "outside"}}


def _x(rows: Rows) -> list[str]:
    return [f"{row['period']}-01" for row in rows]


def _line(rows: Rows, sex: str, field: str, unit: str, decimals: int) -> dict:
    style = SEXES[sex]
    return {
        "type": "scatter", "mode": "lines+markers", "name": style.label, "x": _x(rows),
        "y": [row[field] for row in rows], "connectgaps": False,
        "line": {"color": style.colour, "width": style.width, "dash": style.dash},
        "marker": {"color": style.colour, "size": 6, "symbol": style.symbol},
        "hovertemplate": f"{style.label}: %{{y:,.{decimals}f}} {unit}<extra></extra>",
    }  # fmt: skip


def _band(rows: Rows, sex: str) -> list[dict]:
    """One filled shape per unbroken run: a band is never drawn across a hidden point."""
    bands, run = [], []
    for row in [*rows, None]:
        if row is not None and row["nedre"] is not None and row["ovre"] is not None:
            run.append(row)
            continue
        if len(run) > 1:
            x = _x(run)
            bands.append(
                {"type": "scatter", "mode": "lines", "x": x + x[::-1], "fill": "toself",
                 "y": [r["ovre"] for r in run] + [r["nedre"] for r in run][::-1],
                 "fillcolor": SEXES[sex].band, "line": {"width": 0}, "hoverinfo": "skip"}
            )  # fmt: skip
        run = []
    return bands


def _hidden(rows: Rows, sex: str) -> dict:
    """A × at the axis where a value is hidden."""
    hidden = [row for row in rows if row["utfall"] == "dolt"]
    return {
        "type": "scatter", "mode": "text", "x": _x(hidden), "y": [0] * len(hidden), "text": [HIDDEN] * len(hidden),
        "textposition": "top center", "textfont": {"color": SEXES[sex].text, "size": 16}, "hoverinfo": "skip",
    }  # fmt: skip


def _end_label(rows: Rows, sex: str, field: str, decimals: int) -> list[dict]:
    known = [row for row in rows if row[field] is not None]
    if not known:
        return []
    last = known[-1]
    return [
        {"x": f"{last['period']}-01", "y": last[field], "xanchor": "left", "xshift": 8, "showarrow": False,
         "text": f"<b>{SEXES[sex].label}<br>{number(last[field], decimals)}</b>", "align": "left",
         "font": {"color": SEXES[sex].text, "size": 14}}
    ]  # fmt: skip


def _apart(labels: list[dict]) -> list[dict]:
    """Two end labels that would lie on each other are moved apart."""
    if len(labels) == 2:
        high, low = sorted(labels, key=lambda label: label["y"], reverse=True)
        if high["y"] - low["y"] < 0.14 * max(high["y"], 1e-9):
            high["yshift"], low["yshift"] = 20, -20
    return labels
