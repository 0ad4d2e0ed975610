"""A full delivery withdraws what it no longer holds; a large withdrawal stops and asks."""

import duckdb
import pandera.pandas as pa

from pipelines.deliveries.control import TIME
from pipelines.deliveries.manifest import Manifest
from pipelines.deliveries.merge import TYPED
from pipelines.deliveries.refusal import FileRefused
from pipelines.settings import Settings
from schemas.extracts.fields import key_columns

FEWEST_ROWS = 20  # a unit with fewer rows cannot lose five percent without losing everything


def withdraw(
    connection: duckdb.DuckDBPyConnection,
    extract: str,
    schema: pa.DataFrameSchema,
    number: int,
    manifest: Manifest | None,
    settings: Settings,
    approved_by: str | None,
    name: str,
) -> int:
    """Mark rows of the same sender and period whose key is absent from the new file. Returns how many. Raises
    FileRefused when a unit would lose more than the stop allows and nobody has approved it."""
    if manifest is None or manifest.typ != "fullstandig":
        return 0
    key = " AND ".join(f'ny."{column}" = rad."{column}"' for column in key_columns(schema) if column != "kand_fran")
    unit = "enhet_id" if "enhet_id" in schema.columns else "'alla'"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE berorda AS
        SELECT rad.rowid AS plats, {unit} AS enhet,
            NOT EXISTS (SELECT 1 FROM {TYPED} AS ny WHERE {key}) AS borta
        FROM raw.{extract} AS rad
        JOIN ledger.leverans AS leverans ON leverans.leverans_nr = rad.leverans_nr
        WHERE rad.indragen_av IS NULL AND leverans.avsandare = $sender AND rad.leverans_nr < $nr AND {_inside(extract)}""",
        {"sender": manifest.avsandare, "nr": number} | _period(extract, manifest),
    )
    if approved_by is None:
        _stop_if_large(connection, settings, name)
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


def _stop_if_large(connection: duckdb.DuckDBPyConnection, settings: Settings, name: str) -> None:
    large = connection.execute(
        """SELECT enhet, avg(CAST(borta AS INTEGER)) AS andel FROM berorda GROUP BY enhet
        HAVING count(*) >= $least AND avg(CAST(borta AS INTEGER)) > $stop ORDER BY enhet""",
        {"least": FEWEST_ROWS, "stop": settings.withdrawal_stop},
    ).fetchall()
    if large:
        raise FileRefused(
            *(f"{name}: leveransen skulle dra in {100 * share:.0f} % av raderna för {unit}" for unit, share in large),
            f'{name}: är det rätt, läs in igen med --godkann-indragning "NAMN"',
        )
