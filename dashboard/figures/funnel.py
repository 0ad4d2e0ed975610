"""The funnel: every vårdcentral at its size, and how far a unit of that size may fall by chance. No league."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import Cell, Column, Diagram, TableData, mark
from dashboard.figures.funnel_figure import funnel_figure, side_words
from dashboard.texts import states
from dashboard.texts.figures import funnel as texts
from dashboard.texts.figures import shared
from dashboard.texts.numbers import in_words, listed, number, period_text
from dashboard.theme import SEXES
from schemas.measure import AnyMeasure, Curve

Row = dict[str, Any]
STRONG = 5  # above it look for case mix before anything else


def funnel(
    measure: AnyMeasure, kind: str, period: str, rows: list[Row], own: str, tested: Row, unit: str, source: str
) -> Diagram:
    """`rows` of the table `tratt` with enhet_id and namn, `own` the chosen enhet, `tested` as from queries.tested."""
    shown = [row for row in rows if row["utfall"] == "tal"]
    mine = {row["kon"]: row for row in rows if row["enhet_id"] == own}
    mix = texts.STANDARD[isinstance(measure, Curve)]
    alone = [states.ONLY_ONE] if len({row["enhet_id"] for row in shown}) == 1 else []
    return Diagram(
        name=f"{measure.id}-tratt",
        measure=measure.id,
        question=texts.QUESTION.format(short=measure.short),
        title=_title(mine, shown),
        subtitle=f"{measure.name}, {unit}, {mix}. {period_text(kind, period).capitalize()}. {measure.population}. "
        f"{source}",
        summary=_summary(measure, mine, shown, unit),
        figure=funnel_figure(measure, shown, own, unit) if shown else None,
        state=None if shown else states.NO_FUNNEL,
        tabulated=lambda: _table(measure, rows, unit, mix),
        reading=texts.READING,
        notes=(*alone, texts.NOT_A_FAULT, texts.TWO_YEARS, _tested(tested), *_widened(shown)),
        method=texts.METHOD.format(method=shown[0]["metod"].capitalize()) if shown else "",
    )


def differing_sentence(measure: AnyMeasure, row: Row) -> str:
    """Startade sjukfall för kvinnor: över gränsen två år i rad, 92,2 (regionen 71,0)."""
    return texts.SENTENCE.format(
        short=measure.short,
        sex=SEXES[row["kon"]].label.lower(),
        side=texts.SIDES[row["avviker"]],
        value=number(row["varde"], 1),
        level=number(row["niva"], 1),
    )


def verdict(name: str, short: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Whether a unit differs in anything that it was tried in: `rows` as from queries.tried, `short` the measures' names."""
    judged = [row for row in rows if row["avviker"] is not None]
    if not judged:
        return texts.NOT_TRIED.format(name=name)
    measures = [matt for matt in short if matt in {row["matt_id"] for row in judged}]
    out = [row for row in judged if row["avviker"] != "inom"]
    tried = texts.tried(in_words(len(measures)), [short[matt].lower() for matt in measures])
    if not out:
        return texts.AS_OTHERS.format(name=name, tried=tried)
    said = [
        texts.ONE.format(
            short=short[row["matt_id"]].lower(),
            sex=SEXES[row["kon"]].label.lower(),
            side=texts.SIDES[row["avviker"]],
        )
        for row in out
    ]
    return texts.IN_WHAT.format(name=name, found=listed(said), tried=tried)


def _title(mine: dict[str, Row], shown: list[Row]) -> str:
    if mine:
        name = next(iter(mine.values()))["namn"]
        said = {sex: side_words(mine.get(sex)) for sex in ("K", "M")}
        if len(set(said.values())) == 1:
            return texts.ALIKE.format(name=name, side=said["K"])
        return texts.EACH.format(name=name, women=said["K"], men=said["M"])
    if not any(row["avviker"] for row in shown):
        return texts.NOT_YET
    out = {row["namn"] for row in shown if row["avviker"] in ("over", "under")}
    if not out:
        return texts.NONE_DIFFERS
    return texts.SOME_DIFFER.format(differing=number(len(out)), units=_units(shown))


def _summary(measure: AnyMeasure, mine: dict[str, Row], shown: list[Row], unit: str) -> str:
    parts = [texts.SUMMARY.format(name=measure.name, unit=unit, count=_units(shown))]
    parts += [
        texts.OF_SEX.format(
            sex=SEXES[sex].label,
            value=number(row["varde"], 1),
            low=number(row["nedre_998"], 1),
            high=number(row["ovre_998"], 1),
            side=side_words(row),
        )
        for sex, row in mine.items()
        if row["utfall"] == "tal"
    ]
    return " ".join([*parts, shared.IN_TABLE])


def _units(rows: list[Row]) -> str:
    return number(len({row["namn"] for row in rows}))


def _tested(tested: Row) -> str:
    if not tested["provade"]:
        return texts.NOTHING_TRIED
    return texts.TRIED.format(tried=number(tested["provade"]), differing=number(tested["avviker"]))


def _widened(shown: list[Row]) -> tuple[str, ...]:
    """φ of the two funnels, where the units differ more than chance."""
    found = {row["kon"]: row["fi"] for row in shown}
    wide = {sex: phi for sex, phi in found.items() if phi > 1}
    if not wide:
        return (texts.NOT_WIDENED,) if found else ()
    text = texts.widened({SEXES[sex].label.lower(): phi for sex, phi in sorted(wide.items())})
    return (text, texts.CASE_MIX) if max(wide.values()) > STRONG else (text,)


def _table(measure: AnyMeasure, rows: list[Row], unit: str, mix: str) -> TableData:
    labels = (
        (texts.SIDE, ""), (shared.VALUE, unit), *shared.LIMITS, (texts.FLOOR, "99,8 %"),
        (texts.CEILING, "99,8 %"), (texts.PLACE, "95 %"),
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
        caption=texts.CAPTION.format(name=measure.name, standard=mix),
        first=shared.UNIT,
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
    first, last, units = (number(row[name]) for name in ("rang_nedre", "rang_ovre", "enheter"))
    place = texts.PLACED.format(first=first, last=last, units=units)
    return (Cell(value=None, text=side_words(row)), *numbers, Cell(value=None, text=place))
