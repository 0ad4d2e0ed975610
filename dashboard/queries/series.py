"""A measure of one unit over time, and as a curve."""

from dashboard.access.scope import Scope
from dashboard.queries.about import Place
from dashboard.queries.rows import Row, ask
from dashboard.release import ANY, Release
from schemas.dimensions import NIVA
from schemas.lattice import whole_kinds
from schemas.marginal import NO_DAY
from schemas.measure import (
    AnyMeasure,
    Count,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Selection,
    Time,
)
from schemas.measures import MEASURES

Counting = Count | Resource | Distribution


def latest_period(release: Release, measure: AnyMeasure, manad: str, kind: str) -> str | None:
    """The last published period of the measure that ends no later than the chosen month."""
    of_cohorts = isinstance(measure, Curve | Occupation | Landmark)
    table = "landmark" if isinstance(measure, Landmark) else "kurva" if of_cohorts else "varde"
    matt = measure.whole if isinstance(measure, Selection) else measure.id
    return release.last(table, matt, ANY if of_cohorts else kind, ANY, manad)


Group = tuple[str, str]  # indelning and grupp
WHOLE: Group = ("ingen", "alla")


def series(
    release: Release, scope: Scope, measure: Counting, enhet_id: str, kind: str, group: Group = WHOLE
) -> list[Row]:
    """Every published period of one kind for a unit, of the whole or of one group, by sex: period, kon, utfall … metod,
    oldest first."""
    return ask(
        release,
        """SELECT period, kon, utfall, kvot_utfall, orsak, antal, namnare, varde, nedre, ovre, metod FROM varde
        WHERE matt_id = $matt AND enhet_nr = $nr AND periodtyp = $kind AND indelning = $split AND grupp = $grupp
        ORDER BY period, kon""",
        {
            "matt": measure.id,
            "nr": release.number(scope.enhet(enhet_id)),
            "kind": kind,
            "split": group[0],
            "grupp": group[1],
        },
    )


def gaps(
    release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, kind: str, group: Group = WHOLE
) -> list[Row]:
    """Women against men for every period (and horizon, for curves), of the whole or of one group: period, dag, utfall,
    differens …"""
    return ask(
        release,
        """SELECT period, dag, utfall, orsak, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
        FROM skillnad
        WHERE matt_id = $matt AND enhet_nr = $nr AND periodtyp = $kind AND indelning = $split AND grupp = $grupp
        ORDER BY period, dag""",
        {
            "matt": measure.id,
            "nr": release.number(scope.enhet(enhet_id)),
            "kind": kind,
            "split": group[0],
            "grupp": group[1],
        },
    )


def curve(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, period: str) -> list[Row]:
    """Every published point of a cohort's curves: kon, orsak_id, dag, utfall, andel, nedre, ovre, i_risk, n, metod. A hidden
    curve has one row, without day (NO_DAY); a declared day that is hidden has a row too."""
    return ask(
        release,
        """SELECT kon, orsak_id, dag, utfall, orsak, andel, nedre, ovre, i_risk, n, metod FROM kurva
        WHERE matt_id = $matt AND enhet_nr = $nr AND period = $period AND indelning = 'ingen'
        ORDER BY kon, orsak_id, dag""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period},
    )


def curve_history(release: Release, scope: Scope, measure: Curve, enhet_id: str) -> list[Row]:
    """The headline day of the curves of every cohort: period, kon, utfall, andel, nedre, ovre, n."""
    return _headline(release, measure, scope.enhet(enhet_id))


def background(release: Release, measure: Count, region: Place | None, kind: str) -> list[Row]:
    """The region's series of a count: shown behind every unit, whoever asks."""
    return [] if region is None else series(release, Scope.everything(), measure, region.enhet_id, kind)


def curve_background(release: Release, measure: Curve, region: Place | None) -> list[Row]:
    """The region's headline day of every cohort: shown behind every unit, whoever asks."""
    return [] if region is None else _headline(release, measure, region.enhet_id)


def _headline(release: Release, measure: Curve, enhet_id: str) -> list[Row]:
    return ask(
        release,
        """SELECT period, kon, utfall, orsak, andel, nedre, ovre, n FROM kurva
        WHERE matt_id = $matt AND enhet_nr = $nr AND orsak_id = $orsak AND dag IN ($dag, $hel)
            AND indelning = 'ingen'
        ORDER BY period, kon""",
        {
            "matt": measure.id,
            "nr": release.number(enhet_id),
            "orsak": measure.event.id,
            "dag": measure.headline,
            "hel": NO_DAY,
        },
    )


def main_kind(measure: AnyMeasure, niva: str = NIVA.ids[-1]) -> str:
    """The kind of period in which a measure is shown by sex over time at a level (that of the region)."""
    if isinstance(measure, Distribution):
        return "manad" if MEASURES[measure.of].time is Time.STOCK else "r12"
    if isinstance(measure, Count):
        return (
            "manad" if measure.time is Time.STOCK else "kvartal" if "kvartal" in whole_kinds(measure, niva) else "r12"
        )
    return "manad" if isinstance(measure, Resource) else "r12"


def yearly_kind(measure: AnyMeasure) -> str:
    """The kind of period in which a measure is shown as one figure: the calmest that it has."""
    return "r12" if isinstance(measure, Count) and "r12" in measure.periods else main_kind(measure)
