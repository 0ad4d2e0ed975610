"""The contract's checks said in SQL: which rows can break any. Only those are handed to pandera, which has the last word
and the reason. A row that pandera would fault is never left out; a check that cannot be said here suspects every row."""

from collections.abc import Callable
from typing import Any

import pandera.pandas as pa

from schemas.extracts import fields as f


def suspicious(schema: pa.DataFrameSchema) -> str:
    """The SQL condition on a row of texts that may break the contract."""
    conditions = [condition for name, column in schema.columns.items() for condition in _of_column(name, column)]
    conditions += [_of_check(check, "") for check in schema.checks]
    return " OR ".join(f"({condition})" for condition in conditions)


def _of_column(name: str, column: pa.Column) -> list[str]:
    quoted = f'"{name}"'
    missing = [] if column.nullable else [f"{quoted} IS NULL"]
    return missing + [_of_check(check, quoted) for check in column.checks]


def _of_check(check: pa.Check, cell: str) -> str:
    """True or NULL where a cell (a row) passes is never enough: what cannot be decided is suspected, a missing cell is not."""
    said = _IN_SQL.get(str(check.name))
    if said is None or check.statistics is None:
        return "true"
    passes = said(cell, check.statistics)
    return f"NOT coalesce({passes}, false)" if not cell else f"{cell} IS NOT NULL AND NOT coalesce({passes}, false)"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# regular expressions: the database's knows only ASCII digits and no line end before the last, so it passes less
_IN_SQL: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "str_matches": lambda cell, said: f"regexp_matches({cell}, {_text(said['pattern'])})",
    "isin": lambda cell, said: f"{cell} IN ({', '.join(_text(value) for value in said['allowed_values'])})",
    "str_length": lambda cell, said: f"length({cell}) <= {said['max_value']}",
    f.EXISTS: lambda cell, said: f"TRY_CAST(left({cell}, 10) AS DATE) IS NOT NULL",
    f.INSIDE: lambda cell, said: (
        f"TRY_CAST(replace({cell}, ',', '.') AS DOUBLE) BETWEEN {said['low']} AND {said['high']}"
    ),
    f.NOT_BEFORE: lambda cell, said: (
        f'"{said["later"]}" IS NULL OR "{said["earlier"]}" IS NULL OR "{said["later"]}" >= "{said["earlier"]}"'
    ),
    f.SOME_OF: lambda cell, said: f"coalesce({', '.join(said['names'])}) IS NOT NULL",
    f.IN_BOTH: lambda cell, said: (
        f"coalesce({said['one']} = {_text(said['value'])}, false) = coalesce({said['other']} = {_text(said['value'])}, false)"
    ),
}
