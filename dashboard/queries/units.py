"""Vårdcentraler against their region: the funnel, the spread of the region, and the units that are most alike."""

from dashboard.access.scope import Scope
from dashboard.queries.about import Place
from dashboard.queries.rows import Row, ask
from dashboard.release import ANY, Release
from schemas.measure import AnyMeasure


def funnel(release: Release, scope: Scope, measure: AnyMeasure, region: Place | None, period: str) -> list[Row]:
    """The vårdcentraler of a region that are in the scope, by sex: enhet_id, namn, kon and what the table `tratt` has."""
    rows = ask(
        release,
        """SELECT tratt.* EXCLUDE (matt_id, periodtyp, period), enhet.namn FROM tratt
        JOIN enhet ON enhet.enhet_nr = tratt.enhet_nr
        WHERE matt_id = $matt AND period = $period AND enhet.region = $region ORDER BY enhet.namn, kon""",
        {"matt": measure.id, "period": period, "region": region.region if region else None},
    )
    return [row for row in rows if scope.allows(row["enhet_id"])]


def latest_funnel(release: Release, measure: AnyMeasure, manad: str) -> Row | None:
    """period and periodtyp of the last year with a funnel that ends by the chosen month."""
    rows = ask(
        release,
        """SELECT period, periodtyp FROM tratt WHERE matt_id = $matt AND period <= $manad
        ORDER BY period DESC LIMIT 1""",
        {"matt": measure.id, "manad": manad},
    )
    return rows[0] if rows else None


def tested(release: Release, region: Place | None, period: str) -> Row:
    """How many values were tried in a region and year, over measures, units and sexes, and how many differ: provade,
    avviker. Counts of units and no more, so that they are for everybody."""
    return ask(
        release,
        """SELECT count(*) FILTER (WHERE avviker IS NOT NULL) AS provade,
            count(*) FILTER (WHERE avviker <> 'inom') AS avviker
        FROM tratt JOIN enhet ON enhet.enhet_nr = tratt.enhet_nr WHERE period = $period AND enhet.region = $region""",
        {"period": period, "region": region.region if region else None},
    )[0]


def differing(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """Where a unit differs two years running, each measure in its last year: matt_id, kon, period, avviker, varde, niva."""
    return [row for row in _last_years(release, scope, enhet_id, manad) if row["avviker"] not in (None, "inom")]


def tried(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """The measures in which a unit was held against its region, each in its last year: matt_id, kon, avviker (nothing where
    there are no two years yet)."""
    return [row for row in _last_years(release, scope, enhet_id, manad) if row["utfall"] == "tal"]


def _last_years(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """A unit in each measure's last year by the month, that of whatever unit has it."""
    rows = ask(
        release,
        """SELECT matt_id, kon, period, utfall, avviker, varde, niva FROM tratt WHERE enhet_nr = $nr AND period <= $manad
        ORDER BY matt_id, kon""",
        {"nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )
    return [row for row in rows if row["period"] == release.last("tratt", row["matt_id"], ANY, ANY, manad)]


def spread(release: Release, measure: AnyMeasure, region: Place | None, manad: str) -> list[Row]:
    """The percentiles of the region's vårdcentraler in every year, oldest first: periodtyp, period, kon, p10 … enheter.
    Shown behind every unit, whoever asks."""
    return ask(
        release,
        """SELECT * EXCLUDE (matt_id, enhet_id) FROM spridning
        WHERE matt_id = $matt AND enhet_nr = $nr AND period <= $manad ORDER BY period, kon""",
        {"matt": measure.id, "nr": release.number(region.enhet_id if region else None), "manad": manad},
    )


def alike(release: Release, scope: Scope, enhet_id: str) -> list[Row]:
    """The units in the scope that are most like one, the most alike first: enhet_id, namn, period, storlek, alder,
    diagnos."""
    rows = ask(
        release,
        """SELECT lik_enhet_id AS enhet_id, enhet.namn, period, storlek, alder, diagnos
        FROM likhet JOIN enhet ON enhet.enhet_id = lik_enhet_id
        WHERE likhet.enhet_nr = $nr ORDER BY ordning""",
        {"nr": release.number(scope.enhet(enhet_id))},
    )
    return [row for row in rows if scope.allows(row["enhet_id"])]
