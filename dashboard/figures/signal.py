"""A measure as a process: one panel a sex with its level, its limits, and the points that are no ordinary variation."""

from datetime import date, timedelta
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.figures.panels import panel_name, panels
from dashboard.texts import states
from dashboard.texts.figures import shared
from dashboard.texts.figures import signal as texts
from dashboard.texts.numbers import MISSING, month, number, period_short, quarter
from dashboard.theme import LINE, MUTED, SEXES, layout
from schemas.measure import AnyMeasure, Count, Distribution, Share, Time

Row = dict[str, Any]
Rows = list[Row]
XMR = "XmR"
PANEL, GAP = 190, 0.14


def sign_words(row: Row) -> str:
    """What a point's sign says, or that there is none."""
    return texts.SIGNS.get((row["regel"], row["riktning"]), texts.ORDINARY)


def sign_sentence(measure: AnyMeasure, row: Row) -> str:
    """A sign in one sentence: Pågående sjukfall för kvinnor: ovanligt högt, 31,2 (vanligt 18,0–30,1)."""
    return texts.SENTENCE.format(
        short=measure.short,
        sex=SEXES[row["kon"]].label.lower(),
        sign=sign_words(row),
        value=number(row["varde"], 1),
        low=number(row["nedre"], 1),
        high=number(row["ovre"], 1),
    )


def signal(measure: Count | Distribution, rows: Rows, place: str, source: str) -> Diagram:
    """`rows` are the followed periods of kvinnor and män of one unit, as in the table `signal`."""
    shown = [row for row in rows if row["kon"] in ("K", "M")]
    last = {sex: _last(shown, sex) for sex in ("K", "M")}
    known = {sex: row for sex, row in last.items() if row is not None}
    end = max((row["period"] for row in known.values()), default="")
    when = texts.UNTIL.format(quarter=quarter(end)) if end else ""
    by_season = not isinstance(measure, Share | Distribution)
    return Diagram(
        name=f"{measure.id}-signal",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=_title(known),
        subtitle=f"{measure.name}, {measure.rate_unit}. {place}{when}. {measure.population}. {source}",
        summary=_summary(measure, known),
        figure=_figure(measure, shown) if known else None,
        state=None if known else states.TOO_SHORT,
        tabulated=lambda: _table(measure, shown),
        reading=(texts.READING[0].format(season=texts.SEASON if by_season else ""), texts.READING[1]),
        notes=_notes(measure, known) if known else (),
        method=_method(known),
    )


def _method(known: dict[str, Row]) -> str:
    name = next(iter(known.values()))["metod"] if known else "Laney"
    return texts.METHOD.format(name=name, limits=texts.MOVING_RANGE if name == XMR else texts.DEVIATIONS)


def _last(rows: Rows, sex: str) -> Row | None:
    return next((row for row in reversed(rows) if row["kon"] == sex), None)


def _title(known: dict[str, Row]) -> str:
    if not known:
        return texts.TOO_SHORT
    said = {sex: sign_words(row) for sex, row in known.items()}
    if set(said.values()) == {texts.ORDINARY} and len(said) == 2:
        return texts.NO_SIGNALS
    return " ".join(f"{SEXES[sex].label}: {words}." for sex, words in said.items())


def _summary(measure: Count | Distribution, known: dict[str, Row]) -> str:
    parts = [texts.SUMMARY.format(name=measure.name, unit=measure.rate_unit)]
    for sex, row in known.items():
        value, low, high = (number(row[field], 1) for field in ("varde", "nedre", "ovre"))
        when = quarter(row["period"])
        parts.append(
            texts.LAST.format(sex=SEXES[sex].label, value=value, quarter=when, low=low, high=high, sign=sign_words(row))
        )
    return " ".join([*parts, shared.IN_TABLE])


def target_source(row: Row) -> str:
    """Since when a target holds, who decided it and where that is written."""
    return texts.TARGET_SOURCE.format(fran=month(row["mal_fran"]), av=row["mal_beslutad_av"], kalla=row["mal_kalla"])


def _notes(measure: Count | Distribution, known: dict[str, Row]) -> tuple[str, ...]:
    goals = [
        texts.GOAL.format(
            goal=number(row["mal"], 1), sex=SEXES[sex].label.lower(), reached=texts.TARGETS[row["mal_nas"]]
        )
        for sex, row in known.items()
        if row["mal"] is not None and row["mal_nas"] is not None
    ]
    sources = sorted({target_source(row) for row in known.values() if row["mal_nas"] is not None})
    provisional = [texts.PROVISIONAL] if any(row["provisorisk"] for row in known.values()) else []
    stocks = [texts.STOCKS] if isinstance(measure, Distribution) or measure.time is Time.STOCK else []
    signs = [texts.NOT_WRONG] if any(row["regel"] != "ingen" for row in known.values()) else []
    return (*goals, *sources, *signs, *provisional, *stocks)


def _figure(measure: Count | Distribution, rows: Rows) -> dict[str, Any]:
    sexes = [sex for sex in ("K", "M") if any(row["kon"] == sex for row in rows)]
    height = _height(measure, rows)
    periods = [row["period"] for row in rows]
    traces: list[dict] = []
    axes: dict[str, Any] = {}
    names: list[dict] = []
    for at, (sex, suffix, domain) in enumerate(panels(sexes, GAP)):
        own = [row for row in rows if row["kon"] == sex]
        traces += _panel(own, sex, at, measure.rate_unit)
        axes[f"yaxis{suffix}"] = {
            "domain": domain, "range": height,
            "title": {"text": measure.rate_unit.capitalize(), "font": {"size": 13, "color": MUTED}},
        }  # fmt: skip
        names.append(panel_name(sex, domain[1]))
    base = layout(
        height=90 + PANEL * len(sexes), annotations=names, hovermode="x unified",
        margin={"l": 56, "r": 24, "t": 32, "b": 48},
        xaxis={"type": "date", "range": _range(periods), "tick0": "2000-01-01",
               "dtick": "M12", "tickformat": "%Y", "minor": {"dtick": "M3", "ticks": "outside"}, "anchor": _axis(sexes),
               "hoverformat": "%Y-%m", "title": {"text": shared.QUARTER, "font": {"size": 14, "color": MUTED}}},
    )  # fmt: skip
    for name, axis in axes.items():
        base[name] = {**base["yaxis"], **axis} if name == "yaxis" else {**base["yaxis"], **axis, "anchor": "x"}
    return {"data": traces, "layout": base}


def _height(measure: Count | Distribution, rows: Rows) -> list[float]:
    """From zero, but for means and medians, whose changes would not be seen."""
    low, high = (
        edge(edge(row["varde"], row[limit]) for row in rows) for edge, limit in ((min, "nedre"), (max, "ovre"))
    )
    air = 0.05 * (high - low)
    return [low - air, high + air] if isinstance(measure, Distribution) else [0, 1.05 * high]


def _range(periods: list[str]) -> list[str]:
    """A little air on both sides, so that the first and the last ring are whole."""
    first, last = (date.fromisoformat(f"{edge(periods)}-01") for edge in (min, max))
    air = timedelta(days=max(20, (last - first).days // 30))
    return [str(first - air), str(last + air)]


def _axis(sexes: list[str]) -> str:
    """The time axis stands under the lowest panel."""
    return "y2" if len(sexes) == 2 else "y"


def _panel(rows: Rows, sex: str, at: int, unit: str) -> list[dict]:
    style, axis = SEXES[sex], f"y{at + 1 if at else ''}"
    x = [f"{row['period']}-01" for row in rows]
    lines = [
        {"type": "scatter", "mode": "lines", "x": x, "y": [row[name] for row in rows], "yaxis": axis, "hoverinfo": "skip",
         "line": {"color": LINE, "width": 1.5, "dash": "dot" if name != "mitt" else "solid"}}
        for name in ("mitt", "nedre", "ovre")
    ]  # fmt: skip
    points = {
        "type": "scatter", "mode": "lines+markers", "name": style.label, "x": x, "y": [row["varde"] for row in rows],
        "yaxis": axis, "line": {"color": style.colour, "width": 2, "dash": style.dash},
        "marker": {"color": style.colour, "size": 7, "symbol": style.symbol},
        "text": [sign_words(row) for row in rows],
        "hovertemplate": f"{style.label}: %{{y:,.1f}} {unit}, %{{text}}<extra></extra>",
    }  # fmt: skip
    signs = [row for row in rows if row["regel"] != "ingen"]
    ringed = {
        "type": "scatter", "mode": "markers", "x": [f"{row['period']}-01" for row in signs], "yaxis": axis,
        "y": [row["varde"] for row in signs], "hoverinfo": "skip",
        "marker": {"size": 17, "symbol": "circle-open", "color": style.text, "line": {"width": 2.5}},
    }  # fmt: skip
    return [*lines, *_target(rows, axis), points, ringed]


def _target(rows: Rows, axis: str) -> list[dict]:
    aimed = [row for row in rows if row["mal"] is not None]
    if not aimed:
        return []
    return [
        {"type": "scatter", "mode": "lines+text", "x": [f"{row['period']}-01" for row in aimed], "yaxis": axis,
         "y": [row["mal"] for row in aimed], "text": [texts.LINE, *[""] * (len(aimed) - 1)], "textposition": "top right",
         "hoverinfo": "skip", "line": {"color": MUTED, "width": 2, "dash": "dashdot"}}
    ]  # fmt: skip


def _table(measure: Count | Distribution, rows: Rows) -> TableData:
    at = {(row["period"], row["kon"]): row for row in rows}
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=measure.rate_unit)
        for sex in ("K", "M")
        for label in (shared.VALUE, texts.LEVEL, shared.LOW, shared.HIGH, texts.SIGN)
    ]
    periods = sorted({row["period"] for row in rows}, reverse=True)
    return TableData(
        caption=texts.CAPTION.format(name=measure.name),
        first=shared.QUARTER,
        columns=tuple(columns),
        rows=tuple(
            (
                period_short("kvartal", period),
                tuple(cell for sex in ("K", "M") for cell in _cells(at.get((period, sex)))),
            )
            for period in periods
        ),
    )


def _cells(row: Row | None) -> tuple[Cell, ...]:
    if row is None:
        return (Cell(value=None, text=MISSING),) * 5
    numbers = [Cell(value=row[name], text=number(row[name], 1)) for name in ("varde", "mitt", "nedre", "ovre")]
    return (*numbers, Cell(value=None, text=sign_words(row)))
