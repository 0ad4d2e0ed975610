"""The forms in which Försäkringskassan publishes, recognised by their header: from a row to the figures in it.

The statistics database exports År, Månad, Län, Kön and one measure, month and year as text, with the header in the first
row or after two rows of title; the older open data are comma-separated quarters with å, ä and ö stripped, `..` where a
figure is hidden or missing and `-` where none applies. The product's own table of figures is a third form.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from identity.text import name_without_number
from schemas.figures import KEY, SIGNS
from schemas.series import RIKET

Cells = dict[str, str]
Figure = dict[str, Any]
COLUMNS = (*KEY, "varde", "tecken", "kalla")
SEXES = {"kvinnor och män": "alla", "kvinnor": "K", "män": "M"}
# heading of the measure → series; without version number it is 1.0, which alone is by ages 16–64
MEASURES = {
    "ohälsotalet": "ohalsotal",
    "sjukpenningtal 1.0": "sjukpenningtal_1",
    "sjukpenningtal": "sjukpenningtal_1",
    "sjukpenningtal 2.0": "sjukpenningtal_2",
    "andel pågående sjukfall (%)": "pagaende_andel",
    "andel": "pagaende_andel",
}
QUARTERLY = ("antal", "antal_kvinnor", "antal_man", "andel", "andel_kvinnor", "andel_man")


class RowFault(Exception):
    """The row says nothing that can be kept. `column` and `rule` say why, without the value."""

    def __init__(self, column: str, rule: str) -> None:
        self.column, self.rule = column, rule
        super().__init__(rule)


@dataclass(frozen=True, kw_only=True)
class Form:
    """`required` headings in lower case; `read` makes the figures of one row."""

    required: frozenset[str]
    read: Callable[[Cells], list[Figure]]


def form_of(header: Sequence[str], name: str) -> Form | None:
    """The form that a header belongs to; None for another. `name` is the file's, for the source of its figures."""
    names = {cell.strip().lower() for cell in header if cell.strip()}
    source = f"Försäkringskassans publicerade statistik, filen {name_without_number(name)}"
    if names == set(COLUMNS):
        return Form(required=frozenset(names), read=_own)
    if {"ar", "kvartal", "diagnoskapitel_kod", *QUARTERLY} <= names:
        return Form(required=frozenset(names), read=lambda cells: _quarter(cells, source))
    measured = [heading for heading in MEASURES if heading in names]
    if {"år", "månad", "län", "kön"} <= names and len(measured) == 1:
        return Form(required=frozenset(names), read=lambda cells: [_month(cells, measured[0], source)])
    return None


def _own(cells: Cells) -> list[Figure]:
    value, sign = _value("varde", cells["varde"] or cells["tecken"])
    return [{name: cells[name] or None for name in COLUMNS} | {"varde": value, "tecken": sign}]


def _month(cells: Cells, heading: str, source: str) -> Figure:
    area = _area(cells["län"])
    if "kommun" in cells and _area(cells["kommun"]) != area:
        raise RowFault("kommun", "gäller en kommun; bara riket och län läses in")
    value, sign = _value(heading, cells[heading])
    return {
        "serie": MEASURES[heading],
        "omrade": area,
        "period": _period(cells["år"], cells["månad"]),
        "kon": SEXES.get(cells["kön"].lower(), cells["kön"]),
        "diagnos": _chapter(cells.get("diagnoskapitel", "")),
        "aldersgrupp": _ages(cells.get("ålder", "")),
        "varde": value,
        "tecken": sign,
        "kalla": source,
    }


def _quarter(cells: Cells, source: str) -> list[Figure]:
    values = {name: _value(name, cells[name]) for name in QUARTERLY}
    total, women, men = (values[name][0] for name in QUARTERLY[:3])
    if total is not None and women is not None and men is not None and total != women + men:
        raise RowFault("antal", "är inte summan av kvinnor och män")
    kept = {
        "omrade": RIKET,
        "period": _period(cells["ar"], str(3 * int(cells["kvartal"])) if cells["kvartal"] in "1234" else ""),
        "diagnos": _chapter(cells["diagnoskapitel_kod"]),
        "aldersgrupp": None,
        "kalla": source,
    }
    series = {"antal": "pagaende", "andel": "pagaende_andel"}
    return [
        kept | {"serie": series[name[:5]], "kon": sex, "varde": values[name][0], "tecken": values[name][1]}
        for name, sex in zip(QUARTERLY, ("alla", "K", "M") * 2, strict=True)
    ]


def _value(column: str, text: str) -> tuple[float | None, str | None]:
    """A number or the publisher's sign, never both and never a sign as 0."""
    if text in SIGNS:
        return None, text
    if not re.fullmatch(r"\d+([.,]\d+)?", text):
        raise RowFault(column, "är inget tal" if text else "värde saknas")
    return float(text.replace(",", ".")), None


def _area(text: str) -> str:
    """00 Riket, 17 Värmlands län → without the code."""
    return re.sub(r"^\d{2} ", "", text)


def _period(year: str, month: str) -> str:
    return f"{year}-{month.zfill(2)}"


def _chapter(text: str) -> str | None:
    if text.startswith("Samtliga") or not text:
        return None
    return "okand" if text == "-00--99" else text.split(" ")[0]


def _ages(text: str) -> str | None:
    """Samtliga 16-64 år → none: which ages all are belongs to the definition."""
    return None if text.startswith("Samtliga") or not text else text.removesuffix(" år")
