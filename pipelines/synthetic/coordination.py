"""The events about a coordinated sjukfall: who is offered, who declines, what is done and how it is registered."""

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.odds import pick
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.rows import Ints, Rows

# (handelse, kva_koder, reko_status, ben, aktor); the first four are how an insats is registered: stated, by KVÅ, by
# Rehabstöd
WAYS = (
    ("insats", "", "", "stod", ""), ("", "GC001", "", "", ""), ("", "", "REKO_3", "", ""),
    ("insats", "GC001", "", "stod", ""), ("", "GC001|ZV506", "", "extern", "arbetsgivare"), ("erbjuden", "", "", "", ""),
    ("samtycke", "", "", "", ""), ("", "DV077", "", "", ""), ("plan_uppfoljd", "", "", "", ""),
    ("avstamningsmote", "", "", "extern", "forsakringskassan"), ("avbojt", "", "REKO_6", "", ""),
    ("insats", "", "", "intern", ""), ("flerpart", "", "", "extern", "arbetsgivare"),
    ("insats", "ZV503", "", "extern", ""), ("insats", "ZV502", "", "extern", "arbetsformedlingen"),
    ("insats", "ZV509", "", "extern", ""), ("fk_information_30kap", "", "", "", "forsakringskassan"),
    ("uppfoljning_bokad", "", "", "", ""), ("gemensam_handlingsplan", "", "", "extern", "arbetsgivare"),
)  # fmt: skip
WAY_ODDS = (0.35, 0.40, 0.10, 0.15)
CODE, EMPLOYER, OFFER, CONSENT, PLAN, FOLLOWED, MEETING, DECLINED = 1, 4, 5, 6, 7, 8, 9, 10
# of a coordinated case: (days from the first insats, way, share). A second row with the employer's part is the same event.
AFTER = (
    (-5, OFFER, 1.0), (-3, CONSENT, 0.9), (0, EMPLOYER, 0.15), (14, CODE, 0.5), (7, PLAN, 0.5), (21, FOLLOWED, 0.3),
    (28, MEETING, 0.15),
)  # fmt: skip
# drawn by themselves, so that the rest of the region is the same without them
SUPPORT = (
    (2, 11, 0.55), (30, 12, 0.12), (10, 13, 0.14), (20, 14, 0.07), (18, 15, 0.05), (25, 16, 0.08), (7, 17, 0.40),
    (24, 18, 0.25), (9, EMPLOYER, 0.20),
)  # fmt: skip
WITHOUT = ((20, OFFER, 0.10), (22, CONSENT, 0.06), (40, PLAN, 0.12))  # case days of cases that are never coordinated
DAYS_AFTER_END = 14


def coordinate(
    cases: Rows, people: pa.Array, region: Region, period: Period, chunk: int, seed: int, rng: Generator
) -> pa.Table:
    """The extract koordinering for a chunk's cases: the events of the period."""
    length, insats = cases["length"], cases["insats"]
    coordinated = np.flatnonzero(insats <= length)
    events = _events(coordinated, insats, rng)
    apart = np.random.default_rng([seed, 3, chunk])
    events += _later(coordinated, insats, SUPPORT, apart)
    events += _later(np.flatnonzero(insats > p.LAST_INSATS_DAY), np.zeros_like(insats), WITHOUT, apart)
    events += _declined(np.flatnonzero((insats > p.LAST_INSATS_DAY) & (length >= 30)), rng)
    case, day, way = (np.concatenate(column) for column in zip(*events, strict=True))
    on = cases["start"][case] + np.maximum(1, day) - 1
    place = _places(cases["unit"], region, rng)
    inside = np.flatnonzero((on >= 0) & (on <= period.final) & (day <= length[case] + DAYS_AFTER_END))
    rows = {"case": case[inside], "on": on[inside], "way": way[inside]}
    rows["place"] = place[rows["case"]]
    return _as_extract(rows, cases, people, region, period, chunk)


def _events(rows: Ints, insats: Ints, rng: Generator) -> list[tuple[Ints, Ints, Ints]]:
    """(case, case day, way) of the first insats and what comes with it."""
    return [(rows, insats[rows], pick(np.array(WAY_ODDS), len(rows), rng)), *_later(rows, insats, AFTER, rng)]


def _later(
    rows: Ints, insats: Ints, ways: tuple[tuple[int, int, float], ...], rng: Generator
) -> list[tuple[Ints, Ints, Ints]]:
    parts: list[tuple[Ints, Ints, Ints]] = []
    for later, way, share in ways:
        some = rows[rng.random(len(rows)) < share]
        parts.append((some, insats[some] + later, np.full(len(some), way, dtype=np.int32)))
    return parts


def _declined(rows: Ints, rng: Generator) -> list[tuple[Ints, Ints, Ints]]:
    some = rows[rng.random(len(rows)) < p.DECLINED]
    return [
        (some, np.full(len(some), day, dtype=np.int32), np.full(len(some), way, dtype=np.int32))
        for day, way in ((20, OFFER), (21, DECLINED))
    ]


def _places(unit: Ints, region: Region, rng: Generator) -> Ints:
    """The unit that coordinates each case: mostly its own."""
    by_other = rng.random(len(unit)) < p.BY_OTHER_UNIT
    place = unit.copy()
    place[by_other] = region.another(unit[by_other], rng, listed_only=False)
    return place


def _as_extract(rows: Rows, cases: Rows, people: pa.Array, region: Region, period: Period, chunk: int) -> pa.Table:
    case, place, way = rows["case"], rows["place"], rows["way"]
    owner = cases["unit"][case]
    handelse, kva, reko, ben, aktor = zip(*WAYS, strict=True)
    return pa.table(
        {
            "handelse_id": c.identities("k", (chunk << 28) + np.arange(len(case))),
            "kand_fran": c.instants(period.first, rows["on"], np.full(len(case), 16 * 3600)),
            "handelse_status": c.same("gallande", len(case)),
            "patient_id": people.take(pa.array(cases["patient"][case])),
            "vardgivare_id": c.coded(region.providers, region.provider[owner]),
            "enhet_id": c.coded(region.ids, place),
            "datum": c.days(period.first, rows["on"]),
            "handelse": c.coded(handelse, way),
            "kva_koder": c.coded(kva, way),
            "reko_status": c.coded(reko, way),
            "ben": c.coded(ben, way),
            "aktor": c.coded(aktor, way),
            "utforare_id": c.coded(region.performers, 2 * place + case % 2),
            "yrkesgrupp": c.same("rehabkoordinator", len(case)),
        }
    )
