"""What full deliveries held and did not hold, by key: so that an older delivery which comes after one is withdrawn from as if
it had come before."""

from datetime import datetime

import duckdb

from pipelines.deliveries.control import TIME
from pipelines.deliveries.manifest import Manifest

TABLES = (
    """helhet (leverans_nr INTEGER, extrakt VARCHAR, avsandare VARCHAR, sagd TIMESTAMP, forsta VARCHAR, sista VARCHAR)""",
    "nyckel (leverans_nr INTEGER, nyckel UBIGINT)",
)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        connection.execute(f"CREATE TABLE IF NOT EXISTS ledger.{table}")


def is_full(manifest: Manifest | None) -> bool:
    return manifest is not None and manifest.typ == "fullstandig"


def inside(extract: str, side: str) -> str:
    """The SQL condition that a row of `side` lies in the period $first–$last; a register without a time of its own is always
    whole."""
    return f'left(CAST({side}."{TIME[extract]}" AS VARCHAR), 7) BETWEEN $first AND $last' if extract in TIME else "true"


def period(extract: str, first: str, last: str) -> dict[str, str]:
    """The parameters of `inside`."""
    return {"first": first, "last": last} if extract in TIME else {}


def keep(
    connection: duckdb.DuckDBPyConnection, extract: str, number: int, manifest: Manifest, said: datetime, seen: str
) -> None:
    """Keep the keys of the table `seen`. Those of an earlier full delivery whose period lies within are needed no more."""
    given = {
        "nr": number, "extract": extract, "sender": manifest.avsandare, "said": said,
        "first": f"{manifest.period_fran:%Y-%m}", "last": f"{manifest.period_till:%Y-%m}",
    }  # fmt: skip
    connection.execute("INSERT INTO ledger.helhet VALUES ($nr, $extract, $sender, $said, $first, $last)", given)
    connection.execute(f"INSERT INTO ledger.nyckel SELECT $nr, nyckel FROM {seen}", {"nr": number})
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE overspelade AS
        SELECT gammal.leverans_nr FROM ledger.helhet AS gammal JOIN ledger.helhet AS ny
            ON ny.extrakt = gammal.extrakt AND ny.avsandare = gammal.avsandare
            AND (ny.sagd > gammal.sagd OR (ny.sagd = gammal.sagd AND ny.leverans_nr > gammal.leverans_nr))
            AND ny.forsta <= gammal.forsta AND ny.sista >= gammal.sista"""
    )
    for table in ("helhet", "nyckel"):
        connection.execute(f"DELETE FROM ledger.{table} WHERE leverans_nr IN (SELECT leverans_nr FROM overspelade)")
