"""The months of a synthetic delivery, as days and months since 1970."""

import re
from dataclasses import dataclass

import numpy as np

from pipelines.synthetic.parameters import WARM_UP_MONTHS


def month_number(text: str) -> int:
    """'YYYY-MM' as months since January 1970. ValueError when it is no month."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(text)
    return int(np.datetime64(text, "M").astype(int))


def month_of(days: np.ndarray) -> np.ndarray:
    """Months since 1970 of days since 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def label(month: int) -> str:
    """'YYYY-MM' of a month number."""
    return str(np.datetime64(int(month), "M"))


def first_day_of(month: int) -> int:
    """Days since 1970 of the first day of a month."""
    return int(np.datetime64(int(month), "M").astype("datetime64[D]").astype(int))


def iso(day: int) -> str:
    """'YYYY-MM-DD' of a day number."""
    return str(np.datetime64(int(day), "D"))


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last delivered month; `warm_up` is the first month in which cases are generated."""

    first: int
    last: int

    @property
    def warm_up(self) -> int:
        return self.first - WARM_UP_MONTHS

    @property
    def months(self) -> np.ndarray:
        """Delivered months."""
        return np.arange(self.first, self.last + 1)

    @property
    def all_months(self) -> np.ndarray:
        """Delivered months and the warm-up before them."""
        return np.arange(self.warm_up, self.last + 1)

    @property
    def first_day(self) -> int:
        return first_day_of(self.first)

    @property
    def last_day(self) -> int:
        return first_day_of(self.last + 1) - 1

    def holds(self, days: np.ndarray) -> np.ndarray:
        return (days >= self.first_day) & (days <= self.last_day)
