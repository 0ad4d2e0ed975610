"""Which certificates a build derives from: all of them, or only those of the patients whom new deliveries touch.

The steps in BY_PATIENT read the views in SOURCES. A sjukfall depends on nothing but the certificates of its own patient,
so that deriving the touched patients anew and keeping the others gives what deriving everybody gives, as long as the
parameters, the code lists, the unit register and the steps themselves are the same as the last time (the fingerprint).
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import duckdb

BY_PATIENT = ("core.intyg_gallande", "core.intyg_provad", "core.sjukfall_period", "core.sjukfall")
SOURCES = {  # the view by which the next step reads what a step made anew
    "core.intyg_gallande": "core.nya_gallande",
    "core.intyg_provad": "core.nya_provade",
    "core.sjukfall_period": "core.nya_perioder",
}
# small tables of the touched patients, gone when the connection is
PASSING = ("berord", "berord_nr", "berorda_rader", *(f"ny_{step.partition('.')[2]}" for step in BY_PATIENT))
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
    core.period, core.installning and core.enhet."""
    sha = hashlib.sha256(steps.encode())
    for query in (
        "SELECT gap_days, okand_enhet_raknas FROM core.installning",
        "SELECT * FROM core.enhet ORDER BY enhet_nr",
    ):
        sha.update(repr(connection.execute(query).fetchall()).encode())
    number = connection.execute("SELECT coalesce(max(leverans_nr), 0) FROM ledger.leverans").fetchall()[0][0]
    last = connection.execute("SELECT data_tom FROM core.period").fetchall()[0][0]
    return State(avtryck=sha.hexdigest(), leverans_nr=number, data_tom=last)


def continues(connection: duckdb.DuckDBPyConnection, now: State) -> bool:
    """Choose the certificates to derive from, as the view core.rader. True when only the touched patients are derived."""
    rows = connection.execute("SELECT avtryck, leverans_nr, data_tom FROM core.harlett").fetchall()
    before = State(avtryck=rows[0][0], leverans_nr=rows[0][1], data_tom=rows[0][2]) if rows else None
    if before is None or before.avtryck != now.avtryck or _earlier(now.data_tom, before.data_tom):
        connection.execute("CREATE OR REPLACE VIEW core.rader AS SELECT * FROM raw.intyg WHERE indragen_av IS NULL")
        return False
    _touch(connection, before.leverans_nr)
    # a table: every look for these few rows goes through all certificates, and several steps read them
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE berorda_rader AS
        SELECT rader.* FROM raw.intyg AS rader SEMI JOIN berord AS berord
            ON berord.vardgivare_id = rader.vardgivare_id AND berord.patient_id = rader.patient_id
        WHERE rader.indragen_av IS NULL"""
    )
    connection.execute("CREATE OR REPLACE VIEW core.rader AS SELECT * FROM temp.main.berorda_rader")
    return True


def _earlier(now: date | None, before: date | None) -> bool:
    return now is None or before is None or now < before


def _touch(connection: duckdb.DuckDBPyConnection, since: int) -> None:
    """berord: patients of new or withdrawn rows, those whose certificate ended too far ahead when the data ended
    earlier, and whoever shares a certificate with one of them (a correction or a revocation may name another patient)."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE berord AS
        SELECT vardgivare_id, patient_id FROM raw.intyg WHERE leverans_nr > $since OR indragen_av > $since
        UNION
        SELECT patient.vardgivare_id, patient.patient_id
        FROM core.intyg_provad AS provad JOIN core.patient AS patient ON patient.patient_nr = provad.patient_nr
        WHERE provad.utelamnad = $too_far""",
        {"since": since, "too_far": TOO_FAR},
    )
    size = -1
    while (now := connection.execute("SELECT count(*) FROM berord").fetchall()[0][0]) > size:
        size = now
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE berord AS
            WITH deras AS (
                SELECT rader.intyg_id FROM raw.intyg AS rader SEMI JOIN berord AS berord
                    ON berord.vardgivare_id = rader.vardgivare_id AND berord.patient_id = rader.patient_id
            )
            SELECT vardgivare_id, patient_id FROM berord
            UNION
            SELECT rader.vardgivare_id, rader.patient_id
            FROM raw.intyg AS rader SEMI JOIN deras ON deras.intyg_id = rader.intyg_id"""
        )


def derive_touched(connection: duckdb.DuckDBPyConnection, step: str, query: str) -> None:
    """Replace the touched patients' rows in one table of BY_PATIENT. The first of them numbers the patients."""
    if step == BY_PATIENT[0]:
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE berord_nr AS
            SELECT patient.patient_nr FROM berord AS berord JOIN core.patient AS patient
                ON patient.vardgivare_id = berord.vardgivare_id AND patient.patient_id = berord.patient_id"""
        )
    made = f"ny_{step.partition('.')[2]}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {made} AS\n{query}")
    connection.execute(f"DELETE FROM {step} WHERE patient_nr IN (SELECT patient_nr FROM berord_nr)")
    connection.execute(f"INSERT INTO {step} SELECT * FROM temp.main.{made}")
    if step in SOURCES:
        connection.execute(f"CREATE OR REPLACE VIEW {SOURCES[step]} AS SELECT * FROM temp.main.{made}")


def derive_all(connection: duckdb.DuckDBPyConnection, step: str, query: str) -> None:
    """Make one table of BY_PATIENT anew, the chains a bucket of patients at a time."""
    buckets = _buckets(connection) if step == "core.sjukfall_period" else 1
    for bucket in range(buckets):
        if buckets > 1:
            connection.execute(
                f"""CREATE OR REPLACE VIEW core.nya_provade AS
                SELECT * FROM core.intyg_provad WHERE patient_nr % {buckets} = {bucket}"""
            )
        made = f"CREATE OR REPLACE TABLE {step} AS" if bucket == 0 else f"INSERT INTO {step}"
        connection.execute(f"{made}\n{query}")
    if step in SOURCES:
        connection.execute(f"CREATE OR REPLACE VIEW {SOURCES[step]} AS SELECT * FROM {step}")


def _buckets(connection: duckdb.DuckDBPyConnection) -> int:
    rows = connection.execute("SELECT count(*) FROM core.intyg_provad").fetchall()[0][0]
    return max(1, -(-rows // BUCKET_ROWS))


def remember(connection: duckdb.DuckDBPyConnection, now: State) -> None:
    """Say what the tables now stand on, and leave no choice of certificates behind."""
    for view in ("core.rader", *SOURCES.values()):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for table in PASSING:
        connection.execute(f"DROP TABLE IF EXISTS temp.main.{table}")
    connection.execute("DELETE FROM core.harlett")
    connection.execute("INSERT INTO core.harlett VALUES (?, ?, ?)", [now.avtryck, now.leverans_nr, now.data_tom])
