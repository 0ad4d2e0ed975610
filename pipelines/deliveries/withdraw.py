"""A full delivery withdraws what it no longer holds; a large withdrawal stops and asks."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import pandera.pandas as pa

from pipelines.deliveries import ledger
from pipelines.deliveries.control import TIME
from pipelines.deliveries.ledger import FileResult
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.merge import TYPED
from pipelines.deliveries.refusal import FileRefused
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.extracts.fields import key_columns

FEWEST_ROWS = 20  # a unit with fewer rows cannot lose five percent without losing everything


def forget_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin a delivery: nothing of it has been seen."""
    for extract in EXTRACTS:
        connection.execute(f"DROP TABLE IF EXISTS temp.main.sedda_{extract}")


def remember_keys(connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, manifest: Manifest | None) -> None:
    """The keys of a full delivery's rows, faulty ones too, so that its parts withdraw together."""
    if not _is_full(manifest):
        return
    listed = ", ".join(f'"{name}"' for name in _lasting(schema))
    connection.execute(
        f"""CREATE TEMP TABLE IF NOT EXISTS sedda_{schema.name} AS SELECT {listed} FROM {TYPED} LIMIT 0"""
    )
    connection.execute(f"INSERT INTO sedda_{schema.name} SELECT {listed} FROM {TYPED}")


def withdraw_absent(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    results: Sequence[FileResult],
    manifest: Manifest | None,
    approved_by: str | None,
) -> list[FileResult]:
    """Withdraw what a full delivery lacks, one extract after the other, on the account of its last file. Returns the
    results with what was withdrawn. Raises FileRefused when a unit would lose more than the stop allows and nobody has
    approved it."""
    if manifest is None or manifest.typ != "fullstandig":
        return list(results)
    faults: list[str] = []
    done = list(results)
    last = {result.extrakt: at for at, result in enumerate(results)}
    known = {result.extrakt for result in results if result.status == "dubblett"}
    for extract, at in last.items():
        if extract in known:  # the same bytes withdrew what they did when they came first
            continue
        result = results[at]
        _find_absent(connection, EXTRACTS[extract], result.leverans_nr, manifest)
        if approved_by is None:
            faults += _too_many(connection, settings, result.filnamn)
        gone = _withdraw(connection, extract, result.leverans_nr)
        ledger.withdrew(connection, result, gone, approved_by if gone else None)
        done[at] = replace(result, indragna=gone)
    if faults:
        raise FileRefused(*faults)
    return done


def _is_full(manifest: Manifest | None) -> bool:
    return manifest is not None and manifest.typ == "fullstandig"


def _lasting(schema: pa.DataFrameSchema) -> list[str]:
    """What makes a row the same row whenever it is delivered."""
    return [name for name in key_columns(schema) if name != "kand_fran"]


def _find_absent(
    connection: duckdb.DuckDBPyConnection, schema: pa.DataFrameSchema, number: int, manifest: Manifest
) -> None:
    """berorda: the rows of the same sender and period delivered before, and whether their key is absent now."""
    extract = schema.name
    key = " AND ".join(f'ny."{column}" = rad."{column}"' for column in _lasting(schema))
    unit = "enhet_id" if "enhet_id" in schema.columns else "'alla'"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE berorda AS
        SELECT rad.rowid AS plats, {unit} AS enhet,
            NOT EXISTS (SELECT 1 FROM sedda_{extract} AS ny WHERE {key}) AS borta
        FROM raw.{extract} AS rad
        JOIN ledger.leverans AS leverans ON leverans.leverans_nr = rad.leverans_nr
        WHERE rad.indragen_av IS NULL AND leverans.avsandare = $sender AND rad.leverans_nr < $nr AND {_inside(extract)}""",
        {"sender": manifest.avsandare, "nr": number} | _period(extract, manifest),
    )


def _withdraw(connection: duckdb.DuckDBPyConnection, extract: str, number: int) -> int:
    connection.execute(
        f"UPDATE raw.{extract} SET indragen_av = $nr WHERE rowid IN (SELECT plats FROM berorda WHERE borta)",
        {"nr": number},
    )
    return connection.execute("SELECT count(*) FROM berorda WHERE borta").fetchall()[0][0]


def _inside(extract: str) -> str:
    """Rows of the delivered period; registers without a time of their own are always whole."""
    if extract not in TIME:
        return "true"
    return f'left(CAST(rad."{TIME[extract]}" AS VARCHAR), 7) BETWEEN $first AND $last'


def _period(extract: str, manifest: Manifest) -> dict[str, str]:
    if extract not in TIME:
        return {}
    return {"first": f"{manifest.period_fran:%Y-%m}", "last": f"{manifest.period_till:%Y-%m}"}


def _too_many(connection: duckdb.DuckDBPyConnection, settings: Settings, name: str) -> list[str]:
    large = connection.execute(
        """SELECT enhet, avg(CAST(borta AS INTEGER)) AS andel FROM berorda GROUP BY enhet
        HAVING count(*) >= $least AND avg(CAST(borta AS INTEGER)) > $stop ORDER BY enhet""",
        {"least": FEWEST_ROWS, "stop": settings.withdrawal_stop},
    ).fetchall()
    faults = [f"{name}: leveransen skulle dra in {100 * share:.0f} % av raderna för {unit}" for unit, share in large]
    return [*faults, f'{name}: är det rätt, läs in igen med --godkann-indragning "NAMN"'] if large else []
