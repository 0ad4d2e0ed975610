"""Units of one's own choice beside the chosen one, in the order of the choice: never added together."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import Diagram, TableData, rate_cell
from dashboard.figures.units import units_figure, value_cells, value_columns
from dashboard.texts import states
from dashboard.texts.figures import chosen as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import during, listed, period_text
from dashboard.theme import SEXES
from schemas.dimensions import BOTH
from schemas.measure import AnyMeasure

Row = dict[str, Any]
BySex = Mapping[str, Row]


def chosen(
    measure: AnyMeasure,
    kind: str,
    period: str,
    places: Sequence[tuple[str, str, BySex]],
    region: BySex,
    unit: str,
    source: str,
) -> Diagram:
    """`places` are (enhet_id, name, rows by sex), the own one first; `region` the region's row by sex."""
    named = [(name, {sex: rows.get(sex) or _missing(place, name) for sex in BOTH}) for place, name, rows in places]
    shown = any(row["varde"] is not None for _, rows in named for row in rows.values())
    own = places[0][0]
    names = [name for name, _ in named]
    return Diagram(
        name=f"{measure.id}-urval",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=f"{measure.short} {during(kind, period)}: {_beside(named[0])}; {_beside(named[1])}."
        if len(named) == 2
        else texts.TITLE.format(own=names[0], others=listed(names[1:])),
        subtitle=f"{measure.name}, {unit}. {period_text(kind, period).capitalize()}. {measure.population}. {source}",
        summary=texts.SUMMARY.format(name=measure.name, unit=unit, values="; ".join(_beside(one) for one in named)),
        figure=units_figure([dict(rows) for _, rows in named], dict(region), own, unit) if shown else None,
        state=None if shown else states.HIDDEN,
        tabulated=lambda: TableData(
            caption=texts.CAPTION.format(name=measure.name),
            first=shared.UNIT,
            columns=value_columns(unit),
            rows=tuple((name, value_cells(dict(rows))) for name, rows in named),
            about={name: place for place, name, _ in places[1:]},
        ),
        reading=texts.READING,
        notes=(texts.NOT_POOLED, states.NOT_ADJUSTED_UNITS),
        method=shared.EACH_UNIT,
    )


def _missing(place: str, name: str) -> Row:
    """A row for what is not published: it cannot be computed."""
    return {"enhet_id": place, "namn": name, "utfall": "ej_beraknat", "kvot_utfall": "ej_beraknat"} | dict.fromkeys(
        ("varde", "nedre", "ovre", "namnare")
    )


def _beside(one: tuple[str, BySex]) -> str:
    name, rows = one
    said = [f"{SEXES[sex].label.lower()} {rate_cell(dict(rows[sex]), 'varde').text}" for sex in BOTH]
    return f"{name} {listed(said)}"
