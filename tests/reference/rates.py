"""Shares, rates and means: the test sheets of the Office for Health Improvement and Disparities."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.stats import intervals
from tests.reference.source import Block, Format, Pair, Source, no_method, stated_limits


def _limits(source: Source) -> Iterator[Block]:
    for number, row in source.frame.iterrows():
        yield Block(f"row {number + 1} {row['method']} {row['confidence']}", lambda row=row: _limit_pairs(row))


def _limit_pairs(row: pd.Series) -> Iterator[Pair]:
    for level, low, high in stated_limits(row):
        if row["method"] == "Wilson":
            found = intervals.wilson(row["x"], row["n"], level=level)
            lower, upper = found.lower, found.upper
        else:
            lower, upper = (side(row["x"], level=level) for side in (intervals.byar_lower, intervals.byar_upper))
        yield Pair(f"limits {level}", np.array([lower, upper]), np.array([low, high]))


def _ratios(source: Source) -> Iterator[Block]:
    """Shares where the method is Wilson, else rates; a row with a missing part must give no figure."""
    for _, row in source.frame.iterrows():
        yield Block(f"{row['Area']} {row['statistic']}", lambda row=row: _ratio_pairs(row))


def _ratio_pairs(row: pd.Series) -> Iterator[Pair]:
    for level, lower, upper in stated_limits(row):
        if row["method"] == "Wilson":
            found, scale = intervals.wilson(row["Numerator"], row["Denominator"], level=level), row["multiplier"]
        else:
            found = intervals.rate(row["Numerator"], row["Denominator"], per=row["multiplier"], level=level)
            scale = 1
        yield Pair("value", float(found.value * scale), float(row["value"]))
        yield Pair(f"lower {level}", float(found.lower * scale), lower)
        yield Pair(f"upper {level}", float(found.upper * scale), upper)


def _means(source: Source) -> Iterator[Block]:
    values = source.neighbour(source.path.name.replace("_results", "")).frame
    for _, row in source.frame.iterrows():
        own = values[values["area"] == row["area"]]["values"]
        yield Block(row["area"], lambda row=row, own=own: _mean_pairs(row, own if len(own) else values["values"]))


def _mean_pairs(row: pd.Series, values: pd.Series) -> Iterator[Pair]:
    for level, lower, upper in stated_limits(row):
        found = intervals.mean(values.to_numpy(), level=level)
        yield Pair("count", float(found.n), float(row["value_count"]))
        yield Pair("value", float(found.value), row["value"])
        yield Pair(f"limits {level}", np.array([found.lower, found.upper]), np.array([lower, upper]))


def _slopes(source: Source) -> Iterator[Block]:
    yield no_method("slope index of inequality", "finished rates without inputs, for a slope index we do not compute")


def _quantile_groups(source: Source) -> Iterator[Block]:
    names = source.frame["QuantileNm"].astype(str) if "QuantileNm" in source.frame else pd.Series(["quantile"])
    for name in sorted(names.dropna().unique()):
        yield no_method(f"quantile groups {name}", "no league table: units are never sorted into quantile groups")


FORMATS = (
    Format("limits", lambda source: source.has("x", "lowercl", "uppercl", "confidence", "method"), _limits),
    Format("ratios", lambda source: source.has("Numerator", "Denominator", "value", "multiplier", "method"), _ratios),
    Format("means", lambda source: source.has("area", "value_count", "stdev", "lower95_0cl"), _means),
    Format("values", lambda source: set(source.frame.columns) == {"area", "values"}, lambda source: iter(())),
    Format("slopes", lambda source: source.has("Quintile", "value", "lowercl"), _slopes),
    Format("quantile groups", lambda source: source.has("QuantileInGrp"), _quantile_groups),
)
