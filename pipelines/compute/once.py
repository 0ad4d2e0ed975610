"""What is told of durations and distributions is told once: two versions of a curve, or of a median, differ by the days of
those few whose certificates were corrected or came late."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schemas.marginal import NO_DAY
from schemas.measure import AnyMeasure, told_once
from schemas.tables import PUBLISHED

# tables with figures that are no counts
ONCE = (
    "varde", "skillnad", "uppdelning", "tratt", "kurva", "kurvtal", "kurvskillnad", "gradskillnad", "landmark",
    "landmarkskillnad",
)  # fmt: skip
SLICE = ["matt_id", "period"]
DECIDED = ("tal", "dolt")


def once(table: str, rows: pd.DataFrame, before: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The `rows` of a published table as they may be told after those of earlier releases (`before`): a figure that was told
    or hidden is so again, and what was told of nobody's then is hidden for good: a curve gets new points only after the last
    day that any place had in its cohort, and a distribution none. Places that are new, and figures that could not be
    computed then, are told now."""
    own = before[before["matt_id"].isin(rows["matt_id"].unique()) & before["enhet_id"].isin(nodes["enhet_id"])]
    if own.empty:
        return rows
    keys = list(PUBLISHED[table].unique or ())
    stands = own[own["utfall"].isin(DECIDED)]
    seen = _in(rows, own, SLICE)
    open_ = ~_in(rows, own, [*SLICE, "enhet_id"]) | _in(rows, own[~own["utfall"].isin(DECIDED)], keys)
    if "dag" in rows:
        reached = own.groupby(SLICE)["dag"].max().rename("natt").reset_index()
        last = rows[SLICE].merge(reached, on=SLICE, how="left")["natt"].to_numpy(dtype=float)
        open_ |= rows["dag"].to_numpy() > np.nan_to_num(last, nan=np.inf)
    fresh = rows[(~seen | open_) & ~_in(rows, stands, keys)]
    told = pd.concat([stands[rows.columns].astype(rows.dtypes.to_dict()), fresh], ignore_index=True)
    return _without_silence(told, keys).sort_values(keys, ignore_index=True) if table == "kurva" else told


def earliest(found: list[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    """Of the rows of releases (the oldest first) the first that told or hid each figure, or else the last."""
    every = pd.concat(found, ignore_index=True)
    decided = every["utfall"].isin(DECIDED)
    first = every[decided].drop_duplicates(keys)
    other = every[~decided].drop_duplicates(keys, keep="last")
    return pd.concat([first, other[~_in(other, first, keys)]], ignore_index=True)


def of_measures(rows: pd.DataFrame, measures: Mapping[str, AnyMeasure]) -> pd.DataFrame:
    """The rows of the measures whose figures are told once."""
    return rows[rows["matt_id"].isin([name for name, one in measures.items() if told_once(one)])]


def _in(rows: pd.DataFrame, among: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Which rows have the keys of a row of the others."""
    there = among[keys].drop_duplicates().assign(finns=True)
    return rows[keys].merge(there, on=keys, how="left")["finns"].eq(True).to_numpy()


def _without_silence(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Without the row of a hidden curve where some day of it is told of."""
    at = [name for name in keys if name not in ("dag", "orsak_id")]
    silent = rows["dag"].eq(NO_DAY) & rows["utfall"].eq("dolt")
    return rows[~(silent & _in(rows, rows[~silent], at))]
