"""The synthetic region: care providers, units, who is listed where, and how the units differ from one another."""

from dataclasses import dataclass

import numpy as np

from pipelines.synthetic import names
from pipelines.synthetic import parameters as p
from pipelines.synthetic.diagnoses import CHAPTER
from pipelines.synthetic.period import Period

FIRST_UNIT_NUMBER = 1001
LARGEST_PRIVATE_PROVIDER = 4
UNITS_PER_CLINIC = 40


@dataclass(frozen=True, kw_only=True)
class Provider:
    vardgivare_id: str
    namn: str
    driftsform: str


@dataclass(frozen=True, kw_only=True)
class Unit:
    """`provider` is the place of its provider in `Region.providers`."""

    enhet_id: str
    namn: str
    provider: int
    enhetstyp: str
    omrade: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """Units with the vårdcentraler first, and arrays with one place per unit.

    listed: persons (vårdcentral, month of `Period.all_months`, sex, band). inflow: factor (unit, diagnosis). hurry:
    factor on the hazard of ending. coverage: logit of being offered coordination. fte: coordinators (vårdcentral)."""

    units: tuple[Unit, ...]
    providers: tuple[Provider, ...]
    listed: np.ndarray
    inflow: np.ndarray
    hurry: np.ndarray
    coverage: np.ndarray
    fte: np.ndarray

    @property
    def centres(self) -> int:
        """Number of vårdcentraler."""
        return len(self.listed)

    @property
    def provider_of(self) -> np.ndarray:
        return np.array([unit.provider for unit in self.units])

    @property
    def is_centre(self) -> np.ndarray:
        return np.arange(len(self.units)) < self.centres


def make_region(patients: int, centres: int, period: Period, rng: np.random.Generator) -> Region:
    """A region with `centres` vårdcentraler, a few public clinics and `patients` listed persons in its first month."""
    owner = _owners(centres, rng)
    units = _centres(owner, rng) + _clinics(centres, owner.count(0))
    listed = _listed(patients, centres, period, rng)
    adults = listed[:, 0, :, p.ADULT].sum(axis=(1, 2))
    fte = np.round(p.FTE_PER_5000 * adults / 5000 * rng.gamma(4, 1 / 4, centres) * 20) / 20
    return Region(
        units=units,
        providers=_providers(max(owner) + 1),
        listed=listed,
        inflow=_inflow(len(units), rng),
        hurry=np.exp(rng.normal(0, p.UNIT_LENGTH_SD, len(units))),
        coverage=_coverage(len(units), adults, fte, rng),
        fte=fte,
    )


def _owners(centres: int, rng: np.random.Generator) -> list[int]:
    """Provider of each vårdcentral: 0 is the region itself."""
    private = int(round(centres * p.PRIVATE_SHARE)) if centres > 1 else 0
    owners = [0] * (centres - private)
    provider = 1
    while private > 0:
        share = min(private, int(rng.integers(1, LARGEST_PRIVATE_PROVIDER + 1)))
        owners += [provider] * share
        private, provider = private - share, provider + 1
    return owners


def _provider_id(provider: int) -> str:
    return f"SE{provider + 1:010d}"


def _providers(count: int) -> tuple[Provider, ...]:
    public = Provider(vardgivare_id=f"{_provider_id(0)}-0001", namn=names.PUBLIC_PROVIDER, driftsform="offentlig")
    private = (
        Provider(vardgivare_id=f"{_provider_id(number)}-0001", namn=names.provider_name(number - 1), driftsform="privat")
        for number in range(1, count)
    )
    return (public, *private)


def _centres(owner: list[int], rng: np.random.Generator) -> tuple[Unit, ...]:
    places = names.unit_places(len(owner), rng)
    areas = names.AREAS[: min(len(names.AREAS), max(1, len(owner) // 2))]
    seen: dict[int, int] = {}
    units = []
    for place, provider in zip(places, owner, strict=True):
        number = seen[provider] = seen.get(provider, FIRST_UNIT_NUMBER - 1) + 1
        units.append(
            Unit(
                enhet_id=f"{_provider_id(provider)}-{number}",
                namn=f"Vårdcentralen {place}" if provider == 0 else f"Läkarhuset {place}",
                provider=provider,
                enhetstyp="vardcentral",
                omrade=areas[int(rng.integers(len(areas)))],
            )
        )
    return tuple(units)


def _clinics(centres: int, public_centres: int) -> tuple[Unit, ...]:
    """Psychiatry and pain rehabilitation of the public provider: they list nobody."""
    count = 1 + centres // UNITS_PER_CLINIC
    made = []
    for kind, name in (("psykiatri", "Psykiatrimottagningen"), ("smartrehab", "Smärtrehabiliteringen")):
        for number in range(count):
            area = names.AREAS[number % len(names.AREAS)]
            made.append(
                Unit(
                    enhet_id=f"{_provider_id(0)}-{FIRST_UNIT_NUMBER + public_centres + len(made)}",
                    namn=f"{name} {area.split()[1]}{f' {number + 1}' if number >= len(names.AREAS) else ''}",
                    provider=0,
                    enhetstyp=kind,
                    omrade=area,
                )
            )
    return tuple(made)


def _listed(patients: int, centres: int, period: Period, rng: np.random.Generator) -> np.ndarray:
    """Persons (vårdcentral, month, sex, band): exactly `patients` in the first delivered month, then a slow drift."""
    low, high = p.UNIT_SIZE_RANGE
    size = np.clip(np.exp(rng.normal(np.log(p.UNIT_SIZE_MEDIAN), p.UNIT_SIZE_LOG_SD, centres)), low, high)
    bands = np.array([p.BAND_SHARES[sex] for sex in p.SEXES]) / 2
    # a unit with old patients has few children: one tilt a unit, log-linear over the bands
    tilt = np.exp(rng.normal(0, 0.15, centres)[:, None, None] * np.linspace(-1, 1, len(p.BANDS)))
    share = size[:, None, None] * bands * tilt
    start = rng.multinomial(patients, (share / share.sum()).ravel()).reshape(share.shape)
    drift = rng.normal(0, p.LISTING_DRIFT_SD, centres)
    away = period.all_months - period.first
    growth = np.exp(drift[:, None] * away)
    return np.floor(start[:, None] * growth[:, :, None, None] + 0.5).astype(np.int64)


def _inflow(units: int, rng: np.random.Generator) -> np.ndarray:
    """How much more or less each unit certifies, in all and by chapter: factors with mean 1."""
    chapters, place = np.unique(CHAPTER, return_inverse=True)
    level = np.exp(rng.normal(-(p.UNIT_SD**2) / 2, p.UNIT_SD, (units, 1)))
    mix = np.exp(rng.normal(-(p.UNIT_GROUP_SD**2) / 2, p.UNIT_GROUP_SD, (units, len(chapters))))
    return level * mix[:, place]


def _coverage(units: int, adults: np.ndarray, fte: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Logit of being offered coordination, before need: better staffed vårdcentraler reach more."""
    staffed = fte / np.maximum(adults, 1) * 5000
    level = rng.normal(p.COVERAGE_MEAN, p.COVERAGE_SD, units)
    level[: len(fte)] += p.COVERAGE_PER_FTE * (np.minimum(staffed, 3) - p.FTE_PER_5000)
    return level
