"""Columns of text made without a Python object per row: from codes into a short list, or from fixed-width bytes."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
FIRST_DAY = np.datetime64("1990-01-01")
ALL_DAYS = np.arange(FIRST_DAY, np.datetime64("2100-01-01"))
DAY_TEXTS = np.datetime_as_string(ALL_DAYS)
DAY_VALUES = pa.array(DAY_TEXTS)
DAY_BYTES = DAY_TEXTS.astype("S10").view(np.uint8).reshape(-1, 10)
LETTERS = np.frombuffer(b"abcdefghijklmnop", dtype=np.uint8)
BASE32 = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)
# the constants of splitmix64, a mixing function that maps 64 bits one to one (Steele, Lea and Flood 2014)
STEP, FIRST_MIX, SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def coded(values: Sequence[str], codes: NDArray) -> pa.DictionaryArray:
    """The text values[code] of every row."""
    if len(set(values)) < len(values):
        unique, place = np.unique(values, return_inverse=True)
        values, codes = unique.tolist(), place[codes]
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(codes, dtype=np.int32)), pa.array(values, pa.string()))


def same(value: str, rows: int) -> pa.DictionaryArray:
    """One text in every row."""
    return coded([value], np.zeros(rows, dtype=np.int32))


def numbers(values: NDArray, most: int) -> pa.DictionaryArray:
    """Whole numbers from 0 to `most`, as text."""
    return coded([str(value) for value in range(most + 1)], values)


def days(values: NDArray[np.datetime64]) -> pa.DictionaryArray:
    """Days as ÅÅÅÅ-MM-DD."""
    codes = (values.astype("M8[D]") - FIRST_DAY).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(codes), DAY_VALUES)


def instants(values: NDArray[np.datetime64], second: Ints) -> pa.StringArray:
    """A day and a second of it as ÅÅÅÅ-MM-DDTtt:mm:ss."""
    text = np.empty((len(values), 19), dtype=np.uint8)
    text[:, :10] = DAY_BYTES[(values.astype("M8[D]") - FIRST_DAY).astype(np.int64)]
    text[:, 10], text[:, 13], text[:, 16] = ord("T"), ord(":"), ord(":")
    for at, part in ((11, second // 3600), (14, second // 60 % 60), (17, second % 60)):
        text[:, at], text[:, at + 1] = part // 10 + ord("0"), part % 10 + ord("0")
    return _fixed(text)


def identities(prefix: str, values: Ints) -> pa.StringArray:
    """One short letter-only id per number: without digits it can never be taken for a personal identity number."""
    text = np.empty((len(values), 1 + 12), dtype=np.uint8)
    text[:, 0] = ord(prefix)
    for at in range(12):
        text[:, 12 - at] = LETTERS[(values >> (4 * at)) & 15]
    return _fixed(text)


def pseudonyms(values: Ints, seed: int, rows: Ints | slice = slice(None)) -> pa.StringArray:
    """26 characters of base 32 per number, as a keyed pseudonym looks: one to one, and without the digits 0 and 1, so
    that no month, and therefore no identity number, can occur in them. `rows`: which of the numbers each row has."""
    text = np.empty((len(values), 26), dtype=np.uint8)
    first = _mixed(values.astype(np.uint64), seed)
    second = _mixed(first, seed + 1)
    for at in range(26):
        source = first if at < 13 else second
        text[:, at] = BASE32[(source >> np.uint64(5 * (at % 13))) & np.uint64(31)]
    return _fixed(text[rows])


def _mixed(values: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    mixed = values + np.uint64((seed * STEP + STEP) % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(FIRST_MIX)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(SECOND_MIX)
    return mixed ^ (mixed >> np.uint64(31))


def _fixed(text: NDArray[np.uint8]) -> pa.StringArray:
    """Rows of bytes of one width as text."""
    rows, width = text.shape
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text)))
