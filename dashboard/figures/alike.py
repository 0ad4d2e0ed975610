"""The vårdcentraler that are most like the chosen one, why, and their values beside its own. No order by value."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData
from dashboard.figures.units import units_figure, value_cells, value_columns
from dashboard.texts import states
from dashboard.texts.numbers import NBSP, number, period_text
from schemas.measure import AnyMeasure

Row = dict[str, Any]
READING = (
    "Likast är de som är ungefär lika stora och har patienter i samma åldrar med samma slags diagnoser. De tre väger lika.",
    "Samma mått kan ändå skilja av slump: se intervallen.",
)
SIZES = ((0.85, "ungefär lika stor"), (0.5, "mindre"), (0.0, "mycket mindre"))
LARGER = {"mindre": "större", "mycket mindre": "mycket större"}


def alike(
    measure: AnyMeasure,
    kind: str,
    period: str,
    peers: list[Row],
    rows: list[Row],
    region: dict[str, Row],
    own: str,
    unit: str,
    source: str,
) -> Diagram:
    """`peers` as from queries.alike; `rows` of the measure by enhet and sex, as from queries.across, and `region` the
    region's row by sex."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["enhet_id"], {})[row["kon"]] = row
    mine = by_unit.get(own, {})
    names = [peer["namn"].removeprefix("Vårdcentralen ") for peer in peers]
    drawn = [by_unit[unit_id] for unit_id in (own, *(peer["enhet_id"] for peer in peers)) if unit_id in by_unit]
    shown = any(row["varde"] is not None for sexes in drawn for row in sexes.values())
    return Diagram(
        name=f"{measure.id}-liknande",
        measure=measure.id,
        question=f"{measure.short}: hur är det på enheter som liknar oss?",
        title=f"Likast är {', '.join([*names[:-2], ' och '.join(names[-2:])])}.",
        subtitle=f"{measure.name}, {unit}. {period_text(kind, period).capitalize()}. {measure.population}. {source}",
        summary=f"Punktdiagram med intervall. {measure.name}, {unit}, för den egna enheten och {number(len(peers))} liknande. "
        "Alla värden finns i tabellen nedan.",
        figure=units_figure(drawn, region, own, unit) if shown else None,
        state=None if shown else states.HIDDEN,
        table=_table(measure, peers, by_unit, mine, unit),
        reading=READING,
        notes=(
            *(f"{name}: {reason(peer)}." for name, peer in zip(names, peers, strict=True)),
            states.NOT_ADJUSTED_UNITS,
        ),
        method="Likhet: log av storleken, och hur stor del av de listade och av sjukfallen som måste byta grupp för att "
        "blandningen ska bli densamma; var del genom sin median.",
    )


def _table(
    measure: AnyMeasure, peers: list[Row], by_unit: dict[str, dict[str, Row]], mine: dict[str, Row], unit: str
) -> TableData:
    lines = [(_name(mine), (Cell(value=None, text="–"), *value_cells(mine)))]
    lines += [
        (peer["namn"], (Cell(value=None, text=reason(peer)), *value_cells(by_unit.get(peer["enhet_id"], {}))))
        for peer in peers
    ]
    return TableData(
        caption=f"{measure.name}: den egna enheten och de som liknar den mest",
        first="Enhet",
        columns=(Column(group="Likhet", label="", unit="i ord"), *value_columns(unit)),
        rows=tuple(lines),
        about={peer["namn"]: peer["enhet_id"] for peer in peers},
    )


def reason(peer: Row) -> str:
    """Ungefär lika stor (104 %), åldrarna skiljer 3 %, diagnoserna 5 %."""
    ages = f"åldrarna skiljer {_whole(peer['alder'])}"
    told = f"diagnoserna {_whole(peer['diagnos'])}" if peer["diagnos"] is not None else "diagnoserna är delvis dolda"
    return f"{_size(peer['storlek'])} ({_whole(peer['storlek'])} av den egna storleken), {ages}, {told}"


def _size(ratio: float) -> str:
    smaller = min(ratio, 1 / ratio)
    word = next(word for least, word in SIZES if smaller >= least)
    return LARGER.get(word, word) if ratio > 1 else word


def _whole(share: float) -> str:
    return f"{number(100 * share)}{NBSP}%"


def _name(mine: dict[str, Row]) -> str:
    return next(iter(mine.values()))["namn"] if mine else "Den egna enheten"
