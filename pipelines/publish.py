"""Writes a release beside the others, verifies it, and only then points to it."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pandera.pandas as pa

from pipelines.boundary import crossing
from pipelines.errors import CheckError
from pipelines.releases import (
    BUILDING,
    DATABASE,
    MANIFEST,
    alone,
    damaged,
    fsync_folder,
    hash_of,
    point,
    prune,
    read_manifest,
)
from schemas.release import BLOCK, NUMBER
from schemas.tables import PUBLISHED

STAMP = "%Y%m%dT%H%M%SZ"
Gate = Callable[[duckdb.DuckDBPyConnection], None]


def publish(
    tables: Mapping[str, pd.DataFrame], published: Path, *, inputs: str, gate: Gate, made_of: Sequence[Mapping] = ()
) -> str:
    """Publish the tables as an immutable release, point to it and return its id. `inputs` identifies what it was made
    from and `made_of` lists its deliveries; `gate` is handed the tables as they are written, and raises when they may not
    be published. Raises CheckError, or what the gate does, and leaves the last release as it was."""
    checked = _checked(tables)
    digest = _digest(checked)
    with alone(published):
        stamp = _stamp(published)
        release = f"{stamp}-{digest[:8]}"
        with _building(published, release) as folder:
            identity = {"content": digest, "inputs": inputs, "deliveries": list(made_of)}
            _write(_with_identity(checked, release, stamp), folder, identity)
            _verify(folder)
            with duckdb.connect(str(folder / DATABASE), read_only=True) as written:
                gate(written)
        point(published, release)
        prune(published)
    return release


def _stamp(published: Path) -> str:
    """Now, and never before a release that stands: their order is that of their names, whatever the clock does."""
    now = datetime.now(UTC)
    latest = max((path.name[:16] for path in published.glob("[0-9]*")), default="")
    while now.strftime(STAMP) <= latest:
        now = max(now, datetime.strptime(latest, STAMP).replace(tzinfo=UTC)) + timedelta(seconds=1)
    return now.strftime(STAMP)


def _checked(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    checked, faults = {}, []
    for name, schema in PUBLISHED.items():
        try:
            checked[name] = _by_unit(schema.validate(tables[name], lazy=True))
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
    folder = published / f"{BUILDING}{release}-{os.getpid()}"
    crossing("utgåvans mapp görs")
    folder.mkdir()
    try:
        yield folder
        crossing("mappen får sitt namn")
        folder.rename(published / release)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    fsync_folder(published)


def _by_unit(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a unit and measure together: a reader asks for few units at a time and passes over the rest."""
    keys = [name for name in ("enhet_id", "matt_id") if name in table]
    return table.sort_values(keys, kind="stable", ignore_index=True) if keys else table


def _numbered(table: pd.DataFrame, numbers: Mapping[str, int]) -> pd.DataFrame:
    """With the unit's number in the release: a database passes over other rows by a number, but not by a text, of which
    it keeps only the beginning."""
    return table.assign(**{NUMBER: table["enhet_id"].map(numbers).astype("int32")}) if "enhet_id" in table else table


def _write(tables: Mapping[str, pd.DataFrame], folder: Path, identity: dict[str, Any]) -> None:
    connection = duckdb.connect(str(folder / DATABASE), config={"default_block_size": BLOCK})
    numbers = {enhet_id: at for at, enhet_id in enumerate(sorted(tables["enhet"]["enhet_id"]))}
    try:
        for name, table in tables.items():
            crossing(f"tabellen {name} skrivs")
            connection.register("incoming", _numbered(table, numbers))
            # names come from schemas.tables, never from outside
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")
            told = connection.table(name).select(*table.columns)
            told.write_parquet(str(folder / f"{name}.parquet"))
        crossing("databasen töms till disk")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    files = {path.name: hash_of(path) for path in sorted(folder.iterdir())}
    manifest = identity | {"rows": {name: len(table) for name, table in tables.items()}, "sha256": files}
    crossing("manifestet skrivs")
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for path in sorted(folder.iterdir()):
        crossing(f"{path.name} säkras")
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    fsync_folder(folder)


def _verify(folder: Path) -> None:
    """Reopen what was written: that a file opens says nothing, so hash the files and count the rows against the
    manifest."""
    crossing("utgåvan läses tillbaka")
    expected = read_manifest(folder)["rows"]
    connection = duckdb.connect(str(folder / DATABASE), read_only=True)
    try:
        found = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]  # noqa: S608
            for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
    finally:
        connection.close()
    if found != expected or damaged(folder):
        raise CheckError("Utgåvan gick inte att läsa tillbaka och publiceras inte.", faults=sorted(expected))
