"""Why a file cannot be read, in words that a sender understands, without its name and without a value from it."""

from pathlib import Path


class Unreadable(Exception):
    """The file cannot be read as rows of text."""


def quoted(path: Path) -> str:
    """A path inside the quotes of an SQL statement that takes no parameter."""
    return str(path).replace("'", "''")
