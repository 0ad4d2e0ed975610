"""What a release says of itself: the tables `fakta` and `manad`."""

from importlib.metadata import version

import duckdb
import pandas as pd

from pipelines.settings import Settings
from schemas.release import FORMAT


def delivered_extracts(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The extracts of which something has been loaded."""
    rows = connection.execute("SELECT DISTINCT extrakt FROM ledger.leverans WHERE status = 'inlast'").fetchall()
    return frozenset(name for (name,) in rows)


def facts(connection: duckdb.DuckDBPyConnection, settings: Settings, regions: list[str]) -> pd.DataFrame:
    """The table `fakta`, without the identity that publishing gives."""
    first, last = connection.execute("SELECT data_fran, data_tom FROM core.period").fetchall()[0]
    said = {
        "data_fran": str(first),
        "data_tom": str(last),
        "region": ", ".join(regions),
        "demo": "ja" if settings.demo else "nej",
        "troskel": str(settings.threshold),
        "kurva_minst": str(settings.curve_persons),
        "glapp_dagar": str(settings.gap_days),
        "malgrupp_dag": str(settings.target_day),
        "utfall_fonster": str(settings.outcome_window),
        "alder_fran": str(settings.age_from),
        "alder_till": str(settings.age_to),
        "vald_dag": str(settings.stock_day),
        "sena_dagar": str(settings.late_days),
        "extrakt": ",".join(sorted(delivered_extracts(connection))),
        "format": FORMAT,
        "kodversion": version("sjukvy"),
    }
    return pd.DataFrame({"namn": list(said), "varde": list(said.values())})


def months(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The table `manad`."""
    return connection.execute(
        """SELECT manad,
            CASE WHEN preliminar THEN 'preliminar' WHEN andrad IS NULL THEN 'komplett' ELSE 'reviderad' END AS lage,
            CASE WHEN NOT preliminar THEN CAST(andrad AS VARCHAR) END AS andrad
        FROM core.manad ORDER BY manad"""
    ).df()
