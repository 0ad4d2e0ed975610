"""Invented units: names, ids, sizes, care providers and levels; and the listade, staffing and targets about them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.synthetic.parameters import (
    AGE_FACTOR,
    BAND_SHARE,
    BANDS,
    LISTED_LEAST,
    LISTED_LOG_SD,
    LISTED_MEDIAN,
    REGION,
    UNIT_LEVELS,
    UNIT_SPREAD,
)  # fmt: skip

FIRST = ("Al", "Björk", "Ek", "Gran", "Hassel", "Lind", "Rönn", "Tall", "Vide", "Ask", "En", "Slån", "Hägg", "Kaprifol")
LAST = (
    "backen",
    "dalen",
    "gläntan",
    "holmen",
    "höjden",
    "kullen",
    "lunden",
    "stigen",
    "udden",
    "viken",
    "ängen",
    "åsen",
)
AREAS = ("Kustbygden", "Mellanbygden", "Skogsbygden", "Slättbygden")
PUBLIC = "SE0000000001-0001"
OTHER_UNITS = (("Psykiatrimottagningen Norrljus", "psykiatri"), ("Smärtrehab Stillvatten", "smartrehab"))


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One vårdcentral (or other unit, with listed 0). `level` multiplies its inflow, `coverage` its coordination."""

    number: int
    enhet_id: str
    namn: str
    vardgivare_id: str
    enhetstyp: str
    omrade: str | None
    listed: int
    level: float
    coverage: float


def make_units(patients: int, enheter: int, seed: int) -> list[Unit]:
    """`enheter` vårdcentraler that share `patients` listed, and the other units of the public care provider."""
    rng = np.random.default_rng([seed, 1])
    sizes = rng.lognormal(np.log(LISTED_MEDIAN), LISTED_LOG_SD, enheter)
    sizes = np.maximum(sizes, LISTED_LEAST)
    listed = np.maximum(20, np.round(sizes / sizes.sum() * patients)).astype(int)
    names = [f"Vårdcentralen {first}{last}" for first in FIRST for last in LAST]
    rng.shuffle(names)
    units = []
    for at in range(enheter):
        public = at % 3 != 2
        provider = PUBLIC if public else f"SE00000000{2 + at % 5:02d}-0001"
        name = names[at % len(names)] + (f" {at // len(names) + 1}" if at >= len(names) else "")
        units.append(
            Unit(
                number=at, enhet_id=f"{provider[:12]}-{1001 + at}", namn=name, vardgivare_id=provider,
                enhetstyp="vardcentral", omrade=AREAS[at % min(len(AREAS), max(1, enheter // 3))], listed=int(listed[at]),
                level=float(np.exp(rng.normal(0, UNIT_SPREAD))), coverage=float(rng.uniform(*UNIT_LEVELS)),
            )
        )  # fmt: skip
    return units + [
        Unit(number=enheter + at, enhet_id=f"{PUBLIC[:12]}-{9001 + at}", namn=name, vardgivare_id=PUBLIC, enhetstyp=kind,
             omrade=None, listed=0, level=0.0, coverage=0.0)
        for at, (name, kind) in enumerate(OTHER_UNITS)
    ]  # fmt: skip


def register(units: list[Unit]) -> pd.DataFrame:
    """The extract enheter."""
    return pd.DataFrame(
        {
            "enhet_id": [unit.enhet_id for unit in units],
            "giltig_fran": "2015-01-01",
            "giltig_till": "",
            "namn": [unit.namn for unit in units],
            "vardgivare_id": [unit.vardgivare_id for unit in units],
            "vardgivare_namn": ["Region Påhittad" if u.vardgivare_id == PUBLIC else "Påhittad Vård AB" for u in units],
            "enhetstyp": [unit.enhetstyp for unit in units],
            "omrade": [unit.omrade or "" for unit in units],
            "region": REGION,
            "driftsform": ["offentlig" if u.vardgivare_id == PUBLIC else "privat" for u in units],
        }
    )


def listed(units: list[Unit], months: list[str]) -> pd.DataFrame:
    """The extract listade: each unit grows or shrinks by a few percent over the period."""
    rows = []
    for unit in (unit for unit in units if unit.listed):
        drift = 1 + 0.06 * (unit.level - 1) * np.linspace(-1, 1, len(months))
        for sex, part in (("K", 0.502), ("M", 0.498)):
            numbers = np.rint(unit.listed * part * np.outer(drift, BAND_SHARE)).astype(int)
            rows.append(
                pd.DataFrame(
                    {
                        "enhet_id": unit.enhet_id,
                        "manad": np.repeat(months, len(BANDS)),
                        "kon": sex,
                        "aldersgrupp": np.tile(BANDS, len(months)),
                        "antal": numbers.ravel(),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def person_years(unit: Unit, sex: str) -> float:
    """Listade 18–67 of one sex, weighted by how often each age falls ill (mean weight one)."""
    factor = AGE_FACTOR[sex]
    return unit.listed * 0.5 * float((BAND_SHARE[1:11] * factor / factor.mean()).sum())


def staffing(units: list[Unit], months: list[str]) -> pd.DataFrame:
    """The extract bemanning: about 0.6 FTE coordinator per 5 000 listade 18–67 at an ordinary coverage level."""
    rows = []
    for unit in (unit for unit in units if unit.listed):
        fte = round(max(0.1, 0.6 * unit.coverage * unit.listed * 0.62 / 5000), 1)
        for role, amount in (("rehabkoordinator", fte), ("forsakringsmedicinskt_ansvarig_lakare", 0.1)):
            rows.append(
                pd.DataFrame(
                    {"enhet_id": unit.enhet_id, "manad": months, "roll": role, "fte": f"{amount:.1f}", "yrkesgrupp": ""}
                )
            )
    return pd.concat(rows, ignore_index=True)


def targets(units: list[Unit], first: str) -> pd.DataFrame:
    """The extract mal: one target for the region and one for a unit."""
    return pd.DataFrame(
        {
            "niva": ["region", "enhet"],
            "id": [REGION, units[0].enhet_id],
            "matt": "tackning",
            "giltig_fran": f"{first}-01",
            "typ": "mal",
            "riktning": "hogre",
            "varde": ["45", "50"],
            "beslutad_av": ["Hälso- och sjukvårdsnämnden", "Försäkringsmedicinska teamet"],
            "kalla": ["Påhittat protokoll", "Påhittade minnesanteckningar"],
        }
    )
