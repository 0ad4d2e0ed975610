"""Removes what the region has decided not to keep: rows of certificates, coordination, outcomes and messages older than so many
calendar years, and rows in quarantine after so many days. A protocol says what, how much, by which decision and by whom.

What is removed is gone from the database's file too: it is written anew without the rows. What was derived from them is made
again by the next build. Copies made before keep theirs until they are removed.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from pipelines.access import who
from pipelines.boundary import crossing
from pipelines.deliveries import create_tables
from pipelines.errors import CheckError, DeliveryError
from pipelines.releases import fsync_folder
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse

# extract → what is kept or removed as one, and the last day that it says
ABOUT_PERSONS = {
    "intyg": ("intyg_id", "tom"), "koordinering": ("handelse_id", "datum"),
    "utfall": ("vardgivare_id || '|' || patient_id", "datum"), "meddelanden": ("meddelande_id", "datum"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """What a decision removed: rows by extract and in quarantine, up to the days that it names."""

    gallrat: str
    av: str
    keep_years: int | None
    keep_quarantine_days: int | None
    rader_fore: str | None
    karantan_fore: str | None
    borttagna: dict[str, int]
    provkorning: bool


def remove_old(settings: Settings, by: str, *, trial: bool, today: date | None = None) -> tuple[Protocol, Path | None]:
    """Remove, and write the protocol; with `trial` only count. `by` answers for it. Raises DeliveryError when nothing is
    decided."""
    if settings.keep_years is None and settings.keep_quarantine_days is None:
        raise DeliveryError(
            "Det finns inget gallringsbeslut.",
            advice="Skriv keep_years eller keep_quarantine_days i config/region.toml.",
        )
    now = today or datetime.now(UTC).date()
    before = date(now.year - settings.keep_years, 1, 1) if settings.keep_years is not None else None
    held = settings.keep_quarantine_days
    received = now - timedelta(days=held) if held is not None else None
    with open_warehouse(settings) as connection:
        create_tables(connection)
        with _decided(connection, trial):
            gone = _remove(connection, before, received)
            protocol = Protocol(
                gallrat=f"{now}", av=by, keep_years=settings.keep_years, keep_quarantine_days=held,
                rader_fore=f"{before}" if before else None, karantan_fore=f"{received}" if received else None,
                borttagna=gone, provkorning=trial,
            )  # fmt: skip
            if before is not None:
                _note(connection, before, protocol)
    if trial:
        return protocol, None
    _rewrite(settings)
    return protocol, _write(settings, protocol)


@contextmanager
def _decided(connection: duckdb.DuckDBPyConnection, trial: bool) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
        crossing("gallringen bekräftas")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("ROLLBACK" if trial else "COMMIT")


def _remove(connection: duckdb.DuckDBPyConnection, before: date | None, received: date | None) -> dict[str, int]:
    gone: dict[str, int] = {}
    if before is not None:
        for extract, (whole, last) in ABOUT_PERSONS.items():
            # as a whole: a revocation that went before its certificate would bring the certificate back
            gone[extract] = connection.execute(
                f"""DELETE FROM raw.{extract} WHERE {whole} NOT IN (
                    SELECT {whole} FROM raw.{extract} WHERE {last} >= $before AND {whole} IS NOT NULL)""",
                {"before": before},
            ).fetchall()[0][0]
        for schema in ("core", "mart"):
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    if received is not None:
        gone["karantän"] = connection.execute(
            """DELETE FROM ledger.karantan WHERE leverans_nr IN (
                SELECT leverans_nr FROM ledger.leverans WHERE mottagen < $received)""",
            {"received": received},
        ).fetchall()[0][0]
    return gone


def _note(connection: duckdb.DuckDBPyConnection, before: date, protocol: Protocol) -> None:
    """The months before are no longer whole: core.period begins where the rows do."""
    connection.execute(
        "INSERT INTO ledger.gallring VALUES ($before, $now, $said)",
        {"before": before, "now": datetime.now(UTC).replace(tzinfo=None), "said": json.dumps(asdict(protocol))},
    )


def _rewrite(settings: Settings) -> None:
    """The database in a new file in place of the old one, whose free pages still hold what was removed."""
    fresh = settings.warehouse.with_name(".gallrad.duckdb")
    fresh.unlink(missing_ok=True)
    try:
        with open_warehouse(settings) as connection:
            tables = "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            names = [name for (name,) in connection.execute(tables).fetchall()]
            connection.execute(f"ATTACH '{fresh}' AS ny")
            own = connection.execute("SELECT current_database()").fetchall()[0][0]
            connection.execute(f'COPY FROM DATABASE "{own}" TO ny')
            wrong = [name for name in names if _rows(connection, own, name) != _rows(connection, "ny", name)]
            if wrong:
                raise CheckError("Datalagret kunde inte skrivas om. Det gamla står kvar.", faults=wrong)
            connection.execute("DETACH ny")
            connection.execute("CHECKPOINT")
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        crossing("det omskrivna datalagret byts in")
        fresh.replace(settings.warehouse)
        fsync_folder(settings.warehouse.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _rows(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> int:
    return connection.execute(f'SELECT count(*) FROM "{database}".{table}').fetchall()[0][0]


def _write(settings: Settings, protocol: Protocol) -> Path:
    """The protocol as text, beside the log of who has opened the warehouse."""
    path = settings.protocols / f"gallring-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {name: value for name, value in asdict(protocol).items() if name != "provkorning"} | {"utford_av": who()}
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
