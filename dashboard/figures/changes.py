"""Whether each followed measure has changed more than it usually does, for kvinnor and for män, as one table of words."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import Cell, Column, TableData
from dashboard.figures.signal import sign_words
from dashboard.texts.figures import changes as texts
from dashboard.texts.figures.shared import VALUE
from dashboard.texts.numbers import MISSING, number, quarter
from dashboard.theme import SEXES
from schemas.dimensions import BOTH
from schemas.measure import Count, Distribution

Row = dict[str, Any]
Followed = Count | Distribution


def changes(measures: Sequence[Followed], signs: Mapping[str, Sequence[Row]]) -> TableData | None:
    """`signs` are the followed series of one place in one quarter, by measure (queries.signs_now); None when there is
    none. Those with a signal stand first, in the order of the measures."""
    known = [measure for measure in measures if signs.get(measure.id)]
    if not known:
        return None
    ordered = sorted(known, key=lambda measure: all(row["regel"] == "ingen" for row in signs[measure.id]))
    when = quarter(signs[known[0].id][0]["period"])
    return TableData(
        caption=texts.CAPTION.format(when=when),
        first=texts.FIRST,
        columns=tuple(
            Column(group=SEXES[sex].label, label=label, unit="") for sex in BOTH for label in (VALUE, texts.VARIATION)
        ),
        rows=tuple((_name(one), _cells({row["kon"]: row for row in signs[one.id]})) for one in ordered),
        about={_name(one): one.id for one in ordered},
    )


def changes_sentence(measures: Sequence[Followed], signs: Mapping[str, Sequence[Row]]) -> str:
    """What the table says, in one sentence."""
    known = [row for measure in measures for row in signs.get(measure.id, ())]
    unusual = sum(row["regel"] != "ingen" for row in known)
    return texts.CHANGED.format(
        unusual=number(unusual) if unusual else texts.NONE,
        series=number(len(known)),
        when=quarter(known[0]["period"]),
    )


def _name(measure: Followed) -> str:
    return f"{measure.short}, {measure.rate_unit}"


def _cells(by_sex: Mapping[str, Row]) -> tuple[Cell, ...]:
    return tuple(cell for sex in BOTH for cell in _pair(by_sex.get(sex)))


def _pair(row: Row | None) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(value=None, text=MISSING), Cell(value=None, text=texts.NOT_JUDGED)
    words = sign_words(row)
    said = words if row["regel"] == "ingen" else f"{texts.UNUSUAL} {words}"
    return Cell(value=row["varde"], text=number(row["varde"], 1)), Cell(value=None, text=said)
