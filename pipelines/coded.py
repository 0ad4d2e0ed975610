"""Codes of closed lists as ENUM: one byte instead of a text, where millions of rows are sorted, grouped and written."""

import duckdb

from schemas.extracts import EXTRACTS
from schemas.extracts.fields import closed_list

UNKNOWN = "okand"  # on every one of these lists
FROM_CONTRACT = ("kon", "har_sgi", "ersattning")


def closed_lists(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Column of core.intyg_provad → every code it may hold, in the order of texts, so that the largest of some codes is
    the same whether they are coded or not. Needs core.diagnos5, which has every group of diagnoses."""
    groups = connection.execute("SELECT diagnosgrupp FROM core.diagnos5").fetchall()
    lists = {name: closed_list(EXTRACTS["intyg"], name) for name in FROM_CONTRACT} | {"diagnosgrupp": sum(groups, ())}
    return {name: sorted(codes) for name, codes in lists.items()}


def in_codes(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """A query for the rows of `table` with these columns coded. What is on no list is unknown; deliveries hold none of it."""
    columns = ", ".join(_coded(name, codes) for name, codes in closed_lists(connection).items())
    return f"SELECT * REPLACE ({columns}) FROM {table}"  # noqa: S608  (from declarations)


def _coded(column: str, codes: list[str]) -> str:
    listed = ", ".join(f"'{code}'" for code in codes)
    kind = f"ENUM ({listed})"
    return f"coalesce(TRY_CAST({column} AS {kind}), CAST('{UNKNOWN}' AS {kind})) AS {column}"


def in_words(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The query with texts for what it gives as ENUM, which pandas would take for categories."""
    columns = connection.execute(f"DESCRIBE {query}").fetchall()
    texts = [f"CAST({name} AS VARCHAR) AS {name}" for name, kind, *_ in columns if kind.startswith("ENUM")]
    return f"SELECT * REPLACE ({', '.join(texts)}) FROM (\n{query}\n)" if texts else query  # noqa: S608
