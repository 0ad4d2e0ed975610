"""A Parquet file as a file of texts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from pipelines.reading.unreadable import Unreadable, quoted
from pipelines.reading.watch import watched


def to_texts(path: Path, out: Path, *, config: dict[str, Any], tell: Callable[[int, int], None]) -> dict[str, Any]:
    """Write c0, c1 …, in the order of the file. `tell` of how many rows, of how many. Raises Unreadable."""
    with duckdb.connect(config=config) as connection:
        try:
            ((rows,),) = connection.execute("SELECT count(*) FROM read_parquet($path)", {"path": str(path)}).fetchall()
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)})
            kinds = {name: kind for name, kind, *_ in described.fetchall()}
            cells = ", ".join(f"{_text(name, kind)} AS c{at}" for at, (name, kind) in enumerate(kinds.items()))
            with watched(connection, lambda part: tell(int(part * rows), rows)):
                connection.execute(
                    f"""COPY (SELECT {cells} FROM read_parquet($path))
                    TO '{quoted(out)}' (FORMAT parquet, COMPRESSION lz4)""",
                    {"path": str(path)},
                )
        except duckdb.Error:
            raise Unreadable("filen kan inte läsas; den kan vara skadad eller avkortad") from None
    return {"header": list(kinds), "at": 1, "tidy": False, "encoding": "", "delimiter": ""}


def _text(name: str, kind: str) -> str:
    """A cell as the contract writes it: whole numbers are often kept as floats, and times as instants."""
    quoted = '"' + name.replace('"', '""') + '"'
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{quoted} = trunc({quoted}) AND abs({quoted}) < 1e15"
        return f"CASE WHEN {whole} THEN CAST(CAST({quoted} AS BIGINT) AS VARCHAR) ELSE CAST({quoted} AS VARCHAR) END"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({quoted})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    if kind == "BLOB":
        return f"decode({quoted})"
    return f"CAST({quoted} AS VARCHAR)"
