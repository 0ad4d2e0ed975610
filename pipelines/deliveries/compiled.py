"""The contract's checks said in SQL: which rows can break any. Only those are handed to pandera, which has the last word
and the reason. A row that pandera would fault is never left out; a check that cannot be said here suspects every row."""

from collections.abc import Callable, Mapping
from typing import Any

import pandera.pandas as pa

from pipelines.deliveries.convert import UNIT_FORM
from schemas.extracts import fields as f


def suspicious(schema: pa.DataFrameSchema, odd: Mapping[str, str]) -> str:
    """The SQL condition on a row of texts that may break the contract. `odd` is, for columns whose texts have been looked at
    beforehand, the table of those that may; empty when there are none."""
    conditions = [condition for name, column in schema.columns.items() for condition in _of_column(name, column, odd)]
    conditions += [_of_check(check, "") for check in schema.checks]
    return " OR ".join(f"({condition})" for condition in ["false", *conditions])


def repeats(column: pa.Column) -> bool:
    """Whether the column has few texts, many times each: codes, numbers and units. Each text is looked at once."""
    return column.metadata["holds"] == "kod" or column.metadata["form"] == UNIT_FORM


def odd_text(name: str, column: pa.Column) -> str:
    """The SQL condition on a text of the column that may break its checks."""
    return " OR ".join(f"({_of_check(check, _cell(name))})" for check in column.checks) or "false"


def _of_column(name: str, column: pa.Column, odd: Mapping[str, str]) -> list[str]:
    missing = [] if column.nullable else [f"{_cell(name)} IS NULL"]
    if name in odd:
        return [*missing, f"{_cell(name)} IN (SELECT {_cell(name)} FROM {odd[name]})"] if odd[name] else missing
    return missing + [_of_check(check, _cell(name)) for check in column.checks]


def _cell(name: str) -> str:
    return f'"{name}"'


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
