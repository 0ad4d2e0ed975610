"""Quarters that are published nowhere, but follow from twelve months that end with every quarter: flows in groups, and what
is told for twelve months only."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.disclosure.overlapping import SEASONS, quarters_of
from schemas.dimensions import NO_BREAKDOWN
from schemas.measure import Count, Counted, Time

Mask = NDArray[np.bool_]
PLACE = ["enhet_id", "kon"]


def told_quarters(
    cells: pd.DataFrame, measures: Mapping[str, Count], known: Mask, harmless: Mask, threshold: int
) -> Mask:
    """The windows, of those that are `known`, that together tell a quarter closer than the threshold which may have fewer.
    `cells` (KEYS, antal) are all cells of measures that lie within each other, and the differences of these; a zero is
    `harmless` where it tells nothing about anybody."""
    found = np.zeros(len(cells), dtype=bool)
    numbered = cells.assign(rad=np.arange(len(cells)))
    for name in cells["matt_id"].unique():
        measure = measures[name.split("-")[-1]]  # a difference lies in time as the part that is subtracted
        if measure.time is not Time.FLOW or measure.counted is Counted.PERSONS:
            continue
        own = numbered[numbered["matt_id"].eq(name)]
        quarters = own[own["periodtyp"].eq("kvartal") & own["indelning"].eq(NO_BREAKDOWN)]
        for split, windows in own[own["periodtyp"].eq("r12")].groupby("indelning", sort=False):
            if split != NO_BREAKDOWN or quarters.empty:
                _tell(found, windows, quarters, known, harmless, threshold)
    return found


def _tell(
    found: Mask, windows: pd.DataFrame, quarters: pd.DataFrame, known: Mask, harmless: Mask, threshold: int
) -> None:
    """Mark in `found` the windows of one breakdown of one measure."""
    every = pd.period_range(windows["period"].min(), windows["period"].max(), freq="M")[::3].astype(str)
    row = _placed(windows, every)
    seen: Mask = (row >= 0) & known[row]
    for first, last in _runs(seen):
        here: Mask = np.all(seen[..., first:last], axis=-1)
        tables = np.flatnonzero(np.any(here, axis=1))
        of_run, inside = row[tables, :, first:last], here[tables]
        antal = np.where(
            inside[..., None], windows["antal"].reindex(of_run.ravel()).to_numpy().reshape(of_run.shape), 0.0
        )
        whole = _whole(windows, quarters, known, every[first], antal.shape[-1] + SEASONS - 1)[tables]
        bounds = quarters_of(antal, inside, whole)
        close = (bounds.greatest - bounds.least < threshold) & (bounds.least < threshold)
        close &= ~(np.any(harmless[of_run], axis=-1, keepdims=True) & (bounds.greatest == 0))
        told = np.any(close, axis=-1) & np.any(antal, axis=-1) & inside
        found[of_run[told]] = True


def _placed(windows: pd.DataFrame, periods: pd.Index) -> NDArray[np.intp]:
    """The rows of the windows by table (place and sex), group and period; −1 where there is none."""
    table = windows.groupby(PLACE, sort=True).ngroup().to_numpy()
    group, names = pd.factorize(windows["grupp"])
    row = np.full((table.max() + 1, len(names), len(periods)), -1)
    row[table, group, periods.get_indexer(windows["period"])] = windows["rad"]
    return row


def _whole(windows: pd.DataFrame, quarters: pd.DataFrame, known: Mask, first: str, count: int) -> NDArray[np.float64]:
    """What is known of the whole in the quarters of windows of which the first ends with `first`: [table, quarter]."""
    begin = pd.Period(first, "M") - 3 * (SEASONS - 1)
    wanted = [str(begin + 3 * at) for at in range(count)]
    told = quarters[known[quarters["rad"]]]
    wide = told.pivot(index=PLACE, columns="period", values="antal")
    tables = windows[PLACE].drop_duplicates().sort_values(PLACE)
    return wide.reindex(index=pd.MultiIndex.from_frame(tables), columns=wanted).to_numpy(dtype=float)


def _runs(seen: Mask) -> Iterator[tuple[int, int]]:
    """(first, after the last) of every run of windows that some series has, and does not have longer."""
    flat = seen.reshape(-1, seen.shape[-1])
    edges = np.diff(np.pad(flat, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    first, last = (np.argwhere(edges == step) for step in (1, -1))
    yield from sorted(set(zip(first[:, 1].tolist(), last[:, 1].tolist(), strict=True)))
