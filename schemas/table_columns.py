"""What the columns and the checks of published tables are made of."""

import pandera.pandas as pa

from schemas.dimensions import BREAKDOWNS, NO_BREAKDOWN

OUTCOMES = ("tal", "dolt", "ej_beraknat")
REASONS = (
    "underlag_saknas", "litet_underlag", "ej_levererat", "ingen_uppfoljning", "ej_uppnadd", "for_fa_grupper",
    "for_fa_enheter",
)  # fmt: skip
MONTH = r"^\d{4}-\d{2}$"


def text(**options) -> pa.Column:
    return pa.Column(str, **options)


def number(**options) -> pa.Column:
    return pa.Column(float, **{"nullable": True} | options)


def breakdown() -> pa.Column:
    return text(checks=pa.Check.isin((NO_BREAKDOWN, *BREAKDOWNS)))


def outcome() -> pa.Column:
    return text(checks=pa.Check.isin(OUTCOMES))


def silent_unless_number(rows):
    """Hidden or not computed leaves no number behind."""
    numbers = rows.select_dtypes("number").drop(columns=["dag", "fran_dag", "ordning"], errors="ignore")
    return rows["utfall"].eq("tal") | numbers.isna().all(axis=1)


def ordered(low: str, value: str, high: str) -> pa.Check:
    def inside(rows):
        known = rows[[low, value, high]].notna().all(axis=1)
        return ~known | ((rows[low] <= rows[value] + 1e-9) & (rows[value] <= rows[high] + 1e-9))

    return pa.Check(inside, name=f"{value}_utanfor_intervallet")


def of_contrasts() -> list[pa.Check]:
    return [
        pa.Check(silent_unless_number),
        ordered("differens_nedre", "differens", "differens_ovre"),
        ordered("kvot_nedre", "kvot", "kvot_ovre"),
    ]


def table(name: str, columns: dict[str, pa.Column], key: list[str], checks: list[pa.Check]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, unique=key, checks=checks, strict=True, ordered=True, coerce=True)
