"""Coordination of the cases: who is offered, who declines, and the day of the first insats, which changes no length."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.stats import gamma

from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import DAY
from pipelines.synthetic.units import Unit

LAST_DAY = 400
# how an insats is registered: stated, by KVÅ code, by Rehabstöd status
WAYS = (("insats", "", ""), ("", "GC001", ""), ("", "", "REKO_3"), ("insats", "GC001", ""))
WAY_ODDS = (0.35, 0.40, 0.10, 0.15)


def first_day_odds() -> NDArray[np.float64]:
    """P(first insats on case day d) for d = 0 … LAST_DAY, given that there is one and the case lasts."""
    edges = np.maximum(0, np.arange(LAST_DAY + 2) - p.FIRST_DAY)
    return np.diff(gamma.cdf(edges, p.INSATS_SHAPE, scale=p.INSATS_SCALE))


def coordinate(
    cases: pd.DataFrame, unit: Unit, others: list[Unit], window: tuple[np.datetime64, np.datetime64], rng: Generator
) -> pd.DataFrame:
    """The extract koordinering for one unit's cases: the events of the window."""
    need = np.array([diagnosis.need for diagnosis in p.DIAGNOSES])[cases["dx"].to_numpy()]
    chosen = rng.random(len(cases)) < np.minimum(0.95, need * unit.coverage)
    odds = first_day_odds()
    day = np.searchsorted(np.cumsum(odds), rng.random(len(cases)), side="right")
    length = cases["length"].to_numpy()
    start = cases["start"].to_numpy().astype("M8[D]")
    helped = np.flatnonzero(chosen & (day <= length))
    declined = np.flatnonzero(~chosen & (length >= 30) & (rng.random(len(cases)) < p.DECLINED))
    by_other = (rng.random(len(cases)) < p.BY_OTHER_UNIT) if others else np.zeros(len(cases), dtype=bool)
    elsewhere = np.array([other.enhet_id for other in others] or [unit.enhet_id])
    place = np.where(by_other, elsewhere[np.arange(len(cases)) % len(elsewhere)], unit.enhet_id)
    parts = [
        _events(helped, day - 5, ("erbjuden", "", ""), 1.0, rng),
        _events(helped, day - 3, ("samtycke", "", ""), 0.9, rng),
        _insatser(helped, day, rng),
        _events(helped, day + 7, ("", "DV077", ""), 0.5, rng),
        _events(helped, day + 21, ("plan_uppfoljd", "", ""), 0.3, rng),
        _events(helped, day + 28, ("avstamningsmote", "", ""), 0.15, rng),
        _events(declined, np.full(len(cases), 20), ("erbjuden", "", ""), 1.0, rng),
        _events(declined, np.full(len(cases), 21), ("avbojt", "", "REKO_6"), 1.0, rng),
    ]
    events = pd.concat(parts, ignore_index=True)
    case = events["case"].to_numpy(dtype=np.int64)
    on = start[case] + (np.maximum(1, events["day"].to_numpy(dtype=np.int64)) - 1) * DAY
    inside = (on >= window[0]) & (on <= window[1]) & (events["day"].to_numpy(dtype=np.int64) <= length[case] + 14)
    return _as_extract(events[inside], on[inside], cases, unit, place)


def _events(
    rows: NDArray[np.int64], day: NDArray[np.int64], what: tuple[str, str, str], share: float, rng: Generator
) -> pd.DataFrame:
    some = rows[rng.random(len(rows)) < share]
    return pd.DataFrame(
        {"case": some, "day": day[some], "handelse": what[0], "kva_koder": what[1], "reko_status": what[2]}
    )


def _insatser(rows: NDArray[np.int64], day: NDArray[np.int64], rng: Generator) -> pd.DataFrame:
    """The first insats, registered in one of several ways, and for some a second row with the employer's part in it:
    two codes on one day are one event."""
    way = np.array(WAYS)[rng.choice(len(WAYS), len(rows), p=WAY_ODDS)].reshape(-1, 3)
    first = pd.DataFrame(
        {"case": rows, "day": day[rows], "handelse": way[:, 0], "kva_koder": way[:, 1], "reko_status": way[:, 2]}
    )
    double = _events(rows, day, ("", "GC001|ZV506", ""), 0.15, rng)
    later = _events(rows, day + 14, ("", "GC001", ""), 0.5, rng)
    return pd.concat([first, double, later], ignore_index=True)


def _as_extract(
    events: pd.DataFrame, on: NDArray[np.datetime64], cases: pd.DataFrame, unit: Unit, place: NDArray[np.str_]
) -> pd.DataFrame:
    case = events["case"].to_numpy(dtype=np.int64)
    day = on.astype("M8[D]").astype(str)
    return pd.DataFrame(
        {
            "handelse_id": [f"k{unit.number}-{at:x}" for at in range(len(events))],
            "kand_fran": np.char.add(day.astype("U10"), "T16:00:00"),
            "handelse_status": "gallande",
            "patient_id": cases["patient"].to_numpy()[case],
            "vardgivare_id": unit.vardgivare_id,
            "enhet_id": place[case],
            "datum": day,
            "handelse": events["handelse"].to_numpy(),
            "kva_koder": events["kva_koder"].to_numpy(),
            "reko_status": events["reko_status"].to_numpy(),
            "utforare_id": [f"r{unit.number}-{at % 2}" for at in range(len(events))],
            "yrkesgrupp": "rehabkoordinator",
        }
    )
