"""Persons of the survival data sets as counts per day, by group and stratum, whatever their columns are called."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.stats.counting import DayCounts, count_days
from pipelines.stats.survival import at_risk

TIME = ("time", "etime", "dur", "tstop")
ENTRY = ("entry", "tstart")
CAUSE = ("event", "ev", "cause", "status", "rtwe")
GROUP = ("group", "sex", "arm")


@dataclass(frozen=True)
class Persons:
    """A data set with its columns for time, cause (0 = followed no longer) and group."""

    frame: pd.DataFrame

    def column(self, names: tuple[str, ...]) -> str:
        """The first of these columns that is there."""
        return next(name for name in names if name in self.frame)

    def like(self, word: str) -> str:
        """The column that a block's name means: `ecog` is ph.ecog."""
        return word if word in self.frame else next(name for name in self.frame if name.endswith(word))

    @property
    def time(self) -> np.ndarray:
        """When each person was last seen."""
        return self.frame[self.column(TIME)].to_numpy()

    @property
    def cause(self) -> np.ndarray:
        """Why; 0 is censored."""
        return self.frame[self.column(CAUSE)].to_numpy()

    @property
    def entered(self) -> np.ndarray | None:
        """When each person came under observation; from the start is missing."""
        named = [name for name in ENTRY if name in self.frame]
        return self.frame[named[0]].where(self.frame[named[0]] > 0).to_numpy(dtype=float) if named else None

    @property
    def causes(self) -> int:
        """How many causes there are."""
        return int(self.cause.max())

    def where(self, column: str, value: str) -> "Persons":
        """The persons of one group."""
        return Persons(self.frame[self.frame[column].astype(str) == value])

    def counts(self) -> DayCounts:
        """All persons as one group."""
        return count_days(self.time, self.cause, causes=self.causes, entered=self.entered)

    def tables(self, group: str, stratum: str | None = None) -> tuple[np.ndarray, np.ndarray]:
        """events[H, G, K, T] and at_risk[H, G, T] by stratum and group; persons without either are left out."""
        columns = [group] if stratum is None else [group, stratum]
        whole = self.frame.dropna(subset=columns)
        own, names = pd.factorize(whole[group], sort=True)
        strata, kinds = pd.factorize(whole[stratum], sort=True) if stratum else (np.zeros(len(whole), int), [0])
        people = Persons(whole)
        counted = count_days(
            people.time, people.cause, causes=self.causes, entered=people.entered, group=strata * len(names) + own,
            groups=len(names) * len(kinds),
        )  # fmt: skip
        risk = at_risk(counted.day, counted.events.sum(axis=1) + counted.censored, counted.entered_after)
        shape = (len(kinds), len(names))
        return counted.events.reshape(*shape, *counted.events.shape[1:]), risk.reshape(*shape, -1)
