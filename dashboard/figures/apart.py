"""Why women and men differ: the whole difference, and how much of it is age, diagnoses and the rest, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.texts import states
from dashboard.texts.numbers import HIDDEN, during, listed, period_short, period_text, signed
from dashboard.theme import LINE, MUTED, TEXT, layout
from schemas.dimensions import DIAGNOS5, UPPDELNING
from schemas.measure import Count, Curve, Share

Row = dict[str, Any]
APART = "uppdelning"  # how these diagrams are named: <measure>-uppdelning
WHOLE, REST = "hela", "niva"
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
REST_IS = {True: "resten är större än slumpen", False: "resten kan vara slump"}
NOT_A_CAUSE = "Uppdelningen beskriver. Den säger inte varför skillnaden finns, eller om den är befogad."
ROUNDED = "Delarna är avrundade, så deras summa kan avvika i sista siffran."
NO_DIAGNOSES = "Listade har ingen diagnos: hur vanliga diagnoserna är hos kvinnor och män ingår i resten."
BY_DIAGNOSIS = (
    "I vilka diagnosgrupper skillnaden ligger visar måttet per diagnosgrupp: gruppernas skillnader är tillsammans hela "
    "skillnaden."
)
WEIGHED = "Sjukfall som inte kunnat följas så länge ersätts av dem som har följts."
FEW = "För få sjukfall för att dela upp skillnaden. Välj enhetens område eller hela regionen."


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
    whole: str = "MOVER"


def of_count(measure: Count) -> Subject:
    """A count: a share has both compositions, a rate per listade the ages of the listade."""
    share = isinstance(measure, Share)
    told = (BY_DIAGNOSIS,) if DIAGNOS5.column in measure.breakdowns else ()
    return Subject(
        name=f"{measure.id}-{APART}", measure=measure.id, short=measure.short, what=measure.name,
        unit="procentenheter" if share else measure.rate_unit,
        unit_text=f"procentenheter ({measure.rate_unit})" if share else measure.rate_unit,
        population=measure.population, notes=() if share else (NO_DIAGNOSES, *told),
    )  # fmt: skip


def of_share(measure: Curve) -> Subject:
    """The share of a curve on its headline day."""
    tile = measure.tile.format(dag=measure.headline)
    return Subject(
        name=f"{measure.id}-{APART}", measure=measure.id, short=f"{tile[0].upper()}{tile[1:]}",
        what=f"{measure.name}, {tile}", unit="procentenheter", unit_text="procentenheter",
        population=measure.population, notes=(WEIGHED,),
    )  # fmt: skip


def of_mean(measure: Curve, day: int) -> Subject:
    """The mean days within the first `day`."""
    what = f"Medelantal {measure.mean_of} under de första {day} dagarna"
    return Subject(
        name=f"{measure.id}-{APART}-{day}", measure=measure.id, short=what, what=what, unit="dagar", unit_text="dagar",
        population=measure.population, notes=(WEIGHED,), whole="normalfördelning",
    )  # fmt: skip


def apart(subject: Subject, period: str, rows: Sequence[Row], gaps: Sequence[Row], place: str, source: str) -> Diagram:
    """`rows` are those of `uppdelning`, `gaps` the differences in the same unit, of one place and kind of period."""
    kind = rows[0]["periodtyp"]
    table = _by_period(rows, gaps, period)
    now = table.get(period, {})
    drawn = any(_known(row) for parts in table.values() for name, row in parts.items() if name != WHOLE)
    hidden = any(row["utfall"] == "dolt" for parts in table.values() for row in parts.values())
    notes = (NOT_A_CAUSE, *subject.notes, ROUNDED)
    return Diagram(
        name=subject.name,
        measure=subject.measure,
        question=f"{subject.short}: vad består skillnaden mellan kvinnor och män av?",
        title=_title(subject, kind, period, now),
        subtitle=f"{subject.what}, kvinnor minus män, {subject.unit_text}. {place}, {period_text(kind, period)}. "
        f"{subject.population}. {source}",
        summary=_summary(subject, kind, table),
        figure=_figure(table, kind, subject.unit_text) if drawn else None,
        state=None if drawn else states.HIDDEN if hidden and not _few(rows) else FEW,
        table=_table(subject, kind, table),
        reading=READING,
        notes=(f"{HIDDEN} = dolt.", *notes) if hidden and drawn else notes,
        method=f"Hela skillnaden: {subject.whole}. Delarna: {_method(rows)}. Intervall 95 %.",
    )


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


def _title(subject: Subject, kind: str, period: str, now: dict[str, Row]) -> str:
    parts = [name for name in UPPDELNING.ids if _known(now.get(name))]
    if not parts or not _known(now.get(WHOLE)):
        return f"Skillnaden {during(kind, period)} kan inte delas upp."
    said = [f"{LABELS[name].lower()} {signed(now[name]['varde'], 1)}" for name in parts]
    whole = f"Kvinnor minus män: {signed(now[WHOLE]['varde'], 1)} {subject.unit}, varav {listed(said)}"
    rest = now[REST] if REST in parts else None
    sure = None if rest is None or rest["nedre"] is None else rest["nedre"] > 0 or rest["ovre"] < 0
    return f"{whole}." if sure is None else f"{whole}; {REST_IS[sure]}."


def _summary(subject: Subject, kind: str, table: dict[str, dict[str, Row]]) -> str:
    parts = [f"Linjediagram. {subject.what}, kvinnor minus män, {subject.unit_text}."]
    for name, label in LABELS.items():
        known = [(period, rows[name]) for period, rows in table.items() if _known(rows.get(name))]
        if known:
            ends = [f"{signed(row['varde'], 1)} {during(kind, period)}" for period, row in (known[0], known[-1])]
            parts.append(f"{label}: {ends[0]}, {ends[1]}.")
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _figure(table: dict[str, dict[str, Row]], kind: str, unit: str) -> dict[str, Any]:
    names = [name for name in LABELS if any(_known(rows.get(name)) for rows in table.values())]
    labels = [period_short(kind, period) for period in table]
    named = [labels[0], *labels[1:][-1:]]  # under the axis: a phone has room for the first and the last
    ends = _ends(table, names)
    return {
        "data": [_line(table, labels, name, unit) for name in names],
        "layout": layout(
            height=400,
            annotations=ends,
            margin={"l": 56, "r": 132, "t": 16, "b": 64},
            xaxis={"type": "category", "tickangle": 0, "tickvals": named,
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


def _table(subject: Subject, kind: str, table: dict[str, dict[str, Row]]) -> TableData:
    names = [name for name in LABELS if any(name in rows for rows in table.values())]
    columns = [
        Column(group=LABELS[name], label=label, unit=subject.unit_text)
        for name in names
        for label in ("Värde", "Nedre", "Övre")
    ]
    return TableData(
        caption=f"{subject.what}: skillnaden kvinnor − män och dess delar, {subject.unit_text}, senaste först",
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
