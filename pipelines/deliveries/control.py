"""Compares a staged file with what the sender said of it."""

import duckdb

from pipelines.deliveries.convert import as_unit
from pipelines.deliveries.identify import Delivered
from pipelines.deliveries.manifest import MANIFEST, Manifest, PromisedFile
from pipelines.deliveries.read import STAGED
from pipelines.deliveries.refusal import FileRefused

# the day or month by which rows are counted and belong to a period
TIME = {
    "intyg": "fran", "koordinering": "datum", "utfall": "datum", "meddelanden": "datum", "listade": "manad",
    "bemanning": "manad",
}  # fmt: skip


def promised_of(manifest: Manifest | None, file: Delivered) -> PromisedFile | None:
    """What the sender has said of the file; None when nothing."""
    promised = manifest.filer.values() if manifest else ()
    return next((one for one in promised if one.fil in (file.path.name, file.inside)), None)


def refuse_wrong_totals(
    connection: duckdb.DuckDBPyConnection, file: Delivered, manifest: Manifest | None, extract: str, rows: int
) -> None:
    """Raises FileRefused when rows, hash or totals per unit and month differ from the manifest's."""
    if manifest is None or not manifest.filer:
        return
    promised = promised_of(manifest, file)
    name = file.path.name
    if promised is None:
        raise FileRefused(f"{name}: filen nämns inte i {MANIFEST}")
    faults = []
    if promised.rader != rows:
        faults.append(f"{name}: fel kontrollsumma: {rows} rader, {promised.rader} utlovade")
    if promised.sha256.lower() != file.sha256:
        faults.append(f"{name}: fel kontrollsumma: sha256 stämmer inte")
    if promised.kontroll and extract not in TIME:
        faults.append(f"{name}: kontroll räknas per enhet och månad och kan inte anges för {extract}")
    elif promised.kontroll and (differing := _differing(connection, promised.kontroll, extract)):
        faults.append(f"{name}: fel kontrollsummor för {differing} kombinationer av enhet och månad")
    if faults:
        raise FileRefused(*faults)


def _differing(connection: duckdb.DuckDBPyConnection, promised: dict[str, int], extract: str) -> int:
    unit = "vardgivare_id" if extract == "utfall" else "enhet_id"  # an outcome belongs to no unit
    found = connection.execute(
        f"""SELECT {as_unit(unit)} || '|' || left("{TIME[extract]}", 7), count(*) FROM {STAGED}
        WHERE {unit} IS NOT NULL AND "{TIME[extract]}" IS NOT NULL GROUP BY ALL"""
    ).fetchall()
    counted = dict(found)
    expected = {key.strip().upper(): count for key, count in promised.items()}
    return sum(counted.get(key, 0) != expected.get(key, 0) for key in counted.keys() | expected.keys())
