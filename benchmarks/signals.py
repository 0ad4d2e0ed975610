"""How often the signs cry wolf: alerts per unit and year where nothing ever changes, beside the comparison of two points
that they replace, and beside the same signs on monthly stocks."""

import numpy as np

from pipelines.stats.process import followed_rate
from pipelines.stats.xmr import NOTHING

SEED, UNITS, MONTHS, BASELINE = 20191297, 400, 72, 12
LISTED, TWO_POINTS = 1_000.0, 0.10


def false_alarms() -> list[tuple[str, str]]:
    """(what, measured). Units of 60–400 starts a year, lengths lognormal with median 25 days, constant for six years."""
    stock, starts = _steady(np.random.default_rng(SEED))
    quarterly = {
        "started, by quarter": (starts.reshape(UNITS, -1, 3).sum(axis=2), 4),
        "ongoing, last day of the quarter": (stock[:, 2::3], 4),
        "ongoing, by month (not used)": (stock, 12),
    }
    found = []
    for what, (x, year) in quarterly.items():
        alerts, under = _alerts(x, year)
        found.append((f"false alerts per unit and year (points under a sign): {what}", f"{alerts:.2f} ({under:.0%})"))
    year_before = np.abs(stock[:, 12:] / np.maximum(stock[:, :-12], 1) - 1) > TWO_POINTS
    found.append(("the same: ongoing, more than 10 % from a year ago", f"{12 * year_before.mean():.2f}"))
    return found


def _alerts(x: np.ndarray, points_a_year: int) -> tuple[float, float]:
    """New runs of signs after the baseline, per unit and year, and the share of points in them."""
    signs = followed_rate(x, np.full(x.shape, LISTED), per=1000, baseline=BASELINE).causes.rule[:, BASELINE:] != NOTHING
    fresh = signs & ~np.pad(signs, ((0, 0), (1, 0)))[:, :-1]
    return float(fresh.sum() / len(x) / (signs.shape[1] / points_a_year)), float(signs.mean())


def _steady(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Stock at month ends and starts by month, [UNITS, MONTHS] each; two and a half years before them fill the stock."""
    before = 900
    ends = before + np.floor(30.4375 * np.arange(MONTHS + 1))
    stock, starts = np.zeros((UNITS, MONTHS)), np.zeros((UNITS, MONTHS))
    for unit, yearly in enumerate(rng.uniform(60, 400, UNITS)):
        first = rng.uniform(0, ends[-1], rng.poisson(yearly * ends[-1] / 365.25))
        last = first + np.minimum(rng.lognormal(np.log(25), 1.4, first.size), before)
        stock[unit] = [((first <= end) & (last > end)).sum() for end in ends[1:]]
        starts[unit] = np.histogram(first, ends)[0]
    return stock, starts


def main() -> None:
    for what, measured in false_alarms():
        print(f"{what}: {measured}", flush=True)


if __name__ == "__main__":
    main()
