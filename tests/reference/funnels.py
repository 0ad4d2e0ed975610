"""Funnel limits and the labels of units: the test sheets of the Office for Health Improvement and Disparities.

Upper limits of ratios and rates were found there by bisection, and the column `…_count` holds k/E − 1."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.stats import funnel, intervals, standardisation
from tests.reference.source import Block, Format, Pair, Source

LINES = {"2s": 0.95, "3s": 0.998}
LABELS = {-2: "Low (0.001)", -1: "Low (0.025)", 0: "Not significant", 1: "High (0.025)", 2: "High (0.001)"}
TOO_FEW = "Not applicable for events less than 10 for dsrs"
PER = 100_000
BISECTED = {"lower": 1e-6, "upper": 5e-5}


def labels(events: pd.Series, denominators: pd.Series, target: float, *, share: bool = False) -> np.ndarray:
    """The label of every unit: its own interval against the target, at 99.8 and at 95 %."""
    make = intervals.wilson if share else lambda x, n, level: intervals.rate(x, n, per=1, level=level)
    sides = []
    for level in (0.95, 0.998):
        found = make(events.to_numpy(dtype=float), denominators.to_numpy(dtype=float), level=level)
        sides.append(funnel.side(found.lower, found.upper, target))
    return np.array([LABELS[code] for code in sides[0] + sides[1]])


def _share_labels(source: Source) -> Iterator[Block]:
    units = source.frame
    target = float(standardisation.crude_rate(units["numerator"], units["denominator"], per=1))
    found = lambda: labels(units["numerator"], units["denominator"], target, share=True)  # noqa: E731
    yield Block("labels", lambda: [Pair("significance", found(), units["significance"].to_numpy(dtype=str))])


def _ratio_labels(source: Source) -> Iterator[Block]:
    units = source.frame
    found = lambda: labels(units["obs"], units["expected"], 1.0)  # noqa: E731
    yield Block("labels", lambda: [Pair("significance", found(), units["significance"].to_numpy(dtype=str))])


def _share_lines(source: Source) -> Iterator[Block]:
    for name, level in (("2s0025", 0.95), ("3s0001", 0.998)):
        yield Block(f"limits {level}", lambda name=name, level=level: _share_line(source, name, level))


def _share_line(source: Source, name: str, level: float) -> Iterator[Pair]:
    table = source.frame
    found = funnel.share_funnel(table["Population"], table["Baseline"] / 100, level=level)
    # the stored figures have 6 decimals, or 8 from a baseline of 8
    close = 1e-7 if "axis_variation" in source.path.name else 1e-6
    for which, ours in (("Lower", found.lower), ("Upper", found.upper)):
        stated = table[f"{which}{name}limit"].to_numpy(dtype=float)
        yield Pair(which, 100 * ours, stated, relative=0, absolute=close)


def _ratio_lines(source: Source) -> Iterator[Block]:
    for line, level in LINES.items():
        yield Block(f"limits {level}", lambda line=line, level=level: _ratio_line(source.frame, line, level))


def _ratio_line(table: pd.DataFrame, line: str, level: float) -> Iterator[Pair]:
    found = funnel.ratio_funnel(table.iloc[:, 0], level=level)
    for side in ("lower", "upper"):
        ratio, expected = getattr(found, side), getattr(found, f"expected_{side}")
        for column, ours in (("exp_events", expected), ("count", ratio - 1), ("isr", 100 * ratio)):
            stated = table[f"{side}_{line}_{column}"].to_numpy(dtype=float)
            yield Pair(f"{side} {column}", ours, stated, relative=BISECTED[side], absolute=1e-6)


def _rate_lines(source: Source) -> Iterator[Block]:
    for line, level in LINES.items():
        yield Block(f"limits {level}", lambda line=line, level=level: _rate_line(source.frame, line, level))


def _rate_line(table: pd.DataFrame, line: str, level: float) -> Iterator[Pair]:
    baseline = table["baseline"].to_numpy(dtype=float)
    found = funnel.ratio_funnel(table["Events"], level=level)
    for side in ("lower", "upper"):
        rate, expected = getattr(found, side) * baseline, getattr(found, f"expected_{side}")
        whole = expected / baseline * PER
        stated = table[f"{side}_{line}_population_1_year"].to_numpy(dtype=float)
        years = np.round(np.median(whole / stated))
        yield Pair(f"{side} population", whole / years, stated, relative=BISECTED[side], absolute=1e-6)
        limit = table[f"{side}_{line}_limit"].to_numpy(dtype=float)
        yield Pair(f"{side} limit", rate, limit, relative=BISECTED[side])


def _rate_labels(source: Source) -> Iterator[Block]:
    """Columns `<kind>_per_<per>_<with or without>_0`: with or without the units that have no events."""
    for column in (name for name in source.frame if name.endswith("_0")):
        yield Block(f"labels {column}", lambda column=column: [_rate_label(source.frame, column)])
    for column in (name for name in source.frame if name.startswith("rate_crude_per_")):
        per = float(column.rsplit("_", 1)[1])
        yield Block(column, lambda column=column, per=per: [_crude(source.frame, column, per)])


def _crude(units: pd.DataFrame, column: str, per: float) -> Pair:
    found = intervals.rate(units["count"], units["pop"], per=per, level=0.95).value
    # the stored rates have 9 decimals
    return Pair("rate", found, units[column].to_numpy(dtype=float), absolute=1e-6 if per > 1000 else 1e-9)


def _rate_label(units: pd.DataFrame, column: str) -> Pair:
    """A standardised rate is labelled as the count over the denominator that would give that rate."""
    standardised = column.startswith("dsr")
    population = PER * units["count"] / units["rate_dsr"] if standardised else units["pop"]
    counted = population.notna() & (units["count"] > 0) | (column.endswith("with_0") & ~standardised)
    target = float(standardisation.crude_rate(units["count"][counted], population[counted], per=1))
    found = np.full(len(units), LABELS[0], dtype=object)
    found[counted] = labels(units["count"][counted], population[counted], target)
    if standardised and column.endswith("with_0"):
        found[units["count"] < standardisation.LEAST_EVENTS] = TOO_FEW
    return Pair(column, found.astype(str), units[column].to_numpy(dtype=str))


def _baseline(source: Source) -> Iterator[Block]:
    """The baseline of the rate funnel is the pooled rate of its units."""
    for near in source.neighbours():
        if near.has("Events", "baseline"):
            yield Block("baseline", lambda near=near: [_pooled(source.frame, near.frame)])


def _pooled(units: pd.DataFrame, lines: pd.DataFrame) -> Pair:
    found = standardisation.crude_rate(units["ev"], PER * units["ev"] / units["rate"], per=PER)
    return Pair("baseline", float(found), float(lines["baseline"].iloc[0]), relative=1e-8)


FORMATS = (
    Format("share labels", lambda source: source.has("numerator", "denominator", "significance"), _share_labels),
    Format("ratio labels", lambda source: source.has("obs", "expected", "significance"), _ratio_labels),
    Format("rate labels", lambda source: source.has("count", "pop", "rate_dsr"), _rate_labels),
    Format("share lines", lambda source: source.has("Population", "Lower2s0025limit", "Baseline"), _share_lines),
    Format("ratio lines", lambda source: source.has("lower_2s_exp_events", "upper_3s_isr"), _ratio_lines),
    Format("rate lines", lambda source: source.has("Events", "lower_2s_population_1_year"), _rate_lines),
    Format("rate units", lambda source: source.has("ev", "rate", "rate_chart"), _baseline),
)
