"""What a release holds: measures, places, months, the quality of its deliveries, and what others have published."""

from dataclasses import dataclass

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
    return available(release.extracts)


def with_shares(release: Release) -> dict[str, AnyMeasure]:
    """The same, and after each selection the shares that it is made of."""
    return with_parts(measures(release))


def places(release: Release, scope: Scope) -> list[Place]:
    """Everything that can be chosen: vårdcentraler by name, then other units, områden and regions."""
    rows = ask(
        release,
        """SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet
        ORDER BY CASE niva WHEN 'enhet' THEN 0 WHEN 'omrade' THEN 1 ELSE 2 END,
            coalesce(enhetstyp, '') <> 'vardcentral', namn""",
        {},
    )
    return [Place(**row) for row in rows if scope.allows(row["enhet_id"])]


def place(release: Release, scope: Scope, enhet_id: str) -> Place:
    """One of `places`. Raises Forbidden for a unit that is foreign or unknown, which cannot be told apart."""
    scope.enhet(enhet_id)
    rows = ask(
        release,
        "SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet WHERE enhet_id = $enhet",
        {"enhet": enhet_id},
    )
    if not rows:
        raise Forbidden
    return Place(**rows[0])


def region_of(release: Release, chosen: Place) -> Place | None:
    """The region that the unit belongs to: published for everybody, as background."""
    rows = ask(
        release,
        "SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet WHERE niva = 'region' AND region = $region",
        {"region": chosen.region},
    )
    return Place(**rows[0]) if rows else None


def listed_total(release: Release, scope: Scope, enhet_id: str) -> Row | None:
    """listade_totalt, listade_manad of a unit: all ages, a public figure and no denominator. None where not known."""
    rows = ask(
        release,
        "SELECT listade_totalt, listade_manad FROM enhet WHERE enhet_id = $enhet AND listade_totalt IS NOT NULL",
        {"enhet": scope.enhet(enhet_id)},
    )
    return rows[0] if rows else None


def months(release: Release) -> list[Row]:
    """manad, preliminar; newest first."""
    return ask(release, "SELECT manad, preliminar FROM manad ORDER BY manad DESC", {})


def quality(release: Release) -> list[Row]:
    """extrakt, slag, regel, utfall, antal in reading order."""
    return ask(release, "SELECT extrakt, slag, regel, utfall, antal FROM kvalitet ORDER BY extrakt, ordning, regel", {})


def faults(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """Faults in a unit's certificates up to a month: periodtyp, period, fel, utfall, antal; newest first."""
    return ask(
        release,
        """SELECT periodtyp, period, fel, utfall, antal FROM datafel
        WHERE enhet_id = $enhet AND period <= $manad ORDER BY period DESC, periodtyp DESC, fel""",
        {"enhet": scope.enhet(enhet_id), "manad": manad},
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
