"""The invented population: persons who differ, fall ill more than once, and are known to the last day.

Everybody is well when the clock starts, long before the extract, so that the stock is filled and the years are alike.
Days are whole numbers and 0 is the first day of the extract."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Rows = dict[str, NDArray]

SEXES = ("K", "M")
FIRST, LAST = np.datetime64("2024-01-01"), np.datetime64("2025-12-31")
DAYS = int((LAST - FIRST).astype(int)) + 1
BURN_IN, LONGEST = 1_000, 800
BANDS = tuple(f"{low}-{low + 4}" for low in range(18, 68, 5))
# listade: more of the women are old, so that the sexes differ in age as well as in rate
BAND_PERCENT = {"K": (8, 8, 9, 9, 10, 10, 11, 11, 12, 12), "M": (12, 12, 11, 11, 10, 10, 9, 9, 8, 8)}
YEARLY = {"K": 0.085, "M": 0.055}  # cases per person-year well, before relapses
AGE_FACTOR = np.linspace(0.6, 1.4, len(BANDS))
FRAILTY_SHAPE = 1.0  # of the gamma distribution by which persons' risks of falling ill differ
RELAPSE, RELAPSE_DAYS, LEAST_WAIT = 0.12, 45.0, 7
DIAGNOSES = ("F438A", "M545", "J069", "S820", "R529")
DIAGNOSIS_ODDS = {"K": (0.42, 0.18, 0.15, 0.08, 0.17), "M": (0.30, 0.25, 0.15, 0.15, 0.15)}
SAME_DIAGNOSIS = 0.6
MEDIAN_DAYS = np.array([38.0, 28.0, 12.0, 32.0, 20.0])
SPREAD, PERSON_SPREAD = 1.0, 0.4  # standard deviations of the log of the length: of cases, and of persons
HELD_TO_WEEKS = 0.5  # cases whose certificate ends with a week: ties
MOVES = 1 / (6 * 365.25)  # per day of sick leave
CAUSES = ("atergang", "ersattning", "pension", "avliden", "okand")
FIRST_CERTIFICATE, NEXT_CERTIFICATES = 14, 30
PARTIAL_FROM_START, TAPER, GAP, LONGEST_GAP = 0.25, 0.3, 0.15, 3


@dataclass(frozen=True, kw_only=True)
class Size:
    """`listed` of each sex at a vårdcentral (or region) of one size; `block` are drawn and counted together."""

    name: str
    listed: int
    block: int


SIZES = (
    Size(name="liten enhet", listed=600, block=1_000),
    Size(name="medianenhet", listed=2_300, block=250),
    Size(name="region", listed=10_000, block=50),
)


def draw(listed: int, units: int, rng: Generator) -> Rows:
    """One row per sjukfall that touches the extract: unit, person, sex, band, diagnosis, start, length (until the case
    would end), moved (it ended before that, on the day `stay`), cause, insats (case day; past the length = none)."""
    parts = []
    for sex, name in enumerate(SEXES):
        bands = np.repeat(np.arange(len(BANDS)), listed * np.array(BAND_PERCENT[name]) // 100)
        band = np.tile(bands, units)
        risk = YEARLY[name] / 365.25 * AGE_FACTOR[band] * rng.gamma(FRAILTY_SHAPE, 1 / FRAILTY_SHAPE, band.size)
        parts.append(_cases(risk, band, sex, len(bands), rng))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _cases(risk: NDArray, band: NDArray, sex: int, listed: int, rng: Generator) -> Rows:
    """All cases of the persons of one sex, one round of cases at a time."""
    person = np.arange(risk.size)
    clock = -float(BURN_IN) + rng.exponential(1 / risk)
    found = []
    traits: Rows = {}
    while True:
        here = clock < DAYS
        if not traits:
            person, clock = person[here], clock[here]
            traits = _traits(person.size, sex, rng)
        else:
            person, clock, traits = person[here], clock[here], {name: one[here] for name, one in traits.items()}
        if not person.size:
            break
        start = np.floor(clock).astype(np.int64)
        case = {"unit": person // listed, "person": 2 * person + sex, "sex": np.full(person.size, sex),
                "band": band[person], "start": start, **_course(band[person], sex, traits, rng)}  # fmt: skip
        found.append(case)
        again = rng.random(person.size) < RELAPSE
        wait = np.where(again, rng.exponential(RELAPSE_DAYS, person.size), rng.exponential(1 / risk[person]))
        clock = start + case["length"] + LEAST_WAIT + wait
    cases = {name: np.concatenate([case[name] for case in found]) for name in found[0]}
    touches = cases["start"] + cases["stay"] > 0
    return {name: one[touches] for name, one in cases.items()}


def _traits(size: int, sex: int, rng: Generator) -> Rows:
    """What a person takes along from case to case."""
    return {
        "usual": rng.choice(len(DIAGNOSES), size, p=DIAGNOSIS_ODDS[SEXES[sex]]),
        "slowness": rng.normal(0, PERSON_SPREAD, size),
        "coordinated": rng.beta(1.2, 1.0 if sex == 0 else 1.4, size),
    }


def _course(band: NDArray, sex: int, traits: Rows, rng: Generator) -> Rows:
    """What becomes of one case of each person."""
    size = band.size
    other = rng.choice(len(DIAGNOSES), size, p=DIAGNOSIS_ODDS[SEXES[sex]])
    diagnosis = np.where(rng.random(size) < SAME_DIAGNOSIS, traits["usual"], other)
    middle = np.log(MEDIAN_DAYS[diagnosis]) + 0.02 * (band - 4.5) - 0.06 * sex
    days = np.ceil(np.exp(middle + traits["slowness"] + SPREAD * rng.standard_normal(size)))
    weeks = np.where(rng.random(size) < HELD_TO_WEEKS, 7 * np.ceil(days / 7), days)
    length = np.clip(weeks, 3, LONGEST).astype(np.int64)
    stay = np.minimum(length, np.ceil(rng.exponential(1 / MOVES, size)).astype(np.int64))
    chosen = rng.random(size) < traits["coordinated"]
    insats = np.where(chosen, 5 + np.floor(rng.gamma(1.4, 32.0, size)), LONGEST + 1).astype(np.int64)
    return {
        "diagnosis": diagnosis, "length": length, "stay": stay, "cause": _cause(length, band, rng), "insats": insats,
        "whole": rng.random(size) >= PARTIAL_FROM_START, "falls": rng.geometric(TAPER, size),
    }  # fmt: skip


def _cause(length: NDArray, band: NDArray, rng: Generator) -> NDArray:
    """Index into CAUSES."""
    ones = np.ones(length.size)
    others = np.stack(
        [np.where(length > 300, 0.2, 0.0), np.where(band == len(BANDS) - 1, 0.08, 0.0), 0.004 * ones, 0.04 * ones]
    )
    edges = np.cumsum(np.concatenate([1 - others.sum(axis=0, keepdims=True), others]), axis=0)
    return (rng.random(length.size) >= edges[:-1]).sum(axis=0)


def certificates(cases: Rows, rng: Generator) -> Rows:
    """One row per certificate: case (place in `cases`), nr, fran, tom (days) and grade. The first is of two weeks and the
    next of thirty days; some begin a few free days after the one before."""
    stay = cases["stay"]
    many = 1 + np.maximum(0, -(-(stay - FIRST_CERTIFICATE) // NEXT_CERTIFICATES))
    case = np.repeat(np.arange(stay.size), many)
    nr = np.arange(case.size) - np.repeat(np.cumsum(many) - many, many)
    begins = np.where(nr > 0, FIRST_CERTIFICATE + NEXT_CERTIFICATES * (nr - 1), 0)
    ends = np.minimum(FIRST_CERTIFICATE + NEXT_CERTIFICATES * nr, stay[case]) - 1
    free = np.where((nr > 0) & (rng.random(case.size) < GAP), rng.integers(1, LONGEST_GAP + 1, case.size), 0)
    first = cases["start"][case]
    on_whole = cases["whole"][case] & (nr < cases["falls"][case])
    return {
        "case": case, "nr": nr, "fran": first + np.minimum(begins + free, ends), "tom": first + ends,
        "grade": np.where(on_whole, 100, 50),
    }  # fmt: skip
