"""Why women and men differ: the whole difference, and how much of it is age, diagnoses and the rest, over time."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN, during, period_short, period_text, signed
from dashboard.theme import LINE, MUTED, TEXT, layout
from schemas.dimensions import UPPDELNING
from schemas.measure import Count, Share

Row = dict[str, Any]
WHOLE, REST = "hela", "niva"
NAMED = 2  # periods named under the axis: a phone has room for no more
LABELS = {WHOLE: "Hela skillnaden", **{part.id: part.label for part in UPPDELNING.categories}}
# told apart by dash and marker as well as by colour, and none of them the colour of a sex
STYLES = {
    WHOLE: (TEXT, "solid", "circle", 3.0), "alder": ("#00529B", "dot", "triangle-up", 2.0),
    "diagnos": ("#6B3FA0", "dash", "diamond", 2.0), REST: (LINE, "solid", "square", 2.0),
}  # fmt: skip
READING = (
    "Linjen hela skillnaden är kvinnornas värde minus männens. De andra linjerna är dess delar: tillsammans är de hela.",
    "Olika ålder och olika diagnoser är det som följer av att kvinnor och män är olika sammansatta. Resten är skillnaden "
    "mellan kvinnor och män i samma ålder och med samma diagnos.",
)
NOT_A_CAUSE = "Uppdelningen beskriver. Den säger inte varför skillnaden finns, eller om den är befogad."
ROUNDED = "Delarna är avrundade, så deras summa kan avvika i sista siffran."
NO_DIAGNOSES = "Listade har ingen diagnos: hur vanliga diagnoserna är hos kvinnor och män ingår i resten."
FEW = "För få sjukfall för att dela upp skillnaden. Välj enhetens område eller hela regionen."


def apart(measure: Count, period: str, rows: Sequence[Row], gaps: Sequence[Row], place: str, source: str) -> Diagram:
    """`rows` are those of `uppdelning`, `gaps` the measure's differences, of one unit and kind of period."""
    kind = rows[0]["periodtyp"]
    table = _by_period(rows, gaps, period)
    now = table.get(period, {})
    drawn = any(_known(row) for parts in table.values() for name, row in parts.items() if name != WHOLE)
    hidden = any(row["utfall"] == "dolt" for parts in table.values() for row in parts.values())
    notes = (NOT_A_CAUSE, ROUNDED) if isinstance(measure, Share) else (NOT_A_CAUSE, NO_DIAGNOSES, ROUNDED)
    return Diagram(
        name=f"{measure.id}-uppdelning",
        measure=measure.id,
        question=f"{measure.short}: vad består skillnaden mellan kvinnor och män av?",
        title=_title(measure, kind, period, now),
        subtitle=f"{measure.name}, kvinnor minus män, {_unit(measure)}. {place}, {period_text(kind, period)}. "
        f"{measure.population}. {source}",
        summary=_summary(measure, kind, table),
        figure=_figure(table, kind, _unit(measure)) if drawn else None,
        state=None if drawn else states.HIDDEN if hidden and not _few(rows) else FEW,
        table=_table(measure, kind, table),
        reading=READING,
        notes=(f"{HIDDEN} = dolt.", *notes) if hidden and drawn else notes,
        method=f"Hela skillnaden: MOVER. Delarna: {_method(rows)}. Intervall 95 %.",
    )


def _unit(measure: Count) -> str:
    return f"procentenheter ({measure.rate_unit})" if isinstance(measure, Share) else measure.rate_unit


def _method(rows: Sequence[Row]) -> str:
    return next((row["metod"] for row in rows if row["utfall"] == "tal"), "Kitagawa och Das Gupta")


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


def _title(measure: Count, kind: str, period: str, now: dict[str, Row]) -> str:
    parts = [name for name in UPPDELNING.ids if _known(now.get(name))]
    if not parts or not _known(now.get(WHOLE)):
        return f"Skillnaden {during(kind, period)} kan inte delas upp."
    said = [f"{LABELS[name].lower()} {signed(now[name]['varde'], 1)}" for name in parts]
    unit = "procentenheter" if isinstance(measure, Share) else measure.rate_unit
    return f"Kvinnor minus män: {signed(now[WHOLE]['varde'], 1)} {unit}, varav {', '.join(said[:-1])} och {said[-1]}."


def _summary(measure: Count, kind: str, table: dict[str, dict[str, Row]]) -> str:
    parts = [f"Linjediagram. {measure.name}, kvinnor minus män, {_unit(measure)}."]
    for name, label in LABELS.items():
        known = [(period, rows[name]) for period, rows in table.items() if _known(rows.get(name))]
        if known:
            ends = [f"{signed(row['varde'], 1)} {during(kind, period)}" for period, row in (known[0], known[-1])]
            parts.append(f"{label}: {ends[0]}, {ends[1]}.")
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _figure(table: dict[str, dict[str, Row]], kind: str, unit: str) -> dict[str, Any]:
    names = [name for name in LABELS if any(_known(rows.get(name)) for rows in table.values())]
    labels = [period_short(kind, period) for period in table]
    step = -(-len(labels) // NAMED)
    ends = _ends(table, names)
    return {
        "data": [_line(table, labels, name, unit) for name in names],
        "layout": layout(
            height=400,
            annotations=ends,
            margin={"l": 56, "r": 132, "t": 16, "b": 64},
            xaxis={"type": "category", "tickangle": 0, "tickvals": labels[::-1][::step][::-1],
                   "title": {"text": "Månad" if kind == "manad" else "Tolv månader till och med", "font": {"size": 14}}},
            yaxis={"rangemode": "normal", "title": {"text": "Kvinnor − män", "font": {"size": 14, "color": MUTED}}},
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


def _table(measure: Count, kind: str, table: dict[str, dict[str, Row]]) -> TableData:
    names = [name for name in LABELS if any(name in rows for rows in table.values())]
    columns = [
        Column(group=LABELS[name], label=label, unit=_unit(measure))
        for name in names
        for label in ("Värde", "Nedre", "Övre")
    ]
    return TableData(
        caption=f"{measure.name}: skillnaden kvinnor − män och dess delar, {_unit(measure)}, senaste först",
        first="Period",
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
