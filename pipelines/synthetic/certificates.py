"""Certificates that cover a sjukfall: several, with small gaps and overlaps, two grades, and other units in between."""

from functools import cache

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.diagnoses import DIAGNOSES
from pipelines.synthetic.odds import pick
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.rows import Ints, Rows, joined, size, take

FIRST_DAYS, LATER_DAYS = np.array([7, 10, 14, 14], dtype=np.int32), np.array([14, 21, 28, 30, 30, 60], dtype=np.int32)
EMPLOYMENT = (("NUVARANDE_ARBETE", 0.84), ("ARBETSSOKANDE", 0.10), ("STUDIER", 0.03), ("FORALDRALEDIG", 0.03))
TWO = (("ja", 0.95), ("nej", 0.05)), (("sjukpenning", 0.93), ("ingen", 0.07))
ISSUED, COPY = "FK7804", "AG7804"


def certify(cases: Rows, region: Region, period: Period, rng: Generator) -> Rows:
    """Every certified period that overlaps the extract and is known by its end, sorted by case and time: case,
    certificate (number within the chunk), period_nr, first, final, signed (days), grad, unit, copy (an employer's copy,
    which makes no sjukfall). The last certified day of a case is exactly its start + length − 1."""
    rows = _known(_rounds(cases, period, rng), cases, period, rng)
    rows = _two_periods(rows, rng)
    rows["certificate"] = np.cumsum(_begins(rows)) - 1
    rows["unit"] = _issuing_units(rows, cases, region, rng)
    return _with_copies(rows, rng)


def _rounds(cases: Rows, period: Period, rng: Generator) -> Rows:
    """One certificate after the other for all open cases at once. Of a case that is old when the extract begins only
    the certificates about then and later are made."""
    earlier = rng.integers(0, LATER_DAYS.max(), size(cases), dtype=np.int32)
    at = np.maximum(0, -cases["start"] - earlier)
    grad = _weighted(p.GRADES, size(cases), rng)
    case = np.arange(size(cases), dtype=np.int32)
    open_: Rows = {"case": case, "nr": (at > 0).astype(np.int16), "at": at, "grad": grad, "length": cases["length"]}
    open_["last"] = period.final - cases["start"]
    parts: list[Rows] = []
    while not parts or size(open_):  # an empty chunk has one empty round
        days = np.minimum(_usual_days(open_["nr"], rng), open_["length"] - open_["at"])
        parts.append({name: open_[name] for name in ("case", "nr", "at", "grad")} | {"days": days})
        ahead = open_["at"] + days
        at = np.clip(ahead + _gaps(len(ahead), rng), 0, open_["length"] - 1)
        taper = rng.random(len(at)) < p.TAPER
        grad = np.where(taper, np.maximum(25, open_["grad"] - 25), open_["grad"])
        left = np.flatnonzero((ahead < open_["length"]) & (at <= open_["last"]))
        open_ = take(open_ | {"nr": open_["nr"] + 1, "at": at, "grad": grad}, left)
    order = _by_case([part["case"] for part in parts], size(cases))
    return joined(parts) | {"order": order}


def _by_case(rounds: list[Ints], cases: int) -> Ints:
    """Places of the rows of all rounds together, by case and, within it, by round: a case is in the rounds from the
    first one on, without a gap, so its place is known without sorting."""
    case = np.concatenate(rounds)
    count = np.bincount(case, minlength=cases)
    nth = np.repeat(np.arange(len(rounds)), [len(one) for one in rounds])
    order = np.empty(len(case), dtype=np.int64)
    order[(np.cumsum(count) - count)[case] + nth] = np.arange(len(case))
    return order


def _usual_days(nr: Ints, rng: Generator) -> Ints:
    """How long a certificate is where the case lasts: the first one is shorter."""
    kind = rng.random(len(nr))
    return np.where(nr > 0, _among(LATER_DAYS, kind), _among(FIRST_DAYS, kind))


def _among(values: Ints, uniform: NDArray[np.float64]) -> Ints:
    return values[(uniform * len(values)).astype(np.int64)]


def _weighted(choices: tuple[tuple, ...], count: int, rng: Generator) -> Ints:
    """Values (numbers) or, for texts, their places in the list."""
    values, odds = zip(*choices, strict=True)
    place = pick(np.array(odds), count, rng)
    return place if isinstance(values[0], str) else np.array(values, dtype=np.int16)[place]


def _gaps(count: int, rng: Generator) -> Ints:
    """Free days to the next certificate: mostly none, sometimes 1–5, sometimes it overlaps by 1–2."""
    uniform = rng.random(count)
    gap = rng.integers(1, 6, count, dtype=np.int32)
    overlap = -rng.integers(1, 3, count, dtype=np.int32)
    rest = np.where(uniform < p.GAP_SHARE + p.OVERLAP_SHARE, overlap, 0)
    return np.where(uniform < p.GAP_SHARE, gap, rest)


def _known(rows: Rows, cases: Rows, period: Period, rng: Generator) -> Rows:
    """Certificates that overlap the extract and were signed by its end, in order."""
    order = rows["order"]
    first = cases["start"][rows["case"]] + rows["at"]
    final = first + rows["days"] - 1
    signed = first + rng.integers(-1, 3, size(rows), dtype=np.int32)
    kept = (final >= 0) & (first <= period.final) & (signed <= period.final)
    dated = {name: rows[name] for name in ("case", "nr", "days", "grad")}
    return take(dated | {"first": first, "final": final, "signed": signed}, order[kept[order]])


def _begins(rows: Rows) -> NDArray[np.bool_]:
    return rows["period_nr"] == 1


def _two_periods(rows: Rows, rng: Generator) -> Rows:
    """Some certificates of two weeks or more have a second period at half the grade: two rows of one certificate."""
    days = rows.pop("days")
    split = (days >= 14) & (rows["grad"] >= 50) & (rng.random(len(days)) < p.TWO_PERIODS)
    halved = np.flatnonzero(split)
    twice = take(rows, np.repeat(np.arange(len(days)), 1 + split))
    former = halved + np.arange(len(halved))
    later = former + 1
    middle = rows["first"][halved] + days[halved] // 2
    twice["final"][former], twice["first"][later] = middle - 1, middle
    twice["grad"][later] = twice["grad"][later] // 50 * 25
    twice["period_nr"] = np.ones(size(twice), dtype=np.int8)
    twice["period_nr"][later] = 2
    return twice


def _issuing_units(rows: Rows, cases: Rows, region: Region, rng: Generator) -> Ints:
    """The case's own; now and then, but never of the first certificate, another unit of the care provider."""
    begins = np.flatnonzero(_begins(rows))
    issuing = cases["unit"][rows["case"][begins]]
    moved = (rng.random(len(issuing)) < p.OTHER_UNIT_SHARE) & (rows.pop("nr")[begins] > 0)
    issuing[moved] = region.another(issuing[moved], rng, listed_only=True)
    return issuing[rows["certificate"]]


def _with_copies(rows: Rows, rng: Generator) -> Rows:
    """The employer's copy is a certificate of its own beside the real one, and never makes a sjukfall."""
    copied = (rng.random(int(_begins(rows).sum())) < p.EMPLOYER_COPY)[rows["certificate"]]
    both = joined([rows, take(rows, copied)])
    return both | {"copy": np.arange(size(both)) >= size(rows)}


@cache
def _codes() -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """(every diagnosis code, place of the first of each diagnosis, how many it has)."""
    counts = np.array([len(diagnosis.codes) for diagnosis in DIAGNOSES])
    return [code for diagnosis in DIAGNOSES for code in diagnosis.codes], np.cumsum(counts) - counts, counts


def intyg(
    rows: Rows, cases: Rows, people: pa.Array, region: Region, period: Period, chunk: int, rng: Generator
) -> pa.Table:
    """The extract intyg: what certify returned, as a sender writes it. `people`: pseudonyms by number of patient."""
    case, certificate = rows["case"], rows["certificate"]
    owner = cases["unit"][case]
    codes, at, counts = _codes()
    dx = cases["row"] // 2
    code = at[dx] + (rng.random(size(cases)) * counts[dx]).astype(np.int64)
    second = rng.integers(8 * 3600, 17 * 3600, int(certificate.max(initial=-1)) + 1)
    signed = c.instants(period.first, rows["signed"], second[certificate])
    per_case = [_weighted(choices, size(cases), rng)[case] for choices in (EMPLOYMENT, *TWO)]
    return pa.table(
        {
            "intyg_id": c.identities("i", (chunk << 28) + (certificate << 1) + rows["copy"]),
            "period_nr": c.numbers(rows["period_nr"], 2),
            "handelse": c.same("utfardat", len(case)),
            "kand_fran": signed,
            "patient_id": people.take(pa.array(cases["patient"][case])),
            "vardgivare_id": c.coded(region.providers, region.provider[owner]),
            "enhet_id": c.coded(region.ids, rows["unit"]),
            "listad_enhet_id": c.coded(region.ids, owner),
            "typ": c.coded([ISSUED, COPY], rows["copy"]),
            "signerad": signed,
            "fran": c.days(period.first, rows["first"]),
            "tom": c.days(period.first, rows["final"]),
            "grad": c.numbers(rows["grad"], 100),
            "diagnos": c.coded(codes, code[case]),
            "kon": c.coded(["K", "M"], cases["row"][case] % 2),
            "alder": c.numbers(cases["alder"][case], 120),
            "sysselsattning": c.coded([name for name, _ in EMPLOYMENT], per_case[0]),
            "har_sgi": c.coded([name for name, _ in TWO[0]], per_case[1]),
            "ersattning": c.coded([name for name, _ in TWO[1]], per_case[2]),
        }
    )
