"""Invented certificates drawn in the database itself, so that thirty million of them need neither memory nor time."""

from datetime import date, timedelta

import duckdb

from pipelines import declared
from pipelines.deliveries.ledger import create_tables
from pipelines.settings import Settings

FIRST, DAYS, MONTHS = "2014-01-01", 3_652, 120
PER_PATIENT = 6  # certificates of a patient on average, over ten years
# So many certificates follow each other, so many days apart: three pairs in five are one sjukfall.
TOGETHER, APART = 2, 20
DIVIDED = 10  # one pair in so many is one certificate of two periods
CORRECTED, REVOKED = 50, 100  # one certificate in so many is corrected later, or revoked

GROUPS = ("psykiska", "rorelse", "somatiska", "symtom", "graviditet", "faktorer", "ovrigt", "okand")
GROUP = "CASE diagnos_nr " + " ".join(f"WHEN {at} THEN '{name}'" for at, name in enumerate(GROUPS, 1)) + " END"

# A draw depends on the certificate's number alone, so that what is drawn does not depend on threads.
MACROS = """
CREATE OR REPLACE TEMP MACRO dragning(nr, vad) AS (hash(nr, vad) % 1000003) / 1000003.0;
CREATE OR REPLACE TEMP MACRO heltal(nr, vad, antal) AS CAST(hash(nr, vad) % antal AS INTEGER);
"""
DRAWN = f"""
    heltal(nr // {TOGETHER}, 'patient', $patients) AS patient_nr,
    CASE WHEN nr // {TOGETHER} % {DIVIDED} = 0 THEN nr - nr % {TOGETHER} ELSE nr END AS intyg,
    CAST(1 + nr - intyg AS INTEGER) AS period_nr,
    1 + heltal(nr // {TOGETHER}, 'enhet', 1200) AS enhet_nr,
    DATE '{FIRST}' + $first_day + heltal(nr // {TOGETHER}, 'dag', $days) + CAST(nr % {TOGETHER} * {APART} AS INTEGER) AS fran,
    fran + CAST(floor(ln(1 - dragning(nr, 'langd')) / ln(0.96)) AS INTEGER) AS tom,
    CAST(fran AS TIMESTAMP) + to_seconds(heltal(nr, 'tid', 259200)) AS kand_fran,
    CASE WHEN heltal(nr, 'grad', 10) < 5 THEN 100 ELSE 25 + 25 * heltal(nr, 'partiell', 3) END AS grad,
    CASE WHEN heltal(patient_nr, 'kon', 5) < 3 THEN 'K' ELSE 'M' END AS kon,
    18 + heltal(nr, 'alder', 50) AS alder,
    CASE WHEN heltal(nr, 'sgi', 5) < 4 THEN 'ja' ELSE 'nej' END AS har_sgi,
    CASE WHEN heltal(nr, 'ersattning', 4) < 3 THEN 'sjukpenning' ELSE 'okand' END AS ersattning,
    1 + heltal(nr, 'diagnos', {len(GROUPS)}) AS diagnos_nr"""


def tried(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """core.intyg_provad with `rows` certified periods in no order, as the step before sjukfall leaves it."""
    _prepare(connection)
    connection.execute(
        f"""CREATE OR REPLACE TABLE core.intyg_provad AS
        WITH dragna AS (SELECT nr, {DRAWN} FROM range($rows) AS rader(nr))
        SELECT patient_nr, CAST(hash(intyg, 'intyg') // 16 AS BIGINT) AS intyg_nr, period_nr, enhet_nr, kand_fran, fran,
            tom, grad, kon, alder, har_sgi, ersattning, CAST(0 AS SMALLINT) AS lan_nr, diagnos_nr,
            {GROUP} AS diagnosgrupp, CAST(NULL AS VARCHAR) AS utelamnad
        FROM dragna""",  # noqa: S608  (the text above)
        {"rows": rows, "patients": patients(rows), "first_day": 0, "days": DAYS},
    )


def ten_years(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """raw.intyg with ten years in one delivery: `rows` certificates, and the corrections and revocations of some."""
    _prepare(connection)
    _deliver(connection, 1, (0, rows), rows, (0, DAYS), "2023-12-31", corrected=CORRECTED, revoked=REVOKED)


def one_month(connection: duckdb.DuckDBPyConnection, rows: int, month: int) -> None:
    """The next delivery, month 0, 1, …: a month more, its corrections and revocations of the ten years included."""
    size, first_day = rows // MONTHS, DAYS + 31 * month
    more = (rows + month * size, rows + (month + 1) * size)
    end = str(date.fromisoformat(FIRST) + timedelta(days=first_day + 30))
    _deliver(
        connection, 2 + month, more, rows, (first_day, 31), end, corrected=CORRECTED * MONTHS, revoked=REVOKED * MONTHS
    )


def patients(rows: int) -> int:
    return max(1, rows // PER_PATIENT)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    create_tables(connection)
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    declared.declare(connection, Settings())
    connection.execute(MACROS)


def _deliver(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    certificates: tuple[int, int],
    rows: int,
    days: tuple[int, int],
    end: str,
    *,
    corrected: int,
    revoked: int,
) -> None:
    """The certificates with these numbers, and one in `corrected` and `revoked` of the first `rows` once more."""
    given = {"patients": patients(rows), "nr": number}
    new = given | {"low": certificates[0], "high": certificates[1], "first_day": days[0], "days": days[1]}
    again = given | {"low": 0, "high": rows, "first_day": 0, "days": DAYS}
    for event, chosen, values in (
        ("utfardat", "true", new),
        ("utfardat", f"nr % {corrected} = {2 * number - 1}", again),
        ("makulerat", f"nr % {revoked} = {2 * number}", again),
    ):
        later = 0 if values is new else number  # a row that comes again says something else, and was known later
        connection.execute(
            f"""INSERT INTO raw.intyg BY NAME
            WITH dragna AS (SELECT nr, {DRAWN} FROM range($low, $high) AS rader(nr) WHERE {chosen})
            SELECT 'I' || intyg AS intyg_id, period_nr, '{event}' AS handelse,
                kand_fran + INTERVAL {later} DAY AS kand_fran, 'P' || patient_nr AS patient_id,
                'SE0000000001-0001' AS vardgivare_id, 'SE' || enhet_nr AS enhet_id, 'FK7804' AS typ, fran,
                tom + {later} AS tom, grad, 'F43' || diagnos_nr AS diagnos, kon, alder, har_sgi, ersattning,
                $nr AS leverans_nr, row_number() OVER () + coalesce((
                    SELECT max(rad_nr) FROM raw.intyg WHERE leverans_nr = $nr), 0) AS rad_nr
            FROM dragna""",  # noqa: S608  (the texts above)
            values,
        )
    connection.execute(
        """INSERT INTO ledger.leverans (leverans_nr, extrakt, status, period_fran, period_till)
        VALUES (?, 'intyg', 'inlast', CAST(? AS DATE), CAST(? AS DATE))""",
        [number, FIRST, end],
    )
