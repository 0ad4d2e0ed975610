"""A counting measure over time, kvinnor and män side by side."""

from datetime import date, timedelta
from typing import Any

from dashboard.figures.content import (
    Column,
    Diagram,
    TableData,
    count_cell,
    exceeds_chance,
    gap_cells,
    gap_columns,
    mark,
    rate_cell,
)  # fmt: skip
from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN, number, period_short, period_text
from dashboard.theme import MUTED, SEXES, layout
from schemas.measure import Count

Rows = list[dict[str, Any]]
AXIS = {"manad": "Månad", "kvartal": "Kvartal", "r12": "Tolv månader till och med"}


def trend(measure: Count, kind: str, period: str, rows: Rows, gaps: Rows, place: str, source: str) -> Diagram:
    """`rows` are the whole series of one unit and kind of period; `period` is the one that title and summary are
    about. The chart draws the rate where there are listade and the count where there are not."""
    shown = [row for row in rows if row["period"] <= period]
    now = {row["kon"]: row for row in shown if row["period"] == period}
    gap = next((row for row in gaps if row["period"] == period), None)
    field = "varde" if any(row["varde"] is not None for row in shown) else "antal"
    drawn = [row for row in shown if row["kon"] in ("K", "M") and row[field] is not None]
    unit = measure.rate_unit if field == "varde" else "sjukfall"
    return Diagram(
        name=measure.id,
        question=measure.question,
        title=_title(measure, kind, period, now, gap),
        subtitle=f"{measure.name}, {unit}. {place}, {period_text(kind, period)}. {measure.population}. {source}",
        summary=_summary(measure, kind, shown, field, unit, gap),
        figure=_figure(shown, kind, field, unit) if drawn else None,
        state=None if drawn else _state(shown),
        table=_table(measure, kind, shown, gaps),
        reading=measure.reading,
        notes=_notes(shown, field),
        method="Intervall 95 %: Byar, exakt Poisson under 10. Skillnad: MOVER. Kvot: exakt betingad.",
    )


def _title(measure: Count, kind: str, period: str, now: dict, gap: dict | None) -> str:
    women, men = (now.get(sex) for sex in ("K", "M"))
    when = period_text(kind, period)
    if not women or not men or women["utfall"] == "dolt" or men["utfall"] == "dolt":
        return f"Värdet för {when} visas inte."
    if women["varde"] is None or men["varde"] is None:
        return (
            f"Kvinnor {number(women['antal'])}, män {number(men['antal'])} i {when}. {states.NO_DENOMINATOR} för andel."
        )
    pair = f"{number(women['varde'], 1)} mot {number(men['varde'], 1)} {measure.rate_unit}"
    if exceeds_chance(gap):
        more = "fler" if gap and gap["differens"] > 0 else "färre"
        return f"Kvinnor har {more} än män: {pair} i {when}."
    return f"Kvinnor och män: {pair} i {when}; {states.MAY_BE_CHANCE}."


def _summary(measure: Count, kind: str, rows: Rows, field: str, unit: str, gap: dict | None) -> str:
    parts = [f"Linjediagram. {measure.name}, {unit}."]
    for sex in ("K", "M"):
        known = [row for row in rows if row["kon"] == sex and row[field] is not None]
        if known:
            first, last = known[0], known[-1]
            decimals = 1 if field == "varde" else 0
            parts.append(
                f"{SEXES[sex].label}: {number(first[field], decimals)} i {period_text(kind, first['period'])}, "
                f"{number(last[field], decimals)} i {period_text(kind, last['period'])}."
            )
    sure = exceeds_chance(gap)
    if sure is not None:
        parts.append(f"{states.EXCEEDS_CHANCE if sure else states.MAY_BE_CHANCE}.".capitalize())
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _state(rows: Rows) -> str:
    if not rows:
        return states.NOT_YET
    return states.HIDDEN if any(row["utfall"] == "dolt" for row in rows) else states.EMPTY


def _notes(rows: Rows, field: str) -> tuple[str, ...]:
    hidden = sum(row["utfall"] == "dolt" for row in rows if row["kon"] in ("K", "M"))
    notes = []
    if hidden:
        notes.append(f"{HIDDEN} vid axeln = dolt: {number(hidden)} värden visas inte. Linjen är bruten där.")
    if field == "antal":
        notes.append(
            f"{states.NO_DENOMINATOR}: antalet listade är inte levererat, därför visas antal i stället för andel."
        )
    return (*notes, states.NOT_ADJUSTED)


def _figure(rows: Rows, kind: str, field: str, unit: str) -> dict[str, Any]:
    traces: list[dict] = []
    labels: list[dict] = []
    for sex in ("K", "M"):
        series = [row for row in rows if row["kon"] == sex]
        if field == "varde":
            traces.extend(_band(series, sex))
        traces.append(_line(series, sex, field, unit))
        traces.append(_hidden(series, sex))
        labels += _end_label(series, sex, field)
    return {
        "data": traces,
        "layout": layout(
            annotations=_apart(labels),
            xaxis={"type": "date", "range": _range(rows), "hoverformat": "%Y-%m", "tickangle": 0, **_ticks(rows),
                   "title": {"text": AXIS[kind], "font": {"size": 14, "color": MUTED}}},
            yaxis={"title": {"text": unit.capitalize(), "font": {"size": 14, "color": MUTED}}},
        ),
    }  # fmt: skip


def _range(rows: Rows) -> list[str]:
    """From the first period to the last with a little air; left to itself the axis makes room for the end labels."""
    first, last = (date.fromisoformat(f"{edge(row['period'] for row in rows)}-01") for edge in (min, max))
    air = timedelta(days=max(10, (last - first).days // 40))
    return [str(first - air), str(last + air)]


def _ticks(rows: Rows) -> dict[str, Any]:
    """A long series is labelled at each January, so that the labels have room on a phone; a short one as its width
    bears. Numbers only: no language is needed."""
    if len({row["period"][:4] for row in rows}) < 3:
        return {"tickformat": "%Y-%m", "nticks": 5}
    return {"tick0": "2000-01-01", "dtick": "M12", "tickformat": "%Y", "minor": {"dtick": "M3", "ticks": "outside"}}


def _x(rows: Rows) -> list[str]:
    return [f"{row['period']}-01" for row in rows]


def _line(rows: Rows, sex: str, field: str, unit: str) -> dict:
    style = SEXES[sex]
    form = ",.1f" if field == "varde" else ",.0f"
    return {
        "type": "scatter", "mode": "lines+markers", "name": style.label, "x": _x(rows),
        "y": [row[field] for row in rows], "connectgaps": False,
        "line": {"color": style.colour, "width": style.width, "dash": style.dash},
        "marker": {"color": style.colour, "size": 6, "symbol": style.symbol},
        "hovertemplate": f"{style.label}: %{{y:{form}}} {unit}<extra></extra>",
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


def _end_label(rows: Rows, sex: str, field: str) -> list[dict]:
    known = [row for row in rows if row[field] is not None]
    if not known:
        return []
    last = known[-1]
    decimals = 1 if field == "varde" else 0
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


def _table(measure: Count, kind: str, rows: Rows, gaps: Rows) -> TableData:
    by_period: dict[str, dict[str, dict]] = {}
    for row in rows:
        by_period.setdefault(row["period"], {})[row["kon"]] = row
    gap_at = {row["period"]: row for row in gaps}
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit)
        for sex in ("K", "M")
        for label, unit in (
            ("Antal", "sjukfall"),
            ("Per 1 000", measure.rate_unit),
            ("Nedre", "95 %"),
            ("Övre", "95 %"),
        )
    ]
    columns += gap_columns(measure.rate_unit)
    if any("okand" in sexes for sexes in by_period.values()):
        columns.append(Column(group="Uppgift saknas", label="Antal", unit="sjukfall"))
    columns.append(Column(group="Totalt", label="Antal", unit="sjukfall"))
    return TableData(
        caption=f"{measure.name} per {AXIS[kind].lower()}, senaste först",
        first=AXIS[kind],
        columns=tuple(columns),
        rows=tuple(
            (period_short(kind, period), _table_row(sexes, gap_at.get(period), len(columns)))
            for period, sexes in sorted(by_period.items(), reverse=True)
        ),
    )


def _table_row(sexes: dict[str, dict], gap: dict | None, width: int) -> tuple:
    cells = []
    for sex in ("K", "M"):
        row = sexes.get(sex)
        cells += [count_cell(row), *(rate_cell(row, field) for field in ("varde", "nedre", "ovre"))]
    cells += gap_cells(gap, scale=1, decimals=1)
    if len(cells) + 2 == width:
        cells.append(count_cell(sexes["okand"]) if "okand" in sexes else mark("ej_beraknat"))
    return (*cells, count_cell(sexes.get("alla")))
