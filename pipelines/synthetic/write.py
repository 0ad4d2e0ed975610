"""Writes extracts as a sender would: text files that grow unit by unit, and leverans.toml with control totals."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from pipelines.synthetic.parameters import SENDER

MONTH_OF = {
    "intyg": "fran", "koordinering": "datum", "meddelanden": "datum", "listade": "manad", "bemanning": "manad",
}  # fmt: skip
OPTIONS = {"delimiter": ";", "quoting_style": "needed"}


class Extracts:
    """The growing files of one delivery; remembers rows and control totals, never the rows themselves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: Counter[str] = Counter()
        self.totals: dict[str, Counter[str]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, extract: str, frame: pd.DataFrame) -> None:
        """Append rows; the first frame of an extract writes the header. An extract without rows gets no file."""
        if frame.empty:
            return
        path = self.folder / f"{extract}.csv"
        new = extract not in self.rows
        text = pa.Table.from_pandas(frame.astype("string"), preserve_index=False)
        with path.open("wb" if new else "ab") as file:
            pa.csv.write_csv(text, file, pa.csv.WriteOptions(include_header=new, **OPTIONS))
        self.rows[extract] += len(frame)
        if extract in MONTH_OF:
            keys = frame["enhet_id"].astype(str) + "|" + frame[MONTH_OF[extract]].astype(str).str.slice(0, 7)
            self.totals.setdefault(extract, Counter()).update(keys)

    def close(self, first: date, last: date) -> None:
        """Write leverans.toml. The day it was made follows the period, so the same region is the same bytes."""
        lines = [
            f'avsandare = "{SENDER}"',
            f'skapad = "{last}"',
            'typ = "fullstandig"',
            f'period_fran = "{first}"',
            f'period_till = "{last}"',
        ]
        for extract in self.rows:
            path = self.folder / f"{extract}.csv"
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            lines += ["", f"[filer.{extract}]", f'fil = "{path.name}"', f"rader = {self.rows[extract]}"]
            lines += [f'sha256 = "{digest}"']
            if extract in self.totals:
                lines += ["", f"[filer.{extract}.kontroll]"]
                lines += [f'"{key}" = {count}' for key, count in sorted(self.totals[extract].items())]
        (self.folder / "leverans.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
