"""The tables of a published release: aggregates only, protected. Each function's docstring is the grain.

Three outcomes, never confused: `tal` (a number, which may be a true 0), `dolt` (hidden for few persons or to protect
another cell: value, interval, numerator and denominator are all NULL) and `ej_beraknat` (cannot be computed, with the
reason in `orsak`). Nothing tells a primarily hidden cell from a secondarily hidden one.
"""

import pandera.pandas as pa

from schemas.curve_tables import gradskillnad, kurva, kurvskillnad, kurvtal, landmark, landmarkskillnad
from schemas.dimensions import BREAKDOWNS, DATAFEL, KON, NIVA, NO_BREAKDOWN, PERIODTYP, UPPDELNING
from schemas.figures import jamforelse
from schemas.release import ALL_SIZES, FRONT
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
from schemas.unit_tables import likhet, spridning, tratt

MONTH_STATES = ("preliminar", "komplett", "reviderad")
SIGNS = ("ingen", "utanfor", "trend", "tva_av_tre", "sida")


def enhet() -> pa.DataFrameSchema:
    """One row per enhet, område and region that has figures. `listade_totalt` is the unit's listade in all ages, a public
    figure and no denominator, in the month `listade_manad`; units of different months are not summed."""
    columns = {
        "enhet_id": text(),
        "namn": text(),
        "niva": text(checks=pa.Check.isin(NIVA.ids)),
        "omrade": text(nullable=True),
        "region": text(nullable=True),
        "enhetstyp": text(nullable=True),
        "listade_totalt": number(checks=pa.Check.ge(0)),
        "listade_manad": text(nullable=True, checks=pa.Check.str_matches(MONTH)),
    }
    return table("enhet", columns, ["enhet_id"], [])


def manad() -> pa.DataFrameSchema:
    """One row per month of the release. `lage`: preliminar while late certificates are awaited; then komplett; reviderad
    when a certificate that touches it became known, was corrected or revoked after that, last on the day `andrad`."""
    columns = {
        "manad": text(checks=pa.Check.str_matches(MONTH)),
        "lage": text(checks=pa.Check.isin(MONTH_STATES)),
        "andrad": text(nullable=True, checks=pa.Check.str_matches(r"^\d{4}-\d{2}-\d{2}$")),
    }
    return table("manad", columns, ["manad"], [])


def varde() -> pa.DataFrameSchema:
    """One row per counting measure, enhet, period type, period, sex and group of a breakdown (`indelning` "ingen" and
    `grupp` "alla" for the whole). `namnare` is the mean number of listade in the period, or for a share the count that
    it is a share of; `varde` the rate or the percent with its interval; `kvot_utfall` the outcome of the rate when the
    count can be shown. `antal` of a resource is its amount."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "kon": text(checks=pa.Check.isin(KON.ids)),
        "indelning": breakdown(),
        "grupp": text(),
        "utfall": outcome(),
        "kvot_utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "antal": number(),
        "namnare": number(),
        "varde": number(),
        "nedre": number(),
        "ovre": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "periodtyp", "period", "kon", "indelning", "grupp"]
    return table("varde", columns, key, [pa.Check(silent_unless_number), ordered("nedre", "varde", "ovre")])


def skillnad() -> pa.DataFrameSchema:
    """One row per measure, enhet, period type, period, horizon and group of a breakdown: women minus men, and women
    over men. `dag` is the horizon of a curve and -1 for counts."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "dag": pa.Column(int),
        "indelning": breakdown(),
        "grupp": text(),
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
    checks = of_contrasts()
    key = ["matt_id", "enhet_id", "periodtyp", "period", "dag", "indelning", "grupp"]
    return table("skillnad", columns, key, checks)


def uppdelning() -> pa.DataFrameSchema:
    """One row per measure, enhet, period, quantity and part of the difference women − men: what follows from the sexes'
    different ages (`alder`) and diagnoses (`diagnos`), and the rest (`niva`). `storhet` is `varde` of a count (`dag` −1),
    and of a curve `andel` in percent by `dag` or `medeldagar` within the first `dag`. A rate per listade has no part for
    diagnoses: listade have none. Rounded to one decimal, as no one count could be read from them."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "storhet": text(checks=pa.Check.isin(("varde", "andel", "medeldagar"))),
        "dag": pa.Column(int),
        "del": text(checks=pa.Check.isin(UPPDELNING.ids)),
        "utfall": outcome(),
        "orsak": text(nullable=True, checks=pa.Check.isin(REASONS)),
        "varde": number(),
        "nedre": number(),
        "ovre": number(),
        "metod": text(),
    }
    key = ["matt_id", "enhet_id", "periodtyp", "period", "storhet", "dag", "del"]
    return table("uppdelning", columns, key, [pa.Check(silent_unless_number), ordered("nedre", "varde", "ovre")])


def signal() -> pa.DataFrameSchema:
    """One row per followed measure, enhet, sex and period with a shown value: the value, the level and limits of the
    process (they follow the season), the sign (`regel`, "ingen" = ordinary variation) and its direction, and a decided
    target with whether it is reached, from which month it holds, who decided it and where that is written. `provisorisk`
    while the limits rest on few points."""
    columns = {
        "matt_id": text(),
        "enhet_id": text(),
        "kon": text(checks=pa.Check.isin(KON.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "varde": number(nullable=False),
        "mitt": number(nullable=False),
        "nedre": number(nullable=False),
        "ovre": number(nullable=False),
        "regel": text(checks=pa.Check.isin(SIGNS)),
        "riktning": pa.Column(int, checks=pa.Check.isin((-1, 0, 1))),
        "provisorisk": pa.Column(bool),
        "mal": number(),
        "mal_nas": text(nullable=True, checks=pa.Check.isin(("ja", "ibland", "nej"))),
        "mal_fran": text(nullable=True, checks=pa.Check.str_matches(MONTH)),
        "mal_beslutad_av": text(nullable=True),
        "mal_kalla": text(nullable=True),
        "metod": text(),
    }
    return table("signal", columns, ["matt_id", "enhet_id", "kon", "period"], [ordered("nedre", "mitt", "ovre")])


def kvalitet() -> pa.DataFrameSchema:
    """One row per extract and thing counted in the whole region (delivered, loaded, quarantined by rule, left out by
    the national rule, unknown unit, diagnosis or sex). Counts of few persons are hidden like any other."""
    columns = {name: text() for name in ("extrakt", "slag", "regel")}
    columns |= {"ordning": pa.Column(int), "utfall": outcome(), "antal": number()}
    return table("kvalitet", columns, ["extrakt", "slag", "regel"], [])


def skydd() -> pa.DataFrameSchema:
    """One row per region, what is looked at (`vad`: Översikt, or a breakdown) and size of vårdcentral (`storlek`: 1 the
    smallest quarter by listade to 4 the largest, 0 all). Of the numbers of women and of men in the last periods at
    vårdcentraler (`celler`) the whole percent that is hidden (`dolda`), that would be if only small numbers were
    (`enbart_sma`), and with boxes of cells (`hyperkub`); the last two only for all sizes and where the difference is many."""
    percent = {name: number(checks=pa.Check.between(0, 100)) for name in ("enbart_sma", "hyperkub")}
    columns = {
        "enhet_id": text(),
        "vad": text(checks=pa.Check.isin((FRONT, NO_BREAKDOWN, *BREAKDOWNS))),
        "storlek": pa.Column(int, checks=pa.Check.between(ALL_SIZES, 4)),
        "celler": pa.Column(int, checks=pa.Check.gt(0)),
        "dolda": number(nullable=False, checks=pa.Check.between(0, 100)),
        **percent,
    }
    return table("skydd", columns, ["enhet_id", "vad", "storlek"], [])


def datafel() -> pa.DataFrameSchema:
    """One row per enhet, month (or twelve months that end with a quarter) and kind of fault: certified periods, or for
    those shared between vårdgivare sjukfall, that have it. 0 means that nothing is wrong; few persons are hidden."""
    columns = {
        "enhet_id": text(),
        "periodtyp": text(checks=pa.Check.isin(PERIODTYP.ids)),
        "period": text(checks=pa.Check.str_matches(MONTH)),
        "fel": text(checks=pa.Check.isin(DATAFEL.ids)),
        "utfall": outcome(),
        "antal": number(),
    }
    return table("datafel", columns, ["enhet_id", "periodtyp", "period", "fel"], [pa.Check(silent_unless_number)])


def fakta() -> pa.DataFrameSchema:
    """One row per fact about the release: id, data period, threshold, parameters, demo."""
    return table("fakta", {"namn": text(), "varde": text()}, ["namn"], [])


ALL = (
    enhet, manad, varde, skillnad, uppdelning, signal, tratt, spridning, likhet, kurva, kurvtal, kurvskillnad,
    gradskillnad, landmark, landmarkskillnad, kvalitet, skydd, datafel, jamforelse, fakta,
)  # fmt: skip
PUBLISHED = {build.__name__: build() for build in ALL}
