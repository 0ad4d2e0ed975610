"""The sums among the cells of counting measures: sexes, groups, places and periods. What an attacker would subtract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from pipelines.compute.lattice import KEYS, below
from schemas.dimensions import BREAKDOWNS, NO_BREAKDOWN, WHOLE
from schemas.measure import Count, Counted, Time

Integers = NDArray[np.int64]
Places = NDArray[np.intp]
Parts = Sequence[Mapping[str, str]]  # of each part what of KEYS is another than in the total
SEXES: Parts = tuple({"kon": sex} for sex in ("K", "M", "okand"))
MADE_OF = {"kvartal": ("manad", 3, 1), "r12": ("kvartal", 4, 3)}  # kind of the parts, how many, months between them


def sums_among(cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count]) -> sparse.csr_matrix:
    """[sum, cell]: every sum of which the total and all parts are `cells` (one row per KEYS), +1 for the total and −1 for each
    part. `nodes` is the published table `enhet`."""
    numbered = _Numbered(cells)
    children = below(nodes)
    found = [
        (numbered.keys[totals], numbered.parts(totals, parts))
        for name, measure in measures.items()
        for totals, parts in _sums_of(numbered, name, measure, children)
    ]
    kept = [
        (totals[whole], parts[whole]) for totals, parts in found if (whole := numbered.has(parts).all(axis=1)).any()
    ]
    return _matrix(numbered, kept, len(cells))


def differences(rest: Places, whole: Places, part: Places, size: int) -> sparse.csr_matrix:
    """[sum, cell]: the whole is the part and the rest, for each position of a rest."""
    rows, one = np.arange(rest.size), np.ones(rest.size)
    found = sparse.csr_matrix(
        (np.concatenate([one, -one, -one]), (np.tile(rows, 3), np.concatenate([whole, part, rest]))),
        shape=(rest.size, size),
    )
    found.sort_indices()
    return found


class _Numbered:
    """The cells by a whole number each, made of the places of their keys' values."""

    def __init__(self, cells: pd.DataFrame):
        coded = {name: pd.factorize(cells[name], sort=True) for name in KEYS}
        self.codes = {name: codes.astype(np.int64) for name, (codes, _) in coded.items()}
        self.values = {name: {value: at for at, value in enumerate(values)} for name, (_, values) in coded.items()}
        sizes = [len(self.values[name]) for name in KEYS]
        self.step = dict(zip(KEYS, np.cumprod([1, *sizes[:-1]], dtype=np.int64).tolist(), strict=True))
        self.keys = sum((self.codes[name] * self.step[name] for name in KEYS), np.zeros(len(cells), dtype=np.int64))
        self.order = np.argsort(self.keys)

    def where(self, among: Places, **value: str) -> Places:
        """Those `among` these positions whose cells have these values."""
        for name, said in value.items():
            among = among[self.codes[name][among] == self._code(name, said)]
        return among

    def parts(self, totals: Places, parts: Parts) -> Integers:
        """[total, part]: the keys that the parts of the total have; −1 where a value is that of no cell."""
        found = np.repeat(self.keys[totals][:, None], len(parts), axis=1)
        for at, part in enumerate(parts):
            for name, said in part.items():
                code = self._code(name, said)
                found[:, at] += (code - self.codes[name][totals]) * self.step[name]
                if code < 0:
                    found[:, at] = -1
                    break
        return found

    def has(self, keys: Integers) -> NDArray[np.bool_]:
        return self.keys[self.at(keys)] == keys

    def at(self, keys: Integers) -> Places:
        """The positions of the cells with these keys; of another cell where there is none."""
        place = np.searchsorted(self.keys, keys, sorter=self.order)
        return self.order[np.minimum(place, self.keys.size - 1)]

    def _code(self, name: str, value: str) -> int:
        return self.values[name].get(value, -1)


def _sums_of(
    numbered: _Numbered, name: str, measure: Count, children: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Places, Parts]]:
    """(positions of totals, their parts) of the sums that a measure has."""
    own = numbered.where(np.arange(numbered.keys.size), matt_id=name)
    yield numbered.where(own, kon=WHOLE), SEXES
    for split, group, parts in _divided(measure):
        yield numbered.where(own, indelning=split, grupp=group), parts
    if measure.counted is Counted.PERSONS:
        return  # a person may be at several places and in several periods
    for place, inside in children.items():
        yield numbered.where(own, enhet_id=place), [{"enhet_id": one} for one in inside]
    if measure.time is Time.FLOW:
        for kind, made_of in MADE_OF.items():
            for period in numbered.values["period"]:
                yield numbered.where(own, periodtyp=kind, period=period), list(_earlier(period, *made_of))


def _divided(measure: Count) -> Iterator[tuple[str, str, Parts]]:
    """(breakdown, group, parts) where a group, or the whole, is the sum of the categories of a breakdown: the groups of the
    next coarser breakdown that the measure has are the sums of those inside them."""
    for name in measure.breakdowns:
        dimension = BREAKDOWNS[name]
        if dimension.coarser not in measure.breakdowns:
            yield NO_BREAKDOWN, WHOLE, _categories(name, dimension.ids)
            continue
        for group in BREAKDOWNS[dimension.coarser].ids:
            inside = [one.id for one in dimension.categories if one.inside == group]
            if inside:
                yield dimension.coarser, group, _categories(name, inside)


def _categories(split: str, groups: Iterable[str]) -> Parts:
    return [{"indelning": split, "grupp": group} for group in groups]


def _earlier(period: str, kind: str, count: int, step: int) -> Iterator[Mapping[str, str]]:
    """The parts of a period that ends with the month `period`."""
    year, month = map(int, period.split("-"))
    last = year * 12 + month - 1
    for back in range(count):
        at = last - back * step
        yield {"periodtyp": kind, "period": f"{at // 12}-{at % 12 + 1:02d}"}


def _matrix(numbered: _Numbered, found: Sequence[tuple[Integers, Integers]], size: int) -> sparse.csr_matrix:
    rows, columns, signs = [], [], []
    first = 0
    for totals, parts in found:
        own = first + np.arange(totals.size)
        rows += [own, np.repeat(own, parts.shape[1])]
        columns += [numbered.at(totals), numbered.at(parts).ravel()]
        signs += [np.ones(totals.size), -np.ones(parts.size)]
        first += totals.size
    empty: list[Integers] = [np.zeros(0, dtype=np.int64)]
    return sparse.csr_matrix(
        (np.concatenate([np.zeros(0), *signs]), (np.concatenate(empty + rows), np.concatenate(empty + columns))),
        shape=(first, size),
    )
