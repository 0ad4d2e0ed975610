"""What a release holds: measures, places, months, the quality of its deliveries, and what others have published."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dashboard.access.scope import Forbidden, Scope
from dashboard.queries.rows import Row, ask
from dashboard.release import Release
from schemas.measure import AnyMeasure
from schemas.measures import available, with_parts
from schemas.series import RIKET


@dataclass(frozen=True, kw_only=True)
class Place:
    enhet_id: str
    namn: str
    niva: str
    omrade: str | None
    region: str | None
    enhetstyp: str | None


def measures(release: Release) -> dict[str, AnyMeasure]:
    """The measures of the release, in order."""
    return _measures(release.extracts)


def with_shares(release: Release) -> dict[str, AnyMeasure]:
    """The same, and after each selection the shares that it is made of."""
    return _with_shares(release.extracts)


@lru_cache
def _measures(extracts: frozenset[str]) -> dict[str, AnyMeasure]:
    return available(extracts)


@lru_cache
def _with_shares(extracts: frozenset[str]) -> dict[str, AnyMeasure]:
    return with_parts(_measures(extracts))


def places(release: Release, scope: Scope) -> list[Place]:
    """Everything that can be chosen: vårdcentraler by name, then other units, områden and regions."""
    return _seen(scope, _places(release, lambda _: True))


def place(release: Release, scope: Scope, enhet_id: str) -> Place:
    """One of `places`. Raises Forbidden for a unit that is foreign or unknown, which cannot be told apart."""
    asked = scope.enhet(enhet_id)
    found = _places(release, lambda row: row["enhet_id"] == asked)
    if not found:
        raise Forbidden(enhet_id)
    return found[0]


def around(release: Release, scope: Scope, chosen: Place) -> list[Place]:
    """The places that a place is part of, the largest first, as far as they may be seen."""
    found = _places(release, lambda row: row["region"] == chosen.region and row["niva"] != chosen.niva)
    wider = [one for one in found if one.niva == "region" or (one.niva == "omrade" and one.omrade == chosen.omrade)]
    return list(reversed(_seen(scope, wider)))


def inside(release: Release, scope: Scope, chosen: Place) -> list[Place]:
    """The parts of a place, one level down: the områden of a region (or its units, where it has none), the units of an
    område."""
    if chosen.niva == "enhet":
        return []
    found = _seen(scope, _places(release, lambda row: row["region"] == chosen.region))
    areas = [one for one in found if one.niva == "omrade" and chosen.omrade is None]
    return areas or [one for one in found if one.niva == "enhet" and chosen.omrade in (None, one.omrade)]


def region_of(release: Release, chosen: Place) -> Place | None:
    """The region that the unit belongs to: published for everybody, as background."""
    found = _places(release, lambda row: row["niva"] == "region" and row["region"] == chosen.region)
    return found[0] if found else None


def _seen(scope: Scope, found: list[Place]) -> list[Place]:
    return [one for one in found if scope.allows(one.enhet_id)]


def _places(release: Release, wanted: Callable[[Row], bool]) -> list[Place]:
    """All places are few, and every page asks for some of them: they are fetched once."""
    rows = ask(
        release,
        """SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet
        ORDER BY CASE niva WHEN 'enhet' THEN 0 WHEN 'omrade' THEN 1 ELSE 2 END,
            coalesce(enhetstyp, '') <> 'vardcentral', namn""",
        {},
    )
    return [Place(**row) for row in rows if wanted(row)]


def listed_total(release: Release, scope: Scope, enhet_id: str) -> Row | None:
    """listade_totalt, listade_manad of a unit: all ages, a public figure and no denominator. None where not known."""
    rows = ask(
        release,
        "SELECT listade_totalt, listade_manad FROM enhet WHERE enhet_id = $enhet AND listade_totalt IS NOT NULL",
        {"enhet": scope.enhet(enhet_id)},
    )
    return rows[0] if rows else None


def months(release: Release) -> list[Row]:
    """manad, lage, andrad; newest first."""
    return ask(release, "SELECT manad, lage, andrad FROM manad ORDER BY manad DESC", {})


def quality(release: Release) -> list[Row]:
    """extrakt, slag, regel, utfall, antal in reading order."""
    return ask(release, "SELECT extrakt, slag, regel, utfall, antal FROM kvalitet ORDER BY extrakt, ordning, regel", {})


def protection(release: Release, enhet_id: str) -> list[Row]:
    """How much protection hides in a region: vad, storlek, dolda, enbart_sma, hyperkub."""
    return ask(
        release,
        "SELECT vad, storlek, dolda, enbart_sma, hyperkub FROM skydd WHERE enhet_nr = $nr ORDER BY storlek",
        {"nr": release.number(enhet_id)},
    )


def faults(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """Faults in a unit's certificates up to a month: periodtyp, period, fel, utfall, antal; newest first."""
    return ask(
        release,
        """SELECT periodtyp, period, fel, utfall, antal FROM datafel
        WHERE enhet_nr = $nr AND period <= $manad ORDER BY period DESC, periodtyp DESC, fel""",
        {"nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )


def comparison(release: Release) -> list[Row]:
    """Figures that others publish, all ages: of each series, area and diagnosis chapter the latest period with a number;
    serie, namn, omrade, period, periodtyp, kon, diagnos, varde, tecken, enhet, definition, kalla. Riket first."""
    return ask(
        release,
        """WITH hela AS (
            SELECT *, coalesce(diagnos, '') AS kapitel FROM jamforelse WHERE aldersgrupp IS NULL
        ),
        senaste AS (
            SELECT serie, omrade, kapitel, max(period) AS period FROM hela
            WHERE varde IS NOT NULL GROUP BY serie, omrade, kapitel
        )
        SELECT serie, namn, omrade, period, periodtyp, kon, diagnos, varde, tecken, enhet, definition, kalla
        FROM hela JOIN senaste USING (serie, omrade, kapitel, period)
        ORDER BY serie, kapitel, omrade <> $riket, omrade, kon""",
        {"riket": RIKET},
    )
