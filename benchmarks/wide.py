"""A published release of a whole country: a small one copied region by region and back in time, 1 200 units × 60 months."""

import hashlib
import json
from pathlib import Path

import duckdb

from dashboard.release import DATABASE, MANIFEST, POINTER
from schemas.release import BLOCK, NUMBER

UNITS, MONTHS = 1_200, 60
PLACES = ("enhet_id", "lik_enhet_id", "region")  # what a copy of a region has names of its own for
STANDING = ("fakta", "kvalitet", "jamforelse", "likhet")  # without history of their own
ROOM = 10_000  # numbers that the units of one copy have to themselves
NAME = "20991231T000000Z-brett000"


def widen(published: Path, out: Path, *, units: int = UNITS, months: int = MONTHS) -> Path:
    """Write the current release of `published` so many times, as the current release of `out`."""
    source = published / (published / POINTER).read_text().strip() / DATABASE
    folder = out / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).unlink(missing_ok=True)
    config = {"memory_limit": "4GB", "threads": 2, "default_block_size": BLOCK}
    with duckdb.connect(str(folder / DATABASE), config=config) as wide:
        wide.execute(f"ATTACH '{source}' AS liten (READ_ONLY)")
        ((there,),) = wide.execute("SELECT count(*) FROM liten.enhet WHERE niva = 'enhet'").fetchall()
        ((before,),) = wide.execute("SELECT count(*) FROM liten.manad").fetchall()
        wide.execute(f"CREATE TEMP TABLE kopia AS SELECT nr FROM range({-(-units // there)}) AS kopior(nr)")
        tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'liten'"
        for (name,) in wide.execute(tables).fetchall():
            _copy(wide, name, back=before, more=max(0, months - before))
        wide.execute("CHECKPOINT")
    with (folder / DATABASE).open("rb") as file:
        promised = {"sha256": {DATABASE: hashlib.file_digest(file, "sha256").hexdigest()}}
    (folder / MANIFEST).write_text(json.dumps(promised))
    (out / POINTER).write_text(NAME)
    return out


def _copy(wide: duckdb.DuckDBPyConnection, name: str, *, back: int, more: int) -> None:
    """One table: a copy for each region, and its last `more` months once more, `back` months earlier."""
    columns = [column for column, *_ in wide.execute(f"DESCRIBE liten.{name}").fetchall()]
    when = next((column for column in ("period", "manad") if column in columns and name not in STANDING), None)
    named = _renamed(columns)
    rows = f"SELECT * FROM liten.{name}"
    if when and more:
        earlier = f"strftime(CAST({when} || '-01' AS DATE) - INTERVAL {back} MONTH, '%Y-%m')"
        recent = f"(SELECT strftime(CAST(max(manad) || '-01' AS DATE) - INTERVAL {more - 1} MONTH, '%Y-%m') FROM liten.manad)"
        rows += f" UNION ALL SELECT * REPLACE ({earlier} AS {when}) FROM liten.{name} WHERE {when} >= {recent}"
    order = ", ".join(column for column in (NUMBER, "matt_id") if column in columns)
    every = f"SELECT * EXCLUDE (nr) REPLACE ({named}) FROM ({rows}) CROSS JOIN kopia WHERE nr = $nr" if named else rows
    sorted_rows = f"FROM ({every}) {f'ORDER BY {order}' if order else ''}"
    wide.execute(f"CREATE TABLE {name} AS FROM liten.{name} LIMIT 0")
    # a region at a time: the numbers of each follow those of the one before, and to sort them all takes the memory
    for (nr,) in wide.execute("FROM kopia ORDER BY nr").fetchall() if named else [(0,)]:
        wide.execute(f"INSERT INTO {name} {sorted_rows}", {"nr": nr} if named else {})


def _renamed(columns: list[str]) -> str:
    texts = [f"{column} || ' ' || nr AS {column}" for column in columns if column in PLACES]
    numbers = [f"CAST({NUMBER} + {ROOM} * nr AS INTEGER) AS {NUMBER}"] if NUMBER in columns else []
    return ", ".join([*texts, *numbers])
