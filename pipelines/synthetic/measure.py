"""Measures a delivery as published statistics are made: sjukfall from certificates, paid ones (over 14 days), stock.

Written without the warehouse, so that it also is a second opinion on the generator."""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from pipelines.synthetic.lengths import PAID

GAP = 5
KNOWN = 8  # days before the last one from which an end is not yet certain: the gap, and the days until signing
SETTLING = 30  # a case is known as paid, or not, when so many days have followed its start
YEARS_AHEAD = 5
COLUMNS = (
    "intyg_id", "period_nr", "handelse", "kand_fran", "patient_id", "vardgivare_id", "typ", "fran", "tom", "grad",
    "diagnos", "kon",
)  # fmt: skip
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`cases`: kon, kod (three characters), grad, start, end (days; certified), one row per sjukfall. `people`: listade
    18–67 by month (index) and sex (columns K, M). `sizes`: listade of all ages per unit. `first`, `last`: the period."""

    cases: pd.DataFrame
    people: pd.DataFrame
    sizes: np.ndarray
    first: np.datetime64
    last: np.datetime64

    @property
    def paid(self) -> pd.DataFrame:
        """Cases of more than 14 days that started within the period and had time to show it."""
        length = (self.cases["end"] - self.cases["start"]).dt.days + 1
        start = self.cases["start"]
        known = (start > self.first + GAP * DAY) & (start <= self.last - SETTLING * DAY)
        return self.cases[known & (length > PAID)]

    @property
    def months(self) -> list[str]:
        """Whole months whose starts are all known."""
        first = (self.first + GAP * DAY).astype("M8[M]") + 1
        end = (self.last - SETTLING * DAY + DAY).astype("M8[M]")
        return [str(month) for month in np.arange(first, end)]


def measure(folders: Sequence[Path]) -> Measured:
    """Read a delivery, and those that follow it. Raises ValueError where intyg or listade is missing."""
    listed = _newest(_read(folders, "listade", ()), ["enhet_id", "manad", "kon", "aldersgrupp"])
    antal = listed["antal"].astype(np.int64)
    working = listed["aldersgrupp"].str.extract(r"^(\d+)-\d+$")[0].fillna("0").astype(int).between(18, 67)
    people = antal[working].groupby([listed["manad"][working], listed["kon"][working]]).sum().unstack()
    at_end = listed["manad"] == listed["manad"].max()
    first, last = _period(folders, listed)
    return Measured(
        cases=_chain(_valid(_read(folders, "intyg", COLUMNS), last)), people=people, first=first, last=last,
        sizes=antal[at_end].groupby(listed["enhet_id"][at_end]).sum().to_numpy(),
    )  # fmt: skip


def _period(folders: Sequence[Path], listed: pd.DataFrame) -> tuple[np.datetime64, np.datetime64]:
    """The days that the sender states, else those of the months with listade."""
    manifest = folders[0] / "leverans.toml"
    if manifest.is_file():
        said = tomllib.loads(manifest.read_text(encoding="utf-8"))
        return np.datetime64(str(said["period_fran"])), np.datetime64(str(said["period_till"]))
    after = (np.datetime64(listed["manad"].max(), "M") + 1).astype("M8[D]")
    return np.datetime64(listed["manad"].min(), "M").astype("M8[D]"), after - DAY


def _read(folders: Sequence[Path], extract: str, columns: Sequence[str]) -> pd.DataFrame:
    """All rows of an extract as text; later folders later."""
    paths = [path for folder in folders for path in sorted(folder.glob(f"{extract}.*"))]
    if not paths:
        raise ValueError(f"refused: no file of {extract}")
    tables = [_table(path, columns) for path in paths]
    whole = pa.concat_tables(tables, promote_options="permissive")
    return whole.to_pandas(self_destruct=True)


def _table(path: Path, columns: Sequence[str]) -> pa.Table:
    if path.suffix == ".parquet":
        table = pa.parquet.read_table(path, columns=list(columns) or None)
        return table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    delimiter = max(";,\t", key=line.count)
    names = next(csv.reader([line.strip()], delimiter=delimiter))
    options = pa.csv.ConvertOptions(
        include_columns=list(columns) or names, column_types=dict.fromkeys(names, pa.string())
    )
    return pa.csv.read_csv(
        path, parse_options=pa.csv.ParseOptions(delimiter=delimiter), convert_options=options
    )  # fmt: skip


def _newest(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return rows.drop_duplicates(key, keep="last").reset_index(drop=True)


def _valid(rows: pd.DataFrame, last: np.datetime64) -> pd.DataFrame:
    """Certified periods as last known, without those that are revoked, impossible or left out by the national rule."""
    revoked = rows.loc[rows["handelse"] == "makulerat", "intyg_id"].unique()
    rows = rows[rows["typ"].isin(["FK7804", "FK7263"]) & ~rows["intyg_id"].isin(revoked)]
    for name in ("fran", "tom"):
        rows = rows.assign(**{name: pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce")})
    rows = rows[(rows["tom"] >= rows["fran"]) & rows["grad"].isin(["25", "50", "75", "100"])]
    rows = _newest(rows.sort_values("kand_fran", kind="stable"), ["intyg_id", "period_nr"])
    return rows[rows["tom"] <= pd.Timestamp(last) + pd.DateOffset(years=YEARS_AHEAD)]


def _chain(rows: pd.DataFrame) -> pd.DataFrame:
    """Periods of one patient within one vårdgivare with at most five free days between them are one sjukfall."""
    person = pd.factorize(rows["vardgivare_id"] + "|" + rows["patient_id"])[0]
    start = rows["fran"].to_numpy().astype("M8[D]").astype(np.int64)
    end = rows["tom"].to_numpy().astype("M8[D]").astype(np.int64)
    order = np.lexsort((start, person))
    person, start, end = person[order], start[order], end[order]
    base = person * 10**6  # so that the running maximum never crosses to the next person
    so_far = np.maximum.accumulate(end + base) - base
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (person[1:] != person[:-1]) | (start[1:] - so_far[:-1] > GAP + 1)
    heads = np.flatnonzero(begins)
    first = rows.iloc[order[heads]]
    ends = np.maximum.reduceat(end, heads) if len(heads) else end
    return pd.DataFrame(
        {
            "kon": first["kon"].to_numpy(), "kod": first["diagnos"].fillna("").str.slice(0, 3).to_numpy(),
            "grad": first["grad"].to_numpy(), "start": start[heads].astype("M8[D]"), "end": ends.astype("M8[D]"),
        }
    )  # fmt: skip
