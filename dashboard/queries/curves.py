"""What a curve is told by besides itself: its groups, and the figures of women and men beside each other."""

from collections.abc import Sequence
from typing import Any

from dashboard.access.scope import Scope
from dashboard.queries.rows import Row, Thing, ask, ask_each
from dashboard.queries.series import cohorts, gaps_in_time, latest_period, of_cohorts
from dashboard.release import Release
from schemas.curve_lattice import COHORT
from schemas.measure import AnyMeasure, Curve, Landmark, Occupation


def curve_groups(release: Release, scope: Scope, measure: Curve, enhet_id: str, split: str, period: str) -> list[Row]:
    """The groups of a breakdown of one cohort's curves: grupp, kon, dag, utfall, andel, nedre, ovre, n. A hidden group
    has one row, without day."""
    query = """SELECT indelning, grupp, kon, dag, utfall, andel, nedre, ovre, n FROM kurva
        WHERE matt_id = $matt AND enhet_nr = $nr AND list_contains($indelning, indelning) AND period = $period
            AND orsak_id = $event
        ORDER BY grupp, kon, dag"""
    more = {"event": measure.event.id}
    return _of_every_breakdown(release, query, measure, _cohort(release, scope, measure, enhet_id, period) | more)[
        split,
    ]


def curve_group_gaps(
    release: Release, scope: Scope, measure: Curve, enhet_id: str, split: str, period: str
) -> list[Row]:
    """Women against men in the same groups: grupp, dag, utfall, differens …"""
    query = """SELECT indelning, grupp, dag, utfall, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
        FROM skillnad
        WHERE matt_id = $matt AND enhet_nr = $nr AND list_contains($indelning, indelning) AND period = $period"""
    return _of_every_breakdown(release, query, measure, _cohort(release, scope, measure, enhet_id, period))[split,]


def _of_every_breakdown(release: Release, query: str, measure: Curve, values: dict[str, Any]) -> dict[Thing, list[Row]]:
    """A page that shows one breakdown of a curve shows them all: one question."""
    return ask_each(release, query, [(split,) for split in measure.breakdowns], ("indelning",), values)


def _cohort(release: Release, scope: Scope, measure: Curve, enhet_id: str, period: str) -> dict[str, Any]:
    return {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period}


def pair_values(release: Release, scope: Scope, measure: Curve, enhet_id: str, period: str) -> list[Row]:
    """Median, mean days and standardised shares of one cohort: kon, storhet, dag, utfall, varde, nedre, ovre, n."""
    return ask(
        release,
        """SELECT kon, storhet, dag, utfall, orsak, varde, nedre, ovre, n FROM kurvtal
        WHERE matt_id = $matt AND enhet_nr = $nr AND period = $period ORDER BY storhet, dag, kon""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period},
    )


def pair_gaps(release: Release, scope: Scope, measure: Curve, enhet_id: str, period: str) -> list[Row]:
    """Women against men in these, and the test of the whole curve (storhet kurva): storhet, dag, utfall, differens … p."""
    return _pair_gaps(release, scope, [measure], enhet_id, period)[measure.id,]


def _pair_gaps(
    release: Release, scope: Scope, measures: Sequence[AnyMeasure], enhet_id: str, period: str
) -> dict[Thing, list[Row]]:
    query = """SELECT matt_id, storhet, dag, utfall, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre, p
        FROM kurvskillnad WHERE list_contains($matt_id, matt_id) AND enhet_nr = $nr AND period = $period
        ORDER BY storhet, dag"""
    return of_cohorts(release, scope, query, measures, enhet_id, period)


def prepare_cohorts(release: Release, scope: Scope, measures: Sequence[AnyMeasure], enhet_id: str, manad: str) -> None:
    """Asks at once what `curve`, `pair_gaps` and `gaps` will be asked of each, in its last cohort by the month."""
    gaps_in_time(release, scope, [(one, COHORT) for one in measures if isinstance(one, Curve)], enhet_id)
    periods = {one.id: latest_period(release, one, manad, COHORT) for one in measures}
    for period in filter(None, dict.fromkeys(periods.values())):
        of_period = [one for one in measures if periods[one.id] == period]
        cohorts(release, scope, of_period, enhet_id, period)
        _pair_gaps(release, scope, [one for one in of_period if isinstance(one, Curve)], enhet_id, period)


def mean_gaps(release: Release, scope: Scope, measure: Curve, enhet_id: str, day: int) -> list[Row]:
    """Women against men in mean days within the first `day`, of every cohort: period, utfall, differens …; oldest first."""
    return ask(
        release,
        """SELECT period, utfall, differens, differens_nedre, differens_ovre FROM kurvskillnad
        WHERE matt_id = $matt AND enhet_nr = $nr AND storhet = 'medeldagar' AND dag = $day ORDER BY period""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "day": day},
    )


def state_gaps(release: Release, scope: Scope, measure: Occupation, enhet_id: str, period: str) -> list[Row]:
    """Women against men in every state on the declared days of one cohort: orsak_id, dag, utfall, differens …"""
    return ask(
        release,
        """SELECT orsak_id, dag, utfall, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
        FROM gradskillnad WHERE matt_id = $matt AND enhet_nr = $nr AND period = $period ORDER BY dag, orsak_id""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period},
    )


def landmark(release: Release, scope: Scope, measure: Landmark, enhet_id: str, period: str) -> list[Row]:
    """Both arms of every landmark of one cohort: kon, fran_dag, arm, dag, utfall, andel … n. A hidden arm has one row,
    without day; a declared day that is hidden has a row too."""
    return ask(
        release,
        """SELECT kon, fran_dag, arm, dag, utfall, orsak, andel, nedre, ovre, ojusterad, ojusterad_nedre, ojusterad_ovre,
            i_risk, n
        FROM landmark WHERE matt_id = $matt AND enhet_nr = $nr AND period = $period
        ORDER BY kon, fran_dag, arm, dag""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period},
    )


def landmark_gaps(release: Release, scope: Scope, measure: Landmark, enhet_id: str, period: str) -> list[Row]:
    """With an insats minus without one yet: kon, fran_dag, dag, utfall, differens …, ojusterad …"""
    return ask(
        release,
        """SELECT kon, fran_dag, dag, utfall, orsak, differens, differens_nedre, differens_ovre, ojusterad,
            ojusterad_nedre, ojusterad_ovre
        FROM landmarkskillnad WHERE matt_id = $matt AND enhet_nr = $nr AND period = $period
        ORDER BY kon, fran_dag, dag""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "period": period},
    )
