"""The tables of a published release: aggregates only, protected. Each function's docstring is the grain.

Three outcomes, never confused: `tal` (a number, which may be a true 0), `dolt` (hidden for few persons or to protect
another cell: value, interval, numerator and denominator are all NULL) and `ej_beraknat` (cannot be computed, with the
reason in `orsak`). Nothing tells a primarily hidden cell from a secondarily hidden one.
"""

import pandera.pandas as pa

from schemas.dimensions import BREAKDOWNS, KON, NIVA, NO_BREAKDOWN, PERIODTYP, UPPDELNING
from schemas.figures import jamforelse

OUTCOMES = ("tal", "dolt", "ej_beraknat")
REASONS = ("underlag_saknas", "litet_underlag", "ej_levererat", "ingen_uppfoljning")
MONTH = r"^\d{4}-\d{2}$"


def _text(**options) -> pa.Column:
    return pa.Column(str, **options)


def _number(**options) -> pa.Column:
    return pa.Column(float, nullable=True, **options)


def _breakdown() -> pa.Column:
    return _text(checks=pa.Check.isin((NO_BREAKDOWN, *BREAKDOWNS)))


def _outcome() -> pa.Column:
    return _text(checks=pa.Check.isin(OUTCOMES))


def _silent_unless_number(rows):
    """Hidden or not computed leaves no number behind."""
    numbers = rows.select_dtypes("number").drop(columns=["dag", "ordning"], errors="ignore")
    return rows["utfall"].eq("tal") | numbers.isna().all(axis=1)


def _ordered(low: str, value: str, high: str) -> pa.Check:
    def inside(rows):
        known = rows[[low, value, high]].notna().all(axis=1)
        return ~known | ((rows[low] <= rows[value] + 1e-9) & (rows[value] <= rows[high] + 1e-9))

    return pa.Check(inside, name=f"{value}_utanfor_intervallet")


def _table(name: str, columns: dict[str, pa.Column], key: list[str], checks: list[pa.Check]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, unique=key, checks=checks, strict=True, ordered=True, coerce=True)


def enhet() -> pa.DataFrameSchema:
    """One row per enhet, område and region that has figures. `listade_totalt` is the unit's listade in all ages, a public
    figure and no denominator, in the month `listade_manad`; units of different months are not summed."""
    columns = {
        "enhet_id": _text(),
        "namn": _text(),
        "niva": _text(checks=pa.Check.isin(NIVA.ids)),
        "omrade": _text(nullable=True),
        "region": _text(nullable=True),
        "enhetstyp": _text(nullable=True),
        "listade_totalt": _number(checks=pa.Check.ge(0)),
        "listade_manad": _text(nullable=True, checks=pa.Check.str_matches(MONTH)),
    }
    return _table("enhet", columns, ["enhet_id"], [])


def manad() -> pa.DataFrameSchema:
    """One row per month of the release; `preliminar` when late certificates can still change it."""
    columns = {"manad": _text(checks=pa.Check.str_matches(MONTH)), "preliminar": pa.Column(bool)}
    return _table("manad", columns, ["manad"], [])


def varde() -> pa.DataFrameSchema:
    """One row per counting measure, enhet, period type, period, sex and group of a breakdown (`indelning` "ingen" and
    `grupp` "alla" for the whole). `namnare` is the mean number of listade in the period, or for a share the count that
    it is a share of; `varde` the rate or the percent with its interval; `kvot_utfall` the outcome of the rate when the
    count can be shown. `antal` of a resource is its amount."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "periodtyp": _text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "kon": _text(checks=pa.Check.isin(KON.ids)),
        "indelning": _breakdown(),
        "grupp": _text(),
        "utfall": _outcome(),
        "kvot_utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "antal": _number(),
        "namnare": _number(),
        "varde": _number(),
        "nedre": _number(),
        "ovre": _number(),
        "metod": _text(),
    }
    key = ["matt_id", "enhet_id", "periodtyp", "period", "kon", "indelning", "grupp"]
    return _table("varde", columns, key, [pa.Check(_silent_unless_number), _ordered("nedre", "varde", "ovre")])


def skillnad() -> pa.DataFrameSchema:
    """One row per measure, enhet, period type, period, horizon and group of a breakdown: women minus men, and women
    over men. `dag` is the horizon of a curve and -1 for counts."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "periodtyp": _text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "dag": pa.Column(int),
        "indelning": _breakdown(),
        "grupp": _text(),
        "utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "differens": _number(),
        "differens_nedre": _number(),
        "differens_ovre": _number(),
        "kvot": _number(),
        "kvot_nedre": _number(),
        "kvot_ovre": _number(),
        "metod": _text(),
    }
    checks = [
        pa.Check(_silent_unless_number),
        _ordered("differens_nedre", "differens", "differens_ovre"),
        _ordered("kvot_nedre", "kvot", "kvot_ovre"),
    ]
    key = ["matt_id", "enhet_id", "periodtyp", "period", "dag", "indelning", "grupp"]
    return _table("skillnad", columns, key, checks)


def uppdelning() -> pa.DataFrameSchema:
    """One row per counting measure, enhet, period and part of the difference women − men: what follows from the sexes'
    different ages (`alder`) and diagnoses (`diagnos`), and the rest (`niva`). A rate per listade has no part for
    diagnoses: listade have none. Rounded to one decimal, as no one count could be read from them."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "periodtyp": _text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "del": _text(checks=pa.Check.isin(UPPDELNING.ids)),
        "utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "varde": _number(),
        "nedre": _number(),
        "ovre": _number(),
        "metod": _text(),
    }
    key = ["matt_id", "enhet_id", "periodtyp", "period", "del"]
    return _table("uppdelning", columns, key, [pa.Check(_silent_unless_number), _ordered("nedre", "varde", "ovre")])


def kurva() -> pa.DataFrameSchema:
    """One row per curve, enhet, twelve-month cohort (`period` = its last month), sex, cause and day of the grid.
    `andel` is the cumulative incidence 0–1 with its interval, `i_risk` the number at risk rounded to five, `n` the
    cases in the cohort. Days after the last with enough at risk are absent."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "kon": _text(checks=pa.Check.isin(KON.ids)),
        "orsak_id": _text(),
        "dag": pa.Column(int),
        "utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "andel": _number(checks=pa.Check.between(0, 1)),
        "nedre": _number(checks=pa.Check.between(0, 1)),
        "ovre": _number(checks=pa.Check.between(0, 1)),
        "i_risk": _number(),
        "n": _number(),
        "metod": _text(),
    }
    key = ["matt_id", "enhet_id", "period", "kon", "orsak_id", "dag"]
    return _table("kurva", columns, key, [pa.Check(_silent_unless_number), _ordered("nedre", "andel", "ovre")])


def kvalitet() -> pa.DataFrameSchema:
    """One row per extract and thing counted in the whole region (delivered, loaded, quarantined by rule, left out by
    the national rule, unknown unit, diagnosis or sex). Counts of few persons are hidden like any other."""
    columns = {
        "extrakt": _text(),
        "slag": _text(),
        "regel": _text(),
        "ordning": pa.Column(int),
        "utfall": _outcome(),
        "antal": _number(),
    }
    return _table("kvalitet", columns, ["extrakt", "slag", "regel"], [])


def fakta() -> pa.DataFrameSchema:
    """One row per fact about the release: id, data period, threshold, parameters, demo."""
    return _table("fakta", {"namn": _text(), "varde": _text()}, ["namn"], [])


PUBLISHED = {
    build.__name__: build() for build in (enhet, manad, varde, skillnad, uppdelning, kurva, kvalitet, jamforelse, fakta)
}
