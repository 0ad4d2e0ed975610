"""A measure as a process: one panel a sex with its level, its limits, and the points that are no ordinary variation."""

from datetime import date, timedelta
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.figures.panels import panel_name, panels
from dashboard.texts import states
from dashboard.texts.numbers import in_words, month, number, period_short, quarter
from dashboard.theme import LINE, MUTED, SEXES, layout
from schemas.limits import SIGNAL_BASELINE
from schemas.measure import AnyMeasure, Count, Distribution, Share, Time

Row = dict[str, Any]
Rows = list[Row]
ORDINARY = "vanlig variation"
WORDS = {
    ("utanfor", 1): "ovanligt högt", ("utanfor", -1): "ovanligt lågt",
    ("trend", 1): "stigande sju kvartal i rad", ("trend", -1): "fallande sju kvartal i rad",
    ("tva_av_tre", 1): "högt, två av tre kvartal nära gränsen", ("tva_av_tre", -1): "lågt, två av tre kvartal nära gränsen",
    ("sida", 1): "över sin vanliga nivå sju kvartal i rad", ("sida", -1): "under sin vanliga nivå sju kvartal i rad",
}  # fmt: skip
TARGETS = {
    "ja": "nås stabilt", "ibland": "nås ibland, av slump", "nej": "nås inte utan förändrat arbetssätt",
}  # fmt: skip
TARGET_SOURCE = "Målet gäller från {fran}, beslutat av {av}. Källa: {kalla}."
READING = (
    "Mittlinjen är den vanliga nivån och de prickade linjerna gränserna för vanlig variation.{season}",
    "Inringade punkter är mer än vanlig variation: utanför gränserna, sju i rad åt samma håll eller på samma sida, eller "
    "två av tre nära en gräns.",
)
SEASON = " De följer årstiden i regionen."
NOT_WRONG = "Utanför gränserna är inte detsamma som fel: det är ett skäl att fråga vad som har hänt."
PROVISIONAL = f"Gränserna är preliminära: de bygger på färre än {in_words(SIGNAL_BASELINE)} kvartal."
STOCKS = "Bestånd följs kvartalets sista dag: två månader efter varandra delar de flesta av sina sjukfall."
XMR = "XmR"
LIMITS = {
    True: "gränser 2,66 medelrörelser från medelvärdet.",
    False: "gränser tre standardavvikelser från nivån, vidgade med den variation som serien själv har.",
}
PANEL, GAP = 190, 0.14


def sign_words(row: Row) -> str:
    """What a point's sign says, or that there is none."""
    return WORDS.get((row["regel"], row["riktning"]), ORDINARY)


def sign_sentence(measure: AnyMeasure, row: Row) -> str:
    """A sign in one sentence: Pågående sjukfall för kvinnor: ovanligt högt, 31,2 (vanligt 18,0–30,1)."""
    usual = f"vanligt {number(row['nedre'], 1)}–{number(row['ovre'], 1)}"
    return f"{measure.short} för {SEXES[row['kon']].label.lower()}: {sign_words(row)}, {number(row['varde'], 1)} ({usual})."


def signal(measure: Count | Distribution, rows: Rows, place: str, source: str) -> Diagram:
    """`rows` are the followed periods of kvinnor and män of one unit, as in the table `signal`."""
    shown = [row for row in rows if row["kon"] in ("K", "M")]
    last = {sex: _last(shown, sex) for sex in ("K", "M")}
    known = {sex: row for sex, row in last.items() if row is not None}
    end = max((row["period"] for row in known.values()), default="")
    when = f", till och med {quarter(end)}" if end else ""
    by_season = not isinstance(measure, Share | Distribution)
    return Diagram(
        name=f"{measure.id}-signal",
        measure=measure.id,
        question=f"{measure.short}: är förändringen verklig eller slump?",
        title=_title(known),
        subtitle=f"{measure.name}, {measure.rate_unit}. {place}{when}. {measure.population}. {source}",
        summary=_summary(measure, known),
        figure=_figure(measure, shown) if known else None,
        state=None if known else states.TOO_SHORT,
        table=_table(measure, shown),
        reading=(READING[0].format(season=SEASON if by_season else ""), READING[1]),
        notes=_notes(measure, known) if known else (),
        method=_method(known),
    )


def _method(known: dict[str, Row]) -> str:
    name = next(iter(known.values()))["metod"] if known else "Laney"
    return f"{name}: {LIMITS[name == XMR]} Regler: Making Data Count."


def _last(rows: Rows, sex: str) -> Row | None:
    return next((row for row in reversed(rows) if row["kon"] == sex), None)


def _title(known: dict[str, Row]) -> str:
    if not known:
        return "För få kvartal för att skilja förändring från slump."
    said = {sex: sign_words(row) for sex, row in known.items()}
    if set(said.values()) == {ORDINARY} and len(said) == 2:
        return "Inga signaler: vanlig variation för kvinnor och män."
    return " ".join(f"{SEXES[sex].label}: {words}." for sex, words in said.items())


def _summary(measure: Count | Distribution, known: dict[str, Row]) -> str:
    parts = [f"Styrdiagram. {measure.name}, {measure.rate_unit}."]
    for sex, row in known.items():
        parts.append(
            f"{SEXES[sex].label}: {number(row['varde'], 1)} {quarter(row['period'])}, vanlig variation "
            f"{number(row['nedre'], 1)}–{number(row['ovre'], 1)}, {sign_words(row)}."
        )
    return " ".join([*parts, "Alla värden finns i tabellen nedan."])


def target_source(row: Row) -> str:
    """Since when a target holds, who decided it and where that is written."""
    return TARGET_SOURCE.format(fran=month(row["mal_fran"]), av=row["mal_beslutad_av"], kalla=row["mal_kalla"])


def _notes(measure: Count | Distribution, known: dict[str, Row]) -> tuple[str, ...]:
    goals = [
        f"Mål {number(row['mal'], 1)} för {SEXES[sex].label.lower()}: {TARGETS[row['mal_nas']]}."
        for sex, row in known.items()
        if row["mal"] is not None and row["mal_nas"] is not None
    ]
    sources = sorted({target_source(row) for row in known.values() if row["mal_nas"] is not None})
    provisional = [PROVISIONAL] if any(row["provisorisk"] for row in known.values()) else []
    stocks = [STOCKS] if isinstance(measure, Distribution) or measure.time is Time.STOCK else []
    signs = [NOT_WRONG] if any(row["regel"] != "ingen" for row in known.values()) else []
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
               "hoverformat": "%Y-%m", "title": {"text": "Kvartal", "font": {"size": 14, "color": MUTED}}},
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
         "y": [row["mal"] for row in aimed], "text": ["Mål", *[""] * (len(aimed) - 1)], "textposition": "top right",
         "hoverinfo": "skip", "line": {"color": MUTED, "width": 2, "dash": "dashdot"}}
    ]  # fmt: skip


def _table(measure: Count | Distribution, rows: Rows) -> TableData:
    fields = (("Värde", "varde"), ("Nivå", "mitt"), ("Nedre", "nedre"), ("Övre", "ovre"))
    at = {(row["period"], row["kon"]): row for row in rows}
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=measure.rate_unit)
        for sex in ("K", "M")
        for label in (*(label for label, _ in fields), "Signal")
    ]
    periods = sorted({row["period"] for row in rows}, reverse=True)
    return TableData(
        caption=f"{measure.name} per kvartal, senaste först, med gränserna för vanlig variation",
        first="Kvartal",
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
        return (Cell(value=None, text=".."),) * 5
    numbers = [Cell(value=row[name], text=number(row[name], 1)) for name in ("varde", "mitt", "nedre", "ovre")]
    return (*numbers, Cell(value=None, text=sign_words(row)))
