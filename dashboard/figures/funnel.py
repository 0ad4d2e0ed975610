"""The funnel: every vårdcentral at its size, and how far a unit of that size may fall by chance. No league."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.texts import states
from dashboard.texts.numbers import number, period_text
from dashboard.theme import LINE, MUTED, SEXES, layout
from schemas.measure import AnyMeasure, Curve

Row = dict[str, Any]
PANEL, GAP = 270, 0.16
NOT_A_FAULT = "Utanför gräns ≠ fel: det är ett skäl att fråga varför."
READING = (
    "Varje punkt är en vårdcentral: ju längre åt höger, desto större underlag och desto smalare gränser.",
    "Mellan de heldragna linjerna ligger en enhet som gör som regionen nästan alltid (99,8 %), mellan de prickade oftast "
    "(95 %).",
)
TWO_YEARS = (
    "En enhet avviker först när den ligger utanför de heldragna linjerna på samma sida två år i rad, och när det står sig "
    "fast många enheter och mått prövas samtidigt (andelen falska larm hålls vid 5 %)."
)
CASE_MIX = (
    "Enheterna skiljer sig så mycket att det oftare beror på vilka patienter de har, eller hur de registrerar, än på vad "
    "de gör."
)
STRONG = 5  # above it look for case mix before anything else
STANDARD = {
    True: "standardiserat för ålder och diagnos inom vart kön",
    False: "standardiserat för ålder inom vart kön",
}
SIDE_WORDS = {"over": "över gränsen", "under": "under gränsen", "inom": "inom gränserna"}
REASONS = {
    "litet_underlag": "för litet underlag", "for_fa_enheter": "för få enheter", "underlag_saknas": "uppgift saknas",
    "ingen_uppfoljning": "följs inte så länge",
}  # fmt: skip


def funnel(
    measure: AnyMeasure, kind: str, period: str, rows: list[Row], own: str, tested: Row, unit: str, source: str
) -> Diagram:
    """`rows` of the table `tratt` with enhet_id and namn, `own` the chosen enhet, `tested` as from queries.tested."""
    shown = [row for row in rows if row["utfall"] == "tal"]
    mine = {row["kon"]: row for row in rows if row["enhet_id"] == own}
    mix = STANDARD[isinstance(measure, Curve)]
    return Diagram(
        name=f"{measure.id}-tratt",
        measure=measure.id,
        question=f"{measure.short}: avviker enheten mer än slumpen?",
        title=_title(mine, shown),
        subtitle=f"{measure.name}, {unit}, {mix}. {period_text(kind, period).capitalize()}. {measure.population}. "
        f"{source}",
        summary=_summary(measure, mine, shown, unit),
        figure=_figure(measure, shown, own, unit) if shown else None,
        state=None if shown else states.NO_FUNNEL,
        table=_table(measure, rows, unit, mix),
        reading=READING,
        notes=(NOT_A_FAULT, TWO_YEARS, _tested(tested), *_widened(shown)),
        method=f"{shown[0]['metod'].capitalize()}. Plats: simulerat intervall (95 %)." if shown else "",
    )


def side_words(row: Row | None) -> str:
    """Where a unit lies, and since when; or why it is not told."""
    if row is None:
        return REASONS["underlag_saknas"]
    if row["utfall"] == "dolt":
        return "dolt"
    if row["utfall"] != "tal":
        return REASONS.get(row["orsak"], REASONS["underlag_saknas"])
    if row["avviker"] in ("over", "under"):
        return f"avviker: {SIDE_WORDS[row['avviker']]} två år i rad"
    return SIDE_WORDS[row["sida"]] if row["sida"] == "inom" else f"{SIDE_WORDS[row['sida']]} i år, inte två år i rad"


def differing_sentence(measure: AnyMeasure, row: Row) -> str:
    """Startade sjukfall för kvinnor: över gränsen två år i rad, 92,2 (regionen 71,0)."""
    values = f"{number(row['varde'], 1)} (regionen {number(row['niva'], 1)})"
    sex = SEXES[row["kon"]].label.lower()
    return f"{measure.short} för {sex}: {SIDE_WORDS[row['avviker']]} bland enheterna två år i rad, {values}."


def _title(mine: dict[str, Row], shown: list[Row]) -> str:
    if mine:
        name = next(iter(mine.values()))["namn"]
        said = {sex: side_words(mine.get(sex)) for sex in ("K", "M")}
        if len(set(said.values())) == 1:
            return f"{name}: {said['K']} för kvinnor och män."
        return f"{name}: kvinnor {said['K']}, män {said['M']}."
    out = {row["namn"] for row in shown if row["avviker"] in ("over", "under")}
    if not out:
        return "Ingen enhet avviker mer än slumpen två år i rad."
    return f"{number(len(out))} av {number(len({row['namn'] for row in shown}))} enheter avviker två år i rad."


def _summary(measure: AnyMeasure, mine: dict[str, Row], shown: list[Row], unit: str) -> str:
    parts = [f"Trattdiagram. {measure.name}, {unit}, för {number(len({row['namn'] for row in shown}))} vårdcentraler."]
    parts += [
        f"{SEXES[sex].label}: {number(row['varde'], 1)}, gränser {number(row['nedre_998'], 1)}–"
        f"{number(row['ovre_998'], 1)}, {side_words(row)}."
        for sex, row in mine.items()
        if row["utfall"] == "tal"
    ]
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def _tested(tested: Row) -> str:
    if not tested["provade"]:
        return "Inget värde kan prövas ännu: det krävs två år."
    return (
        f"I hela regionen prövades {number(tested['provade'])} värden det här året (mått × enheter × kön); "
        f"{number(tested['avviker'])} avviker."
    )


def _widened(shown: list[Row]) -> tuple[str, ...]:
    """φ of the two funnels, where the units differ more than chance."""
    found = {row["kon"]: row["fi"] for row in shown}
    wide = {sex: phi for sex, phi in found.items() if phi > 1}
    if not wide:
        return ("Enheterna skiljer sig inte mer än slumpen (φ högst 1).",) if found else ()
    said = ", ".join(f"{SEXES[sex].label.lower()} φ = {number(phi, 1)}" for sex, phi in sorted(wide.items()))
    text = f"Gränserna är vidgade: enheterna skiljer sig mer än slumpen ({said})."
    return (text, CASE_MIX) if max(wide.values()) > STRONG else (text,)


def _figure(measure: AnyMeasure, shown: list[Row], own: str, unit: str) -> dict[str, Any]:
    sexes = [sex for sex in ("K", "M") if any(row["kon"] == sex for row in shown)]
    traces: list[dict] = []
    axes: dict[str, Any] = {}
    names: list[dict] = []
    for at, sex in enumerate(sexes):
        part = sorted((row for row in shown if row["kon"] == sex), key=lambda row: row["underlag"])
        suffix = str(at + 1) if at else ""
        high = 1 - at * (0.5 + GAP / 2)
        low = high - (0.5 - GAP / 2 if len(sexes) == 2 else 1)
        traces += _panel(part, sex, own, suffix, unit)
        axes[f"yaxis{suffix}"] = {
            "domain": [low, high], "range": _range(part), "anchor": f"x{suffix}", "rangemode": "normal",
            "title": {"text": unit.capitalize(), "font": {"size": 13, "color": MUTED}},
        }  # fmt: skip
        last = at == len(sexes) - 1
        axes[f"xaxis{suffix}"] = {
            "anchor": f"y{suffix}", "rangemode": "tozero", "matches": "x" if at else None,
            "title": {"text": _size_label(measure) if last else "", "font": {"size": 14, "color": MUTED}},
        }  # fmt: skip
        names.append(
            {"xref": "paper", "yref": "paper", "x": 0, "y": high, "xanchor": "left", "yanchor": "bottom", "yshift": 4,
             "showarrow": False, "text": f"<b>{SEXES[sex].label}</b>", "font": {"color": SEXES[sex].text, "size": 14}}
        )  # fmt: skip
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
    return "Sjukfall i underlaget" if isinstance(measure, Curve) else "Väntat antal sjukfall"


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
    lines = [
        {"type": "scatter", "mode": "lines", "x": x, "y": [row[name] for row in part], "hoverinfo": "skip", **axes,
         "line": {"color": LINE, "width": 1 if name == "niva" else 1.5, "dash": "dot" if name.endswith("95") else "solid"}}
        for name in ("niva", "nedre_95", "ovre_95", "nedre_998", "ovre_998")
    ]  # fmt: skip
    others = [row for row in part if row["enhet_id"] != own]
    mine = [row for row in part if row["enhet_id"] == own]
    points = [
        {"type": "scatter", "mode": "markers", "name": style.label, **axes, "x": [row["underlag"] for row in rows],
         "y": [row["varde"] for row in rows], "text": [f"{row['namn']}: {side_words(row)}" for row in rows],
         "marker": {"color": style.colour, "size": size, "symbol": style.symbol, "opacity": seen,
                    "line": {"color": style.text, "width": edge}},
         "hovertemplate": f"%{{text}}<br>%{{y:,.1f}} {unit}, underlag %{{x:,.0f}}<extra></extra>"}
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
         "yshift": 12, "text": _bold(row["namn"].removeprefix("Vårdcentralen "), own=row["enhet_id"] == own),
         "bgcolor": "rgba(255,255,255,0.8)", "font": {"color": SEXES[sex].text, "size": 14}}
        for row in named
    ]  # fmt: skip


def _bold(text: str, *, own: bool) -> str:
    return f"<b>{text}</b>" if own else text


def _table(measure: AnyMeasure, rows: list[Row], unit: str, mix: str) -> TableData:
    labels = (
        ("Läge", ""), ("Värde", unit), ("Nedre", "95 %"), ("Övre", "95 %"), ("Undre gräns", "99,8 %"),
        ("Övre gräns", "99,8 %"), ("Plats", "95 %"),
    )  # fmt: skip
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=of)
        for sex in ("K", "M")
        for label, of in labels
    ]  # fmt: skip
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["enhet_id"], {})[row["kon"]] = row
    ordered = sorted(by_unit.values(), key=lambda sexes: (-_size(sexes), _name(sexes)))
    return TableData(
        caption=f"{measure.name}, {mix}, per vårdcentral, störst underlag först. Plats = intervall för platsen från "
        "lägst till högst",
        first="Enhet",
        columns=tuple(columns),
        rows=tuple(
            (_name(sexes), tuple(cell for sex in ("K", "M") for cell in _cells(sexes.get(sex)))) for sexes in ordered
        ),
    )


def _size(sexes: dict[str, Row]) -> float:
    return sum(row["underlag"] or 0 for row in sexes.values())


def _name(sexes: dict[str, Row]) -> str:
    return next(iter(sexes.values()))["namn"]


def _cells(row: Row | None) -> tuple[Cell, ...]:
    if row is None or row["utfall"] != "tal":
        return (Cell(value=None, text=side_words(row)), *(mark(row["utfall"] if row else "ej_beraknat"),) * 6)
    numbers = [
        Cell(value=row[name], text=number(row[name], 1)) for name in ("varde", "nedre", "ovre", "nedre_998", "ovre_998")
    ]
    place = f"{number(row['rang_nedre'])}–{number(row['rang_ovre'])} av {number(row['enheter'])}"
    return (Cell(value=None, text=side_words(row)), *numbers, Cell(value=None, text=place))
