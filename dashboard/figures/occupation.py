"""Grades day by day: one stacked picture for kvinnor and one for män, on the same scale."""

from typing import Any

from dashboard.figures.content import (
    Column,
    Diagram,
    TableData,
    exceeds_chance,
    gap_cells,
    gap_columns,
    plain_cell,
    share_cell,
)
from dashboard.texts import states
from dashboard.texts.figures import occupation as texts
from dashboard.texts.figures import shared
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import NBSP, in_sentence, percent, twelve_months
from dashboard.theme import MUTED, SEXES, layout
from schemas.measure import Occupation, State

Rows = list[dict[str, Any]]
# the darker the more sick leave; patterns so that no colour is needed to tell neighbours apart
FILLS = (("#1B2B33", ""), ("#4A5A63", "/"), ("#767676", "."), ("#8A949A", "x"))
PANELS = {"K": ("x", "y", (0.56, 1.0)), "M": ("x2", "y2", (0.0, 0.44))}


def occupation(measure: Occupation, period: str, rows: Rows, gaps: Rows, place: str, source: str) -> Diagram:
    """`rows` are every published day of one cohort, by sex and state; `gaps` its differences per state and declared day."""
    shown = {sex: sorted({row["dag"] for row in rows if row["kon"] == sex and row["utfall"] == "tal"}) for sex in "KM"}
    at = {(row["kon"], row["orsak_id"], row["dag"]): row for row in rows}
    gap_at = {(row["orsak_id"], row["dag"]): row for row in gaps}
    drawn = any(shown.values())
    return Diagram(
        name=measure.id,
        measure=measure.id,
        question=measure.question,
        title=_title(measure, at, gap_at),
        subtitle=texts.SUBTITLE.format(
            name=measure.name, place=place, when=twelve_months(period), rule=measure.unit_rule, source=source
        ),
        summary=_summary(measure, at),
        figure=_figure(measure, at, shown) if drawn else None,
        state=None if drawn else states.HIDDEN,
        tabulated=lambda: _table(measure, at, gap_at),
        reading=measure.reading,
        notes=(measure.clock, *_hidden_note(rows), states.NOT_ADJUSTED) if drawn else (),
        method=interval_words(measure),
    )


def _hidden_note(rows: Rows) -> tuple[str, ...]:
    hidden = any(row["utfall"] == "dolt" for row in rows)
    return (texts.HIDDEN_DAYS,) if hidden else ()


def told_state(measure: Occupation) -> State:
    """The state that is told first: partial sick leave where it is one state, else the full."""
    partial = [state for state in measure.states if not {0, 100} & set(state.grades)]
    return partial[0] if len(partial) == 1 else measure.states[0]


def _title(measure: Occupation, at: dict, gap_at: dict) -> str:
    state, day = told_state(measure), measure.headline
    women, men = (at.get((sex, state.id, day)) for sex in ("K", "M"))
    if women is None or men is None or not women["utfall"] == men["utfall"] == "tal":
        return texts.NOT_BOTH.format(day=day)
    size = min(women["n"], men["n"])
    return texts.TITLE.format(
        day=day,
        state=in_sentence(state.label),
        women=percent(women["andel"], size),
        men=percent(men["andel"], size),
        ending=shared.ending(exceeds_chance(gap_at.get((state.id, day)))),
    )


def _summary(measure: Occupation, at: dict) -> str:
    parts = [texts.SUMMARY.format(name=measure.name)]
    for sex in ("K", "M"):
        values = [
            f"{state.label.lower()} {percent(row['andel'], row['n'])}"
            for state in measure.states
            if (row := at.get((sex, state.id, measure.headline))) is not None and row["utfall"] == "tal"
        ]
        if values:
            said = texts.OF_SEX.format(sex=SEXES[sex].label, day=measure.headline, values=", ".join(values))
            parts.append(said)
    return " ".join([*parts, shared.IN_TABLE])


def _figure(measure: Occupation, at: dict, shown: dict[str, list[int]]) -> dict[str, Any]:
    on_leave = [state for state in measure.states if state.grades != (0,)]
    first = next((sex for sex in ("K", "M") if shown[sex]), "K")
    traces = [
        _stack(at, shown[sex], sex, state.id, state.label, FILLS[place], first=sex == first)
        for sex in ("K", "M")
        for place, state in enumerate(on_leave)
        if shown[sex]
    ]
    traces += [_silent(sex, measure.horizons[-1]) for sex in ("K", "M") if not shown[sex]]
    names = [
        {"text": f"<b>{SEXES[sex].label}</b>", "x": 0, "xref": "paper", "y": PANELS[sex][2][1], "yref": "paper",
         "xanchor": "left", "yanchor": "bottom", "showarrow": False, "font": {"size": 14, "color": SEXES[sex].text}}
        for sex in ("K", "M")
    ]  # fmt: skip
    axis = {
        "tickvals": [0, *(day for day in measure.horizons if day >= 90)],
        "tickangle": 0,
        "range": [0, measure.horizons[-1] + 5],
        "fixedrange": True,
    }
    scale = {
        "range": [0, 101],
        "tickvals": [0, 50, 100],
        "ticktext": [f"{part}{NBSP}%" for part in (0, 50, 100)],
        "fixedrange": True,
    }
    made = layout(
        height=620, barmode="stack", bargap=0, hovermode="closest", showlegend=True, annotations=names,
        legend={"orientation": "h", "x": 0, "y": 1.06, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False,
                "traceorder": "normal"},
        margin={"l": 56, "r": 16, "t": 72, "b": 48},
        xaxis=axis | {"anchor": "y"}, yaxis=scale | {"domain": list(PANELS["K"][2])},
    )  # fmt: skip
    title = {"title": {"text": measure.day_label, "font": {"size": 14, "color": MUTED}}}
    made["xaxis2"] = made["xaxis"] | title | {"anchor": "y2"}
    made["yaxis2"] = made["yaxis"] | {"domain": list(PANELS["M"][2])}
    return {"data": traces, "layout": made}


def _silent(sex: str, last: int) -> dict[str, Any]:
    """What stands in the panel of a sex that is hidden on every day."""
    axis, scale, _ = PANELS[sex]
    return {
        "type": "scatter", "mode": "text", "x": [last / 2], "y": [50], "text": [shared.HIDDEN_IS], "xaxis": axis,
        "yaxis": scale, "hoverinfo": "skip", "showlegend": False, "textfont": {"size": 16, "color": SEXES[sex].text},
    }  # fmt: skip


def _stack(
    at: dict, days: list[int], sex: str, state: str, label: str, fill: tuple[str, str], *, first: bool
) -> dict[str, Any]:
    """Each day's share as wide as until the next day of the grid, so that hidden days are a gap."""
    every = sorted({day for who, _, day in at if who == sex})
    width = {day: later - day for day, later in zip(every, [*every[1:], every[-1] + 5], strict=True)}
    axis, scale, _ = PANELS[sex]
    colour, pattern = fill
    return {
        "type": "bar", "name": label, "x": days, "y": [100 * at[sex, state, day]["andel"] for day in days],
        "width": [width[day] for day in days], "offset": 0, "xaxis": axis, "yaxis": scale, "showlegend": first,
        "marker": {"color": colour, "line": {"width": 0},
                   "pattern": {"shape": pattern, "fgcolor": "#FFFFFF", "size": 6, "solidity": 0.2, "fillmode": "overlay"}},
        "hovertemplate": f"{SEXES[sex].label}, {shared.DAY.lower()} %{{x}}: {label} %{{y:.0f}}{NBSP}%<extra></extra>",
    }  # fmt: skip


def _table(measure: Occupation, at: dict, gap_at: dict) -> TableData:
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit) for sex in ("K", "M") for label, unit in shared.SHARES
    ]
    rows = []
    for day in measure.horizons:
        for state in measure.states:
            cells = []
            for row in (at.get((sex, state.id, day)) for sex in ("K", "M")):
                cells += [*(share_cell(row, field) for field in ("andel", "nedre", "ovre")), plain_cell(row, "i_risk")]
            cells += gap_cells(gap_at.get((state.id, day)), scale=100, decimals=1)
            rows.append((texts.ROW.format(day=day, state=in_sentence(state.label)), tuple(cells)))
    return TableData(
        caption=texts.CAPTION.format(name=measure.name), first=shared.DAY,
        columns=(*columns, *gap_columns(shared.POINTS)), rows=tuple(rows),
    )  # fmt: skip
