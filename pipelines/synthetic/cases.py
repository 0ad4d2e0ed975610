"""The latent sjukfall of one unit: who, when, how long, why, and how it ended."""

import base64
import hashlib

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import parameters as p
from pipelines.synthetic.lengths import sample
from pipelines.synthetic.units import Unit, person_years

RUN_IN_MONTHS = 24  # cases are drawn from before the extract, so that some are open when it begins
DAY = np.timedelta64(1, "D")


def start_weights(first: str, last: str) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
    """The days on which cases may start and their weights (mean about one): season, trend, fewer on weekends."""
    begin = np.datetime64(first, "M") - RUN_IN_MONTHS
    end = np.datetime64(last, "M") + 1
    days: NDArray[np.datetime64] = np.arange(begin.astype("M8[D]"), end.astype("M8[D]"), dtype="M8[D]")
    months = days.astype("M8[M]").astype(int)
    years = (days - np.datetime64(first, "D")).astype(float) / 365.25
    weekday = (days.astype("M8[D]").astype(int) + 3) % 7
    weekdays = np.array([1.35, 1.2, 1.1, 1.1, 1.05, 0.55, 0.65])[weekday]
    return days, p.SEASON[months % 12] * p.YEARLY_TREND**years * weekdays


def draw_cases(unit: Unit, first: str, last: str, seed: int, rng: Generator) -> pd.DataFrame:
    """One row per sjukfall: patient, kon, alder, dx (row of DIAGNOSES), start, length (calendar days), cause."""
    days, weights = start_weights(first, last)
    parts = []
    for sex in ("K", "M"):
        expected = p.STARTS_PER_1000[sex] / 1000 * person_years(unit, sex) * unit.level * weights.sum() / 365.25
        count = int(rng.poisson(expected / (1 + p.RECURRENCE_SHARE)))
        shares = np.array([diagnosis.share[sex == "M"] for diagnosis in p.DIAGNOSES])
        ages = p.BAND_SHARE[1:11] * p.AGE_FACTOR[sex]
        parts.append(
            pd.DataFrame(
                {
                    "kon": sex,
                    "alder": 18 + 5 * rng.choice(10, count, p=ages / ages.sum()) + rng.integers(0, 5, count),
                    "dx": rng.choice(len(shares), count, p=shares / shares.sum()),
                    "start": rng.choice(days, count, p=weights / weights.sum()),
                }
            )
        )
    cases = pd.concat(parts, ignore_index=True)
    cases["patient"] = pseudonyms(seed, unit.vardgivare_id, unit.number, len(cases))
    cases = _with_lengths(cases, rng)
    return _with_causes(_with_recurrences(cases, days[-1], rng), rng)


def pseudonyms(seed: int, provider: str, unit: int, count: int) -> list[str]:
    """Keyed pseudonyms of 26 characters, stable within the care provider."""
    stem = f"{seed}|{provider}|{unit}|"
    return [
        base64.b32encode(hashlib.blake2b(f"{stem}{at}".encode(), digest_size=17).digest())[:26].decode()
        for at in range(count)
    ]


def _with_lengths(cases: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    uniform = rng.random(len(cases))
    length = np.zeros(len(cases), dtype=np.int64)
    for (dx, sex), rows in cases.groupby(["dx", "kon"]).indices.items():
        length[rows] = sample(int(dx), str(sex), uniform[rows])
    return cases.assign(length=length)


def _with_recurrences(cases: pd.DataFrame, last_day: np.datetime64, rng: Generator) -> pd.DataFrame:
    """Some patients fall ill again, more than the gap and the outcome window later: a new sjukfall, drawn anew."""
    again = cases[rng.random(len(cases)) < p.RECURRENCE_SHARE].copy()
    wait = (30 + rng.exponential(200, len(again))).astype(np.int64)
    again["start"] = again["start"].to_numpy() + (again["length"].to_numpy() + wait) * DAY
    again = _with_lengths(again, rng)
    return pd.concat([cases, again[again["start"] <= last_day]], ignore_index=True)


def _with_causes(cases: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    probabilities = cause_probabilities(cases["length"].to_numpy(), cases["alder"].to_numpy())
    names = np.array(list(probabilities))
    cumulative = np.cumsum(np.stack(list(probabilities.values())), axis=0)
    picked = (rng.random(len(cases)) >= cumulative).sum(axis=0)
    return cases.assign(cause=names[np.minimum(picked, len(names) - 1)])


def cause_probabilities(length: NDArray[np.int64], age: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
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


def outcomes(
    cases: pd.DataFrame, unit: Unit, window: tuple[np.datetime64, np.datetime64], rng: Generator
) -> pd.DataFrame:
    """The extract utfall: up to five days after the last certified day, as known when the extract is made."""
    kinds = np.array([name for name, _ in p.RETURN_KINDS])
    odds = np.array([share for _, share in p.RETURN_KINDS])
    returned = kinds[rng.choice(len(kinds), len(cases), p=odds / odds.sum())]
    young = np.where(cases["alder"] < 30, "aktivitetsersattning", "sjukersattning")
    cause = cases["cause"].to_numpy()
    written = np.select([cause == "atergang", cause == "ersattning"], [returned, young], cause)
    ended = cases["start"].to_numpy() + (cases["length"].to_numpy() - 1) * DAY
    on = ended + rng.integers(0, 6, len(cases)) * DAY
    keep = (cause != "ej_registrerad") & (on >= window[0]) & (on <= window[1])
    return pd.DataFrame(
        {
            "patient_id": cases["patient"].to_numpy()[keep],
            "vardgivare_id": unit.vardgivare_id,
            "datum": on[keep].astype("M8[D]").astype(str),
            "utfall": written[keep],
        }
    ).drop_duplicates(["patient_id", "datum"])
