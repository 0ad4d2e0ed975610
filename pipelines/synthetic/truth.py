"""The truth behind the region: cumulative incidences computed from the generating distributions, not from the draw."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import cause_probabilities
from pipelines.synthetic.coordination import LAST_DAY, first_day_odds
from pipelines.synthetic.lengths import LONGEST, probability
from pipelines.synthetic.units import Unit, person_years
from schemas.measure import GRID

TARGET = 30


def write_truth(folder: Path, units: list[Unit]) -> None:
    """atergang.csv and tackning.csv: kon, diagnosgrupp, dag, sann_andel; `alla` is the mix of the region's diagnoses."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(_return_by_diagnosis).to_csv(folder / "atergang.csv", index=False, float_format="%.6f", lineterminator="\n")
    coverage = _coverage_levels(units)
    _table(lambda dx, sex: _coverage_by_diagnosis(dx, sex, coverage[sex]), weighted_by_target=True).to_csv(
        folder / "tackning.csv", index=False, float_format="%.6f", lineterminator="\n"
    )


def _table(curve_of, *, weighted_by_target: bool = False) -> pd.DataFrame:
    """Curves per diagnosis mixed to groups and to alla, by how often each starts (or reaches the target day)."""
    rows = []
    for sex in ("K", "M"):
        weights = np.array([diagnosis.share[sex == "M"] for diagnosis in p.DIAGNOSES])
        if weighted_by_target:
            reach = [probability(dx, sex)[TARGET:].sum() for dx in range(len(p.DIAGNOSES))]
            weights = weights * np.array(reach)
        curves = np.stack([curve_of(dx, sex) for dx in range(len(p.DIAGNOSES))])
        groups = np.array([diagnosis.group for diagnosis in p.DIAGNOSES])
        for group in ("alla", *dict.fromkeys(groups)):
            part = weights * ((groups == group) | (group == "alla"))
            if part.sum() > 0:
                mixed = part @ curves / part.sum()
                rows += [(sex, group, day, mixed[day]) for day in GRID]
    return pd.DataFrame(rows, columns=["kon", "diagnosgrupp", "dag", "sann_andel"])


def _return_by_diagnosis(dx: int, sex: str) -> NDArray[np.float64]:
    """F(t) of return in a world where nobody moves away: a patient who moves is censored, not an outcome."""
    length = np.arange(LONGEST + 1)
    ending = probability(dx, sex)
    ages = p.BAND_SHARE[1:11] * p.AGE_FACTOR[sex]
    by_age = [cause_probabilities(length, np.full(length.size, 18 + 5 * band + 2)) for band in range(10)]
    # ages 63–67 are the last band alone, so the middle of a band stands for all of it
    back, moved = (
        np.average([chance[cause] for chance in by_age], axis=0, weights=ages) for cause in ("atergang", "flyttat")
    )
    before = np.concatenate([[1.0], 1 - np.cumsum(ending)[:-1]])
    hazard = np.divide(ending, before, out=np.zeros_like(ending), where=before > 1e-12)
    staying = np.cumprod(1 - hazard * (1 - moved))
    open_before = np.concatenate([[1.0], staying[:-1]])
    return np.cumsum(open_before * hazard * back)[: max(GRID) + 1]


def _coverage_levels(units: list[Unit]) -> dict[str, list[tuple[float, float]]]:
    """(share of the sex's cases, coverage level) per unit."""
    return {
        sex: [(person_years(unit, sex) * unit.level, unit.coverage) for unit in units if unit.listed]
        for sex in ("K", "M")
    }


def _coverage_by_diagnosis(dx: int, sex: str, levels: list[tuple[float, float]]) -> NDArray[np.float64]:
    """F(t) of the first insats from the target day: the first day is independent of the length, so a case is covered
    by clock day t when its first day is at most TARGET + t and the case lasts until then."""
    weights = np.array([weight for weight, _ in levels])
    chosen = np.minimum(0.95, p.DIAGNOSES[dx].need * np.array([level for _, level in levels]))
    chance = float(weights @ chosen / weights.sum())
    lasts = probability(dx, sex)[::-1].cumsum()[::-1]  # P(T >= t)
    day = np.arange(LAST_DAY + 1)
    reached = first_day_odds() * lasts[np.maximum(day, TARGET)] / lasts[TARGET]
    return chance * np.cumsum(reached)[TARGET : TARGET + max(GRID) + 1]
