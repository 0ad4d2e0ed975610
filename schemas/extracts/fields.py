"""The kinds of column an extract can have. Everything is delivered as text: a kind says which texts are valid
and what they become in the warehouse (`metadata["sql"]`), and what it holds (`metadata["holds"]`: id, kod, tid, namn, ord),
which says what pointing out a person would look like in it."""

import re
from collections.abc import Iterable

import pandas as pd
import pandera.pandas as pa

HSA_ID = r"[A-Za-z0-9-](\s*[A-Za-z0-9-]){3,39}"  # white space is no part of it, wherever it stands
DATE = r"\d{4}-\d{2}-\d{2}"
MONTH = r"\d{4}-(0[1-9]|1[0-2])"
TIMESTAMP = rf"{DATE}([T ]\d{{2}}:\d{{2}}(:\d{{2}}(\.\d{{1,6}})?)?(Z|[+-]\d{{2}}:\d{{2}})?)?"
AGE_BAND = r"(\d{1,3}-\d{1,3}|\d{1,3}\+)"
LONGEST_TEXT = 120
# the rules that are ours, by the name and `statistics` from which they can be said in another language
EXISTS, INSIDE, NOT_BEFORE, SOME_OF, IN_BOTH = "finns", "inom_granser", "inte_fore", "nagot_av", "i_bada"


def _column(sql, checks, *, required, key, text, form, holds, nullable=None):
    return pa.Column(
        str,
        checks=checks,
        nullable=not required if nullable is None else nullable,
        required=required,
        description=text,
        metadata={"sql": sql, "key": key, "form": form, "holds": holds},
    )


def _real_days(values: pd.Series) -> pd.Series:
    """True where the text is a day that the calendar has (2026-02-30 is not)."""
    return pd.to_datetime(values.str.slice(0, 10), format="%Y-%m-%d", errors="coerce").notna()


def _exists() -> pa.Check:
    return pa.Check(_real_days, name=EXISTS, statistics={}, error="är inget datum som finns")


def _between(low: float, high: float) -> pa.Check:
    def inside(values: pd.Series) -> pd.Series:
        return pd.to_numeric(values.str.replace(",", "."), errors="coerce").between(low, high)

    limits = {"low": low, "high": high}
    return pa.Check(inside, name=INSIDE, statistics=limits, error=f"ligger inte mellan {low:g} och {high:g}")


def not_before(later: str, earlier: str) -> pa.Check:
    """A rule of a row: the one day is not before the other, where both are given."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        return rows[later].isna() | rows[earlier].isna() | (rows[later] >= rows[earlier])

    days = {"later": later, "earlier": earlier}
    return pa.Check(holds, name=NOT_BEFORE, statistics=days, error=f"{later} ligger före {earlier}")


def some_of(*names: str) -> pa.Check:
    """A rule of a row: at least one of the columns is given."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        return rows[list(names)].notna().any(axis=1)

    said = f"varken {', '.join(names[:-1])} eller {names[-1]}"
    return pa.Check(holds, name=SOME_OF, statistics={"names": names}, error=said)


def in_both(value: str, one: str, other: str) -> pa.Check:
    """A rule of a row: the value stands in both columns or in neither."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        return rows[one].eq(value) == rows[other].eq(value)

    columns = {"value": value, "one": one, "other": other}
    said = f"{value} står bara i det ena av {one} och {other}"
    return pa.Check(holds, name=IN_BOTH, statistics=columns, error=said)


def text(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    """Identifier of at most LONGEST_TEXT characters, which has no words."""
    check = pa.Check.str_length(max_value=LONGEST_TEXT, error=f"längre än {LONGEST_TEXT} tecken")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form="text", holds="id")


def title(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    """What a place or a body is called: the only kind in which the name of a person may stand."""
    check = pa.Check.str_length(max_value=LONGEST_TEXT, error=f"längre än {LONGEST_TEXT} tecken")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form="text", holds="namn")


def words(text: str, *, required: bool = False) -> pa.Column:
    """What something is called in words that others choose; never a person's name."""
    check = pa.Check.str_length(max_value=LONGEST_TEXT, error=f"längre än {LONGEST_TEXT} tecken")
    return _column("VARCHAR", [check], required=required, key=False, text=text, form="text", holds="ord")


def unit(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    """HSA-id, or a pseudonym in the same form."""
    check = pa.Check.str_matches(rf"^\s*{HSA_ID}\s*$", error="har inte formen av ett HSA-id")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form="HSA-id", holds="id")


def day(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    checks = [
        pa.Check.str_matches(rf"^{DATE}$", error="är inte skrivet ÅÅÅÅ-MM-DD"),
        _exists(),
    ]
    return _column("DATE", checks, required=required, key=key, text=text, form="ÅÅÅÅ-MM-DD", holds="tid")


def month(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    check = pa.Check.str_matches(rf"^{MONTH}$", error="är inte skrivet ÅÅÅÅ-MM")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form="ÅÅÅÅ-MM", holds="tid")


def instant(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    checks = [
        pa.Check.str_matches(rf"^{TIMESTAMP}$", error="är ingen tidpunkt enligt ISO 8601"),
        _exists(),
    ]
    return _column("TIMESTAMP", checks, required=required, key=key, text=text, form="ÅÅÅÅ-MM-DDTtt:mm:ss", holds="tid")


def integer(text: str, low: int, high: int, *, required: bool = False, key: bool = False) -> pa.Column:
    checks = [
        pa.Check.str_matches(r"^-?\d{1,9}$", error="är inget heltal"),
        _between(low, high),
    ]
    return _column("INTEGER", checks, required=required, key=key, text=text, form=f"heltal {low}–{high}", holds="kod")


def decimal(text: str, low: float, high: float, *, required: bool = False, key: bool = False) -> pa.Column:
    checks = [
        pa.Check.str_matches(r"^-?\d{1,9}([.,]\d{1,6})?$", error="är inget tal"),
        _between(low, high),
    ]
    return _column("DOUBLE", checks, required=required, key=key, text=text, form=f"tal {low:g}–{high:g}", holds="kod")


def code(text: str, values: Iterable[str], *, required: bool = False, key: bool = False) -> pa.Column:
    allowed = tuple(values)
    check = pa.Check.isin(allowed, error="är ingen känd kod")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form=" · ".join(allowed), holds="kod")


def codes(text: str, values: Iterable[str]) -> pa.Column:
    """Codes from a closed list, joined by `|`."""
    one = "|".join(re.escape(value) for value in values)
    check = pa.Check.str_matches(rf"^({one})(\|({one}))*$", error="innehåller en okänd kod")
    return _column("VARCHAR", [check], required=False, key=False, text=text, form=" | ".join(values), holds="kod")


def open_code(text: str, *, required: bool = False, key: bool = False) -> pa.Column:
    """A code from a list that others keep: unknown values load and are counted as "okänd"."""
    check = pa.Check.str_length(max_value=LONGEST_TEXT, error=f"längre än {LONGEST_TEXT} tecken")
    return _column("VARCHAR", [check], required=required, key=key, text=text, form="kod", holds="kod")


def age_band(text: str, total: str, *, required: bool = False, key: bool = False) -> pa.Column:
    """A band of ages, or the word for all of them."""
    check = pa.Check.str_matches(rf"^({AGE_BAND}|{total})$", error="är ingen åldersgrupp")
    return _column(
        "VARCHAR", [check], required=required, key=key, text=text, form=f"18-22 · 68+ · {total}", holds="kod"
    )


def extract(
    name: str,
    *,
    row: str,
    text: str,
    columns: dict[str, pa.Column],
    checks: list[pa.Check],
    headers: Iterable[dict[str, str]] = (),
) -> pa.DataFrameSchema:
    """One extract: undeclared columns are refused (`strict`), columns may come in any order. `headers` are other
    spellings of the header row, each as heading → column."""
    return pa.DataFrameSchema(
        columns, name=name, title=row, description=text, checks=checks, strict=True, ordered=False, coerce=False,
        metadata={"headers": tuple(headers)},
    )  # fmt: skip


def closed_list(schema: pa.DataFrameSchema, name: str) -> tuple[str, ...]:
    """The codes that a column made by `code` may hold."""
    return tuple(schema.columns[name].checks[0].statistics["allowed_values"])


def headers(schema: pa.DataFrameSchema) -> dict[str, str]:
    """Every other heading that the contract knows, in lower case, and the column that it is."""
    return {name.lower(): column for spelling in schema.metadata["headers"] for name, column in spelling.items()}


def key_columns(schema: pa.DataFrameSchema) -> tuple[str, ...]:
    return tuple(name for name, column in schema.columns.items() if column.metadata["key"])


def lasting_columns(schema: pa.DataFrameSchema) -> tuple[str, ...]:
    """The key without the time of knowledge: what a row is about, whenever it is delivered."""
    return tuple(name for name in key_columns(schema) if name != "kand_fran")


def lasting_key(schema: pa.DataFrameSchema, side: str) -> str:
    """The SQL expression for the lasting key of a row of `side` in 64 bits: one row in 10^12 is taken for another's, and the
    same numbers come of any version of the database."""
    return f"md5_number_lower({as_text(lasting_columns(schema), side)})"


def as_text(names: Iterable[str], side: str) -> str:
    """The SQL expression for what these columns of a row of `side` say, as one text."""
    return " || '|' || ".join(f"""coalesce(CAST({side}."{name}" AS VARCHAR), '')""" for name in names)


def required_columns(schema: pa.DataFrameSchema) -> tuple[str, ...]:
    return tuple(name for name, column in schema.columns.items() if column.required)


def sql_types(schema: pa.DataFrameSchema) -> dict[str, str]:
    return {name: column.metadata["sql"] for name, column in schema.columns.items()}
