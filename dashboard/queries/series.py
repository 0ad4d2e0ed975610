"""A measure of one unit over time, and as a curve."""

from collections.abc import Sequence
from typing import Any

from dashboard.access.scope import Scope
from dashboard.queries.about import Place
from dashboard.queries.rows import Row, Thing, ask_each
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
    return series_of(release, scope, [(measure, kind)], enhet_id, group)[measure.id, kind]


def series_of(
    release: Release, scope: Scope, asked: Sequence[tuple[AnyMeasure, str]], enhet_id: str, group: Group = WHOLE
) -> dict[tuple[str, str], list[Row]]:
    """The same of many (measure, kind) at once, by (id, kind)."""
    query = f"""SELECT matt_id, periodtyp, period, kon, utfall, kvot_utfall, orsak, antal, namnare, varde, nedre, ovre, metod
        FROM varde WHERE {OF_ASKED} AND enhet_nr = $nr AND indelning = $split AND grupp = $grupp
        ORDER BY period, kon"""  # noqa: S608  (a text of ours)
    return ask_each(release, query, _named(asked), OF_KIND, _of_group(release, scope, enhet_id, group))


def gaps(
    release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, kind: str, group: Group = WHOLE
) -> list[Row]:
    """Women against men for every period (and horizon, for curves), of the whole or of one group: period, dag, utfall,
    differens …"""
    return gaps_in_time(release, scope, [(measure, kind)], enhet_id, group)[measure.id, kind]


def gaps_in_time(
    release: Release, scope: Scope, asked: Sequence[tuple[AnyMeasure, str]], enhet_id: str, group: Group = WHOLE
) -> dict[tuple[str, str], list[Row]]:
    """The same of many (measure, kind) at once, by (id, kind)."""
    query = f"""SELECT matt_id, periodtyp, period, dag, utfall, orsak, differens, differens_nedre, differens_ovre, kvot,
            kvot_nedre, kvot_ovre
        FROM skillnad WHERE {OF_ASKED} AND enhet_nr = $nr AND indelning = $split AND grupp = $grupp
        ORDER BY period, dag"""  # noqa: S608  (a text of ours)
    return ask_each(release, query, _named(asked), OF_KIND, _of_group(release, scope, enhet_id, group))


OF_KIND = ("matt_id", "periodtyp")
# a filter of the scan: IN, or a join with what is asked, takes a third longer
OF_ASKED = "list_contains($matt_id, matt_id) AND list_contains(list_zip($matt_id, $periodtyp), (matt_id, periodtyp))"


def _named(asked: Sequence[tuple[AnyMeasure, str]]) -> list[tuple[str, str]]:
    return [(measure.id, kind) for measure, kind in asked]


def _of_group(release: Release, scope: Scope, enhet_id: str, group: Group) -> dict[str, Any]:
    return {"nr": release.number(scope.enhet(enhet_id)), "split": group[0], "grupp": group[1]}


def curve(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, period: str) -> list[Row]:
    """Every published point of a cohort's curves: kon, orsak_id, dag, utfall, andel, nedre, ovre, i_risk, n, metod. A hidden
    curve has one row, without day (NO_DAY); a declared day that is hidden has a row too."""
    return cohorts(release, scope, [measure], enhet_id, period)[measure.id,]


def cohorts(
    release: Release, scope: Scope, measures: Sequence[AnyMeasure], enhet_id: str, period: str
) -> dict[Thing, list[Row]]:
    """The same of many measures at once, by (id,)."""
    query = """SELECT matt_id, kon, orsak_id, dag, utfall, orsak, andel, nedre, ovre, i_risk, n, metod FROM kurva
        WHERE list_contains($matt_id, matt_id) AND enhet_nr = $nr AND period = $period AND indelning = 'ingen'
        ORDER BY kon, orsak_id, dag"""
    return of_cohorts(release, scope, query, measures, enhet_id, period)


def of_cohorts(
    release: Release, scope: Scope, query: str, measures: Sequence[AnyMeasure], enhet_id: str, period: str
) -> dict[Thing, list[Row]]:
    """One question about cohorts of one period, by (id,) of the measure."""
    values = {"nr": release.number(scope.enhet(enhet_id)), "period": period}
    return ask_each(release, query, [(one.id,) for one in measures], ("matt_id",), values)


def curve_history(release: Release, scope: Scope, measure: Curve, enhet_id: str) -> list[Row]:
    """The headline day of the curves of every cohort: period, kon, utfall, andel, nedre, ovre, n."""
    return _headline(release, measure, scope.enhet(enhet_id))


def background(release: Release, measure: Count, region: Place | None, kind: str) -> list[Row]:
    """The region's series of a count: shown behind every unit, whoever asks."""
    return [] if region is None else series(release, _behind(region), measure, region.enhet_id, kind)


def curve_background(release: Release, measure: Curve, region: Place | None) -> list[Row]:
    """The region's headline day of every cohort: shown behind every unit, whoever asks."""
    return [] if region is None else _headline(release, measure, region.enhet_id)


def _behind(region: Place) -> Scope:
    """The region itself: published for everybody, as background."""
    return Scope(units=frozenset({region.enhet_id}))


def _headline(release: Release, measure: Curve, enhet_id: str) -> list[Row]:
    return _headlines(release, [measure], enhet_id)[_told(measure)]


def _headlines(release: Release, measures: Sequence[Curve], enhet_id: str) -> dict[Thing, list[Row]]:
    query = """SELECT matt_id, orsak_id, $berattad[list_position($matt_id, matt_id)] AS berattad, period, kon, utfall, orsak,
            andel, nedre, ovre, n
        FROM kurva
        WHERE list_contains($matt_id, matt_id) AND orsak_id = $orsak_id[list_position($matt_id, matt_id)]
            AND (dag = $berattad[list_position($matt_id, matt_id)] OR dag = $hel)
            AND enhet_nr = $nr AND indelning = 'ingen'
        ORDER BY period, kon"""
    told, values = [_told(measure) for measure in measures], {"nr": release.number(enhet_id), "hel": NO_DAY}
    return ask_each(release, query, told, ("matt_id", "orsak_id", "berattad"), values)


def _told(measure: Curve) -> Thing:
    return (measure.id, measure.event.id, measure.headline)


def prepare(release: Release, scope: Scope, asked: Sequence[tuple[AnyMeasure, str]], enhet_id: str) -> None:
    """Asks at once what `series`, `gaps` and `curve_history` will be asked of each (measure, kind)."""
    gaps_in_time(release, scope, asked, enhet_id)
    _prepare(release, scope, asked, enhet_id)


def prepare_background(release: Release, asked: Sequence[tuple[AnyMeasure, str]], region: Place | None) -> None:
    """Asks at once what `background` and `curve_background` will be asked."""
    if region is not None:
        _prepare(release, _behind(region), asked, region.enhet_id)


def _prepare(release: Release, scope: Scope, asked: Sequence[tuple[AnyMeasure, str]], enhet_id: str) -> None:
    if counts := [(one, kind) for one, kind in asked if not isinstance(one, Curve)]:
        series_of(release, scope, counts, enhet_id)
    if curves := [one for one, _ in asked if isinstance(one, Curve)]:
        _headlines(release, curves, scope.enhet(enhet_id))


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
