"""The vårdcentraler that are most like the chosen one, why, and their values beside its own. A list, not an order."""

from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, rate_cell
from dashboard.texts import states
from dashboard.texts.numbers import NBSP, number, period_text
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure

Row = dict[str, Any]
READING = (
    "Likast är de som är ungefär lika stora och har patienter i samma åldrar med samma slags diagnoser. De tre väger lika.",
    "Samma mått kan ändå skilja av slump: se intervallen.",
)
SIZES = ((0.9, "ungefär lika stor"), (0.67, "mindre"), (0.0, "mycket mindre"))
LARGER = {"mindre": "större", "mycket mindre": "mycket större"}


def alike(
    measure: AnyMeasure, kind: str, period: str, peers: list[Row], rows: list[Row], own: str, unit: str, source: str
) -> Diagram:
    """`peers` as from queries.alike; `rows` of the measure by enhet and sex, as from queries.across."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_unit.setdefault(row["enhet_id"], {})[row["kon"]] = row
    mine = by_unit.get(own, {})
    names = [peer["namn"].removeprefix("Vårdcentralen ") for peer in peers]
    lines = [(_name(mine, "Den egna enheten"), (Cell(value=None, text="–"), *_cells(mine)))]
    lines += [
        (peer["namn"], (Cell(value=None, text=reason(peer)), *_cells(by_unit.get(peer["enhet_id"], {}))))
        for peer in peers
    ]
    return Diagram(
        name=f"{measure.id}-liknande",
        measure=measure.id,
        question=f"{measure.short}: hur är det på enheter som liknar oss?",
        title=f"Likast är {', '.join(names[:-1])} och {names[-1]}." if len(names) > 1 else "Enheter som liknar oss",
        subtitle=f"{measure.name}, {unit}. {period_text(kind, period).capitalize()}. {measure.population}. {source}",
        summary="",
        figure=None,
        state=None if peers else states.NO_PEERS,
        table=TableData(
            caption=f"{measure.name}: den egna enheten och de som liknar den mest",
            first="Enhet",
            columns=(Column(group="Likhet", label="", unit="i ord"), *_columns(unit)),
            rows=tuple(lines) if peers else (),
        ),
        reading=READING,
        notes=(states.NOT_ADJUSTED_UNITS,),
        method="Likhet: log av storleken, och hur stor del av de listade och av sjukfallen som måste byta grupp för att "
        "blandningen ska bli densamma; var del genom sin median.",
    )


def reason(peer: Row) -> str:
    """Ungefär lika stor (104 %), åldrarna skiljer 3 %, diagnoserna 5 %."""
    ages = f"åldrarna skiljer {_whole(peer['alder'])}"
    told = f"diagnoserna {_whole(peer['diagnos'])}" if peer["diagnos"] is not None else "diagnoserna är delvis dolda"
    return f"{_size(peer['storlek'])} ({_whole(peer['storlek'])} av vår storlek), {ages}, {told}"


def _size(ratio: float) -> str:
    smaller = min(ratio, 1 / ratio)
    word = next(word for least, word in SIZES if smaller >= least)
    return LARGER.get(word, word) if ratio > 1 else word


def _whole(share: float) -> str:
    return f"{number(100 * share)}{NBSP}%"


def _name(mine: dict[str, Row], otherwise: str) -> str:
    return next(iter(mine.values()))["namn"] if mine else otherwise


def _columns(unit: str) -> tuple[Column, ...]:
    return tuple(
        Column(group=SEXES[sex].label, label=label, unit=of)
        for sex in ("K", "M")
        for label, of in (("Värde", unit), ("Nedre", "95 %"), ("Övre", "95 %"))
    )


def _cells(sexes: dict[str, Row]) -> tuple[Cell, ...]:
    return tuple(rate_cell(sexes.get(sex), field) for sex in ("K", "M") for field in ("varde", "nedre", "ovre"))
