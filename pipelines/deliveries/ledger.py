"""The ledger: every file that ever came, what became of its rows, and the tables that its rows go to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from identity.text import name_without_number
from pipelines.access import reading
from pipelines.deliveries import account, full, presence
from pipelines.deliveries.manifest import Manifest
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import sql_types

SHOWN = "leverans_nr, mottagen, filnamn, extrakt, status, rader_in, inlasta, dubbletter, karantan, indragna"


@dataclass(frozen=True, kw_only=True)
class FileResult:
    """What became of one file. Always rader_in = inlasta + dubbletter + karantan; `regler` = (column, rule, rows)."""

    leverans_nr: int
    filnamn: str
    extrakt: str
    status: str
    rader_in: int
    inlasta: int
    dubbletter: int
    karantan: int
    indragna: int
    regler: tuple[tuple[str, str, int], ...]


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """The ledger, the quarantine, and one raw table per extract whether or not anything has been delivered."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS ledger")
    connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
    connection.execute(
        """CREATE TABLE IF NOT EXISTS ledger.leverans (
            leverans_nr INTEGER, sha256 VARCHAR, avsandare VARCHAR, filnamn VARCHAR, extrakt VARCHAR, typ VARCHAR,
            period_fran DATE, period_till DATE, skapad VARCHAR, mottagen TIMESTAMP, status VARCHAR, orsak VARCHAR,
            kontrollsummor BOOLEAN, godkand_av VARCHAR,
            rader_in BIGINT, inlasta BIGINT, dubbletter BIGINT, karantan BIGINT, indragna BIGINT, sagd TIMESTAMP)"""
    )
    connection.execute(
        """CREATE TABLE IF NOT EXISTS ledger.karantan (
            leverans_nr INTEGER, extrakt VARCHAR, rad_nr BIGINT, regler VARCHAR[], innehall VARCHAR)"""
    )
    account.create_tables(connection)
    full.create_tables(connection)
    presence.create_tables(connection)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS ledger.gallring (rader_fore DATE, gallrat TIMESTAMP, protokoll VARCHAR)"
    )
    for name, schema in EXTRACTS.items():
        columns = ", ".join(f'"{column}" {kind}' for column, kind in sql_types(schema).items())
        connection.execute(
            f"""CREATE TABLE IF NOT EXISTS raw.{name} ({columns}, leverans_nr INTEGER, rad_nr BIGINT, indragen_av INTEGER,
                sagd TIMESTAMP)"""
        )
    for table in ("ledger.leverans", *(f"raw.{name}" for name in EXTRACTS)):
        # a warehouse from before it was kept: what has no time was said before all that has
        connection.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS sagd TIMESTAMP")


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    return connection.execute("SELECT coalesce(max(leverans_nr), 0) + 1 FROM ledger.leverans").fetchall()[0][0]


def said_at(connection: duckdb.DuckDBPyConnection, manifest: Manifest | None) -> datetime:
    """When the sender said it, in UTC: what decides, of two deliveries, which corrects the other, whichever comes first. A
    file without a manifest says nothing of it and counts as the latest so far."""
    if manifest is None:
        now = datetime.now(UTC).replace(tzinfo=None)
        latest = connection.execute("SELECT max(sagd) FROM ledger.leverans").fetchall()[0][0]
        return now if latest is None else max(now, latest)
    made = manifest.skapad
    if not isinstance(made, datetime):
        return datetime(made.year, made.month, made.day)
    return made if made.tzinfo is None else made.astimezone(UTC).replace(tzinfo=None)


def earlier(connection: duckdb.DuckDBPyConnection, extract: str, sha256: str, manifest: Manifest | None) -> int | None:
    """Rows of an already loaded file with the same bytes; None when there is none. With a manifest also one of the same kind,
    said at the same time: the same bytes at another time say anew what there is, and whole deliveries what there is not."""
    rows = connection.execute(
        """SELECT rader_in FROM ledger.leverans
        WHERE extrakt = $extract AND sha256 = $sha AND status = 'inlast' AND rader_in > 0
            AND ($kind IS NULL OR (typ = $kind AND sagd = $said))""",
        {
            "extract": extract, "sha": sha256, "kind": manifest.typ if manifest else None,
            "said": said_at(connection, manifest),
        },
    ).fetchall()  # fmt: skip
    return rows[0][0] if rows else None


def loaded(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What every loaded file is known by, in order: number, hash, name, sender, extract, day received and rows."""
    rows = connection.execute(
        """SELECT leverans_nr, sha256, filnamn, avsandare, extrakt, CAST(CAST(mottagen AS DATE) AS VARCHAR) AS mottagen, inlasta
        FROM ledger.leverans WHERE status = 'inlast' ORDER BY leverans_nr"""
    )
    names = [column[0] for column in rows.description or ()]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def write(
    connection: duckdb.DuckDBPyConnection,
    result: FileResult,
    *,
    sha256: str,
    manifest: Manifest | None,
    sender: str | None = None,
    counted: bool,
    orsak: str | None = None,
    said: datetime | None = None,
) -> None:
    """One row for one file. `said` when its rows count as said, if it has any."""
    connection.execute(
        """INSERT INTO ledger.leverans VALUES ($nr, $sha, $sender, $name, $extract, $kind, $first, $last, $made, $now,
            $status, $why, $counted, $approved, $rows, $loaded, $again, $held, $withdrawn, $said)""",
        {
            "nr": result.leverans_nr,
            "sha": sha256,
            "sender": manifest.avsandare if manifest else sender,
            "name": result.filnamn,
            "extract": result.extrakt,
            "kind": manifest.typ if manifest else "tillagg",
            "first": manifest.period_fran if manifest else None,
            "last": manifest.period_till if manifest else None,
            "made": str(manifest.skapad) if manifest else None,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "status": result.status,
            "why": orsak,
            "counted": counted,
            "approved": None,
            "rows": result.rader_in,
            "loaded": result.inlasta,
            "again": result.dubbletter,
            "held": result.karantan,
            "withdrawn": result.indragna,
            "said": said,
        },
    )


def withdrew(connection: duckdb.DuckDBPyConnection, result: FileResult, rows: int, approved_by: str | None) -> None:
    """Say on the file's row how many rows it withdrew, and who approved it."""
    connection.execute(
        "UPDATE ledger.leverans SET indragna = $rows, godkand_av = $who WHERE leverans_nr = $nr",
        {"rows": rows, "who": approved_by, "nr": result.leverans_nr},
    )


def note(connection: duckdb.DuckDBPyConnection, number: int, said: str) -> None:
    """Say on the file's row what its sender should know though the file is loaded."""
    connection.execute("UPDATE ledger.leverans SET orsak = $said WHERE leverans_nr = $nr", {"said": said, "nr": number})


def refused(number: int, path: Path, extract: str) -> FileResult:
    return FileResult(
        leverans_nr=number, filnamn=name_without_number(path.name), extrakt=extract, status="avvisad",
        rader_in=0, inlasta=0, dubbletter=0,
        karantan=0, indragna=0, regler=(),
    )  # fmt: skip


def deliveries(settings: Settings, *, most: int = 30) -> list[tuple]:
    """The latest files, newest first, under a row of headings."""
    with reading(settings) as connection:
        rows = connection.execute(
            f"SELECT {SHOWN} FROM ledger.leverans ORDER BY leverans_nr DESC LIMIT $most", {"most": most}
        ).fetchall()
    return [tuple(SHOWN.split(", ")), *rows]
