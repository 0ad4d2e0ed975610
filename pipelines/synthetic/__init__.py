"""A synthetic region with known truth, calibrated against published figures and delivered as a sender would deliver it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.synthetic.beside import outcomes, questions
from pipelines.synthetic.cases import draw_cases
from pipelines.synthetic.certificates import certify, intyg
from pipelines.synthetic.columns import pseudonyms
from pipelines.synthetic.coordination import coordinate
from pipelines.synthetic.dirt import Dirt
from pipelines.synthetic.lengths import SEXES
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.rows import Rows, size
from pipelines.synthetic.truth import write_truth
from pipelines.synthetic.units import Unit, decided, listed, make_units, register, staffing
from pipelines.synthetic.write import Extracts

Add = Callable[[str, pa.Table, int], None]


def generate(
    out: Path, *, patients: int, enheter: int, first: str, last: str, seed: int, progress: Callable[[int, int], None],
    effect: float = 0.0, dirt: bool = False, form: str = "csv",
) -> Path:  # fmt: skip
    """Write every extract and leverans.toml to `out`, and the truth beside it (`<out>-sanning`). `effect`: after the
    first insats the daily hazard that a case ends is 1 + effect times the usual one. `dirt`: the same region as real
    extracts are, with two later deliveries (`<out>-tillagg-1` and `-2`, to be loaded in that order). The same arguments
    give the same bytes; memory is bounded by a chunk of units. Months are 'YYYY-MM'. Raises ValueError."""
    begin, end = _period(first, last)
    if patients < 100 or enheter < 1 or effect < 0:
        raise ValueError("refused: fewer than 100 patients, no unit or a negative effect")
    period = Period(first=np.datetime64(begin), last=np.datetime64(end), effect=effect)
    units = make_units(patients, enheter, seed)
    months = [str(month) for month in pd.period_range(first, last, freq="M")]
    region = Region(units)
    truth = out.parent / f"{out.name}-sanning"
    with ExitStack() as open_:
        folders = [out, *(out.parent / f"{out.name}-tillagg-{at}" for at in (1, 2) if dirt)]
        deliveries = [open_.enter_context(Extracts(folder, form)) for folder in folders]
        extracts, soiled = deliveries[0], Dirt(deliveries, region, period, seed) if dirt else None
        extracts.add("enheter", _table(soiled.register(register(units)) if soiled else register(units)))
        extracts.add("listade", listed(units, months))
        extracts.add("bemanning", _table(staffing(units, months)))
        add = soiled.add if soiled else _plainly(extracts)
        final = _write_chunks(add, region, period, seed, progress)
        extracts.add("mal", _table(decided(units, first)))
        extracts.close(begin, end)
        write_truth(truth, units, effect, final)
        if soiled:
            soiled.close(truth)
    return out


def _plainly(extracts: Extracts) -> Add:
    return lambda extract, table, chunk: extracts.add(extract, table)


def _write_chunks(
    add: Add, region: Region, period: Period, seed: int, progress: Callable[[int, int], None]
) -> Counter[tuple[str, str]]:
    """Draw and write chunk after chunk. Returns how many sjukfall and periods there are."""
    final: Counter[tuple[str, str]] = Counter()
    for number, chunk in enumerate(region.chunks(period.months)):
        tables, counts = _chunk(region, chunk, period, number, seed)
        final.update(counts)
        for extract, table in tables.items():
            add(extract, table, number)
        progress(chunk[-1].number + 1, int((region.listed > 0).sum()))
    return final


def _period(first: str, last: str) -> tuple[date, date]:
    begin = date.fromisoformat(f"{first}-01")
    month = date.fromisoformat(f"{last}-01")
    end = month.replace(day=monthrange(month.year, month.month)[1])
    if end < begin:
        raise ValueError("refused: the period ends before it begins")
    return begin, end


def _chunk(
    region: Region, units: list[Unit], period: Period, number: int, seed: int
) -> tuple[dict[str, pa.Table], Counter[tuple[str, str]]]:
    """Everything of some vårdcentraler, from random numbers of their own, and how many sjukfall and periods it is."""
    rng = np.random.default_rng([seed, 2, number])
    cases = draw_cases(region, units, period, rng)
    people = pseudonyms((number << 28) + np.arange(size(cases)), seed)
    rows = certify(cases, region, period, rng)
    certificates = intyg(rows, cases, people, region, period, number, rng)
    tables = {
        "intyg": certificates,
        "koordinering": coordinate(cases, people, region, period, number, seed, rng),
        "utfall": outcomes(cases, people, region, period, rng),
        "meddelanden": questions(rows, certificates["intyg_id"], region, period, number, rng),
    }
    return tables, _final(rows, cases)


def _final(rows: Rows, cases: Rows) -> Counter[tuple[str, str]]:
    """(what, kon) → how many there are once everything is loaded."""
    periods = np.bincount(rows["case"], ~rows["copy"], minlength=size(cases))  # of each case
    counts = {"sjukfall": periods > 0, "intygsperioder": periods}
    sex_of = cases["row"] % 2
    return Counter(
        {(what, sex): int(count[sex_of == at].sum()) for what, count in counts.items() for at, sex in enumerate(SEXES)}
    )


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame.astype("string"), preserve_index=False)
