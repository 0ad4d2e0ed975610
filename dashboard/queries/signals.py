"""Real changes: a measure's process of one unit, and the signs that hold now."""

from dashboard.access.scope import Scope
from dashboard.queries.rows import Row, ask
from dashboard.release import Release
from schemas.measure import AnyMeasure


def process(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, manad: str) -> list[Row]:
    """Every followed period up to the chosen month: kon, period, varde, mitt, nedre, ovre, regel, riktning, provisorisk,
    mal, mal_nas, metod."""
    return ask(
        release,
        """SELECT kon, period, varde, mitt, nedre, ovre, regel, riktning, provisorisk, mal, mal_nas, metod FROM signal
        WHERE matt_id = $matt AND enhet_nr = $nr AND period <= $manad ORDER BY kon, period""",
        {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )


def signs_now(release: Release, scope: Scope, enhet_id: str, manad: str) -> list[Row]:
    """Every followed series of kvinnor and män in the quarter that ended last by the month, with its sign or without
    (regel "ingen"): matt_id, kon, period, regel, riktning, varde, nedre, ovre."""
    return ask(
        release,
        """SELECT matt_id, kon, period, regel, riktning, varde, nedre, ovre FROM signal
        WHERE enhet_nr = $nr AND kon IN ('K', 'M')
            AND period = (SELECT max(period) FROM signal WHERE enhet_nr = $nr AND period <= $manad)
        ORDER BY matt_id, kon""",
        {"nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )
