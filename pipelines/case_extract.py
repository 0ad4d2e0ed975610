"""An extract of sjukfall for analysts inside the region: no patient, no date, nobody alone; logged, with a manifest."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines import warehouse
from pipelines.access import who
from pipelines.deliveries import create_tables
from pipelines.disclosure.anonymity import Anonymous, Classes, anonymise, least_diverse
from pipelines.errors import DeliveryError, DisclosureError
from pipelines.release import inputs_of
from pipelines.releases import made_from
from pipelines.settings import FLOOR, Settings
from schemas.case_extract import ORDER, OUTCOME, QUASI, VALUES

HIERARCHY = {quasi.column: quasi.levels for quasi in QUASI}
# numbers and marks that may be absent: without these words a missing day would turn the whole column into decimals
KINDS = {"insats_dag": "Int64", "insats_egen": "boolean"}


def case_extract(
    settings: Settings, out: Path, *, k: int, most_suppressed: float, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Write the extract to `out` and its manifest beside it; returns the manifest. Everything derived is rebuilt first,
    so that the rows are those of the deliveries and parameters that the manifest names. Raises SjukvyError of some
    kind and then leaves no file."""
    _check(settings, out, k=k, most_suppressed=most_suppressed)
    with warehouse.open_warehouse(settings) as connection:
        create_tables(connection)
        inputs = inputs_of(connection, settings)
        warehouse.build(connection, settings, progress=progress)
        cases = connection.execute("SELECT * FROM mart.utdrag").df().astype(KINDS)
        found = anonymise(
            cases, HIERARCHY, person="patient_nr", order=ORDER, values=list(VALUES),
            k=k, most_suppressed=most_suppressed,
        )  # fmt: skip
        if found.rows.empty:
            raise DisclosureError(
                f"Inget utdrag kan göras: inte ens de grövsta grupperna har {k} personer.",
                advice="Vänta tills mer är inläst.",
            )
        manifest = {
            "k": _asked(found, k, most_suppressed),
            "rader": _counts(connection, len(cases), found),
            "kolumner": _columns(found),
            "underlag": _state(connection, settings, inputs),
        }
        _write(connection, found.rows, manifest, out)
    return manifest


def _check(settings: Settings, out: Path, *, k: int, most_suppressed: float) -> None:
    faults = []
    if k < FLOOR:
        faults.append(f"k är minst {FLOOR}")
    if not 0 <= most_suppressed < 1:
        faults.append("andelen som får utelämnas är minst 0 och under 1")
    if out.suffix != ".parquet":
        faults.append("filens namn slutar på .parquet")
    if out.exists() or manifest_path(out).exists():
        faults.append("filen finns redan; ett utdrag skrivs aldrig över")
    if settings.published.resolve() in out.resolve().parents:
        faults.append("bland det publicerade får bara skyddad statistik ligga")
    if faults:
        raise DisclosureError("Utdraget görs inte.", faults=faults)
    if not settings.warehouse.is_file():
        raise DeliveryError("Ingenting är inläst.", advice="Läs in en leverans först: sjukvy load MAPP")


def manifest_path(out: Path) -> Path:
    """Where the manifest of an extract lies."""
    return out.with_suffix(".json")


def _asked(found: Anonymous, k: int, most_suppressed: float) -> dict[str, Any]:
    return {
        "krav": k,
        "storsta_andel_utelamnade": most_suppressed,
        "fore": _classes(found.before),
        "efter": _classes(found.after)
        | {"minsta_antal_olika_utfall_i_en_klass": least_diverse(found.rows, list(HIERARCHY), OUTCOME)},
    }


def _classes(classes: Classes) -> dict[str, int]:
    return {"personer_i_minsta_klassen": classes.k, "klasser": classes.number}


def _counts(connection: duckdb.DuckDBPyConnection, followed: int, found: Anonymous) -> dict[str, int]:
    every = connection.execute("SELECT count(*) FROM core.sjukfall").fetchall()[0][0]
    return {
        "sjukfall": every,
        "utanfor_urvalet": every - followed,
        "utelamnade": found.suppressed,
        "i_utdraget": len(found.rows),
    }


def _columns(found: Anonymous) -> dict[str, Any]:
    """Each quasi-identifier with the level it is shown at and how many steps coarser that is; each kept value."""
    levels = {
        quasi.column: {"visas_som": quasi.levels[found.levels[quasi.column]], "steg": found.levels[quasi.column]}
        for quasi in QUASI
    }
    return {"kvasiidentifierare": levels, "varden": VALUES}


def _state(connection: duckdb.DuckDBPyConnection, settings: Settings, inputs: str) -> dict[str, Any]:
    first, last = connection.execute("SELECT data_fran, data_tom FROM core.period").fetchall()[0]
    kept = {"gap_days", "outcome_window", "age_from", "age_to", "demo"}
    return {
        "indata": inputs,
        "utgava_av_samma_indata": made_from(settings.published, inputs),
        "data_fran": str(first),
        "data_tom": str(last),
        "parametrar": settings.model_dump(include=kept),
        "kodversion": version("sjukvy"),
    }


def _write(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame, manifest: dict[str, Any], out: Path) -> None:
    """Beside first, logged, then under its name: a file that somebody can read is always in the log."""
    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        _private(fresh)
        rows.to_parquet(fresh, index=False)
        now, user = datetime.now(UTC), who()
        digest = hashlib.sha256(fresh.read_bytes()).hexdigest()
        manifest["fil"] = {"namn": out.name, "sha256": digest, "skapad": now.isoformat(timespec="seconds"), "av": user}
        manifest_path(out).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        _log(connection, now=now, user=user, k=manifest["k"]["krav"], rows=len(rows), sha256=digest)
        fresh.rename(out)
    except BaseException:
        for path in (fresh, manifest_path(out)):
            with suppress(FileNotFoundError):
                path.unlink()
        raise


def _private(path: Path) -> None:
    """An empty file that only its owner can read: the rows are still about persons."""
    path.touch(mode=0o600, exist_ok=False)


def _log(connection: duckdb.DuckDBPyConnection, *, now: datetime, user: str, k: int, rows: int, sha256: str) -> None:
    """One row an extract, and no row is ever changed. Never a value of a case."""
    connection.execute(
        """CREATE TABLE IF NOT EXISTS ledger.utdrag (
            tid_utc TIMESTAMP, anvandare VARCHAR, k INTEGER, rader BIGINT, sha256 VARCHAR)"""
    )
    connection.execute(
        "INSERT INTO ledger.utdrag VALUES ($now, $who, $k, $rows, $sha)",
        {"now": now.replace(tzinfo=None), "who": user, "k": k, "rows": rows, "sha": sha256},
    )
