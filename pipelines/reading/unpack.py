"""Unpacks gzip into a file, to a size that is agreed beforehand."""

import gzip
import zlib
from pathlib import Path

from pipelines.reading.unreadable import Unreadable

BLOCK = 1 << 20


def unpacked(path: Path, out: Path, largest: int) -> Path:
    """The content in `out`. Raises Unreadable when it is damaged, cut off or larger than `largest` bytes."""
    size = 0
    try:
        with gzip.open(path) as source, out.open("wb") as target:
            while block := source.read(BLOCK):
                size += len(block)
                if size > largest:
                    raise Unreadable("filen är orimligt stor uppackad")
                target.write(block)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable("komprimeringen (.gz) är skadad eller avkortad") from None
    return out
