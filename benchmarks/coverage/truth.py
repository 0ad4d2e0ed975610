"""What is true in the invented population: the estimands as the declarations have them, of cases known to their end."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.coverage.figures import reference_rates
from benchmarks.coverage.population import BAND_PERCENT, DIAGNOSES, FIRST, SEXES, Rows, certificates, draw
from pipelines.stats.decomposition import cross_classified

Truth = dict[tuple[str, str], float]
LISTED, UNITS = 10_000, 1_000  # of each sex: so many that the truth's own error is small beside a region's
TARGET, FIRST_DAYS, GRADE_DAY = 30, 90, 28
SHARES = {name: np.array(percent) / 100 for name, percent in BAND_PERCENT.items()}


def _day(text: str) -> int:
    return int((np.datetime64(text) - FIRST).astype(int))


YEAR = _day("2025-01-01"), _day("2025-12-31")
ENDED = _day("2024-10-01"), _day("2025-09-30")
FOLLOWED = _day("2024-07-01"), _day("2025-06-30")
STOCK = _day("2025-09-30")


def truth(rng: Generator) -> Truth:
    """(figure, who) → value, as in `figures`; nothing of the product but the definition of an exact decomposition."""
    every = draw(LISTED, UNITS, rng)
    every |= _papers(every, rng)
    by_sex = [{name: one[every["sex"] == sex] for name, one in every.items()} for sex in range(2)]
    started = [_some(cases, _between(cases["start"], YEAR)) for cases in by_sex]
    open_ = [_some(cases, (cases["start"] <= STOCK) & (STOCK < cases["start"] + cases["stay"])) for cases in by_sex]
    found: Truth = {}
    for sex, name in enumerate(SEXES):
        own = _levels(by_sex[sex], name) | _stock(open_[sex]) | _course(started[sex]) | _ended(by_sex[sex])
        own["atergang.standard"] = _standardised(started, sex)
        found |= {(figure, name): float(value) for figure, value in own.items()}
    found |= _contrasts(found)
    for figure, cases in (("startade", started), ("pagaende", open_)):
        found |= _two_parts(f"uppdelning.{figure}", cases)
    return found | _three_parts("uppdelning.andel_partiell", open_)


def _papers(cases: Rows, rng: Generator) -> Rows:
    """Of every case: its certified days, and whether it is on part time on the day of the stock and on case day 28."""
    papers = certificates(cases, rng)
    size, case = cases["start"].size, papers["case"]
    certified = np.bincount(case, papers["tom"] - papers["fran"] + 1, minlength=size)
    found = {"certified": certified}
    for name, day in (("part_on_stock", np.full(size, STOCK)), ("part_on_day", cases["start"] + GRADE_DAY - 1)):
        begun = papers["fran"] <= day[case]
        latest = np.zeros(size, dtype=np.int64)
        np.maximum.at(latest, case[begun], np.flatnonzero(begun))
        found[name] = papers["grade"][latest] < 100
    return found


def _some(cases: Rows, chosen: NDArray) -> Rows:
    return {name: one[chosen] for name, one in cases.items()}


def _between(day: NDArray, period: tuple[int, int]) -> NDArray:
    return (day >= period[0]) & (day <= period[1])


def _levels(cases: Rows, sex: str) -> dict[str, float]:
    """Per listad: starts, stock and days, and starts standardised for age."""
    people = LISTED * UNITS
    last = cases["start"] + cases["stay"] - 1
    days = np.minimum(last, YEAR[1]) - np.maximum(cases["start"], YEAR[0]) + 1
    started = np.bincount(cases["band"][_between(cases["start"], YEAR)], minlength=len(SHARES[sex]))
    rates = started / (people * SHARES[sex])
    ongoing = (cases["start"] <= STOCK) & (last >= STOCK)
    return {
        "startade": 1_000 * started.sum() / people, "pagaende": 1_000 * ongoing.sum() / people,
        "dagar": np.maximum(0, days).sum() / people, "dsr": 1_000 * rates.mean(),
        "isr": 100 * (SHARES[sex] @ rates) / (SHARES[sex] @ reference_rates()),
    }  # fmt: skip


def _stock(cases: Rows) -> dict[str, float]:
    return {"andel_partiell": 100 * cases["part_on_stock"].mean()}


def _course(cases: Rows) -> dict[str, float]:
    """Of the cases started in the year: what becomes of them where nobody moves away, and how they are coordinated."""
    returned = np.sort(np.where(cases["cause"] == 0, cases["length"], 10**6))
    reached = _some(cases, cases["stay"] >= TARGET)
    covered = (reached["insats"] <= TARGET + 60) & (reached["insats"] <= reached["stay"])
    return {f"atergang.{day}": (returned <= day).mean() for day in (30, 90, 180)} | {
        "atergang.median": returned[-(-returned.size // 2) - 1],
        "atergang.medeldagar": np.minimum(cases["length"], FIRST_DAYS).mean(),
        "tackning.60": covered.mean(),
        "grader.28": ((cases["stay"] > GRADE_DAY) & ~cases["part_on_day"]).mean(),
    }


def _ended(cases: Rows) -> dict[str, float]:
    ended = cases["certified"][_between(cases["start"] + cases["stay"] - 1, ENDED)]
    reached = _some(cases, _between(cases["start"], FOLLOWED) & (cases["stay"] >= TARGET))
    covered = (reached["insats"] <= TARGET + FIRST_DAYS) & (reached["insats"] <= reached["stay"])
    return {
        "langd_avslutade.medel": ended.mean(), "langd_avslutade.median": np.median(ended),
        "kaskad.insats": 100 * covered.mean(),
    }  # fmt: skip


def _standardised(started: list[Rows], sex: int) -> float:
    """F(90) with the ages (ten years) and diagnoses of both sexes."""
    stratum = [cases["band"] // 2 * len(DIAGNOSES) + cases["diagnosis"] for cases in started]
    both = np.bincount(np.concatenate(stratum))
    own = started[sex]
    back = (own["cause"] == 0) & (own["length"] <= FIRST_DAYS)
    return both / both.sum() @ (np.bincount(stratum[sex], back) / np.bincount(stratum[sex]))


def _contrasts(values: Truth) -> Truth:
    pairs = {figure: (values[figure, "K"], values[figure, "M"]) for figure, who in values if who == "K"}
    return {(figure, "skillnad"): k - m for figure, (k, m) in pairs.items()} | {
        (figure, "kvot"): k / m for figure, (k, m) in pairs.items()
    }


def _two_parts(figure: str, cases: list[Rows]) -> Truth:
    """Age (ten years) and the rest, of a rate per 1 000 listade: Kitagawa written out."""
    share = [SHARES[sex].reshape(-1, 2).sum(axis=1) for sex in SEXES]
    rate = [1_000 * np.bincount(one["band"] // 2) / (LISTED * UNITS * s) for one, s in zip(cases, share, strict=True)]
    age = ((share[0] - share[1]) * (rate[0] + rate[1]) / 2).sum()
    level = ((rate[0] - rate[1]) * (share[0] + share[1]) / 2).sum()
    return {(figure, "alder"): float(age), (figure, "niva"): float(level)}


def _three_parts(figure: str, cases: list[Rows]) -> Truth:
    """Age (twenty years), diagnosis and the rest, of a share in percent."""
    form = (3, len(DIAGNOSES))
    stratum = [one["band"] // 4 * form[1] + one["diagnosis"] for one in cases]
    size = [np.bincount(one, minlength=15).reshape(form) for one in stratum]
    part = [
        np.bincount(s, one["part_on_stock"], minlength=15).reshape(form) for s, one in zip(stratum, cases, strict=True)
    ]
    found = cross_classified(size[0], part[0] / size[0], size[1], part[1] / size[1])
    return {(figure, name): 100 * float(found.effect[at]) for at, name in enumerate(("alder", "diagnos", "niva"))}
