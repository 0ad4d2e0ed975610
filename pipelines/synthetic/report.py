"""Every published target beside what a delivery holds, part by part."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd

from pipelines.stats.survival import at_days, kaplan_meier
from pipelines.synthetic import targets
from pipelines.synthetic.cases import day_weights
from pipelines.synthetic.diagnoses import DAYS, rate
from pipelines.synthetic.judge import Row
from pipelines.synthetic.lengths import PAID
from pipelines.synthetic.measure import DAY, KNOWN, Measured
from pipelines.synthetic.parameters import KON_SHARE, VARDCENTRAL_SHARE

SHORTEST_SERIES = 12


def compare(measured: Measured) -> list[Row]:
    """All rows, in the order of the report. What the delivery is too short for is left out."""
    parts: tuple[Callable[[Measured], Iterator[Row]], ...] = (
        _inflow, _inflow_by_diagnosis, _women, _open, _stock_level, _stock_by_chapter, _season, _trend, _units, _grades,
    )  # fmt: skip
    return [row for part in parts for row in part(measured)]


def _month(days: pd.Series) -> pd.Series:
    return days.dt.strftime("%Y-%m")


def _level(months: list[str]) -> float:
    """The published inflow of these months against the mean of 2025, with the published season and trend."""
    first, last = np.datetime64(months[0], "M"), np.datetime64(months[-1], "M")
    return float(day_weights(first.astype("M8[D]"), (last + 1).astype("M8[D]") - DAY).mean())


def _rate(measured: Measured, part: str, what: str, kon: str, rows: pd.Series, target: float, source: str) -> Row:
    """Started cases per 1 000 listade 18–67 and year, with the Poisson error of what was expected, or found if more."""
    months, starts = measured.months, measured.paid
    columns = ["K", "M"] if kon == "alla" else [kon]
    years = measured.people.loc[months, columns].to_numpy().sum() / 12
    n = int((rows & starts["kon"].isin(columns) & _month(starts["start"]).isin(months)).sum())
    error = 1000 * max(n, target * years / 1000) ** 0.5 / years
    return Row(del_=part, vad=what, target=target, measured=1000 * n / years, error=error, source=source)


def _inflow(measured: Measured) -> Iterator[Row]:
    if not measured.months:
        return
    source = f"{targets.of('startade_manad')[0].kalla}, omräknat till leveransens månader"
    every = measured.paid["kon"].notna()
    level, women = _level(measured.months), targets.all_share_of_women()
    total = targets.starts_per_1000() * VARDCENTRAL_SHARE * level
    shares = {"alla": 1.0, "K": women / KON_SHARE["K"], "M": (1 - women) / KON_SHARE["M"]}
    for kon, share in shares.items():
        yield _rate(measured, "inflöde", f"startade > 14 dagar per 1 000, {kon}", kon, every, total * share, source)
    for kod in ("F", "F43"):
        target = total * targets.value("startade_ar", kod) / targets.national_starts()
        some = measured.paid["kod"].str.startswith(kod)
        yield _rate(measured, "inflöde", f"startade > 14 dagar per 1 000, {kod}", "alla", some, target, source)


def _inflow_by_diagnosis(measured: Measured) -> Iterator[Row]:
    if not measured.months:
        return
    level, kod = _level(measured.months), measured.paid["kod"]
    for target in targets.of("startade"):
        starts = targets.value("startade_ar", "F43") if target.kod == "F43" else target.varde
        women = targets.share_of_women(target.kod)
        for kon, share in (("K", women), ("M", 1 - women)):
            what, goal = f"startade per 1 000, {target.kod} {kon}", rate(starts, share, kon) * level
            yield _rate(measured, "inflöde per diagnos", what, kon, kod == target.kod, goal, target.kalla)


def _women(measured: Measured) -> Iterator[Row]:
    starts = measured.paid[measured.paid["kon"].isin(["K", "M"])]
    for target in targets.of("startade"):
        some = starts[starts["kod"] == target.kod]
        if len(some):
            yield _share("kvinnors andel", f"kvinnor, {target.kod}, %", 100 * targets.share_of_women(target.kod),
                         some["kon"] == "K", targets.of("personer")[0].kalla)  # fmt: skip


def _share(part: str, what: str, target: float | None, hits: pd.Series, source: str) -> Row:
    """A share in percent with its binomial standard error."""
    p, n = float(hits.mean()), len(hits)
    expected = p if target is None else target / 100
    error = 100 * (expected * (1 - expected) / n) ** 0.5
    return Row(del_=part, vad=what, target=target, measured=100 * p, error=error, source=source)


def _open(measured: Measured) -> Iterator[Row]:
    """S(d − 1) / S(14), Kaplan–Meier among the paid; a case not surely ended by the last days is censored."""
    known = pd.Timestamp(measured.last - KNOWN * DAY)
    for target in targets.of("startade"):
        some = measured.paid[measured.paid["kod"] == target.kod]
        ended = some["end"] <= known
        days = ((some["end"].where(ended, known) - some["start"]).dt.days + 1).to_numpy()
        grid = np.arange(PAID + 1, max(days.max(initial=0), max(DAYS)) + 1)
        events, censored = (np.bincount(days[part], minlength=grid[-1] + 1)[grid] for part in (ended, ~ended))
        if not len(some):
            continue
        curve = kaplan_meier(grid, events, censored, level=0.95)
        at = [day - 1 for day in DAYS]
        open_, variance = (at_days(grid, v, at, start=s) for v, s in ((curve.survival, 1.0), (curve.variance, 0.0)))
        for day, share, spread in zip(DAYS, open_, variance, strict=True):
            goal = targets.value(f"oppna_{day}", target.kod)
            # where few are left the estimated error is too small: the larger of it and the binomial one of the target
            error = max(spread, goal * (1 - goal) / len(some)) ** 0.5
            yield Row(del_="kvar efter", vad=f"kvar dag {day}, {target.kod}, %", target=100 * goal, measured=100 * share,
                      error=100 * error, source=target.kalla)  # fmt: skip


def _stock(measured: Measured, month: str) -> pd.DataFrame:
    """Cases open on the last day of a month that have passed day 14."""
    day = pd.Timestamp((np.datetime64(month, "M") + 1).astype("M8[D]") - DAY)
    cases = measured.cases
    return cases[(cases["start"] + pd.Timedelta(days=PAID) <= day) & (cases["end"] >= day)]


def _stock_months(measured: Measured) -> list[str]:
    """From the second month on: the first days of older cases lie before the delivery."""
    return measured.months[1:]


def _stock_level(measured: Measured) -> Iterator[Row]:
    series = targets.by_period("pagaende_manad")
    months = [month for month in _stock_months(measured) if month in series]
    if not months:
        return
    people = measured.people.loc[months, ["K", "M"]].sum(axis=1).to_numpy()
    counts = np.array([len(_stock(measured, month)) for month in months])
    per_person = np.array([series[month] for month in months]) / targets.value("befolkning_18_67")
    yield Row(
        del_="bestånd", vad=f"pågående per 1 000, {months[0]} till {months[-1]}",
        target=1000 * per_person.mean() * VARDCENTRAL_SHARE, measured=float(1000 * (counts / people).mean()),
        error=float(1000 * counts.mean() ** 0.5 / people.mean()), source=targets.of("pagaende_manad")[0].kalla,
    )  # fmt: skip


def _stock_by_chapter(measured: Measured) -> Iterator[Row]:
    months = _stock_months(measured)
    if not months:
        return
    published = targets.of("bestand_andel")
    nearest = np.datetime64(published[0].period, "M").astype(int)
    month = min(months, key=lambda one: abs(np.datetime64(one, "M").astype(int) - nearest))
    open_ = _stock(measured, month)
    for target in published:
        some = open_ if target.kon == "alla" else open_[open_["kon"] == target.kon]
        chapter = some["kod"].str.slice(0, 1)
        hits = chapter == target.kod if target.kod in "FM" else ~chapter.isin(["F", "M"])
        if len(some):
            yield _share("bestånd", f"andel av pågående {month}, {target.kod} {target.kon}, %", target.varde, hits,
                         target.kalla)  # fmt: skip


def _season(measured: Measured) -> Iterator[Row]:
    starts = _month(measured.paid["start"]).value_counts()
    kinds = (
        ("startade", "startade_manad", measured.months, lambda month: starts.get(month, 0)),
        ("pågående", "pagaende_manad", _stock_months(measured), lambda month: len(_stock(measured, month))),
    )
    for what, matt, months, count in kinds:
        years = sorted({month[:4] for month in months if all(f"{month[:4]}-{n:02d}" in months for n in range(1, 13))})
        if not years:
            continue
        table = np.array([[count(f"{year}-{n:02d}") for n in range(1, 13)] for year in years], dtype=float)
        index = 12 * table.sum(axis=0) / table.sum()
        for n, (target, found) in enumerate(zip(targets.month_index(matt), index, strict=True)):
            error = found / max(1.0, table[:, n].sum()) ** 0.5
            yield Row(del_="säsong", vad=f"{what}, månad {n + 1:02d} mot årets medel", target=target, measured=float(found),
                      error=float(error), source=targets.of(matt)[0].kalla)  # fmt: skip


def _trend(measured: Measured) -> Iterator[Row]:
    starts = _month(measured.paid["start"]).value_counts()
    kinds = (
        ("startade", "startade_manad", measured.months, lambda month: starts.get(month, 0)),
        ("pågående", "pagaende_manad", _stock_months(measured), lambda month: len(_stock(measured, month)) / 12),
    )
    for what, matt, months, count in kinds:
        if len(months) < 2 * SHORTEST_SERIES:
            continue
        before, after = (sum(map(count, part)) for part in (months[-24:-12], months[-12:]))
        yield Row(del_="trend", vad=f"{what}, tolv månader mot de tolv före", target=targets.year_factor(matt),
                  measured=after / before, error=after / before * (1 / before + 1 / after) ** 0.5,
                  source=targets.of(matt)[0].kalla)  # fmt: skip


def _units(measured: Measured) -> Iterator[Row]:
    sizes = measured.sizes
    at = partial(np.quantile, sizes)
    for target in targets.of("listade_kvantil"):
        share = int(target.kod) / 100
        if share < 1:
            off = (share * (1 - share) / len(sizes)) ** 0.5
            error = (at(min(1.0, share + off)) - at(max(0.0, share - off))) / 2
            yield Row(del_="enheter", vad=f"listade per vårdcentral, percentil {target.kod}", target=target.varde,
                      measured=float(at(share)), error=float(error), source=target.kalla)  # fmt: skip
    yield _share("enheter", "vårdcentraler med minst 4 000 listade, %", targets.value("listade_minst_4000"),
                 pd.Series(sizes >= 4000), targets.of("listade_minst_4000")[0].kalla)  # fmt: skip


def _grades(measured: Measured) -> Iterator[Row]:
    grade = measured.paid["grad"]
    if len(grade):
        for value in ("25", "50", "75"):
            yield _share("grad", f"startade med grad {value}, %", None, grade == value, "–")
