"""Finds Swedish personal identity numbers and coordination numbers, wherever they stand, without ever repeating them.

A number counts when its date exists (day + 60 for coordination numbers) and its check digit is right. Digits inside a
longer word (a hash, a pseudonym, a UUID) do not count; a short word right before the number, as in PNR…, does not hide it.
"""

import re
from collections.abc import Sequence
from datetime import date

import duckdb

DATE = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
# hyphens of every kind, as word processors and spreadsheets write them
DASHES = "\u2010-\u2015\u2212\u00a0"
CANDIDATE = rf"(?:^|[^0-9A-Za-z])[A-Za-z]{{0,6}}((?:18|19|20)?{DATE}[-+ {DASHES}]?[0-9]{{4}})(?:$|[^0-9A-Za-z])"
UUID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")
# overlapping words are found too: the border is looked at, not consumed
NUMBER = re.compile(rf"(?<![0-9A-Za-z])[A-Za-z]{{0,6}}((?:18|19|20)?{DATE}[-+ {DASHES}]?[0-9]{{4}})(?![0-9A-Za-z])")


def holds_identity_number(text: str) -> bool:
    """True when the text holds at least one valid number."""
    return any(_valid(match) for match in NUMBER.findall(UUID.sub("", text)))


def name_without_number(name: str) -> str:
    """A file's or folder's name as it may be repeated."""
    return "(namnet är dolt)" if holds_identity_number(name) else name


def columns_with_identity_numbers(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]
) -> dict[str, list[int]]:
    """Column → row numbers (`rad_nr`) of the staged text table with a valid number. The pattern runs in the database;
    only the few rows that match it are looked at here."""
    joined = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(
        f"SELECT rad_nr, {joined} FROM {table} WHERE regexp_matches(concat_ws(chr(31), {joined}), $pattern)",
        {"pattern": CANDIDATE},
    ).fetchall()
    found: dict[str, list[int]] = {}
    for number, *cells in rows:
        for name, cell in zip(columns, cells, strict=True):
            if cell is not None and holds_identity_number(cell):
                found.setdefault(name, []).append(number)
    return found


def _valid(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    short = digits[-10:]
    day = int(short[4:6])
    centuries = [int(digits[:2])] if len(digits) == 12 else [19, 20]
    exists = any(
        _is_day(century * 100 + int(short[:2]), int(short[2:4]), day - 60 * (day > 60)) for century in centuries
    )
    return exists and _luhn(short)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
