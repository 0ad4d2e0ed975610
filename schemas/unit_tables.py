"""The published tables of a vårdcentral among the others of its region. Each function's docstring is the grain."""

import pandera.pandas as pa

from schemas.dimensions import BOTH, PERIODTYP
from schemas.table_columns import MONTH, REASONS, number, ordered, outcome, silent_unless_number, table, text

PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
SIDES = ("over", "under", "inom")
FUNNEL_NUMBERS = (
    "underlag", "varde", "nedre", "ovre", "niva", "nedre_95", "ovre_95", "nedre_998", "ovre_998", "fi", "tau2", "z",
    "p_justerat", "rang_nedre", "rang_ovre", "enheter",
)  # fmt: skip


def tratt() -> pa.DataFrameSchema:
    """One row per featured measure, vårdcentral, sex and year (`period` = its last month; a stock: its last day): the
    value as if the unit had the region's mix (indirectly standardised), its own interval, the region's value `niva`, the
    funnel's limits at the unit's size, widened by what units differ (`fi` and `tau2`), and the interval of its rank
    among `enheter`. `underlag` is the expected number of cases, or for a curve the cases it is worth. `sida` is where
    it lies, `avviker` what holds two years running and after false discoveries are controlled (NULL without a year
    before)."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(BOTH)),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        **{name: number() for name in FUNNEL_NUMBERS},
        "sida": text(nullable=True, checks=pa.Check.isin(SIDES)),
        "avviker": text(nullable=True, checks=pa.Check.isin(SIDES)),
        "metod": text(),
    }
    checks = [
        pa.Check(silent_unless_number),
        ordered("nedre", "varde", "ovre"),
        ordered("nedre_95", "niva", "ovre_95"),
        ordered("nedre_998", "niva", "ovre_998"),
    ]
    return table("tratt", columns, ["matt_id", "enhet_id", "period", "kon"], checks)


def spridning() -> pa.DataFrameSchema:
    """One row per featured measure, region, sex and year: percentiles of the values of those `enheter` vårdcentraler
    that have a shown one."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(BOTH)),
        **{name: number(nullable=False) for name in PERCENTILES},
        "enheter": number(nullable=False),
    }
    key = ["matt_id", "enhet_id", "period", "kon"]
    return table("spridning", columns, key, [ordered("p10", "p50", "p90"), ordered("p25", "p50", "p75")])


def likhet() -> pa.DataFrameSchema:
    """One row per vårdcentral and other vårdcentral of its region that is most like it, the most alike first: its size
    over the unit's (`storlek`), and the share (0–1) of the listade and of the started cases that would need another age
    or diagnosis group for the two to have the same mix; `diagnos` is NULL where too much is hidden."""
    columns = {
        "enhet_id": text(),
        "lik_enhet_id": text(),
        "ordning": pa.Column(int, checks=pa.Check.ge(1)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "storlek": number(nullable=False, checks=pa.Check.gt(0)),
        "alder": number(nullable=False, checks=pa.Check.between(0, 1)),
        "diagnos": number(checks=pa.Check.between(0, 1)),
    }
    return table("likhet", columns, ["enhet_id", "lik_enhet_id"], [])
