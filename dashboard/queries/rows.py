"""Asks one open release; values are always bound, and no question is asked twice while its answer is remembered."""

from collections.abc import Sequence
from typing import Any

from dashboard.deadline import Deadline
from dashboard.release import Release

DEADLINE = Deadline(seconds=20)  # questions take milliseconds; what takes longer is a fault or an attack
Row = dict[str, Any]
Thing = tuple[Any, ...]


def ask(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    """The rows of the answer. They are shared with others who ask the same: they are read and never changed."""
    return release.answers.get((query, _bound(values)), lambda: _asked(release, query, values))


def ask_each(
    release: Release, query: str, things: Sequence[Thing], columns: Sequence[str], values: dict[str, Any]
) -> dict[Thing, list[Row]]:
    """One question about many things, answered and remembered for each by itself: what was asked about many is not asked
    again about one. A thing is a value of each of `columns`; the query takes them as lists of those names and has the
    columns in its rows."""
    bound = _bound(values)
    known = {thing: release.answers.known((query, bound, thing)) for thing in things}
    found: dict[Thing, list[Row]] = {thing: [] for thing, rows in known.items() if rows is None}
    if found:
        lists = {name: [thing[at] for thing in found] for at, name in enumerate(columns)}
        for row in _asked(release, query, values | lists):
            found[tuple(row[name] for name in columns)].append(row)
    for thing, rows in found.items():
        release.answers.keep((query, bound, thing), rows)
    return {thing: found[thing] if rows is None else rows for thing, rows in known.items()}


def _bound(values: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())


def _asked(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    cursor = release.connection.cursor()
    try:
        with DEADLINE.on(cursor):
            answer = cursor.execute(query, values)
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()
