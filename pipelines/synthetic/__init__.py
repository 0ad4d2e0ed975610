"""A synthetic region with known truth, calibrated against published figures and delivered as a sender would deliver it."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.synthetic.beside import outcomes, questions
from pipelines.synthetic.cases import draw_cases
from pipelines.synthetic.certificates import certify, intyg
from pipelines.synthetic.coordination import coordinate
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.truth import write_truth
from pipelines.synthetic.units import Unit, listed, make_units, register, staffing, targets
from pipelines.synthetic.write import Extracts


def generate(
    out: Path, *, patients: int, enheter: int, first: str, last: str, seed: int, progress: Callable[[int, int], None],
    effect: float = 0.0, form: str = "csv",
) -> Path:  # fmt: skip
    """Write every extract and leverans.toml to `out`, and the truth beside it (`<out>-sanning`). `effect`: after the
    first insats the daily hazard that a case ends is 1 + effect times the usual one. The same arguments give the same
    bytes; memory is bounded by a chunk of units. Months are 'YYYY-MM'. Raises ValueError."""
    begin, end = _period(first, last)
    if patients < 100 or enheter < 1 or effect < 0:
        raise ValueError("refused: fewer than 100 patients, no unit or a negative effect")
    period = Period(first=np.datetime64(begin), last=np.datetime64(end), effect=effect)
    units = make_units(patients, enheter, seed)
    months = [str(month) for month in pd.period_range(first, last, freq="M")]
    extracts = Extracts(out, form)
    extracts.add("enheter", _table(register(units)))
    extracts.add("listade", listed(units, months))
    extracts.add("bemanning", _table(staffing(units, months)))
    region = Region(units)
    for number, chunk in enumerate(region.chunks(period.months)):
        for extract, table in _chunk(region, chunk, period, number, seed).items():
            extracts.add(extract, table)
        progress(chunk[-1].number + 1, enheter)
    extracts.add("mal", _table(targets(units, first)))
    extracts.close(begin, end)
    write_truth(out.parent / f"{out.name}-sanning", units, effect)
    return out


def _period(first: str, last: str) -> tuple[date, date]:
    begin = date.fromisoformat(f"{first}-01")
    month = date.fromisoformat(f"{last}-01")
    end = month.replace(day=monthrange(month.year, month.month)[1])
    if end < begin:
        raise ValueError("refused: the period ends before it begins")
    return begin, end


def _chunk(region: Region, units: list[Unit], period: Period, number: int, seed: int) -> dict[str, pa.Table]:
    """Everything of some vårdcentraler, from random numbers of their own."""
    rng = np.random.default_rng([seed, 2, number])
    cases = draw_cases(region, units, period, rng)
    rows = certify(cases, region, period, rng)
    certificates = intyg(rows, cases, region, number, seed, rng)
    return {
        "intyg": certificates,
        "koordinering": coordinate(cases, region, period, number, seed, rng),
        "utfall": outcomes(cases, region, period, number, seed, rng),
        "meddelanden": questions(rows, certificates, region, number, rng),
    }


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame.astype("string"), preserve_index=False)
