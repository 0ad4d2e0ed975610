"""Which certificates a build derives from: all of them, or only those of the patients whom new deliveries touch.

The steps in BY_PATIENT read the views in SOURCES and TRIED. What a certificate last said depends on nothing but its own
rows, and a sjukfall on nothing but the certificates of its own patient, so that deriving the touched ones anew and keeping
the others gives what deriving everything gives, as long as the parameters, the code lists, the unit register and the steps
themselves are the same as the last time (the fingerprint).
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.coded import closed_lists, in_codes
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import lasting_key

INTYG = ("core.intyg_gallande", "core.intyg_provad")
SJUKFALL = ("core.sjukfall_period", "core.sjukfall")
BY_PATIENT = (*INTYG, *SJUKFALL)
SOURCES = {  # the view by which the next step reads what a step made anew
    "core.intyg_gallande": "core.nya_gallande",
    "core.sjukfall_period": "core.nya_perioder",
}
TRIED = "core.nya_provade"  # what the first step of the sjukfall reads of core.intyg_provad
# small tables of what is touched, gone when the connection is
PASSING = (
    "berort_intyg",
    "berorda_rader",
    "berorda_nr",
    "berord_nr",
    *(f"ny_{step.partition('.')[2]}" for step in BY_PATIENT),
)
GROWING = ("core.patient",)  # tables whose rows never change: a step gives those that are missing
BUCKET_ROWS = 4_000_000  # certified periods that are chained at a time: bounds the memory, costs next to nothing
TOO_FAR = "slutar mer än fem år fram"


@dataclass(frozen=True, kw_only=True)
class State:
    """What the standing tables were derived from: fingerprint, last delivery and last day of data."""

    avtryck: str
    leverans_nr: int
    data_tom: date | None


def declare(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that a step continues from, empty the first time."""
    for definition in (
        "core.patient (patient_nr INTEGER, vardgivare_id VARCHAR, patient_id VARCHAR)",
        """core.diagnoskod (diagnos_nr INTEGER, kod VARCHAR, ar_underkod BOOLEAN, ren VARCHAR, kategori VARCHAR,
            avsnitt VARCHAR, kapitel VARCHAR, diagnosgrupp VARCHAR)""",
        "core.harlett (avtryck VARCHAR, leverans_nr INTEGER, data_tom DATE)",
    ):
        connection.execute(f"CREATE TABLE IF NOT EXISTS {definition}")


def present(connection: duckdb.DuckDBPyConnection, steps: str) -> State:
    """The state that the tables will have after this build. `steps` = the text of the code lists and the SQL. Needs
    core.period, core.installning, core.enhet and core.diagnos5."""
    sha = hashlib.sha256(steps.encode())
    sha.update(repr(closed_lists(connection)).encode())
    for query in (
        "SELECT gap_days, okand_enhet_raknas FROM core.installning",
        "SELECT * FROM core.enhet ORDER BY enhet_nr",
    ):
        sha.update(repr(connection.execute(query).fetchall()).encode())
    number = connection.execute("SELECT coalesce(max(leverans_nr), 0) FROM ledger.leverans").fetchall()[0][0]
    last = connection.execute("SELECT data_tom FROM core.period").fetchall()[0][0]
    return State(avtryck=sha.hexdigest(), leverans_nr=number, data_tom=last)


def continues(connection: duckdb.DuckDBPyConnection, now: State) -> bool:
    """Choose the certificates to derive from, as the view core.rader. True when only what is touched is derived."""
    rows = connection.execute("SELECT avtryck, leverans_nr, data_tom FROM core.harlett").fetchall()
    before = State(avtryck=rows[0][0], leverans_nr=rows[0][1], data_tom=rows[0][2]) if rows else None
    if before is None or before.avtryck != now.avtryck or _earlier(now.data_tom, before.data_tom):
        connection.execute("CREATE OR REPLACE VIEW core.rader AS SELECT * FROM raw.intyg WHERE indragen_av IS NULL")
        return False
    _touch(connection, before.leverans_nr)
    connection.execute(
        "CREATE OR REPLACE VIEW core.rader AS SELECT * FROM temp.main.berorda_rader WHERE indragen_av IS NULL"
    )
    return True


def _earlier(now: date | None, before: date | None) -> bool:
    return now is None or before is None or now < before


def _touch(connection: duckdb.DuckDBPyConnection, since: int) -> None:
    """berort_intyg: certificates with new, withdrawn or returned rows, and those that ended too far ahead when the data ended
    earlier. berorda_rader: every row ever delivered of them, whoever its patient (a correction or a revocation may name
    another one). berorda_nr: what the tables of certificates hold of them so far."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE berort_intyg AS
        SELECT intyg_id FROM raw.intyg WHERE leverans_nr > $since
        UNION
        SELECT intyg_id FROM raw.intyg WHERE indragen_av > $since
        UNION
        SELECT intyg_id FROM raw.intyg AS rad WHERE {lasting_key(EXTRACTS["intyg"], "rad")} IN (
            SELECT nyckel FROM ledger.aterkomst WHERE extrakt = 'intyg' AND leverans_nr > $since)
        UNION
        SELECT gallande.intyg_id
        FROM core.intyg_provad AS provad JOIN core.intyg_gallande AS gallande
            ON gallande.patient_nr = provad.patient_nr AND gallande.intyg_nr = provad.intyg_nr
        WHERE provad.utelamnad = $too_far""",
        {"since": since, "too_far": TOO_FAR},
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE berorda_rader AS
        SELECT rader.* FROM raw.intyg AS rader SEMI JOIN berort_intyg AS berort ON berort.intyg_id = rader.intyg_id"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE berorda_nr AS
        SELECT DISTINCT gallande.patient_nr, gallande.intyg_nr
        FROM core.intyg_gallande AS gallande SEMI JOIN berort_intyg AS berort ON berort.intyg_id = gallande.intyg_id"""
    )


def derive_touched(connection: duckdb.DuckDBPyConnection, step: str, query: str) -> None:
    """Replace what is touched in one table of BY_PATIENT: the certificates themselves, and every sjukfall of whoever has
    or had one of them. The first step of the sjukfall says who that is."""
    if step == SJUKFALL[0]:
        _touch_patients(connection)
    made = f"ny_{step.partition('.')[2]}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {made} AS\n{query}")
    connection.execute(
        f"DELETE FROM {step} WHERE patient_nr IN (SELECT patient_nr FROM berord_nr)"
        if step in SJUKFALL
        else f"DELETE FROM {step} WHERE (patient_nr, intyg_nr) IN (SELECT patient_nr, intyg_nr FROM berorda_nr)"
    )
    connection.execute(f"INSERT INTO {step} SELECT * FROM temp.main.{made}")
    if step in SOURCES:
        connection.execute(f"CREATE OR REPLACE VIEW {SOURCES[step]} AS SELECT * FROM temp.main.{made}")


def _touch_patients(connection: duckdb.DuckDBPyConnection) -> None:
    """berord_nr: whoever any row of a touched certificate names. Their sjukfall are made of all their certificates."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE berord_nr AS
        SELECT DISTINCT patient.patient_nr
        FROM berorda_rader AS rader JOIN core.patient AS patient
            ON patient.vardgivare_id = rader.vardgivare_id AND patient.patient_id = rader.patient_id"""
    )
    _read_tried(connection, "WHERE patient_nr IN (SELECT patient_nr FROM temp.main.berord_nr)")


def _read_tried(connection: duckdb.DuckDBPyConnection, chosen: str) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW {TRIED} AS {in_codes(connection, 'core.intyg_provad')} {chosen}")


def derive_all(connection: duckdb.DuckDBPyConnection, step: str, query: str) -> None:
    """Make one table of BY_PATIENT anew, the chains a bucket of patients at a time."""
    chained = step == SJUKFALL[0]
    buckets = _buckets(connection) if chained else 1
    for bucket in range(buckets):
        if chained:
            _read_tried(connection, f"WHERE patient_nr % {buckets} = {bucket}" if buckets > 1 else "")
        made = f"CREATE OR REPLACE TABLE {step} AS" if bucket == 0 else f"INSERT INTO {step}"
        connection.execute(f"{made}\n{query}")
    if step in SOURCES:
        connection.execute(f"CREATE OR REPLACE VIEW {SOURCES[step]} AS SELECT * FROM {step}")


def _buckets(connection: duckdb.DuckDBPyConnection) -> int:
    rows = connection.execute("SELECT count(*) FROM core.intyg_provad").fetchall()[0][0]
    return max(1, -(-rows // BUCKET_ROWS))


def remember(connection: duckdb.DuckDBPyConnection, now: State) -> None:
    """Say what the tables now stand on, and leave no choice of certificates behind."""
    for view in ("core.rader", TRIED, *SOURCES.values()):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for table in PASSING:
        connection.execute(f"DROP TABLE IF EXISTS temp.main.{table}")
    connection.execute("DELETE FROM core.harlett")
    connection.execute("INSERT INTO core.harlett VALUES (?, ?, ?)", [now.avtryck, now.leverans_nr, now.data_tom])
