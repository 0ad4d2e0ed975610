"""Certificates that cover a sjukfall: several, with small gaps and overlaps, two grades, and other units in between."""

from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import DAY
from pipelines.synthetic.diagnoses import DIAGNOSES
from pipelines.synthetic.region import Ints, Period, Region

FIRST_DAYS, LATER_DAYS = np.array([7, 10, 14, 14]), np.array([14, 21, 28, 30, 30, 60])
EMPLOYMENT = (("NUVARANDE_ARBETE", 0.84), ("ARBETSSOKANDE", 0.10), ("STUDIER", 0.03), ("FORALDRALEDIG", 0.03))
TWO = (("ja", 0.95), ("nej", 0.05)), (("sjukpenning", 0.93), ("ingen", 0.07))
ISSUED, COPY = "FK7804", "AG7804"


def certify(cases: pd.DataFrame, region: Region, period: Period, rng: Generator) -> pd.DataFrame:
    """Every certified period that overlaps the extract and is known by its end, sorted by case and time: case, nr
    (0 = the first of its case), certificate (number within the chunk), period_nr, first, final, signed (days), grad,
    unit, copy (an employer's copy, which makes no sjukfall). The last certified day of a case is exactly its start +
    length − 1."""
    rows = _known(_rounds(cases, period, rng), cases, period, rng)
    rows = _two_periods(rows, rng)
    rows = rows.assign(certificate=np.cumsum(_begins(rows)) - 1)
    return _with_copies(_with_units(rows, cases, region, rng), rng)


def _rounds(cases: pd.DataFrame, period: Period, rng: Generator) -> pd.DataFrame:
    """One certificate after the other for all open cases at once. Of a case that is old when the extract begins only
    the certificates about then and later are made."""
    length = cases["length"].to_numpy()
    before = (period.first - cases["start"].to_numpy().astype("M8[D]")).astype(np.int64)
    last = (period.last - cases["start"].to_numpy().astype("M8[D]")).astype(np.int64)
    position = np.maximum(0, before - rng.integers(0, LATER_DAYS.max(), len(cases)))
    grade = _weighted(p.GRADES, len(cases), rng)
    number = (position > 0).astype(np.int64)
    open_ = np.arange(len(cases))
    parts = []
    while open_.size:
        at, nr = position[open_], number[open_]
        kind = rng.random(open_.size)
        usual = np.where(nr > 0, _among(LATER_DAYS, kind), _among(FIRST_DAYS, kind))
        days = np.minimum(usual, length[open_] - at)
        parts.append(np.stack([open_, nr, at, days, grade[open_]]))
        ahead = at + days
        position[open_] = np.minimum(np.maximum(ahead + _gaps(open_.size, rng), 0), length[open_] - 1)
        taper = rng.random(open_.size) < p.TAPER
        grade[open_] = np.where(taper, np.maximum(25, grade[open_] - 25), grade[open_])
        number[open_] += 1
        open_ = open_[(ahead < length[open_]) & (position[open_] <= last[open_])]
    whole = np.concatenate(parts, axis=1) if parts else np.zeros((5, 0), dtype=np.int64)
    return pd.DataFrame(dict(zip(("case", "nr", "from", "days", "grad"), whole, strict=True)))


def _among(values: Ints, uniform: NDArray[np.float64]) -> Ints:
    return values[(uniform * len(values)).astype(np.int64)]


def _weighted(choices: tuple[tuple, ...], count: int, rng: Generator) -> Ints:
    """Values (numbers) or, for texts, their places in the list."""
    values, odds = zip(*choices, strict=True)
    place = np.searchsorted(np.cumsum(odds), rng.random(count) * sum(odds), side="right")
    place = np.minimum(place, len(odds) - 1)
    return place if isinstance(values[0], str) else np.array(values)[place]


def _gaps(count: int, rng: Generator) -> Ints:
    """Free days to the next certificate: mostly none, sometimes 1–5, sometimes it overlaps by 1–2."""
    uniform = rng.random(count)
    gap = rng.integers(1, 6, count)
    overlap = -rng.integers(1, 3, count)
    return np.select([uniform < p.GAP_SHARE, uniform < p.GAP_SHARE + p.OVERLAP_SHARE], [gap, overlap], 0)


def _known(rows: pd.DataFrame, cases: pd.DataFrame, period: Period, rng: Generator) -> pd.DataFrame:
    """Certificates that overlap the extract and were signed by its end."""
    first = cases["start"].to_numpy().astype("M8[D]")[rows["case"]] + rows["from"].to_numpy() * DAY
    final = first + (rows["days"].to_numpy() - 1) * DAY
    signed = first + rng.integers(-1, 3, len(rows)) * DAY
    rows = rows.assign(first=first, final=final, signed=signed)
    kept = (final >= period.first) & (first <= period.last) & (signed <= period.last)
    kept_rows = np.flatnonzero(kept)  # in the order of certificates; a stable sort keeps it within each case
    return rows.take(kept_rows[np.argsort(rows["case"].to_numpy()[kept_rows], kind="stable")]).reset_index(drop=True)


def _begins(rows: pd.DataFrame) -> NDArray[np.bool_]:
    return rows["period_nr"].to_numpy() == 1


def _two_periods(rows: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Some certificates of two weeks or more have a second period at half the grade: two rows of one certificate."""
    days, grad = rows["days"].to_numpy(), rows["grad"].to_numpy()
    split = (days >= 14) & (grad >= 50) & (rng.random(len(rows)) < p.TWO_PERIODS)
    place = np.repeat(np.arange(len(rows)), 1 + split)
    second = np.concatenate([[False], place[1:] == place[:-1]])[: len(place)]
    halved = split[place] & ~second
    middle = (rows["first"].to_numpy() + (days // 2) * DAY)[place]
    twice = rows.take(place).reset_index(drop=True)
    return twice.assign(
        period_nr=1 + second,
        first=np.where(second, middle, twice["first"].to_numpy()),
        final=np.where(halved, middle - DAY, twice["final"].to_numpy()),
        grad=np.where(second, grad[place] // 50 * 25, grad[place]),
    )


def _with_units(rows: pd.DataFrame, cases: pd.DataFrame, region: Region, rng: Generator) -> pd.DataFrame:
    """The issuing unit; now and then, but never of the first certificate, another unit of the care provider."""
    certificate = rows["certificate"].to_numpy()
    begins = _begins(rows)
    own = cases["unit"].to_numpy()[rows["case"].to_numpy()[begins]]
    moved = (rng.random(len(own)) < p.OTHER_UNIT_SHARE) & (rows["nr"].to_numpy()[begins] > 0)
    issuing = own.copy()
    issuing[moved] = region.another(own[moved], rng, listed_only=True)
    return rows.assign(unit=issuing[certificate])


def _with_copies(rows: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """The employer's copy is a certificate of its own beside the real one, and never makes a sjukfall."""
    copied = (rng.random(int(_begins(rows).sum())) < p.EMPLOYER_COPY)[rows["certificate"].to_numpy()]
    return pd.concat([rows.assign(copy=False), rows[copied].assign(copy=True)], ignore_index=True)


@cache
def _codes() -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """(every diagnosis code, place of the first of each diagnosis, how many it has)."""
    counts = np.array([len(diagnosis.codes) for diagnosis in DIAGNOSES])
    return [code for diagnosis in DIAGNOSES for code in diagnosis.codes], np.cumsum(counts) - counts, counts


def intyg(rows: pd.DataFrame, cases: pd.DataFrame, region: Region, chunk: int, seed: int, rng: Generator) -> pa.Table:
    """The extract intyg: what certify returned, as a sender writes it."""
    case, patients = rows["case"].to_numpy(), cases["patient"].to_numpy()
    owner = cases["unit"].to_numpy()[case]
    codes, at, counts = _codes()
    dx = cases["row"].to_numpy() // 2
    code = at[dx] + (rng.random(len(cases)) * counts[dx]).astype(np.int64)
    second = rng.integers(8 * 3600, 17 * 3600, int(rows["certificate"].max() + 1) if len(rows) else 0)
    certificate = rows["certificate"].to_numpy()
    signed = c.instants(rows["signed"].to_numpy(), second[certificate])
    per_case = [_weighted(choices, len(cases), rng)[case] for choices in (EMPLOYMENT, *TWO)]
    number = (chunk << 28) + (certificate << 1) + rows["copy"].to_numpy()
    return pa.table(
        {
            "intyg_id": c.identities("i", number),
            "period_nr": c.numbers(rows["period_nr"].to_numpy(), 2),
            "handelse": c.same("utfardat", len(rows)),
            "kand_fran": signed,
            "patient_id": c.pseudonyms((chunk << 28) + patients, seed, case),
            "vardgivare_id": c.coded(region.providers, region.provider[owner]),
            "enhet_id": c.coded(region.ids, rows["unit"].to_numpy()),
            "listad_enhet_id": c.coded(region.ids, owner),
            "typ": c.coded([ISSUED, COPY], rows["copy"].to_numpy()),
            "signerad": signed,
            "fran": c.days(rows["first"].to_numpy()),
            "tom": c.days(rows["final"].to_numpy()),
            "grad": c.numbers(rows["grad"].to_numpy(), 100),
            "diagnos": c.coded(codes, code[case]),
            "kon": c.coded(["K", "M"], cases["row"].to_numpy()[case] % 2),
            "alder": c.numbers(cases["alder"].to_numpy()[case], 120),
            "sysselsattning": c.coded([name for name, _ in EMPLOYMENT], per_case[0]),
            "har_sgi": c.coded([name for name, _ in TWO[0]], per_case[1]),
            "ersattning": c.coded([name for name, _ in TWO[1]], per_case[2]),
        }
    )
