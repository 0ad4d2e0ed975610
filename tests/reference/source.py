"""A file of reference figures, read once, and what a format makes of it: blocks of expected values."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

TOLERANCE = 1e-9


class NoMethod(Exception):
    """The product has no method for the block; the message names it."""


@dataclass(frozen=True)
class Pair:
    """What was found and what was expected, of one shape; missing equals missing. Close when |found − expected| <=
    `absolute` + `relative`·|expected|; texts must be the same."""

    what: str
    found: object
    expected: object
    relative: float = TOLERANCE
    absolute: float = 1e-12

    def fault(self) -> str | None:
        """Where the two differ, or None."""
        if np.shape(self.found) != np.shape(self.expected):
            return f"{self.what}: shape {np.shape(self.found)}, expected {np.shape(self.expected)}"
        found, expected = np.asarray(self.found), np.asarray(self.expected)
        if "U" in (found.dtype.kind, expected.dtype.kind):
            wrong = found.astype(str) != expected.astype(str)
        else:
            found, expected = found.astype(float), expected.astype(float)
            wrong = ~np.isclose(found, expected, rtol=self.relative, atol=self.absolute, equal_nan=True)
        if not wrong.any():
            return None
        at = int(np.argmax(np.ravel(wrong)))
        return (
            f"{self.what}: {int(wrong.sum())} differ, first {np.ravel(found)[at]!r} expected {np.ravel(expected)[at]!r}"
        )


@dataclass(frozen=True)
class Block:
    """One block of expected values. `compare` gives the pairs, or raises NoMethod."""

    name: str
    compare: Callable[[], Iterable[Pair]]


@dataclass(frozen=True)
class Format:
    """How to recognise a file by name and content, and the blocks in it. An input of another file has no blocks."""

    name: str
    matches: Callable[["Source"], bool]
    blocks: Callable[["Source"], Iterator[Block]]


@dataclass(frozen=True)
class Source:
    """One file, with its neighbours."""

    path: Path

    @cached_property
    def content(self) -> dict:
        """A JSON object; empty for everything else."""
        if self.path.suffix != ".json":
            return {}
        found = json.loads(self.path.read_text(encoding="utf-8-sig"))
        return found if isinstance(found, dict) else {}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A CSV; empty for everything else. Column names without line breaks."""
        if self.path.suffix != ".csv":
            return pd.DataFrame()
        return pd.read_csv(self.path, encoding="utf-8-sig").rename(
            columns=lambda name: re.sub(r"\s+", " ", name).strip()
        )

    def has(self, *columns: str) -> bool:
        """Does the CSV have these columns?"""
        return set(columns) <= set(self.frame.columns)

    def holds(self, *keys: str) -> bool:
        """Does the JSON object, or every object in it, have these keys?"""
        inner = [value for value in self.content.values() if isinstance(value, dict)]
        return set(keys) <= self.content.keys() or any(set(keys) <= value.keys() for value in inner)

    @cached_property
    def folder(self) -> dict[str, "Source"]:
        """The CSV files of the folder by name, each read at most once."""
        return {path.name: Source(path) for path in sorted(self.path.parent.glob("*.csv"))}

    def neighbours(self) -> list["Source"]:
        """The other CSV files of the folder."""
        return [other for name, other in self.folder.items() if name != self.path.name]

    def neighbour(self, name: str) -> "Source":
        """A CSV file of the same folder. Raises KeyError when it is not there."""
        return self.folder[name]


def numbers(values: object) -> np.ndarray:
    """Floats, with missing for null; a bare number is a vector of one."""
    return np.array(
        [np.nan if value is None else value for value in np.atleast_1d(np.array(values, dtype=object))], float
    )


def stated_limits(row: pd.Series) -> Iterator[tuple[float, float, float]]:
    """(level, lower, upper) that a row states: `lowercl` with `confidence`, or `lower95_0cl` and its like."""
    if "confidence" in row:
        yield float(row["confidence"].rstrip("%")) / 100, float(row["lowercl"]), float(row["uppercl"])
    for name in row.index:
        if level := re.fullmatch(r"lower(\d+)_(\d+)cl", str(name)):
            part = f"{level[1]}_{level[2]}cl"
            yield float(f"{level[1]}.{level[2]}") / 100, float(row[f"lower{part}"]), float(row[f"upper{part}"])


def no_method(name: str, reason: str) -> Block:
    """A block that is skipped, with the reason."""

    def skip() -> Iterable[Pair]:
        raise NoMethod(reason)

    return Block(name, skip)
