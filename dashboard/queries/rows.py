"""Asks one open release; values are always bound, and no question is asked twice while its answer is remembered."""

from typing import Any

from dashboard.release import Release

Row = dict[str, Any]


def ask(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    """The rows of the answer. They are shared with others who ask the same: they are read and never changed."""
    bound = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return release.answers.get((query, bound), lambda: _asked(release, query, values))


def _asked(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    cursor = release.connection.cursor()
    try:
        answer = cursor.execute(query, values)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()
