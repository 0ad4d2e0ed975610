"""Units of one's own choice beside the chosen one, in the order of the choice: never added together."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import Diagram, TableData, rate_cell
from dashboard.figures.units import units_figure, value_cells, value_columns
from dashboard.texts import states
from dashboard.texts.numbers import during, listed, period_text
from dashboard.theme import SEXES
from schemas.dimensions import BOTH
from schemas.measure import AnyMeasure

Row = dict[str, Any]
BySex = Mapping[str, Row]
QUESTION = "{short}: hur är det hos dem vi själva väljer?"
READING = (
    "Varje rad är en enhet, ett område eller en region. Strecken är 95-procentiga intervall: små enheter har breda.",
    "Två rader vars intervall går in i varandra kan skilja sig av slump.",
)
NOT_POOLED = "Enheterna visas var för sig. De läggs aldrig ihop: summor av egna urval finns inte i statistiken."


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
        question=QUESTION.format(short=measure.short),
        title=f"{measure.short} {during(kind, period)}: {_beside(named[0])}; {_beside(named[1])}."
        if len(named) == 2
        else f"{names[0]} bredvid {listed(names[1:])}.",
        subtitle=f"{measure.name}, {unit}. {period_text(kind, period).capitalize()}. {measure.population}. {source}",
        summary=f"Punktdiagram med intervall. {measure.name}, {unit}: {'; '.join(_beside(one) for one in named)}. "
        "Alla värden finns i tabellen nedan.",
        figure=units_figure([dict(rows) for _, rows in named], dict(region), own, unit) if shown else None,
        state=None if shown else states.HIDDEN,
        table=TableData(
            caption=f"{measure.name}: den egna enheten och de valda",
            first="Enhet",
            columns=value_columns(unit),
            rows=tuple((name, value_cells(dict(rows))) for name, rows in named),
            about={name: place for place, name, _ in places[1:]},
        ),
        reading=READING,
        notes=(NOT_POOLED, states.NOT_ADJUSTED_UNITS),
        method="Intervall 95 % för varje enhet för sig.",
    )


def _missing(place: str, name: str) -> Row:
    """A row for what is not published: it cannot be computed."""
    return {"enhet_id": place, "namn": name, "utfall": "ej_beraknat", "kvot_utfall": "ej_beraknat"} | dict.fromkeys(
        ("varde", "nedre", "ovre", "namnare")
    )


def _beside(one: tuple[str, BySex]) -> str:
    name, rows = one
    said = [f"{SEXES[sex].label.lower()} {rate_cell(dict(rows[sex]), 'varde').text}" for sex in BOTH]
    return f"{name} {' och '.join(said)}"
