"""The figures of earlier releases that are told once, from what is kept beside their audits."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.audit import SEEN
from pipelines.compute.once import ONCE, earliest, of_measures
from pipelines.settings import Settings
from schemas.measures import MEASURES
from schemas.tables import PUBLISHED


def keep_told(folder: Path, release: duckdb.DuckDBPyConnection) -> None:
    """Keep what the release tells once, for the releases after it."""
    for table in ONCE:
        of_measures(release.table(table).df(), MEASURES).to_parquet(folder / f"{table}.parquet", index=False)


def told_before(settings: Settings, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """By table the figures that are told once, as releases first told or hid them: of the releases that are remembered, and
    of the named ones of which nothing is kept. Those from before the day that a gross fault was decided to be mended bind
    nothing."""
    published, audits = settings.published, settings.audits
    kept = {path.parent for path in audits.glob(f"*/{SEEN}") if (path.parent / f"{ONCE[0]}.parquet").is_file()}
    others = {published / name for name in names} - {published / folder.name for folder in kept}
    anew = f"{settings.told_anew_from:%Y%m%d}" if settings.told_anew_from else ""
    folders = sorted((one for one in kept | others if one.name >= anew), key=lambda folder: folder.name)
    return {table: _earliest(table, folders) for table in ONCE}


def _earliest(table: str, folders: list[Path]) -> pd.DataFrame:
    found = [of_measures(pd.read_parquet(folder / f"{table}.parquet"), MEASURES) for folder in folders]
    columns = PUBLISHED[table]
    return earliest(found, list(columns.unique or ())) if found else pd.DataFrame(columns=list(columns.columns))
