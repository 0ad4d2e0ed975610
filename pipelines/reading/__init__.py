"""Reads a delivered file, whatever it is, as text: every cell as it stands, in a process of its own with limits.

The files come from others and may be damaged, or made to do damage. The process that opens them knows neither contract nor
warehouse, may use so much memory, time and disk, and leaves one file of texts behind (and nothing when it is stopped).
"""

from pipelines.reading.apart import SILENT, Content, Limits, all_rows, first_rows, read
from pipelines.reading.headings import plain
from pipelines.reading.kinds import SUFFIXES, suffix_of
from pipelines.reading.unreadable import Unreadable

__all__ = [
    "SILENT",
    "SUFFIXES",
    "Content",
    "Limits",
    "Unreadable",
    "all_rows",
    "first_rows",
    "plain",
    "read",
    "suffix_of",
]
