"""The events about a coordinated sjukfall: who is offered, who declines, what is done and how it is registered."""

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import DAY
from pipelines.synthetic.region import Ints, Period, Region

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


def coordinate(cases: pd.DataFrame, region: Region, period: Period, chunk: int, seed: int, rng: Generator) -> pa.Table:
    """The extract koordinering for a chunk's cases: the events of the period."""
    length, insats = cases["length"].to_numpy(), cases["insats"].to_numpy()
    coordinated = np.flatnonzero(insats <= length)
    events = _events(coordinated, insats, rng)
    apart = np.random.default_rng([seed, 3, chunk])
    events += _later(coordinated, insats, SUPPORT, apart)
    events += _later(np.flatnonzero(insats > p.LAST_INSATS_DAY), np.zeros_like(insats), WITHOUT, apart)
    events += _declined(np.flatnonzero((insats > p.LAST_INSATS_DAY) & (length >= 30)), rng)
    case, day, way = np.concatenate([np.stack(part) for part in events], axis=1)
    on = cases["start"].to_numpy().astype("M8[D]")[case] + (np.maximum(1, day) - 1) * DAY
    inside = (on >= period.first) & (on <= period.last) & (day <= length[case] + DAYS_AFTER_END)
    place = _places(cases["unit"].to_numpy(), region, rng)
    return _as_extract(case[inside], on[inside], way[inside], cases, place, region, chunk, seed)


def _events(rows: Ints, insats: Ints, rng: Generator) -> list[tuple[Ints, Ints, Ints]]:
    """(case, case day, way) of the first insats and what comes with it."""
    first = np.searchsorted(np.cumsum(WAY_ODDS), rng.random(len(rows)) * sum(WAY_ODDS), side="right")
    return [(rows, insats[rows], np.minimum(first, len(WAY_ODDS) - 1)), *_later(rows, insats, AFTER, rng)]


def _later(
    rows: Ints, insats: Ints, ways: tuple[tuple[int, int, float], ...], rng: Generator
) -> list[tuple[Ints, Ints, Ints]]:
    parts = []
    for later, way, share in ways:
        some = rows[rng.random(len(rows)) < share]
        parts.append((some, insats[some] + later, np.full(len(some), way)))
    return parts


def _declined(rows: Ints, rng: Generator) -> list[tuple[Ints, Ints, Ints]]:
    some = rows[rng.random(len(rows)) < p.DECLINED]
    return [(some, np.full(len(some), day), np.full(len(some), way)) for day, way in ((20, OFFER), (21, DECLINED))]


def _places(unit: Ints, region: Region, rng: Generator) -> Ints:
    """The unit that coordinates each case: mostly its own."""
    by_other = rng.random(len(unit)) < p.BY_OTHER_UNIT
    place = unit.copy()
    place[by_other] = region.another(unit[by_other], rng, listed_only=False)
    return place


def _as_extract(
    case: Ints, on: NDArray[np.datetime64], way: Ints, cases: pd.DataFrame, place: Ints, region: Region, chunk: int,
    seed: int,
) -> pa.Table:  # fmt: skip
    rows = len(case)
    owner = cases["unit"].to_numpy()[case]
    handelse, kva, reko, ben, aktor = zip(*WAYS, strict=True)
    performers = [f"r{number}-{which}" for number in range(len(region.ids)) for which in range(2)]
    return pa.table(
        {
            "handelse_id": c.identities("k", (chunk << 28) + np.arange(rows)),
            "kand_fran": c.instants(on, np.full(rows, 16 * 3600)),
            "handelse_status": c.same("gallande", rows),
            "patient_id": c.pseudonyms((chunk << 28) + cases["patient"].to_numpy()[case], seed),
            "vardgivare_id": c.coded(region.providers, region.provider[owner]),
            "enhet_id": c.coded(region.ids, place[case]),
            "datum": c.days(on),
            "handelse": c.coded(handelse, way),
            "kva_koder": c.coded(kva, way),
            "reko_status": c.coded(reko, way),
            "ben": c.coded(ben, way),
            "aktor": c.coded(aktor, way),
            "utforare_id": c.coded(performers, 2 * place[case] + case % 2),
            "yrkesgrupp": c.same("rehabkoordinator", rows),
        }
    )
