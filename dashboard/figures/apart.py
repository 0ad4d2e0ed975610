"""Why women and men differ: the whole difference, and how much of it is age, diagnoses and the rest, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.texts import states
from dashboard.texts.figures import apart as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import during, listed, period_short, period_text, signed
from dashboard.theme import LINE, MUTED, TEXT, layout
from schemas.dimensions import DIAGNOS5, UPPDELNING
from schemas.measure import Count, Curve, Share

Row = dict[str, Any]
APART = "uppdelning"  # how these diagrams are named: <measure>-uppdelning
WHOLE, REST = "hela", "niva"
LABELS = {WHOLE: texts.WHOLE, **{part.id: part.label for part in UPPDELNING.categories}}
# told apart by dash and marker as well as by colour, and none of them the colour of a sex
STYLES = {
    WHOLE: (TEXT, "solid", "circle", 3.0), "alder": ("#00529B", "dot", "triangle-up", 2.0),
    "diagnos": ("#6B3FA0", "dash", "diamond", 2.0), REST: (LINE, "solid", "square", 2.0),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is taken apart: `name` as a file, the `measure` that explains it, `what` in words and `short` in a question;
    values are in `unit` (in full `unit_text`). `whole` is how the interval of the whole difference is made."""

    name: str
    measure: str
    short: str
    what: str
    unit: str
    unit_text: str
    population: str
    notes: tuple[str, ...]
    whole: str = texts.MOVER


def of_count(measure: Count) -> Subject:
    """A count: a share has both compositions, a rate per listade the ages of the listade."""
    share = isinstance(measure, Share)
    told = (texts.BY_DIAGNOSIS,) if DIAGNOS5.column in measure.breakdowns else ()
    return Subject(
        name=f"{measure.id}-{APART}", measure=measure.id, short=measure.short, what=measure.name,
        unit=shared.POINTS if share else measure.rate_unit,
        unit_text=texts.POINTS_OF.format(unit=measure.rate_unit) if share else measure.rate_unit,
        population=measure.population, notes=() if share else (texts.NO_DIAGNOSES, *told),
    )  # fmt: skip


def of_share(measure: Curve) -> Subject:
    """The share of a curve on its headline day."""
    tile = measure.tile.format(dag=measure.headline)
    return Subject(
        name=f"{measure.id}-{APART}", measure=measure.id, short=f"{tile[0].upper()}{tile[1:]}",
        what=f"{measure.name}, {tile}", unit=shared.POINTS, unit_text=shared.POINTS,
        population=measure.population, notes=(texts.WEIGHED,),
    )  # fmt: skip


def of_mean(measure: Curve, day: int) -> Subject:
    """The mean days within the first `day`."""
    what = texts.MEAN.format(what=measure.mean_of, day=day)
    return Subject(
        name=f"{measure.id}-{APART}-{day}", measure=measure.id, short=what, what=what, unit=texts.DAYS,
        unit_text=texts.DAYS, population=measure.population, notes=(texts.WEIGHED,), whole=texts.NORMAL,
    )  # fmt: skip


def apart(subject: Subject, period: str, rows: Sequence[Row], gaps: Sequence[Row], place: str, source: str) -> Diagram:
    """`rows` are those of `uppdelning`, `gaps` the differences in the same unit, of one place and kind of period."""
    kind = rows[0]["periodtyp"]
    table = _by_period(rows, gaps, period)
    now = table.get(period, {})
    drawn = any(_known(row) for parts in table.values() for name, row in parts.items() if name != WHOLE)
    hidden = any(row["utfall"] == "dolt" for parts in table.values() for row in parts.values())
    notes = (texts.NOT_A_CAUSE, *subject.notes, texts.ROUNDED)
    return Diagram(
        name=subject.name,
        measure=subject.measure,
        question=texts.QUESTION.format(short=subject.short),
        title=_title(subject, kind, period, now),
        subtitle=texts.SUBTITLE.format(
            what=subject.what,
            unit=subject.unit_text,
            place=place,
            when=period_text(kind, period),
            population=subject.population,
            source=source,
        ),
        summary=_summary(subject, kind, table),
        figure=_figure(table, kind, subject.unit_text) if drawn else None,
        state=None if drawn else states.HIDDEN if hidden and not _few(rows) else texts.FEW,
        tabulated=lambda: _table(subject, kind, table),
        reading=texts.READING,
        notes=(f"{shared.HIDDEN_IS}.", *notes) if hidden and drawn else notes,
        method=texts.METHOD.format(whole=subject.whole, parts=_method(rows)),
    )


def _method(rows: Sequence[Row]) -> str:
    return next((row["metod"] for row in rows if row["utfall"] == "tal"), texts.KITAGAWA)


def _few(rows: Sequence[Row]) -> bool:
    return any(row["orsak"] == "litet_underlag" for row in rows)


def _known(row: Row | None) -> bool:
    return row is not None and row["utfall"] == "tal"


def _by_period(rows: Sequence[Row], gaps: Sequence[Row], last: str) -> dict[str, dict[str, Row]]:
    """period → part → its value and limits, the whole first."""
    found: dict[str, dict[str, Row]] = {}
    asked = {row["period"] for row in rows}
    for gap in gaps:
        if gap["period"] in asked and gap["period"] <= last:
            whole = {"varde": gap["differens"], "nedre": gap["differens_nedre"], "ovre": gap["differens_ovre"]}
            found[gap["period"]] = {WHOLE: whole | {"utfall": gap["utfall"]}}
    for row in rows:
        if row["period"] in found:
            found[row["period"]][row["del"]] = row
    return dict(sorted(found.items()))


def _title(subject: Subject, kind: str, period: str, now: dict[str, Row]) -> str:
    parts = [name for name in UPPDELNING.ids if _known(now.get(name))]
    if not parts or not _known(now.get(WHOLE)):
        return texts.NOT_APART.format(when=during(kind, period))
    said = [f"{LABELS[name].lower()} {signed(now[name]['varde'], 1)}" for name in parts]
    whole = texts.TITLE.format(whole=signed(now[WHOLE]["varde"], 1), unit=subject.unit, parts=listed(said))
    rest = now[REST] if REST in parts else None
    sure = None if rest is None or rest["nedre"] is None else rest["nedre"] > 0 or rest["ovre"] < 0
    return f"{whole}." if sure is None else f"{whole}; {texts.REST_IS[sure]}."


def _summary(subject: Subject, kind: str, table: dict[str, dict[str, Row]]) -> str:
    parts = [texts.SUMMARY.format(what=subject.what, unit=subject.unit_text)]
    for name, label in LABELS.items():
        known = [(period, rows[name]) for period, rows in table.items() if _known(rows.get(name))]
        if known:
            ends = [f"{signed(row['varde'], 1)} {during(kind, period)}" for period, row in (known[0], known[-1])]
            parts.append(f"{label}: {ends[0]}, {ends[1]}.")
    return " ".join([*parts, shared.IN_TABLE])


def _figure(table: dict[str, dict[str, Row]], kind: str, unit: str) -> dict[str, Any]:
    names = [name for name in LABELS if any(_known(rows.get(name)) for rows in table.values())]
    labels = [period_short(kind, period) for period in table]
    named = [labels[0], *labels[1:][-1:]]  # under the axis: a phone has room for the first and the last
    ends = _ends(table, names)
    axis = shared.MONTH if kind == "manad" else shared.TWELVE_MONTHS
    return {
        "data": [_line(table, labels, name, unit) for name in names],
        "layout": layout(
            height=400,
            annotations=ends,
            margin={"l": 56, "r": 132, "t": 16, "b": 64},
            xaxis={"type": "category", "tickangle": 0, "tickvals": named,
                   "title": {"text": axis, "font": {"size": 14}}},
            yaxis={"rangemode": "normal", "title": {"text": texts.MINUS, "font": {"size": 14, "color": MUTED}}},
        ),
    }  # fmt: skip


def _line(table: dict[str, dict[str, Row]], labels: list[str], name: str, unit: str) -> dict[str, Any]:
    colour, dash, symbol, width = STYLES[name]
    rows = [parts.get(name) for parts in table.values()]
    return {
        "type": "scatter", "mode": "lines+markers", "name": LABELS[name], "x": labels, "connectgaps": False,
        "y": [row["varde"] if row is not None and row["utfall"] == "tal" else None for row in rows],
        "line": {"color": colour, "dash": dash, "width": width},
        "marker": {"color": colour, "symbol": symbol, "size": 8},
        "hovertemplate": f"{LABELS[name]}: %{{y:,.1f}} {unit}<extra></extra>",
    }  # fmt: skip


def _ends(table: dict[str, dict[str, Row]], names: list[str]) -> list[dict]:
    """A label at the end of each line, moved apart where they would lie on each other."""
    found = []
    for name in names:
        at, row = [(at, parts[name]) for at, parts in enumerate(table.values()) if _known(parts.get(name))][-1]
        found.append((row["varde"], at, name))
    values = [row["varde"] for parts in table.values() for row in parts.values() if _known(row)]
    room = 320 / max(1e-9, max([*values, 0]) - min([*values, 0]))  # pixels per unit, about
    labels, last = [], None
    for value, at, name in sorted(found, reverse=True):
        wanted = -value * room
        place = wanted if last is None else max(wanted, last + 38)
        last = place
        labels.append(
            {"x": at, "y": value, "xanchor": "left", "xshift": 10, "yshift": wanted - place, "showarrow": False,
             "align": "left", "text": f"<b>{LABELS[name].replace(' ', '<br>')} {signed(value, 1)}</b>",
             "font": {"color": STYLES[name][0], "size": 14}}
        )  # fmt: skip
    return labels


def _table(subject: Subject, kind: str, table: dict[str, dict[str, Row]]) -> TableData:
    names = [name for name in LABELS if any(name in rows for rows in table.values())]
    columns = [
        Column(group=LABELS[name], label=label, unit=subject.unit_text)
        for name in names
        for label in shared.VALUE_LIMITS
    ]
    return TableData(
        caption=texts.CAPTION.format(what=subject.what, unit=subject.unit_text),
        first=shared.PERIOD,
        columns=tuple(columns),
        rows=tuple(
            (period_short(kind, period), tuple(cell for name in names for cell in cells(rows.get(name))))
            for period, rows in reversed(table.items())
        ),
    )


def cells(row: Row | None) -> list[Cell]:
    """Value and limits of the whole difference or of a part."""
    if row is None or row["utfall"] != "tal":
        return [mark("ej_beraknat" if row is None else row["utfall"])] * 3
    found = []
    for field in ("varde", "nedre", "ovre"):
        value = row[field]
        found.append(mark("ej_beraknat") if value is None else Cell(value=value, text=signed(value, 1)))
    return found
