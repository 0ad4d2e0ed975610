"""The small picture of a measure: the series of both sexes, without axes."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.theme import SEXES

FEWEST = 4  # values in all
Series = Mapping[str, Sequence[float | None]]


def series_of(rows: Sequence[dict[str, Any]], field: str) -> Series:
    """The values of kvinnor and män by period, the oldest first. A period that one sex lacks is None."""
    periods = sorted({row["period"] for row in rows})
    at = {(row["period"], row["kon"]): row[field] for row in rows}
    return {sex: [at.get((period, sex)) for period in periods] for sex in ("K", "M")}


def picture(series: Series) -> str:
    """The series as SVG; empty where there is too little to draw."""
    known = [value for values in series.values() for value in values if value is not None]
    if len(known) < FEWEST or max(known) <= 0:
        return ""
    lines = "".join(_polylines(values, max(known), sex) for sex, values in series.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" preserveAspectRatio="none">{lines}</svg>'


def address(series: Series) -> str | None:
    """The picture as a data address."""
    drawn = picture(series)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}" if drawn else None


def _polylines(values: Sequence[float | None], top: float, sex: str) -> str:
    """One line per unbroken run, so that a hidden value is a gap."""
    step = 200 / max(1, len(values) - 1)
    runs: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{at * step:.1f},{38 - 35 * value / top:.1f}")
    dash = ' stroke-dasharray="5 3"' if sex == "M" else ""
    return "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{SEXES[sex].colour}" stroke-width="2.5"{dash} '
        f'vector-effect="non-scaling-stroke"/>'
        for run in runs
        if len(run) > 1
    )
