"""Writes extracts as a sender would: files that grow chunk by chunk, and leverans.toml with control totals."""

import hashlib
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from pipelines.synthetic.parameters import SENDER

MONTH_OF = {
    "intyg": "fran", "koordinering": "datum", "meddelanden": "datum", "listade": "manad", "bemanning": "manad",
}  # fmt: skip
FORMATS = ("csv", "parquet")
WAITING = 2
# in small batches the rows being written stay in the processor's cache: four times as fast as in large ones
CSV = {"delimiter": ";", "quoting_style": "needed", "batch_size": 1024}
# readers here read whole files, so statistics to skip by would be computed for nobody
PARQUET = {"compression": "zstd", "compression_level": 1, "write_statistics": False}
BUFFER = 2**20  # bytes that are written at a time: each time waits for the thread that draws


class _Hashed:
    """A file that remembers the hash of what was written, so that it need not be read again."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = path.open("wb")
        self.hash = hashlib.sha256()
        self.closed = False

    def write(self, block: bytes) -> int:
        self.hash.update(block)
        return self.file.write(block)

    def flush(self) -> None:
        self.file.flush()

    def close(self) -> None:
        self.file.close()
        self.closed = True


class _Writer(Protocol):
    def write_table(self, table: pa.Table) -> None: ...
    def close(self) -> None: ...


class _Growing:
    """One extract: its file, and how many rows of every unit and month it holds."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.rows, self.totals = path, 0, dict[str, Counter[str]]()
        self.file = _Hashed(path)
        self.sink = pa.BufferedOutputStream(pa.PythonFile(self.file, "w"), BUFFER)
        self.schema = pa.schema([(name, pa.string()) for name in schema.names])
        self.writer: _Writer
        if path.suffix == ".csv":
            self.writer = pa.csv.CSVWriter(self.sink, self.schema, write_options=pa.csv.WriteOptions(**CSV))
        else:
            self.schema = schema
            repeated = [field.name for field in schema if pa.types.is_dictionary(field.type)]
            self.writer = pa.parquet.ParquetWriter(self.sink, schema, use_dictionary=repeated, **PARQUET)

    def counted(self, table: pa.Table, time: str | None) -> pa.Table:
        """The rows as they will be written, now part of the totals."""
        if time is not None:
            self._count(table["enhet_id"], table[time])
        self.rows += len(table)
        return table.cast(self.schema)

    def write(self, table: pa.Table) -> None:
        self.writer.write_table(table)

    def _count(self, units: pa.ChunkedArray, times: pa.ChunkedArray) -> None:
        unit, names = _codes(units)
        time, texts = _codes(times)
        months, month = np.unique([text[:7] for text in texts], return_inverse=True)
        per_cell = np.bincount(unit * len(months) + month[time], minlength=len(names) * len(months))
        for name, row in zip(names, per_cell.reshape(len(names), len(months)), strict=True):
            some = np.flatnonzero(row)
            seen = dict(zip(months[some].tolist(), row[some].tolist(), strict=True))
            self.totals.setdefault(name, Counter()).update(seen)

    def kontroll(self) -> list[str]:
        """Lines "ENHET|ÅÅÅÅ-MM" = rows."""
        cells = [(f"{name}|{month}", count) for name, months in self.totals.items() for month, count in months.items()]
        return [f'"{key}" = {count}' for key, count in sorted(cells)]

    def close(self) -> str:
        self.writer.close()
        self.sink.close()
        return self.file.hash.hexdigest()


class Extracts:
    """The growing files of one delivery; remembers rows and control totals, never the rows themselves. Files are
    written by a thread of their own, in order, while the next rows are drawn; at most WAITING tables wait for it."""

    def __init__(self, folder: Path, form: str = "csv") -> None:
        if form not in FORMATS:
            raise ValueError(f"refused: the format is not one of {', '.join(FORMATS)}")
        self.folder, self.form = folder, form
        self.growing: dict[str, _Growing] = {}
        self.writer = ThreadPoolExecutor(max_workers=1)
        self.waiting: deque[Future[None]] = deque()
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, extract: str, table: pa.Table) -> None:
        """Append rows; the first table of an extract decides its columns. An extract without rows gets no file."""
        if not len(table):
            return
        if extract not in self.growing:
            self.growing[extract] = _Growing(self.folder / f"{extract}.{self.form}", table.schema)
        growing = self.growing[extract]
        ready = growing.counted(table, MONTH_OF.get(extract))
        self.waiting.append(self.writer.submit(growing.write, ready))
        while len(self.waiting) > WAITING:
            self.waiting.popleft().result()

    def __enter__(self) -> "Extracts":
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the files, also when something failed half-way."""
        self.writer.shutdown(cancel_futures=True)
        for growing in self.growing.values():
            growing.sink.close()

    def close(self, first: date, last: date, *, kind: str = "fullstandig", made: date | None = None) -> None:
        """Write leverans.toml. The day it was made follows the period, so the same region is the same bytes."""
        while self.waiting:
            self.waiting.popleft().result()
        lines = [f'avsandare = "{SENDER}"', f'skapad = "{made or last}"', f'typ = "{kind}"', f'period_fran = "{first}"']
        lines += [f'period_till = "{last}"']
        for extract, growing in self.growing.items():
            lines += ["", f"[filer.{extract}]", f'fil = "{growing.path.name}"', f"rader = {growing.rows}"]
            lines += [f'sha256 = "{growing.close()}"']
            if growing.totals:
                lines += ["", f"[filer.{extract}.kontroll]", *growing.kontroll()]
        (self.folder / "leverans.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """(place in the list for every row, the texts that occur): a dictionary may be far longer than what is used of it."""
    whole = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    array = whole.combine_chunks()
    codes = array.indices.to_numpy()
    occurs = np.bincount(codes, minlength=len(array.dictionary)) > 0
    return (np.cumsum(occurs) - 1)[codes], array.dictionary.filter(pa.array(occurs)).to_pylist()
