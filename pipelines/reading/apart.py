"""What the rest of the pipelines asks of the process that reads files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipelines.reading import separated
from pipelines.reading.kinds import CSV, XLSX, is_packed, suffix_of
from pipelines.reading.process import ask
from pipelines.reading.text import encoding_of
from pipelines.reading.unreadable import Unreadable

SILENT: Callable[[int, int], None] = lambda done, total: None  # noqa: E731
MOST_ROWS = 200_000  # of a file that is read whole into memory


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What reading one file may take: bytes of memory, seconds of a processor and by the clock, bytes unpacked."""

    memory: int = 2 << 30
    seconds: int = 3600
    expanded: int = 40 << 30
    threads: int = 2
    database_memory: str = "700MB"


@dataclass(frozen=True, kw_only=True)
class Content:
    """The texts of a file: a Parquet file with c0, c1 … in the order of `header`, which stands in row `at` (the first is
    1). The rows follow each other after it, or say which they are in rad_nr where some are left out (`numbered`). `tidy`: no
    cell has white space round it."""

    texts: Path
    header: tuple[str, ...]
    at: int
    tidy: bool
    numbered: bool
    encoding: str
    delimiter: str


def read(
    path: Path,
    folder: Path,
    *,
    known: set[str],
    counted: bool,
    limits: Limits,
    tell: Callable[[int, int], None] = SILENT,
) -> Content:
    """Read the file into the folder. `known` are headings in their plain spelling, to find the header by; `counted`: the
    sender has said how many rows there are, so that a last line without end proves nothing. `tell` hears of rows
    read, of about how many. Raises Unreadable."""
    out = folder / "texts.parquet"
    answer = _ask(
        {"path": str(path), "out": str(out), "folder": str(folder), "known": sorted(known), "counted": counted},
        limits,
        tell,
    )
    return Content(
        texts=out, header=tuple(answer["header"]), at=answer["at"], tidy=answer["tidy"], numbered=answer.get("numbered", False),
        encoding=answer["encoding"], delimiter=answer["delimiter"],
    )  # fmt: skip


def first_rows(path: Path, most: int, limits: Limits | None = None) -> list[list[str]]:
    """The first rows as texts, to recognise a file by; none where they cannot be read. A workbook is opened by the other
    process; of a text file only as much as the rows need is read, here."""
    try:
        if suffix_of(path) == XLSX:
            with TemporaryDirectory(prefix="sjukvy-") as folder:
                asked = {"path": str(path), "folder": folder, "most": most}
                return _ask(asked, limits or Limits())["rows"]
        if suffix_of(path) == CSV and not is_packed(path):
            _, *rows = separated.top(path, encoding_of(path))
            return rows[:most]
    except (Unreadable, OSError, UnicodeError):
        pass
    return []


def all_rows(path: Path, limits: Limits) -> list[list[str]]:
    """Every row of a small file as texts, the ones above the header too. Raises Unreadable."""
    with TemporaryDirectory(prefix="sjukvy-") as folder:
        return _ask({"path": str(path), "folder": folder, "most": MOST_ROWS}, limits)["rows"]


def _ask(asked: dict[str, Any], limits: Limits, tell: Callable[[int, int], None] = SILENT) -> dict[str, Any]:
    return ask(
        asked | {
            "memory": limits.memory, "seconds": limits.seconds, "expanded": limits.expanded, "threads": limits.threads,
            "database_memory": limits.database_memory,
        },
        limits.seconds, tell,
    )  # fmt: skip
