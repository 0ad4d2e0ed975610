"""Quarters that are published nowhere, but follow from twelve months that end with every quarter: flows in groups, and what
is told for twelve months only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.disclosure.overlapping import SEASONS, quarters_of
from schemas.dimensions import NO_BREAKDOWN
from schemas.measure import Count, Counted, Time

Mask = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class _Cells:
    """What is asked of the cells, in whole numbers: `table` is the place and sex, and `quarter` the last of the period."""

    table: Places
    group: Places
    quarter: Places
    antal: NDArray[np.float64]
    known: Mask
    harmless: Mask


def told_quarters(
    cells: pd.DataFrame, measures: Mapping[str, Count], known: Mask, harmless: Mask, threshold: int
) -> Mask:
    """The windows, of those that are `known`, that together tell a quarter closer than the threshold which may have fewer.
    `cells` (KEYS, antal) are all cells of measures that lie within each other, and the differences of these; a zero is
    `harmless` where it tells nothing about anybody."""
    found = np.zeros(len(cells), dtype=bool)
    if cells.empty:
        return found
    measure, names = pd.factorize(cells["matt_id"])
    split, splits = pd.factorize(cells["indelning"])
    coded = _coded(cells, known, harmless)
    flows = np.array([_is_flow(measures[name.split("-")[-1]]) for name in names])[measure]
    years = np.flatnonzero(flows & cells["periodtyp"].eq("r12").to_numpy())
    undivided = (splits == NO_BREAKDOWN)[split]
    quarters = np.flatnonzero(flows & undivided & cells["periodtyp"].eq("kvartal").to_numpy())
    by_quarter = dict(_apart(quarters, measure))
    for number, windows in _apart(years, measure * len(splits) + split):
        whole = by_quarter.get(number // len(splits), quarters[:0])
        if not (whole.size and undivided[windows[0]]):
            _tell(found, coded, windows, whole, threshold)
    return found


def _is_flow(measure: Count) -> bool:
    """Of a difference: it lies in time as the part that is subtracted."""
    return measure.time is Time.FLOW and measure.counted is not Counted.PERSONS


def _coded(cells: pd.DataFrame, known: Mask, harmless: Mask) -> _Cells:
    sex, sexes = pd.factorize(cells["kon"])
    month, months = pd.factorize(cells["period"])
    quarter = np.array([int(one[:4]) * SEASONS + int(one[5:]) // 3 for one in months], dtype=np.intp)
    return _Cells(
        table=pd.factorize(cells["enhet_id"])[0] * len(sexes) + sex, group=pd.factorize(cells["grupp"])[0],
        quarter=quarter[month], antal=cells["antal"].to_numpy(dtype=float), known=known, harmless=harmless,
    )  # fmt: skip


def _apart(rows: Places, of: Places) -> Iterator[tuple[int, Places]]:
    """The rows of each number that they are `of`."""
    ordered = rows[np.argsort(of[rows], kind="stable")]
    for part in np.split(ordered, np.flatnonzero(np.diff(of[ordered])) + 1):
        if part.size:
            yield int(of[part[0]]), part


def _tell(found: Mask, cells: _Cells, windows: Places, quarters: Places, threshold: int) -> None:
    """Mark in `found` the windows of one breakdown of one measure."""
    tables, table = np.unique(cells.table[windows], return_inverse=True)
    groups, group = np.unique(cells.group[windows], return_inverse=True)
    first = int(cells.quarter[windows].min())
    row = np.full((tables.size, groups.size, int(cells.quarter[windows].max()) - first + 1), -1)
    row[table, group, cells.quarter[windows] - first] = windows
    whole = np.full((tables.size, row.shape[-1] + SEASONS - 1), np.nan)
    place = np.searchsorted(tables, cells.table[quarters])
    at = cells.quarter[quarters] - first + SEASONS - 1
    there = (tables[np.minimum(place, tables.size - 1)] == cells.table[quarters]) & cells.known[quarters]
    there &= (at >= 0) & (at < whole.shape[-1])
    whole[place[there], at[there]] = cells.antal[quarters[there]]
    seen: Mask = (row >= 0) & cells.known[row]
    for begin, end in _runs(seen):
        inside: Mask = np.all(seen[..., begin:end], axis=-1)
        some = np.flatnonzero(np.any(inside, axis=1))
        inside, of_run = inside[some], row[some, :, begin:end]
        antal = np.where(inside[..., None], cells.antal[of_run], 0.0)
        bounds = quarters_of(antal, inside, whole[some, begin : end + SEASONS - 1])
        close = (bounds.greatest - bounds.least < threshold) & (bounds.least < threshold)
        close &= ~(np.any(cells.harmless[of_run], axis=-1, keepdims=True) & (bounds.greatest == 0))
        told = np.any(close, axis=-1) & np.any(antal, axis=-1) & inside
        found[of_run[told]] = True


def _runs(seen: Mask) -> Iterator[tuple[int, int]]:
    """(first, after the last) of every run of windows that some series has, and does not have longer."""
    flat = seen.reshape(-1, seen.shape[-1])
    edges = np.diff(np.pad(flat, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    first, last = (np.argwhere(edges == step) for step in (1, -1))
    yield from sorted(set(zip(first[:, 1].tolist(), last[:, 1].tolist(), strict=True)))
