"""The published tables of curves. Each function's docstring is the grain."""

import pandera.pandas as pa

from schemas.curve_lattice import QUANTITIES, TESTS
from schemas.dimensions import ARM, BOTH, KON
from schemas.table_columns import (
    MONTH,
    REASONS,
    breakdown,
    number,
    of_contrasts,
    ordered,
    outcome,
    silent_unless_number,
    table,
    text,
)


def kurva() -> pa.DataFrameSchema:
    """One row per curve, enhet, twelve-month cohort (`period` = its last month), sex, group of a breakdown (`indelning`
    "ingen" and `grupp` "alla" for the whole), cause (or state, for measures of states) and day of the grid.
    `andel` is the cumulative incidence 0–1 with its interval, `i_risk` how many are followed on in whole fives, `n` the
    cases in the cohort. Days after the last with enough at risk are absent, and so are days on which too few events have
    happened since the shown day before or happen until the next; a declared day that is left out so is hidden. A curve
    that is hidden as a whole is one row with `dag` −1."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(KON.ids)),
        "indelning": breakdown(),
        "grupp": text(),
        "orsak_id": text(),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "andel": number(checks=pa.Check.between(0, 1)),
        "nedre": number(checks=pa.Check.between(0, 1)),
        "ovre": number(checks=pa.Check.between(0, 1)),
        "i_risk": number(),
        "n": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "period", "kon", "indelning", "grupp", "orsak_id", "dag"]
    return table("kurva", columns, key, [pa.Check(silent_unless_number), ordered("nedre", "andel", "ovre")])


def kurvtal() -> pa.DataFrameSchema:
    """One row per curve, enhet, cohort, sex, quantity and day: `median` (day on which half have had the event, `dag` −1),
    `medeldagar` (mean days until any end within the first `dag`) and `standard` (share 0–1 by `dag`, standardised)."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(BOTH)),
        "storhet": text(checks=pa.Check.isin(QUANTITIES)),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "varde": number(checks=pa.Check.ge(0)),
        "nedre": number(),
        "ovre": number(),
        "n": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "period", "kon", "storhet", "dag"]
    return table("kurvtal", columns, key, [pa.Check(silent_unless_number), ordered("nedre", "varde", "ovre")])


def kurvskillnad() -> pa.DataFrameSchema:
    """One row per curve, enhet, cohort, quantity and day of `kurvtal`: women minus men, and women over men. The quantities
    `kurva` and `kurva_diagnos` have only `p`, of the test that the whole curves are the same: as they are, and within
    the same diagnosis group (where the curve is told by diagnosis)."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "storhet": text(checks=pa.Check.isin((*QUANTITIES, *TESTS))),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "differens": number(),
        "differens_nedre": number(),
        "differens_ovre": number(),
        "kvot": number(),
        "kvot_nedre": number(),
        "kvot_ovre": number(),
        "p": number(checks=pa.Check.between(0, 1)),
        "metod": text(),
    }
    checks = of_contrasts()
    return table("kurvskillnad", columns, ["matt_id", "enhet_id", "period", "storhet", "dag"], checks)


def gradskillnad() -> pa.DataFrameSchema:
    """One row per measure of states, enhet, cohort, state (`orsak_id`) and declared day: women minus men, and women over
    men, of the share that stands there."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "orsak_id": text(),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "differens": number(),
        "differens_nedre": number(),
        "differens_ovre": number(),
        "kvot": number(),
        "kvot_nedre": number(),
        "kvot_ovre": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "period", "orsak_id", "dag"]
    return table("gradskillnad", columns, key, of_contrasts())


def landmark() -> pa.DataFrameSchema:
    """One row per landmark measure, enhet, cohort, sex, landmark (`fran_dag`, a day of the case), arm and day after it.
    `andel` is the cumulative incidence 0–1 among cases open after the landmark, standardised so that both arms of a sex
    are the same mix, and `ojusterad` the same as it is; `n` the cases of the arm. Both arms are hidden or neither, and
    have the same days. A pair that is silent as a whole has `dag` −1."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(BOTH)),
        "fran_dag": pa.Column(int),
        "arm": text(checks=pa.Check.isin(ARM.ids)),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "andel": number(checks=pa.Check.between(0, 1)),
        "nedre": number(checks=pa.Check.between(0, 1)),
        "ovre": number(checks=pa.Check.between(0, 1)),
        "ojusterad": number(checks=pa.Check.between(0, 1)),
        "ojusterad_nedre": number(checks=pa.Check.between(0, 1)),
        "ojusterad_ovre": number(checks=pa.Check.between(0, 1)),
        "i_risk": number(),
        "n": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "period", "kon", "fran_dag", "arm", "dag"]
    checks = [
        pa.Check(silent_unless_number),
        ordered("nedre", "andel", "ovre"),
        ordered("ojusterad_nedre", "ojusterad", "ojusterad_ovre"),
    ]
    return table("landmark", columns, key, checks)


def landmarkskillnad() -> pa.DataFrameSchema:
    """One row per landmark measure, enhet, cohort, sex, landmark and declared day after it: the share with an insats by the
    landmark minus the share without one yet, standardised (`differens`) and as it is (`ojusterad`). A description of who
    the two are, not an effect."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(BOTH)),
        "fran_dag": pa.Column(int),
        "dag": pa.Column(int),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "differens": number(),
        "differens_nedre": number(),
        "differens_ovre": number(),
        "ojusterad": number(),
        "ojusterad_nedre": number(),
        "ojusterad_ovre": number(),
        "metod": text(),
    }
    checks = [
        pa.Check(silent_unless_number),
        ordered("differens_nedre", "differens", "differens_ovre"),
        ordered("ojusterad_nedre", "ojusterad", "ojusterad_ovre"),
    ]
    return table("landmarkskillnad", columns, ["matt_id", "enhet_id", "period", "kon", "fran_dag", "dag"], checks)
