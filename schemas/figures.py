"""Figures that others publish: as they are kept in the warehouse, and as a release shows them."""

import pandera.pandas as pa

from schemas.dimensions import KON, PERIODTYP
from schemas.series import RIKET, SERIES

KEY = ["serie", "omrade", "period", "kon", "diagnos", "aldersgrupp"]
SIGNS = ("..", "-")  # the publisher's own: hidden or not available; not applicable
SEXES = tuple(sex for sex in KON.ids if sex != "okand")


def _value_or_sign(rows):
    return rows["varde"].notna() == rows["tecken"].isna()


def _columns() -> dict[str, pa.Column]:
    return {
        "serie": pa.Column(str, checks=pa.Check.isin(tuple(SERIES), error="är ingen känd serie")),
        "omrade": pa.Column(
            str, checks=pa.Check.str_matches(rf"^({RIKET}|.+ län)$", error="är varken Riket eller ett län")
        ),
        "period": pa.Column(
            str, checks=pa.Check.str_matches(r"^\d{4}-(0[1-9]|1[0-2])$", error="är ingen månad eller inget kvartal")
        ),
        "kon": pa.Column(str, checks=pa.Check.isin(SEXES, error="är varken kvinnor, män eller båda")),
        "diagnos": pa.Column(
            str,
            nullable=True,
            checks=pa.Check.str_matches(r"^([A-Z]\d{2}-[A-Z]\d{2}|okand)$", error="är inget diagnoskapitel"),
        ),
        "aldersgrupp": pa.Column(
            str, nullable=True, checks=pa.Check.str_matches(r"^\d{2}-\d{2}$", error="är ingen åldersgrupp")
        ),
        "varde": pa.Column(float, nullable=True, checks=pa.Check.ge(0, error="är negativt")),
        "tecken": pa.Column(str, nullable=True, checks=pa.Check.isin(SIGNS, error="är inget tal")),
        "kalla": pa.Column(str),
    }


def figures() -> pa.DataFrameSchema:
    """One row per series, area, period, sex, diagnosis chapter (NULL = all) and age band (NULL = all). `varde` is NULL
    exactly where the publisher writes a sign instead, kept in `tecken`; it is never 0."""
    checks = [pa.Check(_value_or_sign, error="har varken tal eller tecken")]
    return pa.DataFrameSchema(_columns(), name="figures", checks=checks, unique=KEY, strict=True, ordered=True)


def jamforelse() -> pa.DataFrameSchema:
    """One row per figure published by others, with what it is: grain as in `figures`. The latest delivered wins; the
    definitions are the publisher's, and no row may be compared digit by digit with a measure of ours."""
    said = {
        "namn": pa.Column(str),
        "enhet": pa.Column(str),
        "periodtyp": pa.Column(str, checks=pa.Check.isin(PERIODTYP.ids)),
        "definition": pa.Column(str),
    }
    checks = [pa.Check(_value_or_sign, error="har varken tal eller tecken")]
    return pa.DataFrameSchema(
        {**_columns(), **said}, name="jamforelse", checks=checks, unique=KEY, strict=True, ordered=True, coerce=True
    )
