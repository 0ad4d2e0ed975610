"""The cases of one unit: who falls ill when, for how long, how it ends, and what follows (recurrence, move).

Cases are a DataFrame with one row per case: person (counter), unit and provider (places in the region), start and
end (days since 1970), length, sex (0 women, 1 men), sex_known, birth (day), band (place among the adult bands at the
start), occupation, dx (place among the diagnoses), dx_known, cause (place in CAUSES; -1 = left the vårdgivare)."""

import numpy as np
import pandas as pd

from pipelines.synthetic import course
from pipelines.synthetic import parameters as p
from pipelines.synthetic.diagnoses import incidence
from pipelines.synthetic.period import Period, first_day_of
from pipelines.synthetic.units import Region

YEAR = 365.25
MOVED = -1
RETURNED = p.CAUSES.index("atergang")
FREE_DAYS = 6  # fewest free days before the next case: more than the gap that would make them one sjukfall
INCIDENCE = {kind: incidence(kind) for kind in ("vardcentral", *p.CLINIC_CAPTURE)}
OCCUPATION_BOUNDS = np.array([p.OCCUPATION_SHARES[sex] for sex in p.SEXES]).cumsum(axis=2)


def cases_of(region: Region, unit: int, period: Period, rng: np.random.Generator) -> pd.DataFrame:
    """All cases that begin at `unit` from the warm-up to the end of the period, and the cases that follow from them,
    wherever they are certified."""
    generation = _lived(_first_cases(region, unit, period, rng), region, rng)
    generations = [generation]
    while len(generation):
        persons = sum(len(earlier) for earlier in generations)
        generation = _lived(_next_cases(generation, region, period, persons, rng), region, rng)
        generations.append(generation)
    return pd.concat(generations, ignore_index=True)


def _first_cases(region: Region, unit: int, period: Period, rng: np.random.Generator) -> pd.DataFrame:
    expected = _expected(region, unit, period)
    month, sex, band, dx = np.repeat(np.argwhere(count := rng.poisson(expected)), count[count > 0], axis=0).T
    first = np.array([first_day_of(number) for number in (*period.all_months, period.last + 1)])
    start = first[month] + rng.integers(0, np.diff(first)[month])
    years = np.array(p.AGE_LOW)[band] + 5 * rng.random(len(start))
    occupation = _drawn(OCCUPATION_BOUNDS[sex, np.array(p.OCCUPATION_AGE)[band]], rng)
    return pd.DataFrame(
        {
            "person": np.arange(len(start)),
            "unit": np.full(len(start), unit),
            "start": start,
            "sex": sex,
            "sex_known": rng.random(len(start)) >= p.SEX_UNKNOWN,
            "birth": start - np.floor(years * YEAR).astype(np.int64),
            "band": band,
            "occupation": occupation,
            "dx": dx,
        }
    )


def _expected(region: Region, unit: int, period: Period) -> np.ndarray:
    """Expected new cases at the unit: array (month, sex, band, diagnosis)."""
    kind = region.units[unit].enhetstyp
    siblings = sum(other.enhetstyp == kind for other in region.units)
    # a clinic serves the whole region, together with the clinics of its kind
    listed = region.listed[unit] if kind == "vardcentral" else region.listed.sum(axis=0) / siblings
    months = period.all_months
    weight = np.array(p.SEASON)[months % 12] / 12 * np.exp(p.TREND_PER_YEAR * (months - period.first) / 12)
    rate = INCIDENCE[kind] * region.inflow[unit]
    return weight[:, None, None, None] * listed[:, :, p.ADULT, None] * rate


def _lived(cases: pd.DataFrame, region: Region, rng: np.random.Generator) -> pd.DataFrame:
    """The same cases with their course: length, end, cause and whether the diagnosis was written."""
    factor = course.ending_factor(cases, region.hurry)
    length = course.draw_length(cases["dx"].to_numpy(), factor, rng)
    move = course.draw_move(len(cases), rng)
    cause = course.draw_cause(cases["band"].to_numpy(), cases["dx"].to_numpy(), length, rng)
    seen = np.minimum(length, move)
    return cases.assign(
        provider=region.provider_of[cases["unit"]],
        length=seen,
        end=cases["start"] + seen - 1,
        cause=np.where(move < length, MOVED, cause),
        dx_known=rng.random(len(cases)) >= p.DIAGNOSIS_MISSING,
    )


def _next_cases(
    ended: pd.DataFrame, region: Region, period: Period, persons: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Recurrences at the same unit, and new cases of those who moved to another vårdgivare in the region."""
    draw = rng.random(len(ended))
    wait = np.floor(rng.exponential(p.RECURRENCE_MEAN_DAYS, len(ended))).astype(np.int64)
    again = ((ended["cause"] == RETURNED) & (draw < p.RECURRENCE)).to_numpy()
    moved = ((ended["cause"] == MOVED) & (draw < p.MOVE_WITHIN_REGION)).to_numpy()
    target, found = _elsewhere(ended["provider"].to_numpy(), region, rng)
    moved &= found
    start = np.where(again, ended["end"] + FREE_DAYS + 1 + wait, ended["end"] + 1 + wait % 10)
    band = np.searchsorted(p.AGE_LOW, (start - ended["birth"]) / YEAR, side="right") - 1
    age = np.floor((start - ended["birth"]) / YEAR)
    following = ended.assign(
        start=start,
        unit=np.where(moved, target, ended["unit"]),
        # another vårdgivare knows the person by another pseudonym
        person=np.where(moved, persons + np.arange(len(ended)), ended["person"]),
        band=band,
    )
    return following[(again | moved) & (start <= period.last_day) & (age < p.AGE_LOW[-1] + 5)].reset_index(drop=True)


def _elsewhere(provider: np.ndarray, region: Region, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A vårdcentral for each, and whether it belongs to another vårdgivare."""
    target = rng.integers(0, region.centres, len(provider))
    return target, region.provider_of[target] != provider


def _drawn(bounds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One category per row of cumulative probabilities."""
    return np.minimum((rng.random(len(bounds))[:, None] > bounds).sum(axis=1), bounds.shape[1] - 1)
