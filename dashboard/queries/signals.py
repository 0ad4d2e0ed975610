"""Real changes: a measure's process of one unit, and the signs that hold now."""

from collections.abc import Sequence

from dashboard.access.scope import Scope
from dashboard.queries.rows import Row, Thing, ask, ask_each
from dashboard.release import Release
from schemas.measure import AnyMeasure


def process(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, manad: str) -> list[Row]:
    """Every followed period up to the chosen month: kon, period, varde, mitt, nedre, ovre, regel, riktning, provisorisk,
    mal, mal_nas, mal_fran, mal_beslutad_av, mal_kalla, metod."""
    return processes(release, scope, [measure], enhet_id, manad)[measure.id,]


def processes(
    release: Release, scope: Scope, measures: Sequence[AnyMeasure], enhet_id: str, manad: str
) -> dict[Thing, list[Row]]:
    """The same of many measures at once, by (id,)."""
    query = """SELECT matt_id, kon, period, varde, mitt, nedre, ovre, regel, riktning, provisorisk, mal, mal_nas,
        mal_fran, mal_beslutad_av, mal_kalla, metod
        FROM signal WHERE list_contains($matt_id, matt_id) AND enhet_nr = $nr AND period <= $manad ORDER BY kon, period"""
    values = {"nr": release.number(scope.enhet(enhet_id)), "manad": manad}
    return ask_each(release, query, [(measure.id,) for measure in measures], ("matt_id",), values)


def signs_now(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """Every followed series of kvinnor and män in the quarter that ended last by the month, with its sign or without
    (regel "ingen"): matt_id, kon, period, regel, riktning, varde, nedre, ovre."""
    return ask(
        release,
        """SELECT matt_id, kon, period, regel, riktning, varde, nedre, ovre FROM signal
        WHERE enhet_nr = $nr AND period <= $manad AND kon IN ('K', 'M')
        QUALIFY period = max(period) OVER () ORDER BY matt_id, kon""",
        {"nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )
