"""Every vårdcentral with its interval, ordered by size and not by value, the chosen one marked. No league table."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark, rate_cell
from dashboard.texts import states
from dashboard.texts.figures import shared
from dashboard.texts.figures import units as texts
from dashboard.texts.numbers import HIDDEN, number, period_text
from dashboard.theme import GRID, SEXES, layout
from schemas.measure import AnyMeasure

Row = dict[str, Any]
OFFSET = {"K": -0.16, "M": 0.16}  # kvinnor above män on each row


def units(
    measure: AnyMeasure,
    kind: str,
    period: str,
    rows: list[Row],
    region: dict[str, Row],
    own: str,
    unit: str,
    source: str,
) -> Diagram:
    """`rows` by enhet and sex (as from queries.across), `region` the region's row by sex, `own` the chosen enhet."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["enhet_id"], {})[row["kon"]] = row
    ordered = sorted(by_unit.values(), key=lambda sexes: (-_size(sexes), _name(sexes)))
    drawn = any(row["varde"] is not None for row in rows if row["kon"] in ("K", "M"))
    return Diagram(
        name=f"{measure.id}-enheter",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=_title(by_unit.get(own), region, unit),
        subtitle=texts.SUBTITLE.format(name=measure.name, unit=unit, when=period_text(kind, period), source=source),
        summary=_summary(measure, ordered, unit),
        figure=units_figure(ordered, region, own, unit) if drawn else None,
        state=None if drawn else states.HIDDEN,
        tabulated=lambda: _table(measure, ordered, region, unit),
        reading=texts.READING,
        notes=(texts.LINES, states.NOT_ADJUSTED_UNITS),
        method=shared.EACH_UNIT,
    )


def _size(sexes: dict[str, Row]) -> float:
    return sum(row["namnare"] or 0 for sex, row in sexes.items() if sex in ("K", "M"))


def _name(sexes: dict[str, Row]) -> str:
    return next(iter(sexes.values()))["namn"]


def _title(own: dict[str, Row] | None, region: dict[str, Row], unit: str) -> str:
    """The values, and no verdict: that is the funnel's."""
    if own is None:
        return texts.TITLE
    said = [f"{SEXES[sex].label.lower()} {_beside(own.get(sex), region.get(sex))}" for sex in ("K", "M")]
    return f"{_name(own)}: {', '.join(said)} {unit}."


def _beside(row: Row | None, region: Row | None) -> str:
    around = rate_cell(region, "varde").text
    return texts.BESIDE.format(value=rate_cell(row, "varde").text, around=around)


def _summary(measure: AnyMeasure, ordered: list[dict[str, Row]], unit: str) -> str:
    return texts.SUMMARY.format(name=measure.name, unit=unit, count=number(len(ordered)))


def units_figure(ordered: list[dict[str, Row]], region: dict[str, Row], own: str, unit: str) -> dict[str, Any]:
    """A row per unit, both sexes with their intervals, in the order given."""
    names = [_label(sexes, own) for sexes in ordered]
    traces = []
    for sex in ("M", "K"):
        style = SEXES[sex]
        rows = [sexes.get(sex, {}) for sexes in ordered]
        values = [row.get("varde") for row in rows]
        spread = [row if row.get("varde") is not None and row.get("nedre") is not None else None for row in rows]
        traces.append(
            {"type": "scatter", "mode": "markers", "name": style.label, "x": values,
             "y": [at + OFFSET[sex] for at in range(len(names))],
             "text": names, "customdata": [next(iter(sexes.values()))["enhet_id"] for sexes in ordered],
             "error_x": {"type": "data", "symmetric": False, "color": style.colour, "thickness": 1.5, "width": 0,
                         "array": [row["ovre"] - row["varde"] if row else 0 for row in spread],
                         "arrayminus": [row["varde"] - row["nedre"] if row else 0 for row in spread]},
             "marker": {"color": style.colour, "size": 9, "symbol": style.symbol},
             "hovertemplate": f"%{{text}}, {style.label.lower()}: %{{x:,.1f}} {unit}<extra></extra>"}
        )  # fmt: skip
    traces += [_hidden(ordered, sex) for sex in ("K", "M")]
    return {
        "data": traces,
        "layout": layout(
            height=90 + 30 * len(names),
            hovermode="closest",
            shapes=[_band(names, ordered, own), *_lines(region)],
            annotations=_lines_named(region),
            margin={"l": 16, "r": 24, "t": 30, "b": 56},
            xaxis={"rangemode": "tozero", "showgrid": True, "title": {"text": unit.capitalize(), "font": {"size": 14}}},
            yaxis={"tickvals": list(range(len(names))), "ticktext": names, "range": [len(names) - 0.4, -0.6],
                   "showgrid": False, "automargin": True, "zeroline": False},
        ),
    }  # fmt: skip


def _hidden(ordered: list[dict[str, Row]], sex: str) -> dict[str, Any]:
    """A × at the axis where a value is hidden."""
    at = [place for place, sexes in enumerate(ordered) if sexes.get(sex, {}).get("kvot_utfall") == "dolt"]
    return {
        "type": "scatter", "mode": "text", "x": [0] * len(at), "y": [place + OFFSET[sex] for place in at],
        "text": [HIDDEN] * len(at), "textposition": "middle right", "hoverinfo": "skip",
        "textfont": {"color": SEXES[sex].text, "size": 14},
    }  # fmt: skip


def _label(sexes: dict[str, Row], own: str) -> str:
    row = next(iter(sexes.values()))
    short = shared.short_name(row["namn"])
    return f"<b>▸ {short}</b>" if row["enhet_id"] == own else short


def _band(names: list[str], ordered: list[dict[str, Row]], own: str) -> dict:
    """A quiet stripe behind the chosen enhet; outside the picture when it is no vårdcentral."""
    at = next((at for at, sexes in enumerate(ordered) if next(iter(sexes.values()))["enhet_id"] == own), len(names) + 1)
    return {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": at - 0.5, "y1": at + 0.5, "fillcolor": GRID,
            "line": {"width": 0}, "layer": "below"}  # fmt: skip


def _lines(region: dict[str, Row]) -> list[dict]:
    return [
        {"type": "line", "x0": region[sex]["varde"], "x1": region[sex]["varde"], "yref": "paper", "y0": 0, "y1": 1,
         "line": {"color": SEXES[sex].colour, "width": 1.5, "dash": "dash"}, "layer": "below"}
        for sex in ("K", "M")
        if sex in region and region[sex]["varde"] is not None
    ]  # fmt: skip


def _lines_named(region: dict[str, Row]) -> list[dict]:
    return [
        {"x": region[sex]["varde"], "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
         "xanchor": "left" if sex == "K" else "right", "text": f"<b>{texts.LINE.format(sex=SEXES[sex].label)}</b>",
         "font": {"color": SEXES[sex].text, "size": 14}}
        for sex in ("K", "M")
        if sex in region and region[sex]["varde"] is not None
    ]  # fmt: skip


def _table(measure: AnyMeasure, ordered: list[dict[str, Row]], region: dict[str, Row], unit: str) -> TableData:
    rows = [(_name(sexes), value_cells(sexes)) for sexes in ordered]
    return TableData(
        caption=texts.CAPTION.format(name=measure.name),
        first=shared.UNIT,
        columns=value_columns(unit),
        rows=(*rows, (texts.REGION, value_cells(region))),
        about={_name(sexes): next(iter(sexes.values()))["enhet_id"] for sexes in ordered},
    )


def value_columns(unit: str) -> tuple[Column, ...]:
    return tuple(
        Column(group=SEXES[sex].label, label=label, unit=of)
        for sex in ("K", "M")
        for label, of in ((shared.VALUE, unit), *shared.LIMITS)
    )


def value_cells(sexes: dict[str, Row]) -> tuple[Cell, ...]:
    return tuple(
        rate_cell(sexes[sex], field) if sex in sexes else mark("ej_beraknat")
        for sex in ("K", "M")
        for field in ("varde", "nedre", "ovre")
    )
