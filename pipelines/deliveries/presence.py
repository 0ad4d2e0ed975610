"""Whether what a key stands for is there: what was said of it last decides, by a row that names it or by a full delivery that
does not, whichever of them came first. It goes and comes back whole, with everything that was ever said of it."""

from collections.abc import Sequence
from datetime import datetime

import duckdb
import pandera.pandas as pa

from pipelines.deliveries.check import FAULTS
from pipelines.deliveries.full import inside, period
from pipelines.deliveries.merge import CONFLICT, TYPED, content, contradicts
from schemas.extracts.fields import key_columns, lasting_columns, lasting_key

TABLES = ("aterkomst (leverans_nr INTEGER, extrakt VARCHAR, nyckel UBIGINT)",)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        connection.execute(f"CREATE TABLE IF NOT EXISTS ledger.{table}")


def say_again(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, number: int, said: datetime, *, whole: bool
) -> None:
    """Every row that stands for a key which the merged file names was `said` now, if not later, and comes back if it had been
    withdrawn. A contradicting row says so too, and in a `whole` delivery every row that can be read."""
    extract = schema.name
    if not contradicts(schema):  # there a row that comes again is a row of its own
        return
    other = "SELECT count(*) FROM raw.{} WHERE sagd IS DISTINCT FROM $said"
    if not connection.execute(other.format(extract), {"said": said}).fetchall()[0][0]:
        return
    names = lasting_columns(schema)
    key = ", ".join(f'"{name}"' for name in names)
    same = " AND ".join(f'rad."{name}" = namnd."{name}"' for name in names)
    silent = "false" if whole else f"brist.regel <> '{CONFLICT}'"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE namnda AS
        WITH namn AS (
            SELECT DISTINCT {key} FROM {TYPED} AS ny
            WHERE NOT EXISTS (SELECT 1 FROM {FAULTS} AS brist WHERE brist.rad_nr = ny.rad_nr AND {silent})
        )
        SELECT {key}, greatest($said, max(rad.sagd)) AS sagd FROM raw.{extract} AS rad SEMI JOIN namn USING ({key})
        GROUP BY {key} HAVING count(*) > count(rad.sagd) OR min(rad.sagd) < greatest($said, max(rad.sagd))""",
        {"said": said},
    )
    _bring_back(connection, schema, number, same)
    connection.execute(
        f"""UPDATE raw.{extract} AS rad SET sagd = namnd.sagd FROM namnda AS namnd
        WHERE {same} AND (rad.sagd IS NULL OR rad.sagd < namnd.sagd)"""
    )


def _bring_back(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, number: int, same: str) -> None:
    """Of the withdrawn rows that `namnda` names, those that no other row has taken the place of."""
    extract = schema.name
    version = " AND ".join(f'annan."{name}" = rad."{name}"' for name in key_columns(schema))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE aterkomna AS
        SELECT rad.rowid AS plats, {lasting_key(schema, "rad")} AS nyckel
        FROM raw.{extract} AS rad JOIN namnda AS namnd ON {same}
        WHERE rad.indragen_av IS NOT NULL AND (rad.sagd IS NULL OR rad.sagd < namnd.sagd) AND NOT EXISTS (
            SELECT 1 FROM raw.{extract} AS annan
            WHERE {version} AND {content(schema, "annan")} < {content(schema, "rad")})"""
    )
    connection.execute(f"UPDATE raw.{extract} SET indragen_av = NULL WHERE rowid IN (SELECT plats FROM aterkomna)")
    connection.execute(
        "INSERT INTO ledger.aterkomst SELECT DISTINCT $nr, $extract, nyckel FROM aterkomna",
        {"nr": number, "extract": extract},
    )


def withdraw_outdated(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, numbers: Sequence[int], sender: str
) -> int:
    """Withdraw, of the rows that the deliveries `numbers` have loaded or brought back, those of which a full delivery of the
    sender, said later but taken in before, has the last word and lacks them. Returns how many."""
    extract = schema.name
    later = connection.execute(
        """SELECT leverans_nr, sagd, forsta, sista FROM ledger.helhet
        WHERE extrakt = $extract AND avsandare = $sender ORDER BY sagd, leverans_nr""",
        {"extract": extract, "sender": sender},
    ).fetchall()
    if not later:
        return 0
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE provade AS
        SELECT rad.rowid AS plats, CAST(NULL AS INTEGER) AS saknas_i
        FROM raw.{extract} AS rad
        WHERE rad.indragen_av IS NULL AND (list_contains($numbers, rad.leverans_nr) OR {lasting_key(schema, "rad")} IN (
            SELECT nyckel FROM ledger.aterkomst WHERE extrakt = $extract AND list_contains($numbers, leverans_nr)))""",
        {"numbers": list(numbers), "extract": extract},
    )
    for number, said, first, last in later:
        connection.execute(
            f"""UPDATE provade SET saknas_i = CASE WHEN {lasting_key(schema, "rad")} NOT IN (
                SELECT nyckel FROM ledger.nyckel WHERE leverans_nr = $nr) THEN $nr END
            FROM raw.{extract} AS rad
            WHERE rad.rowid = provade.plats AND (rad.sagd IS NULL OR rad.sagd < $said) AND {inside(extract, "rad")}""",
            {"nr": number, "said": said} | period(extract, first, last),
        )
    return connection.execute(
        f"""UPDATE raw.{extract} AS rad SET indragen_av = provade.saknas_i FROM provade
        WHERE rad.rowid = provade.plats AND provade.saknas_i IS NOT NULL"""
    ).fetchall()[0][0]
