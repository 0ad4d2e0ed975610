"""Pseudonyms made from the seed and a counter by a mixing hash, many at a time."""

import hashlib

import numpy as np
import pyarrow as pa

# Base32: without the digits 0 and 1 no pseudonym can hold a month, so none can look like an identity number.
ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)
HALF = 13
SHIFTS = (5 * np.arange(HALF - 1, -1, -1)).astype(np.uint64)


def pseudonyms(seed: int, kind: str, counters: np.ndarray, *, within: np.ndarray | None = None) -> pa.Array:
    """One 26-character text per counter, unique among counters of the same `kind` (and the same `within`, such as the
    vårdgivare, outside which the same counter gets another text)."""
    keys = np.frombuffer(hashlib.blake2b(f"{seed}:{kind}".encode(), digest_size=16).digest(), dtype="<u8")
    high = _mixed(counters.astype(np.uint64) + keys[0])
    if within is not None:
        high = _mixed(high ^ _mixed(within.astype(np.uint64) + keys[1]))
    low = _mixed(high ^ keys[1])
    letters = np.concatenate([_letters(high), _letters(low)], axis=1)
    return fixed_width(letters.tobytes(), 2 * HALF, len(counters))


def fixed_width(data: bytes, width: int, count: int) -> pa.Array:
    """Texts of equal length as an Arrow array, without a Python object for each."""
    offsets = np.arange(count + 1, dtype=np.int32) * width
    return pa.Array.from_buffers(pa.string(), count, [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data)])


def _letters(words: np.ndarray) -> np.ndarray:
    return ALPHABET[((words[:, None] >> SHIFTS) & np.uint64(31)).astype(np.intp)]


def _mixed(words: np.ndarray) -> np.ndarray:
    """A bijection on 64 bits in which every input bit moves about half of the output bits (SplitMix64, Steele 2014)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
