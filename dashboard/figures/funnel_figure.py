"""The picture of a funnel: one panel a sex, limits that narrow with size, and the names of those that matter."""

from typing import Any

from dashboard.figures.panels import panel_name, panels
from dashboard.texts.figures import funnel as texts
from dashboard.texts.figures import shared
from dashboard.theme import LINE, MUTED, SEXES, layout
from schemas.measure import AnyMeasure, Curve

Row = dict[str, Any]
PANEL, GAP = 270, 0.16


def side_words(row: Row | None) -> str:
    """Where a unit lies, and since when; or why it is not told."""
    if row is None:
        return texts.MISSING
    if row["utfall"] == "dolt":
        return texts.HIDDEN
    if row["utfall"] != "tal":
        return texts.REASONS.get(row["orsak"], texts.MISSING)
    if row["avviker"] in ("over", "under"):
        return texts.DIFFERS.format(side=texts.SIDES[row["avviker"]])
    side = texts.SIDES[row["sida"]]
    return side if row["sida"] == "inom" else texts.THIS_YEAR.format(side=side)


STUB = 0.08  # of the size of a unit that stands alone


def funnel_figure(measure: AnyMeasure, shown: list[Row], own: str, unit: str) -> dict[str, Any]:
    sexes = [sex for sex in ("K", "M") if any(row["kon"] == sex for row in shown)]
    traces: list[dict] = []
    axes: dict[str, Any] = {}
    names: list[dict] = []
    for sex, suffix, domain in panels(sexes, GAP):
        part = sorted((row for row in shown if row["kon"] == sex), key=lambda row: row["underlag"])
        traces += _panel(part, sex, own, suffix, unit)
        axes[f"yaxis{suffix}"] = {
            "domain": domain, "range": _range(part), "anchor": f"x{suffix}", "rangemode": "normal",
            "title": {"text": shared.axis(unit), "font": {"size": 13, "color": MUTED}},
        }  # fmt: skip
        last = sex == sexes[-1]
        axes[f"xaxis{suffix}"] = {
            "anchor": f"y{suffix}", "rangemode": "tozero", "matches": "x" if suffix else None,
            "title": {"text": _size_label(measure) if last else "", "font": {"size": 14, "color": MUTED}},
        }  # fmt: skip
        names.append(panel_name(sex, domain[1]))
        names += _labels(part, sex, own, suffix)
    base = layout(
        height=90 + PANEL * len(sexes),
        annotations=names,
        hovermode="closest",
        margin={"l": 56, "r": 24, "t": 32, "b": 56},
    )
    for name, axis in axes.items():
        base[name] = {**base[name[:5]], **axis}
    return {"data": traces, "layout": base}


def _size_label(measure: AnyMeasure) -> str:
    return texts.UNDERLAG if isinstance(measure, Curve) else texts.EXPECTED


def _range(part: list[Row]) -> list[float]:
    """Room for every point and for the limits of all but the very smallest units."""
    values = [row["varde"] for row in part]
    low = min(*values, part[len(part) // 4]["nedre_998"])
    high = max(*values, part[len(part) // 4]["ovre_998"])
    air = 0.08 * (high - low)
    return [max(0.0, low - air), high + air]


def _panel(part: list[Row], sex: str, own: str, suffix: str, unit: str) -> list[dict]:
    style = SEXES[sex]
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    x = [row["underlag"] for row in part]
    # of one unit the limits are short lines where it is
    alone = len(set(x)) == 1
    along = [x[0] * (1 - STUB), x[0] * (1 + STUB)] if alone else x
    limits = part * 2 if alone else part
    lines = [
        {"type": "scatter", "mode": "lines", "x": along, "y": [row[name] for row in limits], "hoverinfo": "skip", **axes,
         "line": {"color": LINE, "width": 1 if name == "niva" else 1.5, "dash": "dot" if name.endswith("95") else "solid"}}
        for name in ("niva", "nedre_95", "ovre_95", "nedre_998", "ovre_998")
    ]  # fmt: skip
    others = [row for row in part if row["enhet_id"] != own]
    mine = [row for row in part if row["enhet_id"] == own]
    points = [
        {"type": "scatter", "mode": "markers", "name": style.label, **axes, "x": [row["underlag"] for row in rows],
         "y": [row["varde"] for row in rows], "text": [f"{row['namn']}: {side_words(row)}" for row in rows],
         "customdata": [row["enhet_id"] for row in rows],
         "marker": {"color": style.colour, "size": size, "symbol": style.symbol, "opacity": seen,
                    "line": {"color": style.text, "width": edge}},
         "hovertemplate": f"%{{text}}<br>%{{y:,.1f}} {unit}, {texts.IN_HOVER} %{{x:,.0f}}<extra></extra>"}
        for rows, size, seen, edge in ((others, 9, 0.6, 0), (mine, 15, 1, 2))
        if rows
    ]  # fmt: skip
    return [*lines, *points]


def _labels(part: list[Row], sex: str, own: str, suffix: str) -> list[dict]:
    """The chosen unit's name, and the names of those that differ."""
    named = [row for row in part if row["enhet_id"] == own or row["avviker"] in ("over", "under")]
    middle = max(row["underlag"] for row in part) / 2
    return [
        {"xref": f"x{suffix}", "yref": f"y{suffix}", "x": row["underlag"], "y": row["varde"], "showarrow": False,
         "xanchor": "right" if row["underlag"] > middle else "left", "xshift": -11 if row["underlag"] > middle else 11,
         "yshift": 12, "text": _bold(shared.short_name(row["namn"]), own=row["enhet_id"] == own),
         "bgcolor": "rgba(255,255,255,0.8)", "font": {"color": SEXES[sex].text, "size": 14}}
        for row in named
    ]  # fmt: skip


def _bold(text: str, *, own: bool) -> str:
    return f"<b>{text}</b>" if own else text
