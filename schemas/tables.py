"""The tables of a published release: aggregates only, protected. Each function's docstring is the grain.

Three outcomes, never confused: `tal` (a number, which may be a true 0), `dolt` (hidden for few persons or to protect
another cell: value, interval, numerator and denominator are all NULL) and `ej_beraknat` (cannot be computed, with the
reason in `orsak`). Nothing tells a primarily hidden cell from a secondarily hidden one.
"""

import pandera.pandas as pa

from schemas.dimensions import BREAKDOWNS, DATAFEL, KON, NIVA, NO_BREAKDOWN, PERIODTYP, UPPDELNING
from schemas.figures import jamforelse

OUTCOMES = ("tal", "dolt", "ej_beraknat")
REASONS = (
    "underlag_saknas", "litet_underlag", "ej_levererat", "ingen_uppfoljning", "ej_uppnadd", "for_fa_grupper",
)  # fmt: skip
SIGNS = ("ingen", "utanfor", "trend", "tva_av_tre", "sida")
QUANTITIES = ("median", "medeldagar", "standard")
MONTH = r"^\d{4}-\d{2}$"


def _text(**options) -> pa.Column:
    return pa.Column(str, **options)


def _number(**options) -> pa.Column:
    return pa.Column(float, **{"nullable": True} | options)


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


def _of_contrasts() -> list[pa.Check]:
    return [
        pa.Check(_silent_unless_number),
        _ordered("differens_nedre", "differens", "differens_ovre"),
        _ordered("kvot_nedre", "kvot", "kvot_ovre"),
    ]


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
    checks = _of_contrasts()
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


def signal() -> pa.DataFrameSchema:
    """One row per followed measure, enhet, sex and period with a shown value: the value, the level and limits of the
    process (they follow the season), the sign (`regel`, "ingen" = ordinary variation) and its direction, and a decided
    target with whether it is reached. `provisorisk` while the limits rest on few points."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "kon": _text(checks=pa.Check.isin(KON.ids)),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "varde": _number(nullable=False),
        "mitt": _number(nullable=False),
        "nedre": _number(nullable=False),
        "ovre": _number(nullable=False),
        "regel": _text(checks=pa.Check.isin(SIGNS)),
        "riktning": pa.Column(int, checks=pa.Check.isin((-1, 0, 1))),
        "provisorisk": pa.Column(bool),
        "mal": _number(),
        "mal_nas": _text(nullable=True, checks=pa.Check.isin(("ja", "ibland", "nej"))),
        "metod": _text(),
    }
    return _table("signal", columns, ["matt_id", "enhet_id", "kon", "period"], [_ordered("nedre", "mitt", "ovre")])


def kurva() -> pa.DataFrameSchema:
    """One row per curve, enhet, twelve-month cohort (`period` = its last month), sex, group of a breakdown (`indelning`
    "ingen" and `grupp` "alla" for the whole), cause (or state, for measures of states) and day of the grid.
    `andel` is the cumulative incidence 0–1 with its interval, `i_risk` the number at risk rounded to five, `n` the
    cases in the cohort. Days after the last with enough at risk are absent."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "kon": _text(checks=pa.Check.isin(KON.ids)),
        "indelning": _breakdown(),
        "grupp": _text(),
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
    key = ["matt_id", "enhet_id", "period", "kon", "indelning", "grupp", "orsak_id", "dag"]
    return _table("kurva", columns, key, [pa.Check(_silent_unless_number), _ordered("nedre", "andel", "ovre")])


def kurvtal() -> pa.DataFrameSchema:
    """One row per curve, enhet, cohort, sex, quantity and day: `median` (day on which half have had the event, `dag` −1),
    `medeldagar` (mean days until any end within the first `dag`) and `standard` (share 0–1 by `dag`, standardised)."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "kon": _text(checks=pa.Check.isin(("K", "M"))),
        "storhet": _text(checks=pa.Check.isin(QUANTITIES)),
        "dag": pa.Column(int),
        "utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "varde": _number(checks=pa.Check.ge(0)),
        "nedre": _number(),
        "ovre": _number(),
        "n": _number(),
        "metod": _text(),
    }
    key = ["matt_id", "enhet_id", "period", "kon", "storhet", "dag"]
    return _table("kurvtal", columns, key, [pa.Check(_silent_unless_number), _ordered("nedre", "varde", "ovre")])


def kurvskillnad() -> pa.DataFrameSchema:
    """One row per curve, enhet, cohort, quantity and day of `kurvtal`: women minus men, and women over men. The quantity
    `kurva` has only `p`, of the test that the whole curves are the same."""
    columns = {
        "matt_id": _text(),
        "enhet_id": _text(),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "storhet": _text(checks=pa.Check.isin((*QUANTITIES, "kurva"))),
        "dag": pa.Column(int),
        "utfall": _outcome(),
        "orsak": _text(nullable=True, checks=pa.Check.isin(REASONS)),
        "differens": _number(),
        "differens_nedre": _number(),
        "differens_ovre": _number(),
        "kvot": _number(),
        "kvot_nedre": _number(),
        "kvot_ovre": _number(),
        "p": _number(checks=pa.Check.between(0, 1)),
        "metod": _text(),
    }
    checks = _of_contrasts()
    return _table("kurvskillnad", columns, ["matt_id", "enhet_id", "period", "storhet", "dag"], checks)


def kvalitet() -> pa.DataFrameSchema:
    """One row per extract and thing counted in the whole region (delivered, loaded, quarantined by rule, left out by
    the national rule, unknown unit, diagnosis or sex). Counts of few persons are hidden like any other."""
    columns = {name: _text() for name in ("extrakt", "slag", "regel")}
    columns |= {"ordning": pa.Column(int), "utfall": _outcome(), "antal": _number()}
    return _table("kvalitet", columns, ["extrakt", "slag", "regel"], [])


def datafel() -> pa.DataFrameSchema:
    """One row per enhet, month (or twelve months that end with a quarter) and kind of fault: certified periods, or for
    those shared between vårdgivare sjukfall, that have it. 0 means that nothing is wrong; few persons are hidden."""
    columns = {
        "enhet_id": _text(),
        "periodtyp": _text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": _text(checks=pa.Check.str_matches(MONTH)),
        "fel": _text(checks=pa.Check.isin(DATAFEL.ids)),
        "utfall": _outcome(),
        "antal": _number(),
    }
    return _table("datafel", columns, ["enhet_id", "periodtyp", "period", "fel"], [pa.Check(_silent_unless_number)])


def fakta() -> pa.DataFrameSchema:
    """One row per fact about the release: id, data period, threshold, parameters, demo."""
    return _table("fakta", {"namn": _text(), "varde": _text()}, ["namn"], [])


ALL = (
    enhet, manad, varde, skillnad, uppdelning, signal, kurva, kurvtal, kurvskillnad, kvalitet, datafel, jamforelse, fakta,
)  # fmt: skip
PUBLISHED = {build.__name__: build() for build in ALL}
