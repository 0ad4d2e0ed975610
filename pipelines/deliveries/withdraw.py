"""A full delivery withdraws what it no longer holds; a large withdrawal stops and asks."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import pandera.pandas as pa

from pipelines.deliveries import full, ledger, presence
from pipelines.deliveries.ledger import FileResult
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.merge import TYPED
from pipelines.deliveries.refusal import FileRefused
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import lasting_key

OUTDATED = "rader saknas i en senare fullständig leverans från avsändaren, som redan är inläst: de räknas inte"
FEWEST_ROWS = 20  # a unit with fewer rows cannot lose five percent without losing everything


def forget_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin a delivery: nothing of it has been seen."""
    for extract in EXTRACTS:
        connection.execute(f"DROP TABLE IF EXISTS temp.main.sedda_{extract}")


def remember_keys(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, manifest: Manifest | None) -> None:
    """The keys of a full delivery's rows, faulty ones too, so that its parts withdraw together."""
    if not full.is_full(manifest):
        return
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS sedda_{schema.name} (nyckel UBIGINT)")
    connection.execute(f"INSERT INTO sedda_{schema.name} SELECT {lasting_key(schema, 'rad')} FROM {TYPED} AS rad")


def withdraw_absent(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    results: Sequence[FileResult],
    manifest: Manifest | None,
    approved_by: str | None,
) -> list[FileResult]:
    """Withdraw what a full delivery lacks, one extract after the other, on the account of its last file, and what the
    delivery holds that a later full one lacks. Returns the results with what was withdrawn. Raises FileRefused when a unit
    would lose more than the stop allows and nobody has approved it."""
    if manifest is None:
        return list(results)
    faults: list[str] = []
    done = list(results)
    last = {result.extrakt: at for at, result in enumerate(results)}
    known = {result.extrakt for result in results if result.status == "dubblett"}
    for extract, at in last.items():
        if extract in known:  # the same bytes withdrew what they did when they came first
            continue
        if full.is_full(manifest):
            done[at], wrong = _withdraw_whole(connection, settings, results[at], manifest, approved_by)
            faults += wrong
        numbers = [result.leverans_nr for result in results if result.extrakt == extract]
        outdated = presence.withdraw_outdated(connection, EXTRACTS[extract], numbers, manifest.avsandare)
        if outdated:
            ledger.note(connection, results[at].leverans_nr, f"{outdated} {OUTDATED}")
    if faults:
        raise FileRefused(*faults)
    return done


def _withdraw_whole(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    result: FileResult,
    manifest: Manifest,
    approved_by: str | None,
) -> tuple[FileResult, list[str]]:
    """What the delivery lacks of the extract, on the account of the file `result`; and what is wrong with that."""
    extract, number = result.extrakt, result.leverans_nr
    _find_absent(connection, EXTRACTS[extract], number, manifest)
    faults = _too_many(connection, settings, result.filnamn) if approved_by is None else []
    gone = _withdraw(connection, extract, number)
    ledger.withdrew(connection, result, gone, approved_by if gone else None)
    full.keep(connection, extract, number, manifest, ledger.said_at(connection, manifest), f"sedda_{extract}")
    return replace(result, indragna=gone), faults


def _find_absent(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, number: int, manifest: Manifest
) -> None:
    """berorda: the rows of the same sender and period said before, and whether their key is absent now."""
    extract = schema.name
    unit = "enhet_id" if "enhet_id" in schema.columns else "'alla'"
    first, last = f"{manifest.period_fran:%Y-%m}", f"{manifest.period_till:%Y-%m}"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE berorda AS
        SELECT rad.rowid AS plats, {unit} AS enhet,
            {lasting_key(schema, "rad")} NOT IN (SELECT nyckel FROM sedda_{extract}) AS borta
        FROM raw.{extract} AS rad
        JOIN ledger.leverans AS leverans ON leverans.leverans_nr = rad.leverans_nr
        WHERE rad.indragen_av IS NULL AND leverans.avsandare = $sender AND rad.leverans_nr < $nr
            AND (rad.sagd IS NULL OR rad.sagd <= $said) AND {full.inside(extract, "rad")}""",
        {"sender": manifest.avsandare, "nr": number, "said": ledger.said_at(connection, manifest)}
        | full.period(extract, first, last),
    )


def _withdraw(connection: duckdb.DuckDBPyConnection, extract: str, number: int) -> int:
    connection.execute(
        f"UPDATE raw.{extract} SET indragen_av = $nr WHERE rowid IN (SELECT plats FROM berorda WHERE borta)",
        {"nr": number},
    )
    return connection.execute("SELECT count(*) FROM berorda WHERE borta").fetchall()[0][0]


def _too_many(connection: duckdb.DuckDBPyConnection, settings: Settings, name: str) -> list[str]:
    large = connection.execute(
        """SELECT enhet, avg(CAST(borta AS INTEGER)) AS andel FROM berorda GROUP BY enhet
        HAVING count(*) >= $least AND avg(CAST(borta AS INTEGER)) > $stop ORDER BY enhet""",
        {"least": FEWEST_ROWS, "stop": settings.withdrawal_stop},
    ).fetchall()
    faults = [f"{name}: leveransen skulle dra in {100 * share:.0f} % av raderna för {unit}" for unit, share in large]
    return [*faults, f'{name}: är det rätt, läs in igen med --godkann-indragning "NAMN"'] if large else []
