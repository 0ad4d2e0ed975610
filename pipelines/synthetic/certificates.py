"""Certificates that cover a sjukfall: several, with small gaps and overlaps, two grades, and other units in between."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import DAY
from pipelines.synthetic.units import Unit

FIRST_DAYS, LATER_DAYS = (7, 10, 14, 14), (14, 21, 28, 30, 30, 60)
EMPLOYMENT = (("NUVARANDE_ARBETE", 0.84), ("ARBETSSOKANDE", 0.10), ("STUDIER", 0.03), ("FORALDRALEDIG", 0.03))


def certify(
    cases: pd.DataFrame, unit: Unit, neighbours: list[Unit], window: tuple[np.datetime64, np.datetime64], rng: Generator
) -> pd.DataFrame:
    """The extract intyg for one unit's cases: every certificate that overlaps the window and is known by its end.
    The last certified day of a case is exactly its start + length − 1."""
    rounds = []
    position = np.zeros(len(cases), dtype=np.int64)
    length = cases["length"].to_numpy()
    grade = _first_grades(len(cases), rng)
    open_ = np.arange(len(cases))
    number = 0
    while open_.size:
        days = np.minimum(rng.choice(LATER_DAYS if number else FIRST_DAYS, open_.size), length[open_] - position[open_])
        rounds.append(
            pd.DataFrame({"case": open_, "nr": number, "from": position[open_], "days": days, "grad": grade[open_]})
        )
        position[open_] += days
        ended = position[open_] >= length[open_]
        step = _gaps(open_.size, rng)
        position[open_] = np.minimum(np.maximum(position[open_] + step, 0), length[open_] - 1)
        grade[open_] = np.where(rng.random(open_.size) < p.TAPER, np.maximum(25, grade[open_] - 25), grade[open_])
        open_ = open_[~ended]
        number += 1
    rows = (
        pd.concat(rounds, ignore_index=True) if rounds else pd.DataFrame(columns=["case", "nr", "from", "days", "grad"])
    )
    return _as_extract(_two_periods(_known(rows, cases, window, rng), rng), cases, unit, neighbours, rng)


def _first_grades(count: int, rng: Generator) -> np.ndarray:
    values, odds = zip(*p.GRADES, strict=True)
    return rng.choice(values, count, p=odds)


def _gaps(count: int, rng: Generator) -> np.ndarray:
    """Free days to the next certificate: mostly none, sometimes 1–5, sometimes it overlaps by 1–2."""
    uniform = rng.random(count)
    gap = rng.integers(1, 6, count)
    overlap = -rng.integers(1, 3, count)
    return np.select([uniform < p.GAP_SHARE, uniform < p.GAP_SHARE + p.OVERLAP_SHARE], [gap, overlap], 0)


def _known(
    rows: pd.DataFrame, cases: pd.DataFrame, window: tuple[np.datetime64, np.datetime64], rng: Generator
) -> pd.DataFrame:
    """Certificates that overlap the window and were signed by its end."""
    start = cases["start"].to_numpy()[rows["case"]].astype("M8[D]")
    first = start + rows["from"].to_numpy(dtype=np.int64) * DAY
    final = first + (rows["days"].to_numpy(dtype=np.int64) - 1) * DAY
    signed = first + rng.integers(-1, 3, len(rows)) * DAY
    seconds = rng.integers(8 * 3600, 17 * 3600, len(rows)).astype("m8[s]")
    rows = rows.assign(first=first, final=final, signed=signed.astype("M8[s]") + seconds)
    return rows[(final >= window[0]) & (first <= window[1]) & (signed <= window[1])]


def _two_periods(rows: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Some certificates of two weeks or more have a second period at half the grade: two rows of one certificate."""
    split = (rows["days"].to_numpy(dtype=np.int64) >= 14) & (rows["grad"].to_numpy() >= 50)
    split &= rng.random(len(rows)) < p.TWO_PERIODS
    half = (rows["days"].to_numpy(dtype=np.int64) // 2) * DAY
    middle = rows["first"].to_numpy() + half
    whole = rows.assign(period_nr=1)
    whole.loc[split, "final"] = (middle - DAY)[split]
    second = rows[split].assign(period_nr=2, grad=(rows["grad"].to_numpy()[split] // 50) * 25)
    second["first"] = middle[split]
    return pd.concat([whole, second], ignore_index=True).sort_values(["case", "nr", "period_nr"], ignore_index=True)


def _as_extract(
    rows: pd.DataFrame, cases: pd.DataFrame, unit: Unit, neighbours: list[Unit], rng: Generator
) -> pd.DataFrame:
    case = rows["case"].to_numpy(dtype=np.int64)
    number = rows["nr"].to_numpy(dtype=np.int64)
    certificate = pd.factorize(case * 1000 + number)[0]
    other = rng.random(certificate.max() + 1 if len(rows) else 0) < p.OTHER_UNIT_SHARE
    moved = (other[certificate] & (number > 0)) if neighbours else np.zeros(len(rows), dtype=bool)
    elsewhere = np.array([neighbour.enhet_id for neighbour in neighbours] or [unit.enhet_id])
    names, odds = [name for name, _ in EMPLOYMENT], [share for _, share in EMPLOYMENT]
    signed = np.datetime_as_string(rows["signed"].to_numpy().astype("M8[s]"))
    per_case = len(cases)
    written = pd.DataFrame(
        {
            "intyg_id": [f"u{unit.number}-{at:x}" for at in certificate],
            "period_nr": rows["period_nr"].to_numpy(),
            "handelse": "utfardat",
            "kand_fran": signed,
            "patient_id": cases["patient"].to_numpy()[case],
            "vardgivare_id": unit.vardgivare_id,
            "enhet_id": np.where(moved, elsewhere[certificate % len(elsewhere)], unit.enhet_id),
            "listad_enhet_id": unit.enhet_id,
            "typ": "FK7804",
            "signerad": signed,
            "fran": rows["first"].to_numpy().astype("M8[D]").astype(str),
            "tom": rows["final"].to_numpy().astype("M8[D]").astype(str),
            "grad": rows["grad"].to_numpy(),
            "diagnos": _codes(cases, rng)[case],
            "kon": cases["kon"].to_numpy()[case],
            "alder": cases["alder"].to_numpy()[case],
            "sysselsattning": rng.choice(names, per_case, p=odds)[case],
            "har_sgi": rng.choice(["ja", "nej"], per_case, p=[0.95, 0.05])[case],
            "ersattning": rng.choice(["sjukpenning", "ingen"], per_case, p=[0.93, 0.07])[case],
        }
    )
    # the employer's copy is a certificate of its own beside the real one, and never makes a sjukfall
    copies = written[(rng.random(len(other)) < p.EMPLOYER_COPY)[certificate]]
    copies = copies.assign(intyg_id=copies["intyg_id"] + "-ag", typ="AG7804")
    return pd.concat([written, copies], ignore_index=True)


def _codes(cases: pd.DataFrame, rng: Generator) -> np.ndarray:
    """One diagnosis code per case, from its group of codes."""
    pick = rng.random(len(cases))
    codes = [diagnosis.codes for diagnosis in p.DIAGNOSES]
    return np.array(
        [codes[dx][int(at * len(codes[dx]))] for dx, at in zip(cases["dx"], pick, strict=True)], dtype=object
    )
