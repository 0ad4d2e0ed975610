"""A curve in words: the share of each sex by the declared days, with how sure it is, for those who open no table."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.texts.figures import curve as texts
from dashboard.texts.numbers import NBSP, interval, number
from dashboard.theme import SEXES
from schemas.dimensions import BOTH
from schemas.measure import Curve

Row = dict[str, Any]


def by_days(measure: Curve, at: Mapping[tuple[str, int], Row]) -> tuple[str, ...]:
    """`at` are the shown points by sex and day: Kvinnor (176 sjukfall): dag 30 52 % (44–59), dag 90 76 % (69–82)."""
    said = [_of_sex(sex, [at[sex, day] for day in measure.horizons if day > 0 and (sex, day) in at]) for sex in BOTH]
    known = [text for text in said if text]
    return (texts.IN_WORDS.format(sexes=" ".join(known)),) if known else ()


def _of_sex(sex: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    days = [
        texts.OF_DAY.format(day=row["dag"], share=f"{number(100 * row['andel'])}{NBSP}%", limits=_limits(row))
        for row in rows
    ]
    return texts.OF_SEX.format(sex=SEXES[sex].label, count=number(rows[0]["n"]), days=", ".join(days))


def _limits(row: Row) -> str:
    if row["nedre"] is None or row["ovre"] is None:
        return ""
    return f" {interval(100 * row['nedre'], 100 * row['ovre'], 0)}"
