"""A counting measure over time, kvinnor and män side by side."""

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
from dashboard.figures.trend_figure import sexes_in, trend_figure
from dashboard.texts import states
from dashboard.texts.figures import shared
from dashboard.texts.figures import trend as texts
from dashboard.texts.method import interval_words
from dashboard.texts.numbers import during, number, period_short, period_text
from dashboard.theme import SEXES
from schemas.dimensions import PERIODTYP
from schemas.measure import Count, Distribution, Resource, Share

Rows = list[dict[str, Any]]
Counting = Count | Resource | Distribution


def trend(
    measure: Counting, kind: str, period: str, rows: Rows, gaps: Rows, place: str, source: str, main: str
) -> Diagram:
    """`rows` are the whole series of one unit and kind of period; `period` is the one that title and summary are
    about, `main` the kind of period that the measure's first chart has. The rate is drawn where there are listade and
    the count where there are not."""
    shown = [row for row in rows if row["period"] <= period]
    now = {row["kon"]: row for row in shown if row["period"] == period}
    gap = next((row for row in gaps if row["period"] == period), None)
    field = "varde" if any(row["varde"] is not None for row in shown) else "antal"
    sexes = sexes_in(shown)
    drawn = [row for row in shown if row["kon"] in sexes and row[field] is not None]
    unit = measure.rate_unit if field == "varde" else counted(measure)
    return Diagram(
        name=measure.id if kind == main else f"{measure.id}-{kind}",
        measure=measure.id,
        question=measure.question if kind == main else f"{measure.question} {PERIODTYP.label_of(kind)}",
        title=" ".join([_title(measure, kind, period, now, gap), *_last_shown(measure, kind, period, shown)]),
        subtitle=f"{measure.name}, {unit}. {place}, {period_text(kind, period)}. {measure.population}. {source}",
        summary=_summary(measure, kind, shown, field, unit, gap),
        figure=trend_figure(shown, kind, field, unit, _decimals(measure, field)) if drawn else None,
        state=None if drawn else _state(shown),
        tabulated=lambda: _table(measure, kind, shown, gaps),
        reading=measure.reading,
        notes=_notes(shown, field) if drawn else (),
        method=interval_words(measure),
    )


def counted(measure: Counting) -> str:
    """What antal counts, in the plural."""
    if isinstance(measure, Distribution):
        return shared.CASES
    return measure.quantity_unit if isinstance(measure, Resource) else measure.counted.value


def _decimals(measure: Counting, field: str) -> int:
    if isinstance(measure, Resource):
        return measure.decimals + (field == "varde")
    if isinstance(measure, Distribution):
        return measure.decimals if field == "varde" else 0
    return 1 if field == "varde" else 0


def _title(measure: Counting, kind: str, period: str, now: dict, gap: dict | None) -> str:
    when = during(kind, period)
    if isinstance(measure, Resource):
        return _resource_title(measure, when, now.get("alla"))
    women, men = (now.get(sex) for sex in ("K", "M"))
    if set(now) == {"alla"}:
        return _whole_title(measure, when, now["alla"])
    if not women or not men or women["utfall"] == "dolt" or men["utfall"] == "dolt":
        return texts.NOT_SHOWN.format(when=when)
    if women["antal"] is None or men["antal"] is None:
        return texts.NOT_COMPUTED.format(when=when)
    if women["varde"] is None or men["varde"] is None:
        return texts.COUNTS.format(women=number(women["antal"]), men=number(men["antal"]), when=when)
    decimals = _decimals(measure, "varde")
    pair = {"women": number(women["varde"], decimals), "men": number(men["varde"], decimals)}
    if exceeds_chance(gap):
        higher, lower = _compared(measure)
        compared = higher if gap and gap["differens"] > 0 else lower
        return texts.COMPARED.format(compared=compared, **pair, unit=measure.rate_unit, when=when)
    return texts.ALIKE.format(**pair, unit=measure.rate_unit, when=when)


def _last_shown(measure: Counting, kind: str, period: str, rows: Rows) -> list[str]:
    """Where the period that is asked for is hidden: the last one that is not, of both sexes."""
    at = {(row["period"], row["kon"]): row["varde"] for row in rows if row["varde"] is not None}
    both = [when for when, sex in at if sex == "K" and (when, "M") in at]
    if not both or (last := max(both)) == period or isinstance(measure, Resource):
        return []
    decimals = _decimals(measure, "varde")
    women, men = (number(at[last, sex], decimals) for sex in ("K", "M"))
    return [texts.LAST_SHOWN.format(when=during(kind, last), women=women, men=men, unit=measure.rate_unit)]


def _whole_title(measure: Counting, when: str, row: dict) -> str:
    """Of a series that is not by sex."""
    if row["utfall"] == "dolt":
        return texts.NOT_SHOWN.format(when=when)
    rate = f", {number(row['varde'], 1)} {measure.rate_unit}" if row["varde"] is not None else ""
    return texts.TOGETHER.format(count=number(row["antal"]), counted=counted(measure), when=when, rate=rate)


def _compared(measure: Counting) -> tuple[str, str]:
    if isinstance(measure, Share):
        return texts.OF_SHARES
    return texts.OF_MEANS if isinstance(measure, Distribution) else texts.OF_COUNTS


def _resource_title(measure: Resource, when: str, row: dict | None) -> str:
    if row is None:
        return texts.UNKNOWN.format(when=when)
    amount = f"{number(row['antal'], measure.decimals)} {measure.quantity_unit} {when}"
    rate = (
        f", {number(row['varde'], _decimals(measure, 'varde'))} {measure.rate_unit}" if row["varde"] is not None else ""
    )
    return f"{amount[0].upper()}{amount[1:]}{rate}."


def _summary(measure: Counting, kind: str, rows: Rows, field: str, unit: str, gap: dict | None) -> str:
    parts = [texts.SUMMARY.format(name=measure.name, unit=unit)]
    for sex in sexes_in(rows):
        known = [row for row in rows if row["kon"] == sex and row[field] is not None]
        if known:
            first, last = known[0], known[-1]
            decimals = _decimals(measure, field)
            parts.append(
                f"{SEXES[sex].label}: {number(first[field], decimals)} {during(kind, first['period'])}, "
                f"{number(last[field], decimals)} {during(kind, last['period'])}."
            )
    sure = exceeds_chance(gap)
    if sure is not None:
        parts.append(f"{shared.chance(sure)}.".capitalize())
    return " ".join([*parts, shared.IN_TABLE])


def _state(rows: Rows) -> str:
    if not rows:
        return states.NOT_YET
    return states.HIDDEN if any(row["utfall"] == "dolt" for row in rows) else states.EMPTY


def _notes(rows: Rows, field: str) -> tuple[str, ...]:
    hidden = sum(row["utfall"] == "dolt" for row in rows if row["kon"] in ("K", "M"))
    notes = []
    if hidden:
        notes.append(texts.BROKEN.format(count=number(hidden)))
    if sexes_in(rows) == ("alla",):
        return tuple(notes)
    if field == "antal":
        notes.append(texts.NO_LISTED)
    return (*notes, states.NOT_ADJUSTED)


def _table(measure: Counting, kind: str, rows: Rows, gaps: Rows) -> TableData:
    by_period: dict[str, dict[str, dict]] = {}
    for row in rows:
        by_period.setdefault(row["period"], {})[row["kon"]] = row
    gap_at = {row["period"]: row for row in gaps}
    columns = _columns(measure, rows)
    return TableData(
        caption=texts.CAPTION.format(name=measure.name, axis=texts.AXIS[kind].lower()),
        first=texts.AXIS[kind],
        columns=tuple(columns),
        rows=tuple(
            (period_short(kind, period), _table_row(measure, sexes, gap_at.get(period), columns))
            for period, sexes in sorted(by_period.items(), reverse=True)
        ),
    )


def _columns(measure: Counting, rows: Rows) -> list[Column]:
    if isinstance(measure, Resource):
        return [
            Column(group=texts.AMOUNT, label="", unit=measure.quantity_unit),
            Column(group=texts.PER.format(count=number(measure.per)), label="", unit=measure.rate_unit),
        ]
    per = texts.PER_THOUSAND if isinstance(measure, Count) else shared.VALUE
    value = texts.PERCENT if isinstance(measure, Share) else per
    columns = [
        Column(group=SEXES[sex].label, label=label, unit=unit)
        for sex in ("K", "M")
        for label, unit in (
            (shared.COUNT, counted(measure)),
            (value, measure.rate_unit),
            *shared.LIMITS,
        )
    ]
    columns += gap_columns(measure.rate_unit)
    if any(row["kon"] == "okand" for row in rows):
        columns.append(Column(group=texts.UNRECORDED, label=shared.COUNT, unit=counted(measure)))
    return [*columns, Column(group=texts.WHOLE, label=shared.COUNT, unit=counted(measure))]


def _table_row(measure: Counting, sexes: dict[str, dict], gap: dict | None, columns: list[Column]) -> tuple:
    if isinstance(measure, Resource):
        row = sexes.get("alla")
        return (count_cell(row, _decimals(measure, "antal")), rate_cell(row, "varde", _decimals(measure, "varde")))
    cells, decimals = [], _decimals(measure, "varde")
    for sex in ("K", "M"):
        row = sexes.get(sex)
        cells += [count_cell(row), *(rate_cell(row, field, decimals) for field in ("varde", "nedre", "ovre"))]
    cells += gap_cells(gap, scale=1, decimals=decimals)
    if any(column.group == texts.UNRECORDED for column in columns):
        cells.append(count_cell(sexes["okand"]) if "okand" in sexes else mark("ej_beraknat"))
    return (*cells, count_cell(sexes.get("alla")))
