"""The latent sjukfall of a chunk of units: who, when, how long, why, when coordinated, and how it ended."""

from functools import cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import parameters as p
from pipelines.synthetic import targets
from pipelines.synthetic.diagnoses import DIAGNOSES
from pipelines.synthetic.insats import chance, first_day_odds
from pipelines.synthetic.lengths import SEXES, after_insats, sample, table
from pipelines.synthetic.odds import pick
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.rows import Ints, Rows, in_order, joined, size, take
from pipelines.synthetic.units import Unit, age_odds, person_years

NEVER = p.LONGEST + 1
CAUSES = ("atergang", "flyttat", "avliden", "okand", "ej_registrerad", "ersattning", "alderspension")


def day_weights(first: np.datetime64, last: np.datetime64) -> NDArray[np.float64]:
    """How many cases start on each day against an ordinary day of 2025: published months and trend, fewer at weekends."""
    days = np.arange(first.astype("M8[M]").astype("M8[D]"), (last.astype("M8[M]") + 1).astype("M8[D]"))
    month = days.astype("M8[M]").astype(int)
    years = np.clip(month // 12 + 1970 - 2025, -p.TREND_YEARS, p.TREND_YEARS)
    level = np.array(targets.month_index("startade_manad"))[month % 12]
    level = level * targets.year_factor("startade_manad") ** years
    weekday = np.array(p.WEEKDAYS)[(days.astype(int) + 3) % 7]
    in_month = np.bincount(month - month[0], weekday)[month - month[0]]
    weights = level * weekday / in_month * (365.25 / 12)
    return weights[(days >= first) & (days <= last)]


@cache
def _rates() -> NDArray[np.float64]:
    """Started cases, the short ones too, per person and day, by row of the table of lengths."""
    paid = np.array([diagnosis.rate[sex] for diagnosis in DIAGNOSES for sex in range(2)])
    return paid / (1 - p.SHORT) / 1000 / 365.25


def draw_cases(region: Region, units: list[Unit], period: Period, rng: Generator) -> Rows:
    """One row per sjukfall, sorted by unit and start: unit, row (2 · diagnosis + sex), start (day), length (calendar
    days), insats (case day of the first insats, NEVER where there is none), alder, cause, patient (number within the
    chunk). Cases that began before the extract are drawn given that they are open when it begins."""
    cases = joined([_started(units, period, rng), _open_already(units, period, rng)])
    cases = take(cases, in_order(cases["unit"], cases["start"]))
    cases["insats"] = _insats_days(cases, region, rng)
    quantile = cases.pop("quantile")
    if period.effect:
        quantile = _with_effect(cases, quantile, period.effect)
    cases["length"] = sample(cases["row"], quantile)
    return _with_people(take(cases, np.flatnonzero(cases["start"] + cases["length"] > 0)), rng)


def _started(units: list[Unit], period: Period, rng: Generator) -> Rows:
    """Cases that start within the extract."""
    weights = day_weights(period.first, period.last)
    parts = []
    for sex in range(2):
        rates = _rates()[sex::2]
        unit = _per_unit(units, SEXES[sex], rates.sum() * weights.sum(), rng)
        row = 2 * pick(rates, len(unit), rng) + sex
        start = pick(weights, len(unit), rng)
        parts.append({"unit": unit, "row": row, "start": start, "quantile": rng.random(len(unit))})
    return joined(parts)


def _open_already(units: list[Unit], period: Period, rng: Generator) -> Rows:
    """Cases that began 1 … LONGEST days before the extract and, without coordination, would be open on its first day."""
    weights = day_weights(period.first - p.LONGEST, period.first - 1)[::-1]
    parts = []
    for sex in range(2):
        open_ = _rates()[sex::2, None] * table()[sex::2, 1:] * weights
        unit = _per_unit(units, SEXES[sex], open_.sum(), rng)
        cell = pick(open_.ravel(), len(unit), rng)
        row, ago = 2 * (cell // p.LONGEST) + sex, 1 + cell % p.LONGEST
        quantile = rng.random(len(unit)) * table()[row, ago]
        parts.append({"unit": unit, "row": row, "start": -ago, "quantile": quantile})
    return joined(parts)


def _per_unit(units: list[Unit], sex: str, per_person: float, rng: Generator) -> Ints:
    expected = np.array([person_years(unit, sex) * unit.level for unit in units]) * per_person
    return np.repeat(np.array([unit.number for unit in units], dtype=np.int32), rng.poisson(expected))


def _insats_days(cases: Rows, region: Region, rng: Generator) -> Ints:
    """The case day on which coordination would begin, drawn without regard to the length."""
    need = np.array([diagnosis.need for diagnosis in DIAGNOSES])[cases["row"] // 2]
    chosen = rng.random(size(cases)) < chance(need, region.coverage[cases["unit"]])
    return np.where(chosen, pick(first_day_odds(), size(cases), rng), np.int32(NEVER))


def _with_effect(cases: Rows, quantile: NDArray[np.float64], effect: float) -> NDArray[np.float64]:
    chosen = cases["insats"] < NEVER
    row, insats = cases["row"][chosen], cases["insats"][chosen]
    changed = quantile.copy()
    changed[chosen] = after_insats(row, quantile[chosen], insats, 1 + effect)
    return changed


def _with_people(cases: Rows, rng: Generator) -> Rows:
    """Ages, endings and patients: some returned to work, and fell ill again."""
    alder = np.zeros(size(cases), dtype=np.int32)
    for sex in range(2):
        rows = np.flatnonzero(cases["row"] % 2 == sex)
        alder[rows] = 18 + 5 * pick(age_odds(SEXES[sex]), len(rows), rng) + rng.integers(0, 5, len(rows))
    first = _causes(cases["length"], alder, rng)
    again, before = _recurrences(cases, first == CAUSES.index("atergang"), rng)
    patient = np.arange(size(cases))
    patient[again], alder[again] = before, alder[before]
    first[again] = _causes(cases["length"][again], alder[again], rng)
    return cases | {"alder": alder, "cause": first, "patient": patient}


def _recurrences(cases: Rows, returned: NDArray[np.bool_], rng: Generator) -> tuple[Ints, Ints]:
    """(cases that are a patient's second, the first one of each): the longest healthy fall ill first, within unit and
    sex. Linking changes no start and no length, so the inflow is what was declared."""
    draw = rng.random(size(cases))
    group, start = 2 * cases["unit"] + cases["row"] % 2, cases["start"]
    ready = start + cases["length"] + p.LEAST_WAIT
    again = np.flatnonzero(draw < p.RECURRENCE_SHARE)
    donors = np.flatnonzero((draw > p.RECURRENCE_SHARE) & (draw < 3.5 * p.RECURRENCE_SHARE) & returned)
    again = again[in_order(group[again], start[again])]
    donors = donors[in_order(group[donors], ready[donors])]
    size_of = np.bincount(group[donors], minlength=group.max(initial=0) + 1)
    place = np.cumsum(size_of) - size_of
    rank = np.arange(len(again)) - np.searchsorted(group[again], group[again])
    has = rank < size_of[group[again]]
    again, donor = again[has], donors[(place[group[again]] + rank)[has]]
    late = ready[donor] <= start[again]
    return again[late], donor[late]


def _causes(length: Ints, age: Ints, rng: Generator) -> Ints:
    """Rows of CAUSES."""
    uniform = rng.random(len(length))
    picked = np.zeros(len(length), dtype=np.int8)
    edge = np.zeros(len(length))
    chances = cause_probabilities(length, age)
    for name in CAUSES[:-1]:
        edge += chances[name]
        picked += uniform >= edge
    return picked


def cause_probabilities(length: Ints, age: Ints) -> dict[str, NDArray[np.float64]]:
    """Chance of each ending given the length and age of the case; they add up to one."""
    ones = np.ones(len(length))
    others = {
        "flyttat": p.MOVED * ones,
        "avliden": p.DEAD * ones,
        "okand": p.REGISTERED_UNKNOWN * ones,
        "ej_registrerad": p.NOT_REGISTERED * ones,
        "ersattning": np.where(length > p.COMPENSATION_AFTER, p.COMPENSATION, 0.0),
        "alderspension": np.where(age >= p.PENSION_AGE, p.PENSION, 0.0),
    }
    return {"atergang": ones - sum(others.values()), **others}
