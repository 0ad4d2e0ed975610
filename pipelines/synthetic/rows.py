"""Rows as arrays of one length, by name: a data frame without its index, its blocks and their copies."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Rows = dict[str, NDArray]


def size(rows: Rows) -> int:
    """How many rows there are."""
    return len(next(iter(rows.values())))


def take(rows: Rows, places: NDArray) -> Rows:
    """Some of the rows, or some of them again: by place, or by a mask."""
    return {name: column[places] for name, column in rows.items()}


def joined(parts: Sequence[Rows]) -> Rows:
    """Rows of the same columns after each other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def in_order(first: Ints, second: Ints) -> Ints:
    """Places sorted by `first` (not negative), then by `second`, then as they were. One sort of one whole number per row
    that holds all three is several times as fast as a sort by keys."""
    if not len(first):
        return np.zeros(0, dtype=np.int64)
    low = int(second.min())
    key = first.astype(np.int64) * (int(second.max()) - low + 1) + (second - low)
    key = key * len(key) + np.arange(len(key))
    key.sort()
    return key % len(key)
