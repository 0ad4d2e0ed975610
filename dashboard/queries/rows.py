"""Asks one open release; values are always bound."""

from typing import Any

from dashboard.release import Release

Row = dict[str, Any]


def ask(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    cursor = release.connection.cursor()
    try:
        answer = cursor.execute(query, values)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()
