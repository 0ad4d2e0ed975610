"""Invented units: names, ids, sizes, care providers and levels; and the listade, staffing and targets about them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.synthetic import columns as c
from pipelines.synthetic import targets as published
from pipelines.synthetic.parameters import (
    AGE_FACTOR,
    BAND_SHARE,
    BANDS,
    KON_SHARE,
    LISTED_LEAST,
    REGION,
    UNIT_LEVELS,
    UNIT_SPREAD,
    WORKING_AGE,
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
LARGE = 4000 * 1.1  # listade 18–67, with room for the drift of a unit's size
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
    sizes = _sizes(enheter, rng)
    listed = np.maximum(20, np.round(sizes / sizes.sum() * patients)).astype(int)
    level = np.exp(rng.normal(0, UNIT_SPREAD, enheter))
    level /= listed @ level / listed.sum()  # the region as a whole is at the published level
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
                level=float(level[at]), coverage=float(rng.uniform(*UNIT_LEVELS)),
            )
        )  # fmt: skip
    return units + [
        Unit(number=enheter + at, enhet_id=f"{PUBLIC[:12]}-{90001 + at}", namn=name, vardgivare_id=PUBLIC, enhetstyp=kind,
             omrade=None, listed=0, level=0.0, coverage=0.0)
        for at, (name, kind) in enumerate(OTHER_UNITS)
    ]  # fmt: skip


def _sizes(enheter: int, rng: Generator) -> NDArray[np.float64]:
    """One size from each of `enheter` equal parts of the published distribution, in random order."""
    quantiles = {int(target.kod): target.varde for target in published.of("listade_kvantil")}
    quantiles |= {0: LISTED_LEAST, round(100 - published.value("listade_minst_4000")): 4000}
    at, sizes = zip(*sorted(quantiles.items()), strict=True)
    drawn = (np.arange(enheter) + rng.uniform(0.4, 0.6, enheter)) / enheter
    return rng.permutation(np.interp(100 * drawn, at, sizes))


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


def listed(units: list[Unit], months: list[str]) -> pa.Table:
    """The extract listade: each unit grows or shrinks by a few percent over the period."""
    own = [unit for unit in units if unit.listed]
    drift = 1 + 0.06 * np.outer([unit.level - 1 for unit in own], np.linspace(-1, 1, len(months)))
    people = np.array([unit.listed for unit in own])[:, None] * drift
    parts = np.outer(list(KON_SHARE.values()), BAND_SHARE)
    antal = np.rint(people[:, :, None, None] * parts).astype(np.int64)
    unit, month, sex, band = (axis.ravel() for axis in np.indices(antal.shape))
    return pa.table(
        {
            "enhet_id": c.coded([unit.enhet_id for unit in own], unit),
            "manad": c.coded(months, month),
            "kon": c.coded(list(KON_SHARE), sex),
            "aldersgrupp": c.coded(BANDS, band),
            "antal": c.numbers(antal.ravel(), int(antal.max())),
        }
    )


def person_years(unit: Unit, sex: str) -> float:
    """Listade 18–67 of one sex; how often each age falls ill has the mean weight one."""
    return unit.listed * WORKING_AGE * KON_SHARE[sex]


def age_odds(sex: str) -> NDArray[np.float64]:
    """How the cases of one sex are spread over the ten age bands 18–22 … 63–67."""
    weights = BAND_SHARE[1:11] * AGE_FACTOR[sex]
    return weights / weights.sum()


def staffing(units: list[Unit], months: list[str]) -> pd.DataFrame:
    """The extract bemanning: about 0.6 FTE coordinator per 5 000 listade 18–67 at an ordinary coverage level; the large
    unit with the lowest level has a vacancy."""
    own = [unit for unit in units if unit.listed]
    roles = ("rehabkoordinator", "forsakringsmedicinskt_ansvarig_lakare")
    fte = [max(0.1, 0.6 * unit.coverage * unit.listed * WORKING_AGE / 5000) for unit in own]
    large = [at for at, unit in enumerate(own) if unit.listed * WORKING_AGE >= LARGE]
    if large:
        fte[min(large, key=lambda at: own[at].coverage)] = 0.0
    each = len(months)
    return pd.DataFrame(
        {
            "enhet_id": np.repeat([unit.enhet_id for unit in own], 2 * each),
            "manad": np.tile(months, 2 * len(own)),
            "roll": np.tile(np.repeat(roles, each), len(own)),
            "fte": np.repeat([text for amount in fte for text in (f"{amount:.1f}", "0.1")], each),
            "yrkesgrupp": "",
        }
    )


def decided(units: list[Unit], first: str) -> pd.DataFrame:
    """The extract mal: one target for the region and one for a unit."""
    return pd.DataFrame(
        {
            "niva": ["region", "enhet"],
            "id": [REGION, units[0].enhet_id],
            "matt": "langa_90",  # a measure that is followed: of others no target is shown
            "giltig_fran": f"{first}-01",
            "typ": "mal",
            "riktning": "lagre",
            "varde": ["12", "15"],
            "beslutad_av": ["Hälso- och sjukvårdsnämnden", "Försäkringsmedicinska teamet"],
            "kalla": ["Påhittat protokoll", "Påhittade minnesanteckningar"],
        }
    )
