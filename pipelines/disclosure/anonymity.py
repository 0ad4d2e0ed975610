"""k-anonymity: makes a frame of cases coarser, in a fixed order, until nobody stands out among fewer than k persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Hierarchy = Mapping[str, Sequence[str]]
Levels = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Cases that look alike: `k` persons in the smallest class (0 when there is none) and the number of classes."""

    k: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Anonymous:
    """`levels` says how coarse each quasi-identifier became (0 = as it was). `rows` are the kept cases with the quasi-
    identifiers under their own names, without person, in an order that tells nothing; `suppressed` cases are left out."""

    rows: pd.DataFrame
    levels: Levels
    suppressed: int
    before: Classes
    after: Classes


def anonymise(
    cases: pd.DataFrame,
    hierarchy: Hierarchy,
    *,
    person: str,
    order: Sequence[str],
    values: Sequence[str],
    k: int,
    most_suppressed: float,
) -> Anonymous:
    """Cases in which every class has at least `k` distinct persons (Samarati 2001: full-domain generalisation with
    suppression; persons are counted, not cases).

    `hierarchy` names for each quasi-identifier its columns from fine to coarse, each a function of the one before.
    Cases that are still in too small classes at the chosen levels are left out."""
    levels = enough(cases, hierarchy, person=person, order=order, k=k, most_suppressed=most_suppressed)
    columns = _columns(hierarchy, levels)
    kept = cases[persons_in_class(cases, columns, person) >= k]
    return Anonymous(
        rows=_shown(kept, hierarchy, columns, values),
        levels=levels,
        suppressed=len(cases) - len(kept),
        before=_classes(cases, _columns(hierarchy, dict.fromkeys(hierarchy, 0)), person),
        after=_classes(kept, columns, person),
    )


def enough(
    cases: pd.DataFrame, hierarchy: Hierarchy, *, person: str, order: Sequence[str], k: int, most_suppressed: float
) -> Levels:
    """The levels at which at most the share `most_suppressed` of the cases is in classes of fewer than `k` persons.

    Columns become one level coarser at a time in `order` until that holds or `order` has ended; then the steps that
    turned out not to be needed are taken back, the last first. What is coarser never has smaller classes, so no choice
    that is nowhere coarser than the answer would do."""

    def suffices(levels: Levels) -> bool:
        small = persons_in_class(cases, _columns(hierarchy, levels), person) < k
        return bool(small.sum() <= most_suppressed * len(cases))

    levels: Levels = dict.fromkeys(hierarchy, 0)
    taken: list[str] = []
    for name in order:
        if suffices(levels):
            break
        levels[name] += 1
        taken.append(name)
    for name in reversed(taken):
        finer = levels | {name: levels[name] - 1}
        levels = finer if suffices(finer) else levels
    return levels


def persons_in_class(cases: pd.DataFrame, columns: Sequence[str], person: str) -> NDArray[np.int64]:
    """For every case the number of distinct persons in its class; absent values are alike."""
    if cases.empty:
        return np.zeros(0, dtype=np.int64)
    return _grouped(cases, columns)[person].transform("nunique").to_numpy(dtype=np.int64)


def least_diverse(rows: pd.DataFrame, columns: Sequence[str], value: str) -> int:
    """l: the fewest different values of `value` in a class; 0 when there is no class. With 1, everybody in some class
    has the same, and who knows that a person is in it knows the value."""
    if rows.empty:
        return 0
    return int(_grouped(rows, columns)[value].nunique(dropna=False).min())


def _columns(hierarchy: Hierarchy, levels: Levels) -> list[str]:
    return [hierarchy[name][level] for name, level in levels.items()]


def _grouped(cases: pd.DataFrame, columns: Sequence[str]) -> "pd.api.typing.DataFrameGroupBy":
    # two quasi-identifiers at the level of everybody are the same column
    return cases.groupby(list(dict.fromkeys(columns)), dropna=False, sort=False)


def _classes(cases: pd.DataFrame, columns: Sequence[str], person: str) -> Classes:
    if cases.empty:
        return Classes(k=0, number=0)
    sizes = _grouped(cases, columns)[person].nunique()
    return Classes(k=int(sizes.min()), number=len(sizes))


def _shown(kept: pd.DataFrame, hierarchy: Hierarchy, columns: Sequence[str], values: Sequence[str]) -> pd.DataFrame:
    """Built anew, column by column, so that nothing else comes along; sorted by all it shows, so that the order in
    which persons or cases were numbered is gone."""
    shown = {name: kept[column] for name, column in zip(hierarchy, columns, strict=True)}
    rows = pd.DataFrame(shown | {name: kept[name] for name in values})
    return rows.sort_values(list(rows.columns), kind="stable").reset_index(drop=True)
