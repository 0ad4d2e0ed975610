"""The funnel: every vårdcentral at its size, and how far a unit of that size may fall by chance. No league."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.figures.funnel_figure import SIDE_WORDS, funnel_figure, side_words
from dashboard.texts import states
from dashboard.texts.numbers import in_words, listed, number, percent, period_text
from dashboard.theme import SEXES
from schemas.limits import FALSE_DISCOVERIES
from schemas.measure import AnyMeasure, Curve

Row = dict[str, Any]
NOT_A_FAULT = "Utanför gräns ≠ fel: det är ett skäl att fråga varför."
READING = (
    "Varje punkt är en vårdcentral: ju längre åt höger, desto större underlag och desto smalare gränser.",
    "Mellan de heldragna linjerna ligger en enhet som gör som regionen nästan alltid (99,8 %), mellan de prickade oftast "
    "(95 %).",
)
TWO_YEARS = (
    "En enhet avviker först när den ligger utanför de heldragna linjerna på samma sida två år i rad, och när det står sig "
    f"fast många enheter och mått prövas samtidigt (andelen falska larm hålls vid {percent(FALSE_DISCOVERIES, None)})."
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


def funnel(
    measure: AnyMeasure, kind: str, period: str, rows: list[Row], own: str, tested: Row, unit: str, source: str
) -> Diagram:
    """`rows` of the table `tratt` with enhet_id and namn, `own` the chosen enhet, `tested` as from queries.tested."""
    shown = [row for row in rows if row["utfall"] == "tal"]
    mine = {row["kon"]: row for row in rows if row["enhet_id"] == own}
    mix = STANDARD[isinstance(measure, Curve)]
    alone = [states.ONLY_ONE] if len({row["enhet_id"] for row in shown}) == 1 else []
    return Diagram(
        name=f"{measure.id}-tratt",
        measure=measure.id,
        question=f"{measure.short}: avviker enheten mer än slumpen?",
        title=_title(mine, shown),
        subtitle=f"{measure.name}, {unit}, {mix}. {period_text(kind, period).capitalize()}. {measure.population}. "
        f"{source}",
        summary=_summary(measure, mine, shown, unit),
        figure=funnel_figure(measure, shown, own, unit) if shown else None,
        state=None if shown else states.NO_FUNNEL,
        table=_table(measure, rows, unit, mix),
        reading=READING,
        notes=(*alone, NOT_A_FAULT, TWO_YEARS, _tested(tested), *_widened(shown)),
        method=f"{shown[0]['metod'].capitalize()}. Plats: simulerat intervall (95 %)." if shown else "",
    )


def differing_sentence(measure: AnyMeasure, row: Row) -> str:
    """Startade sjukfall för kvinnor: över gränsen två år i rad, 92,2 (regionen 71,0)."""
    values = f"{number(row['varde'], 1)} (regionen {number(row['niva'], 1)})"
    sex = SEXES[row["kon"]].label.lower()
    return f"{measure.short} för {sex}: {SIDE_WORDS[row['avviker']]} bland enheterna två år i rad, {values}."


def verdict(name: str, short: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Whether a unit differs in anything that it was tried in: `rows` as from queries.tried, `short` the measures' names."""
    judged = [row for row in rows if row["avviker"] is not None]
    if not judged:
        return f"{name} kan inte prövas mot regionen: det krävs två år med tillräckligt underlag."
    measures = [matt for matt in short if matt in {row["matt_id"] for row in judged}]
    out = [row for row in judged if row["avviker"] != "inom"]
    tried = f"{in_words(len(measures))} mått ({listed([short[matt].lower() for matt in measures])})"
    if not out:
        return f"{name} avviker inte från andra vårdcentraler i regionen i något av {tried}."
    said = [
        f"{short[row['matt_id']].lower()} för {SEXES[row['kon']].label.lower()} {SIDE_WORDS[row['avviker']]}"
        for row in out
    ]
    return f"{name} avviker i {listed(said)}. Prövat: {tried}."


def _title(mine: dict[str, Row], shown: list[Row]) -> str:
    if mine:
        name = next(iter(mine.values()))["namn"]
        said = {sex: side_words(mine.get(sex)) for sex in ("K", "M")}
        if len(set(said.values())) == 1:
            return f"{name}: {said['K']} för kvinnor och män."
        return f"{name}: kvinnor {said['K']}, män {said['M']}."
    if not any(row["avviker"] for row in shown):
        return "Ingen enhet kan prövas ännu: det krävs två år."
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
        about={_name(sexes): name for name, sexes in by_unit.items()},
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
