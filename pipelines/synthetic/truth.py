"""The truth behind the region: cumulative incidences computed from the generating distributions, not from the draw."""

from collections import Counter
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import cause_probabilities
from pipelines.synthetic.diagnoses import DIAGNOSES
from pipelines.synthetic.insats import chance, first_day_odds
from pipelines.synthetic.lengths import open_after
from pipelines.synthetic.units import Unit, age_odds, person_years
from schemas.measure import GRID

TARGET = 30
DAYS = max(p.LAST_INSATS_DAY, TARGET + max(GRID)) + 1
Levels = list[tuple[float, float]]


def write_truth(folder: Path, units: list[Unit], effect: float, final: Counter[tuple[str, str]]) -> None:
    """atergang.csv and tackning.csv: kon, diagnosgrupp, dag, sann_andel; `alla` is the mix of the region's diagnoses.
    effekt.csv: hazardkvot, what the daily hazard of ending is multiplied by after the first insats. slutlage.csv: how many
    sjukfall and certified periods the clean region has, by sex."""
    folder.mkdir(parents=True, exist_ok=True)
    curves = {"atergang": _return_by_diagnosis, "tackning": _coverage_by_diagnosis}
    levels = _coverage_levels(units)
    for name, curve in curves.items():
        _write(_table(partial(curve, levels=levels, effect=effect)), folder / f"{name}.csv")
    _write(pd.DataFrame({"effekt": [effect], "hazardkvot": [1 + effect]}), folder / "effekt.csv")
    counted = [(what, sex, count) for (what, sex), count in sorted(final.items())]
    _write(pd.DataFrame(counted, columns=["matt", "kon", "antal"]), folder / "slutlage.csv")


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format="%.6f", lineterminator="\n")


def _table(curve_of) -> pd.DataFrame:
    """Curves per diagnosis mixed to groups and to alla, by how many cases of each are in the curve."""
    rows = []
    groups = np.array([diagnosis.group for diagnosis in DIAGNOSES])
    for sex in ("K", "M"):
        drawn = [curve_of(dx, sex) for dx in range(len(DIAGNOSES))]
        weights = np.array([share for share, _ in drawn])
        weights = weights * [diagnosis.rate[sex == "M"] for diagnosis in DIAGNOSES]
        curves = np.stack([curve for _, curve in drawn])
        for group in ("alla", *dict.fromkeys(groups)):
            part = weights * ((groups == group) | (group == "alla"))
            if part.sum() > 0:
                mixed = part @ curves / part.sum()
                rows += [(sex, group, day, mixed[day]) for day in GRID]
    return pd.DataFrame(rows, columns=["kon", "diagnosgrupp", "dag", "sann_andel"])


def _paths(dx: int, sex: str, levels: Levels, effect: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(chance of each path, S(t) along it for t = 0 … DAYS − 1). Path d is a first insats on case day d if the case
    lasts until then; the last path is none."""
    weights = np.array([weight for weight, _ in levels])
    chosen = chance(np.array(DIAGNOSES[dx].need), np.array([level for _, level in levels]))
    share = float(weights @ chosen / weights.sum())
    usual = open_after(dx, sex)[:DAYS]
    insats = np.arange(p.LAST_INSATS_DAY + 1)
    then = usual[insats][:, None]
    changed = np.where(np.arange(DAYS) > insats[:, None], then * (usual / then) ** (1 + effect), usual)
    return np.append(share * first_day_odds(), 1 - share), np.vstack([changed, usual])


def _return_by_diagnosis(dx: int, sex: str, *, levels: Levels, effect: float) -> tuple[float, NDArray[np.float64]]:
    """(1, F(t) of return) in a world where nobody moves away: a patient who moves is censored, not an outcome."""
    chances, paths = _paths(dx, sex, levels, effect)
    survival = chances @ paths
    length = np.arange(DAYS)
    ages = age_odds(sex)
    by_age = [cause_probabilities(length, np.full(length.size, 18 + 5 * band + 2)) for band in range(10)]
    # ages 63–67 are the last band alone, so the middle of a band stands for all of it
    back, moved = (
        np.average([chance_of[cause] for chance_of in by_age], axis=0, weights=ages)
        for cause in ("atergang", "flyttat")
    )
    before = np.concatenate([[1.0], survival[:-1]])
    hazard = np.divide(before - survival, before, out=np.zeros_like(before), where=before > 1e-12)
    staying = np.cumprod(1 - hazard * (1 - moved))
    open_before = np.concatenate([[1.0], staying[:-1]])
    return 1.0, np.cumsum(open_before * hazard * back)[: max(GRID) + 1]


def _coverage_levels(units: list[Unit]) -> Levels:
    """(share of the cases, coverage level) per unit; both sexes have the same."""
    return [(person_years(unit, "K") * unit.level, unit.coverage) for unit in units if unit.listed]


def _coverage_by_diagnosis(dx: int, sex: str, *, levels: Levels, effect: float) -> tuple[float, NDArray[np.float64]]:
    """(share of cases that reach the target day, F(t) of the first insats from it): a case is covered by clock day t
    when its first day is at most TARGET + t and the case lasts until that day and the target day."""
    chances, paths = _paths(dx, sex, levels, effect)
    until = np.maximum(np.arange(p.LAST_INSATS_DAY + 1), TARGET) - 1
    lasting = paths[np.arange(p.LAST_INSATS_DAY + 1), until]
    reach = float(chances @ paths[:, TARGET - 1])
    covered = np.cumsum(chances[:-1] * lasting) / reach
    return reach, covered[TARGET : TARGET + max(GRID) + 1]
