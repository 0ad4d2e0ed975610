"""The region as arrays, one place per unit: what the cases of a chunk of units look up."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from pipelines.synthetic.rows import Ints
from pipelines.synthetic.units import Unit

LISTED_MONTHS = 20_000_000  # of a chunk: about 300 000 certificate rows, some hundred megabytes


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last day of the extract, and `effect`: the hazard of ending after the first insats is 1 + effect times
    what it would have been. Days within a chunk are whole numbers: 0 is the first day of the extract."""

    first: np.datetime64
    last: np.datetime64
    effect: float

    @property
    def final(self) -> int:
        """The last day of the extract as a number."""
        return int((self.last - self.first).astype(int))

    @property
    def months(self) -> int:
        return int((self.last.astype("M8[M]") - self.first.astype("M8[M]")).astype(int)) + 1


class Region:
    """Units with everything that is looked up by unit number."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.ids = [unit.enhet_id for unit in units]
        self.performers = [f"r{number}-{which}" for number in range(len(units)) for which in range(2)]
        self.providers = sorted({unit.vardgivare_id for unit in units})
        self.provider = np.array([self.providers.index(unit.vardgivare_id) for unit in units])
        self.coverage = np.array([unit.coverage for unit in units])
        self.listed = np.array([unit.listed for unit in units])

    def chunks(self, months: int) -> Iterator[list[Unit]]:
        """Vårdcentraler in order, so many at a time that memory stays bounded."""
        chunk: list[Unit] = []
        for unit in self.units:
            if unit.listed:
                chunk.append(unit)
            if chunk and sum(one.listed for one in chunk) * months >= LISTED_MONTHS:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def another(self, unit: Ints, rng: Generator, *, listed_only: bool) -> Ints:
        """For each row another unit of the same care provider, or the same where there is no other."""
        eligible = (self.listed > 0) if listed_only else np.ones(len(self.units), dtype=bool)
        order = np.argsort(self.provider, kind="stable")
        order = order[eligible[order]]
        size = np.bincount(self.provider[order], minlength=len(self.providers))
        begins = np.cumsum(size) - size
        place = np.zeros(len(self.units), dtype=np.int64)
        place[order] = np.arange(len(order)) - begins[self.provider[order]]
        provider = self.provider[unit]
        step = 1 + (rng.random(len(unit)) * (size[provider] - 1)).astype(np.int64)
        return order[begins[provider] + (place[unit] + step) % size[provider]]
