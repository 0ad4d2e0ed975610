"""The own unit in the spread of the region's vårdcentraler, year by year: one panel a sex."""

from datetime import date, timedelta
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, rate_cell
from dashboard.figures.panels import panel_name, panels
from dashboard.texts import states
from dashboard.texts.figures import shared
from dashboard.texts.figures import spread as texts
from dashboard.texts.numbers import MISSING, number, period_text
from dashboard.theme import GRID, LINE, MUTED, SEXES, layout
from schemas.measure import AnyMeasure

Row = dict[str, Any]
PANEL, GAP = 190, 0.14
BANDS = (("p10", "p90", GRID), ("p25", "p75", "#CBD5DA"))


def spread(
    measure: AnyMeasure, kind: str, rows: list[Row], bands: list[Row], place: str, unit: str, source: str
) -> Diagram:
    """`bands` are the rows of `spridning`, oldest first; `rows` the unit's own: period, kon, kvot_utfall, varde."""
    period = max((row["period"] for row in bands), default="")
    own = {(row["period"], row["kon"]): row for row in rows}
    last = {row["kon"]: row for row in bands if row["period"] == period}
    when = f", {period_text(kind, period)}" if period else ""
    return Diagram(
        name=f"{measure.id}-spridning",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=_title(last, {sex: own.get((period, sex)) for sex in ("K", "M")}),
        subtitle=f"{measure.name}, {unit}. {place}{when}. {measure.population}. {source}",
        summary=_summary(measure, last, unit),
        figure=_figure(bands, own, kind, unit) if bands else None,
        state=None if bands else states.NO_FUNNEL,
        tabulated=lambda: _table(measure, bands, own, unit),
        reading=texts.READING,
        notes=(texts.ONLY_SHOWN, states.NOT_ADJUSTED_UNITS),
        method=texts.METHOD,
    )


def _title(last: dict[str, Row], own: dict[str, Row | None]) -> str:
    said = {sex: _where(last.get(sex), row) for sex, row in own.items()}
    if len(set(said.values())) == 1:
        return texts.SAME.format(where=said["K"])
    return texts.EACH.format(women=said["K"], men=said["M"])


def _where(band: Row | None, row: Row | None) -> str:
    if band is None or row is None or row["varde"] is None:
        return texts.HIDDEN if row is not None and row["kvot_utfall"] == "dolt" else texts.UNKNOWN
    value = row["varde"]
    if value < band["p10"]:
        return texts.LOWEST
    if value > band["p90"]:
        return texts.HIGHEST
    if value < band["p25"]:
        return texts.LOWER
    return texts.HIGHER if value > band["p75"] else texts.MIDDLE


def _summary(measure: AnyMeasure, last: dict[str, Row], unit: str) -> str:
    parts = [texts.SUMMARY.format(name=measure.name, unit=unit)]
    parts += [
        texts.HALF.format(
            sex=SEXES[sex].label,
            median=number(row["p50"], 1),
            low=number(row["p25"], 1),
            high=number(row["p75"], 1),
            units=number(row["enheter"]),
        )
        for sex, row in sorted(last.items())
    ]
    return " ".join([*parts, shared.IN_TABLE])


def _figure(bands: list[Row], own: dict[tuple[str, str], Row], kind: str, unit: str) -> dict[str, Any]:
    sexes = [sex for sex in ("K", "M") if any(row["kon"] == sex for row in bands)]
    values = [row["varde"] for row in own.values() if row["varde"] is not None]
    top = 1.06 * max([*values, *(row["p90"] for row in bands)])
    periods = sorted({row["period"] for row in bands})
    traces: list[dict] = []
    axes: dict[str, Any] = {}
    names: list[dict] = []
    for sex, suffix, domain in panels(sexes, GAP):
        traces += _panel([row for row in bands if row["kon"] == sex], own, sex, f"y{suffix}", unit)
        axes[f"yaxis{suffix}"] = {
            "domain": domain, "range": [0, top], "anchor": "x",
            "title": {"text": shared.axis(unit), "font": {"size": 13, "color": MUTED}},
        }  # fmt: skip
        names.append(panel_name(sex, domain[1]))
    first, last = (date.fromisoformat(f"{edge}-01") for edge in (periods[0], periods[-1]))
    air = timedelta(days=max(20, (last - first).days // 30))
    base = layout(
        height=90 + PANEL * len(sexes), annotations=names, hovermode="x unified",
        margin={"l": 56, "r": 24, "t": 32, "b": 48},
        xaxis={"type": "date", "range": [str(first - air), str(last + air)], "tick0": "2000-01-01", "dtick": "M12",
               "tickformat": "%Y", "minor": {"dtick": "M3", "ticks": "outside"}, "hoverformat": "%Y-%m",
               "anchor": "y2" if len(sexes) == 2 else "y",
               "title": {"text": texts.AXIS[kind], "font": {"size": 14, "color": MUTED}}},
    )  # fmt: skip
    for name, axis in axes.items():
        base[name] = {**base["yaxis"], **axis}
    return {"data": traces, "layout": base}


def _panel(bands: list[Row], own: dict[tuple[str, str], Row], sex: str, axis: str, unit: str) -> list[dict]:
    style = SEXES[sex]
    x = [f"{row['period']}-01" for row in bands]
    filled = [
        {"type": "scatter", "mode": "lines", "x": [*x, *x[::-1]], "yaxis": axis, "fill": "toself", "fillcolor": colour,
         "y": [*(row[high] for row in bands), *(row[low] for row in bands[::-1])], "line": {"width": 0},
         "hoverinfo": "skip"}
        for low, high, colour in BANDS
    ]  # fmt: skip
    middle = {
        "type": "scatter", "mode": "lines", "x": x, "y": [row["p50"] for row in bands], "yaxis": axis,
        "line": {"color": LINE, "width": 1.5}, "name": texts.MEDIAN,
        "hovertemplate": f"{texts.MEDIAN}: %{{y:,.1f}}<extra></extra>",
    }  # fmt: skip
    mine = {
        "type": "scatter", "mode": "lines+markers", "name": style.label, "x": x, "yaxis": axis,
        "y": [own.get((row["period"], sex), {}).get("varde") for row in bands],
        "line": {"color": style.colour, "width": 2, "dash": style.dash},
        "marker": {"color": style.colour, "size": 8, "symbol": style.symbol},
        "hovertemplate": f"{style.label}: %{{y:,.1f}} {unit}<extra></extra>",
    }  # fmt: skip
    return [*filled, middle, mine]


def _table(measure: AnyMeasure, bands: list[Row], own: dict[tuple[str, str], Row], unit: str) -> TableData:
    fields = (("10 %", "p10"), ("25 %", "p25"), (texts.MEDIAN, "p50"), ("75 %", "p75"), ("90 %", "p90"))
    at = {(row["period"], row["kon"]): row for row in bands}
    columns = tuple(
        Column(group=SEXES[sex].label, label=label, unit=unit)
        for sex in ("K", "M")
        for label in (texts.OWN, *(label for label, _ in fields))
    )
    rows = [
        (period, tuple(cell for sex in ("K", "M") for cell in _cells(at.get((period, sex)), own.get((period, sex)), fields)))
        for period in sorted({row["period"] for row in bands}, reverse=True)
    ]  # fmt: skip
    return TableData(
        caption=texts.CAPTION.format(name=measure.name),
        first=shared.UP_TO,
        columns=columns,
        rows=tuple(rows),
    )


def _cells(band: Row | None, row: Row | None, fields: tuple[tuple[str, str], ...]) -> tuple[Cell, ...]:
    own = rate_cell(row, "varde")
    if band is None:
        return (own, *(Cell(value=None, text=MISSING),) * len(fields))
    return (own, *(Cell(value=band[name], text=number(band[name], 1)) for _, name in fields))
