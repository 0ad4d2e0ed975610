"""Writes a release beside the others, verifies it, and only then points to it; keeps and rolls back releases."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa

from pipelines.errors import CheckError
from schemas.release import NUMBER
from schemas.tables import PUBLISHED

DATABASE = "sjukvy.duckdb"
MANIFEST = "manifest.json"
POINTER = "current"
Gate = Callable[[duckdb.DuckDBPyConnection], None]


def publish(tables: Mapping[str, pd.DataFrame], published: Path, *, inputs: str, gate: Gate) -> str:
    """Publish the tables as an immutable release, point to it and return its id. `inputs` identifies what it was
    made from; `gate` is handed the tables as they are written, and raises when they may not be published. Raises CheckError,
    or what the gate does, and leaves the last release as it was."""
    checked = _checked(tables)
    digest = _digest(checked)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    release = f"{stamp}-{digest[:8]}"
    with _building(published, release) as folder:
        _write(_with_identity(checked, release, stamp), folder, {"content": digest, "inputs": inputs})
        _verify(folder)
        with duckdb.connect(str(folder / DATABASE), read_only=True) as written:
            gate(written)
    point(published, release)
    return release


def made_from(published: Path, inputs: str) -> str | None:
    """The current release, if it was made from exactly these inputs."""
    now = current(published)
    return now if now is not None and _read_manifest(published / now)["inputs"] == inputs else None


def current(published: Path) -> str | None:
    """The id of the release that is pointed to, if it stands and is whole enough to read its manifest."""
    pointer = published / POINTER
    if not pointer.is_file():
        return None
    release = pointer.read_text(encoding="utf-8").strip()
    return release if (published / release / MANIFEST).is_file() else None


def releases(published: Path) -> list[str]:
    """Every release that can be pointed to, oldest first."""
    return sorted(path.parent.name for path in published.glob(f"[0-9]*/{MANIFEST}"))


def point(published: Path, release: str) -> None:
    """Let `current` name the release. Readers see the old name or the new, never a part of it."""
    if release not in releases(published):
        raise CheckError(
            "Utgåvan finns inte.", faults=[release], advice="Se vilka som finns med kommandot: sjukvy status"
        )
    fresh = published / f".{POINTER}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(release + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(published / POINTER)
    _fsync_folder(published)


def _checked(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    checked, faults = {}, []
    for name, schema in PUBLISHED.items():
        try:
            checked[name] = schema.validate(tables[name], lazy=True)
        except pa.errors.SchemaErrors as broken:
            faults += _broken_rules(name, broken.failure_cases)
    if faults:
        raise CheckError("Utgåvan håller inte sin beskrivning och publiceras inte.", faults=faults)
    return checked


def _broken_rules(name: str, cases: pd.DataFrame) -> list[str]:
    """Table, column and rule with the number of rows; a rule of the whole row is told once and not for every column."""
    told = cases.assign(column=cases["column"].mask(cases["schema_context"] == "DataFrameSchema", "rad"))
    rules = told.drop_duplicates(["column", "check", "index"]).groupby(["column", "check"], dropna=False).size()
    return [f"{name}.{column}: {check} ({rows} rader)" for (column, check), rows in rules.items()]


def _with_identity(tables: dict[str, pd.DataFrame], release: str, stamp: str) -> dict[str, pd.DataFrame]:
    identity = pd.DataFrame({"namn": ["release_id", "skapad"], "varde": [release, stamp]})
    return tables | {"fakta": pd.concat([tables["fakta"], identity], ignore_index=True)}


def _digest(tables: Mapping[str, pd.DataFrame]) -> str:
    """A hash of the content alone: the same figures give the same hash on any day."""
    sha = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name]
        sha.update(name.encode())
        sha.update(table.to_csv(index=False, float_format="%.12g").encode())
    return sha.hexdigest()


@contextmanager
def _building(published: Path, release: str) -> Iterator[Path]:
    """A folder beside the releases that becomes one when the block ends well, and is gone when it does not."""
    published.mkdir(parents=True, exist_ok=True)
    folder = published / f".building-{release}-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
        folder.rename(published / release)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _fsync_folder(published)


def _by_unit(table: pd.DataFrame, numbers: Mapping[str, int]) -> pd.DataFrame:
    """The rows of a unit and measure together, with the unit's number in the release: a reader asks for few units at a
    time, and the database passes over the rest by a number but not by a text, of which it keeps only the beginning."""
    if "enhet_id" not in table:
        return table
    keys = [name for name in ("enhet_id", "matt_id") if name in table]
    by_unit = table.sort_values(keys, kind="stable", ignore_index=True)
    return by_unit.assign(**{NUMBER: by_unit["enhet_id"].map(numbers).astype("int32")})


def _write(tables: Mapping[str, pd.DataFrame], folder: Path, identity: dict[str, str]) -> None:
    connection = duckdb.connect(str(folder / DATABASE))
    numbers = {enhet_id: at for at, enhet_id in enumerate(sorted(tables["enhet"]["enhet_id"]))}
    try:
        for name, table in tables.items():
            connection.register("incoming", _by_unit(table, numbers))
            # names come from schemas.tables, never from outside
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")
            told = connection.table(name).select(*table.columns)
            told.write_parquet(str(folder / f"{name}.parquet"))
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    manifest = identity | {"rows": {name: len(table) for name, table in tables.items()}, "sha256": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _verify(folder: Path) -> None:
    """Reopen what was written: that a file opens says nothing, so count its rows against the manifest."""
    expected = _read_manifest(folder)["rows"]
    connection = duckdb.connect(str(folder / DATABASE), read_only=True)
    try:
        found = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]  # noqa: S608
            for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
    finally:
        connection.close()
    if found != expected:
        raise CheckError("Utgåvan gick inte att läsa tillbaka och publiceras inte.", faults=sorted(expected))


def _read_manifest(folder: Path) -> dict:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
