"""A cumulative incidence by sex, with its values on the declared days."""

from typing import Any

from dashboard.figures.content import (
    Column,
    Diagram,
    TableData,
    common_decimals,
    exceeds_chance,
    gap_cells,
    gap_columns,
    plain_cell,
    share_cell,
)  # fmt: skip
from dashboard.figures.curve_words import by_days
from dashboard.texts import states
from dashboard.texts.figures import curve as texts
from dashboard.texts.figures import shared
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import NBSP, listed, number, percent, twelve_months
from dashboard.theme import GRID, MUTED, SEXES, layout
from schemas.marginal import NO_DAY
from schemas.measure import Curve

Rows = list[dict[str, Any]]


def curve(
    measure: Curve, period: str, rows: Rows, gaps: Rows, place: str, source: str, least: str, tests: Rows
) -> Diagram:
    """`rows` are every published point of one cohort, `gaps` its differences per day, `least` the fewest cases that
    a curve needs, `tests` the rows that say whether the whole curves differ. Days after the last declared one are not drawn."""
    event = [row for row in rows if row["orsak_id"] == measure.event.id and row["dag"] <= measure.horizons[-1]]
    drawn = [row for row in event if row["kon"] in ("K", "M") and row["andel"] is not None]
    at = {(row["kon"], row["dag"]): row for row in event if row["utfall"] == "tal"}
    gap_at = {row["dag"]: row for row in gaps if row["period"] == period}
    return Diagram(
        name=measure.id,
        measure=measure.id,
        question=measure.question,
        title=_title(measure, at, gap_at),
        subtitle=texts.SUBTITLE.format(
            name=measure.name,
            place=place,
            cohort=measure.cohort,
            when=twelve_months(period),
            sizes=_sizes(event),
            rule=measure.unit_rule,
            source=source,
        ),
        summary=_summary(measure, at, gap_at),
        figure=_figure(measure, event) if drawn else None,
        state=None if drawn else f"{states.TOO_FEW.format(least=least)} {states.HIDDEN}",
        tabulated=lambda: _table(measure, event, gap_at, hidden=not drawn),
        reading=measure.reading,
        notes=(*by_days(measure, at), *_notes(measure, event, tests)) if drawn else (),
        method=interval_words(measure),
    )


def _notes(measure: Curve, event: Rows, tests: Rows) -> tuple[str, ...]:
    return (
        measure.clock,
        *_test_notes(tests),
        *_one_sex_note(event),
        *_left_out_note(measure, event),
        *_cut_note(measure, event),
        states.NOT_ADJUSTED,
    )


def _test_notes(tests: Rows) -> tuple[str, ...]:
    """Gray's test in words, as the curves are and within the same diagnosis group: surprise if there were no difference,
    never a verdict by itself."""
    known = {row["storhet"]: row["p"] for row in tests if row["utfall"] == "tal"}
    return tuple(
        text.format(p=texts.surprise(known[name]), said=shared.chance(known[name] < 0.05))
        for name, text in texts.TESTED.items()
        if name in known
    )


def _sizes(event: Rows) -> str:
    """Antal sjukfall: 312 hos kvinnor och 207 hos män."""
    sizes = {row["kon"]: row["n"] for row in event if row["utfall"] == "tal"}
    known = [
        texts.SIZE.format(count=number(sizes[sex]), sex=SEXES[sex].label.lower()) for sex in ("K", "M") if sex in sizes
    ]
    return texts.SIZES.format(sizes=listed(known)) if known else ""


def _one_sex_note(event: Rows) -> tuple[str, ...]:
    hidden = [SEXES[row["kon"]].label.lower() for row in event if row["dag"] == NO_DAY and row["kon"] in ("K", "M")]
    return (texts.ONE_HIDDEN.format(sexes=listed(hidden)),) if hidden else ()


def _left_out_note(measure: Curve, event: Rows) -> tuple[str, ...]:
    """Which of the days in the table are hidden, and why a curve is a line between few points."""
    days = {sex: [row["dag"] for row in event if row["kon"] == sex and row["utfall"] == "dolt" and row["dag"] != NO_DAY]
            for sex in ("K", "M")}  # fmt: skip
    said = [
        texts.DAYS_OF.format(sex=SEXES[sex].label.lower(), days=listed([str(day) for day in days[sex]]))
        for sex in days
        if days[sex]
    ]
    hidden = texts.HIDDEN_DAYS.format(days="; ".join(said)) if said else ""
    return (f"{states.LEFT_OUT}{hidden}",)


def _cut_note(measure: Curve, event: Rows) -> tuple[str, ...]:
    """Why a curve ends before the last day of the table."""
    last = {sex: max((row["dag"] for row in event if row["kon"] == sex and row["dag"] != NO_DAY), default=None)
            for sex in ("K", "M")}  # fmt: skip
    cut = [
        texts.ENDS_OF.format(sex=SEXES[sex].label.lower(), day=day)
        for sex, day in last.items()
        if day and day < measure.horizons[-1]
    ]
    return (texts.ENDS.format(sexes=listed(cut)),) if cut else ()


def _title(measure: Curve, at: dict, gap_at: dict) -> str:
    women, men = (at.get((sex, measure.headline)) for sex in ("K", "M"))
    phrase = measure.phrase.format(dag=measure.headline)
    if not women and not men:
        return texts.NOT_SHOWN.format(day=measure.headline)
    if not women or not men:
        sex, row = ("K", women) if women else ("M", men)
        return texts.ONE_SEX[sex].format(share=percent(row["andel"], row["n"]), phrase=phrase)
    size = min(women["n"], men["n"])
    return texts.BOTH.format(
        women=percent(women["andel"], size),
        men=percent(men["andel"], size),
        phrase=phrase,
        ending=shared.ending(exceeds_chance(gap_at.get(measure.headline))),
    )


def _summary(measure: Curve, at: dict, gap_at: dict) -> str:
    parts = [texts.SUMMARY.format(name=measure.name)]
    for sex in ("K", "M"):
        values = [
            texts.SHARE_ON_DAY.format(share=percent(at[sex, day]["andel"], at[sex, day]["n"]), day=day)
            for day in measure.horizons
            if (sex, day) in at
        ]
        if values:
            parts.append(f"{SEXES[sex].label}: {', '.join(values)}.")
    sure = exceeds_chance(gap_at.get(measure.headline))
    if sure is not None:
        parts.append(texts.CHANCE_ON_DAY.format(day=measure.headline, chance=shared.chance(sure)))
    return " ".join([*parts, shared.IN_TABLE])


def _figure(measure: Curve, event: Rows) -> dict[str, Any]:
    traces: list[dict] = []
    labels: list[dict] = []
    for sex in ("K", "M"):
        points = [row for row in event if row["kon"] == sex and row["andel"] is not None]
        if not points:
            continue
        traces += [_band(points, sex), _line(points, sex)]
        last = points[-1]
        labels.append(
            {"x": last["dag"], "y": 100 * last["andel"], "xanchor": "left", "xshift": 8, "showarrow": False,
             "text": f"<b>{SEXES[sex].label}</b>", "font": {"color": SEXES[sex].text, "size": 14}}
        )  # fmt: skip
    if len(labels) == 2 and abs(labels[0]["y"] - labels[1]["y"]) < 7:
        above, below = sorted(labels, key=lambda label: label["y"], reverse=True)
        above["yshift"], below["yshift"] = 10, -10
    days = [day for day in measure.horizons if day not in (30, 60)] if measure.horizons[-1] > 200 else measure.horizons
    return {
        "data": traces,
        "layout": layout(
            annotations=labels,
            shapes=[_vertical(measure.headline)],
            xaxis={"tickvals": sorted({0, *days}), "title": {"text": measure.day_label, "font": {"size": 14, "color": MUTED}},
                   "range": [0, measure.horizons[-1] * 1.01]},
            yaxis={"range": [0, _top(event)], "ticksuffix": f"{NBSP}%", "title": {"text": ""}},
        ),
    }  # fmt: skip


def _top(event: Rows) -> float:
    """The whole scale for curves that fill it; a low curve is drawn larger, always from zero."""
    highest = max(row["ovre"] or row["andel"] for row in event if row["andel"] is not None and row["kon"] in ("K", "M"))
    return 101 if highest > 0.6 else 20 * (int(100 * highest) // 20 + 1) + 1


def _vertical(day: int) -> dict:
    """A quiet line at the day that the title is about."""
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": GRID, "width": 2, "dash": "dot"}, "layer": "below"}  # fmt: skip


def _line(points: Rows, sex: str) -> dict:
    style = SEXES[sex]
    return {
        "type": "scatter", "mode": "lines+markers", "name": style.label, "x": [row["dag"] for row in points],
        "y": [100 * row["andel"] for row in points],
        "line": {"color": style.colour, "width": style.width, "dash": style.dash, "shape": "hv"},
        "marker": {"color": style.colour, "size": 6, "symbol": style.symbol},
        "hovertemplate": f"{style.label}: %{{y:.0f}}{NBSP}%<extra></extra>",
    }  # fmt: skip


def _band(points: Rows, sex: str) -> dict:
    known = [row for row in points if row["nedre"] is not None and row["ovre"] is not None]
    days = [row["dag"] for row in known]
    # drawn as the steps of the curve: each value holds until the next day of the grid
    x, high, low = [], [], []
    for at, row in enumerate(known):
        until = days[at + 1] if at + 1 < len(days) else days[at]
        x += [days[at], until]
        high += [100 * row["ovre"]] * 2
        low += [100 * row["nedre"]] * 2
    return {
        "type": "scatter", "mode": "lines", "x": x + x[::-1], "y": high + low[::-1], "fill": "toself",
        "fillcolor": SEXES[sex].band, "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip


def _table(measure: Curve, event: Rows, gap_at: dict, *, hidden: bool) -> TableData:
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit) for sex in ("K", "M") for label, unit in shared.SHARES
    ]
    columns += gap_columns(shared.POINTS)
    at = {(row["kon"], row["dag"]): row for row in event}
    silent = {row["kon"]: row for row in event if row["dag"] == NO_DAY}
    decimals = common_decimals(list(at.values()))
    rows = []
    for day in measure.horizons:
        cells = []
        both = [at.get((sex, day)) or silent.get(sex) for sex in ("K", "M")]
        for row in both:
            cells += [
                *(share_cell(row, field, decimals) for field in ("andel", "nedre", "ovre")),
                plain_cell(row, "i_risk"),
            ]
        gap = gap_at.get(day) or (
            {"utfall": "dolt"} if hidden or any(row and row["utfall"] == "dolt" for row in both) else None
        )
        cells += gap_cells(gap, scale=100, decimals=decimals)
        rows.append((shared.ON_DAY.format(day=day), tuple(cells)))
    return TableData(
        caption=texts.CAPTION.format(name=measure.name), first=shared.DAY, columns=tuple(columns),
        rows=tuple(rows),
    )  # fmt: skip
