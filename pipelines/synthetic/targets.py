"""The published figures that the region is drawn from and measured against, each with its source (targets.csv)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Target:
    """One published figure. `kod` is a diagnosis code of three characters, a chapter or `alla`; `kon` K, M or alla."""

    matt: str
    period: str
    kod: str
    kon: str
    varde: float
    kalla: str


@cache
def targets() -> tuple[Target, ...]:
    """Every declared figure, in the order of the file."""
    with Path(__file__).with_name("targets.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Target(
                matt=row["matt"], period=row["period"], kod=row["kod"], kon=row["kon"], varde=float(row["varde"]),
                kalla=row["kalla"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def of(matt: str) -> tuple[Target, ...]:
    """The figures of one kind. Raises KeyError where none is declared."""
    found = tuple(target for target in targets() if target.matt == matt)
    if not found:
        raise KeyError(matt)
    return found


def value(matt: str, kod: str = "alla", kon: str = "alla") -> float:
    """The one figure of a kind, diagnosis and sex. Raises KeyError."""
    found = [target.varde for target in of(matt) if (target.kod, target.kon) == (kod, kon)]
    if len(found) != 1:
        raise KeyError((matt, kod, kon))
    return found[0]


def by_period(matt: str) -> dict[str, float]:
    """A published series: period → figure."""
    return {target.period: target.varde for target in of(matt)}


def starts_per_1000() -> float:
    """Started paid cases per 1 000 inhabitants 18–67 and year (2025)."""
    return 1000 * national_starts() / value("befolkning_18_67")


def national_starts() -> float:
    """Started paid cases in the country in 2025, the sum of its months."""
    return sum(count for month, count in by_period("startade_manad").items() if month.startswith("2025"))


def month_index(matt: str) -> list[float]:
    """January–December 2025 of a monthly series against the mean of the year."""
    year = [count for month, count in sorted(by_period(matt).items()) if month.startswith("2025")]
    return [12 * count / sum(year) for count in year]


def year_factor(matt: str) -> float:
    """The last published months of a monthly series against the same months a year before."""
    series = by_period(matt)
    both = [month for month in series if f"{int(month[:4]) - 1}{month[4:]}" in series]
    return sum(series[month] for month in both) / sum(series[f"{int(month[:4]) - 1}{month[4:]}"] for month in both)


def share_of_women(kod: str) -> float:
    """Women's share of the persons with a started case in 2015, by diagnosis."""
    women, men = value("personer", kod, "K"), value("personer", kod, "M")
    return women / (women + men)


def all_share_of_women() -> float:
    """Women's share over the published diagnoses together."""
    women = sum(target.varde for target in of("personer") if target.kon == "K")
    return women / sum(target.varde for target in of("personer"))
