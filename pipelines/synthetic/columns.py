"""Columns of text made without a Python object per row: from codes into a short list, or from fixed-width bytes."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.synthetic.rows import Ints

FIRST_DAY = np.datetime64("1990-01-01")
DAYS = np.datetime_as_string(np.arange(FIRST_DAY, np.datetime64("2100-01-01")))
DAY_BYTES = DAYS.astype("S10")
DAY_VALUES = pa.array(DAYS)
SECOND_BYTES = np.array([f"T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in range(24 * 3600)], dtype="S9")
LETTERS = np.frombuffer(b"abcdefghijklmnop", dtype=np.uint8)
BASE32 = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)
# every text of four letters for 16 bits, and of two characters of base 32 for 10, each read as one number
FOUR = LETTERS[np.arange(2**16)[:, None] >> np.array([12, 8, 4, 0]) & 15].view(np.uint32).ravel()
TWO = BASE32[np.arange(2**10)[:, None] >> np.array([0, 5]) & 31].view(np.uint16).ravel()
INSTANT = np.dtype([("day", "S10"), ("second", "S9")])
IDENTITY = np.dtype([("prefix", "S1"), ("high", "u4"), ("middle", "u4"), ("low", "u4")])
# the constants of splitmix64, a mixing function that maps 64 bits one to one (Steele, Lea and Flood 2014)
STEP, FIRST_MIX, SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def coded(values: Sequence[str], codes: NDArray) -> pa.DictionaryArray:
    """The text values[code] of every row."""
    if len(set(values)) < len(values):
        unique, place = np.unique(values, return_inverse=True)
        values, codes = unique.tolist(), place[codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32, copy=False)), pa.array(values, pa.string()))


def same(value: str, rows: int) -> pa.DictionaryArray:
    """One text in every row."""
    return coded([value], np.zeros(rows, dtype=np.int32))


def numbers(values: NDArray, most: int) -> pa.DictionaryArray:
    """Whole numbers from 0 to `most`, as text."""
    return coded([str(value) for value in range(most + 1)], values)


def days(zero: np.datetime64, values: Ints) -> pa.DictionaryArray:
    """Days as ÅÅÅÅ-MM-DD; they are counted from `zero`."""
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    texts = DAY_VALUES.slice(_since(zero) + low, high - low + 1)
    return pa.DictionaryArray.from_arrays(pa.array((values - low).astype(np.int32, copy=False)), texts)


def instants(zero: np.datetime64, values: Ints, second: Ints) -> pa.StringArray:
    """A day (counted from `zero`) and a second of it as ÅÅÅÅ-MM-DDTtt:mm:ss."""
    text = np.empty(len(values), INSTANT)
    text["day"], text["second"] = DAY_BYTES.take(_since(zero) + values), SECOND_BYTES.take(second)
    return _fixed(text)


def _since(zero: np.datetime64) -> int:
    return int((zero - FIRST_DAY).astype(int))


def identities(prefix: str, values: Ints) -> pa.StringArray:
    """One short letter-only id per number: without digits it can never be taken for a personal identity number."""
    text = np.empty(len(values), IDENTITY)
    text["prefix"] = prefix
    for part, bits in (("high", 32), ("middle", 16), ("low", 0)):
        text[part] = FOUR.take(values >> bits & 0xFFFF)
    return _fixed(text)


def pseudonyms(values: Ints, seed: int) -> pa.StringArray:
    """26 characters of base 32 per number, as a keyed pseudonym looks: one to one, and without the digits 0 and 1, so
    that no month, and therefore no identity number, can occur in them."""
    first = _mixed(values.astype(np.uint64), seed)
    second = _mixed(first, seed + 1)
    text = np.empty((len(values), 13), dtype=np.uint16)
    for at in range(6):
        text[:, at], text[:, 7 + at] = TWO[_bits(first, 10 * at, 10)], TWO[_bits(second, 5 + 10 * at, 10)]
    text[:, 6] = TWO[_bits(first, 60, 4) | _bits(second, 0, 5) << np.uint64(5)]
    return _fixed(text)


def _bits(values: NDArray[np.uint64], place: int, count: int) -> NDArray[np.uint64]:
    return values >> np.uint64(place) & np.uint64(2**count - 1)


def _mixed(values: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    mixed = values + np.uint64((seed * STEP + STEP) % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(FIRST_MIX)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(SECOND_MIX)
    return mixed ^ (mixed >> np.uint64(31))


def _fixed(text: NDArray) -> pa.StringArray:
    """Rows of one width, whatever they are made of, as text."""
    rows, width = len(text), text.nbytes // max(1, len(text))
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32) if width else np.zeros(1, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(text))
