"""Many measures of one unit at once: what stands in a table of them all costs a few questions and not some for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.access.scope import Scope
from dashboard.queries.rows import Row, ask
from dashboard.release import Release
from schemas.marginal import NO_DAY
from schemas.measure import AnyMeasure, Count, Curve

Asked = tuple[AnyMeasure, str, str]  # measure, kind of period, period
ByMeasure = dict[str, list[Row]]


def standing_of(release: Release, scope: Scope, asked: Sequence[Asked], enhet_id: str) -> ByMeasure:
    """Each measure in its period, by measure: kon, utfall, kvot_utfall, varde, nedre, ovre, namnare. A curve gives its
    headline day as percent, and n as namnare."""
    nr = release.number(scope.enhet(enhet_id))
    counts = [one for one in asked if not isinstance(one[0], Curve)]
    rows = ask(
        release,
        f"""SELECT matt_id, kon, utfall, kvot_utfall, varde, nedre, ovre, namnare FROM varde JOIN {WANTED}
        WHERE enhet_nr = $nr AND indelning = 'ingen'""",  # noqa: S608  (a text of ours)
        {"nr": nr, **_lists(counts)},
    )
    curves = [(measure, period) for measure, _, period in asked if isinstance(measure, Curve)]
    found = ask(
        release,
        """SELECT matt_id, kon, utfall, utfall AS kvot_utfall, 100 * andel AS varde, 100 * nedre AS nedre,
            100 * ovre AS ovre, n AS namnare
        FROM kurva JOIN (
            SELECT unnest($matt) AS matt_id, unnest($period) AS period, unnest($orsak) AS orsak_id, unnest($dagar) AS berattad
        ) AS fragade USING (matt_id, period, orsak_id)
        WHERE enhet_nr = $nr AND indelning = 'ingen' AND (dag = berattad OR dag = $hel)""",
        {
            "nr": nr,
            "matt": [measure.id for measure, _ in curves],
            "period": [period for _, period in curves],
            "orsak": [measure.event.id for measure, _ in curves],
            "dagar": [measure.headline for measure, _ in curves],
            "hel": NO_DAY,
        },
    )
    return _by_measure((*rows, *found))


def gaps_of(release: Release, scope: Scope, asked: Sequence[Asked], enhet_id: str) -> ByMeasure:
    """Women against men in each measure's period, by measure: period, dag, utfall, differens …"""
    rows = ask(
        release,
        f"""SELECT matt_id, period, dag, utfall, orsak, differens, differens_nedre, differens_ovre, kvot, kvot_nedre,
            kvot_ovre
        FROM skillnad JOIN {WANTED} WHERE enhet_nr = $nr AND indelning = 'ingen'""",  # noqa: S608  (a text of ours)
        {"nr": release.number(scope.enhet(enhet_id)), **_lists(asked)},
    )
    return _by_measure(rows)


def last_taken_apart(release: Release, scope: Scope, enhet_id: str, manad: str) -> ByMeasure:
    """The parts of the difference in the last period by the month that has any, by measure: period, periodtyp, storhet,
    dag, del, utfall, orsak, varde, nedre, ovre. A curve has its share and its mean days."""
    rows = ask(
        release,
        """SELECT matt_id, period, periodtyp, storhet, dag, del, utfall, orsak, varde, nedre, ovre FROM uppdelning
        WHERE enhet_nr = $nr AND period <= $manad
        QUALIFY period = max(period) OVER (PARTITION BY matt_id, storhet, dag) ORDER BY matt_id, storhet, dag, del""",
        {"nr": release.number(scope.enhet(enhet_id)), "manad": manad},
    )
    return _by_measure(rows)


def share_of(measure: Count | Curve, rows: Iterable[Row]) -> list[Row]:
    """Of the parts of a measure's differences those of its value, or of a curve's share on its headline day."""
    told = ("andel", measure.headline) if isinstance(measure, Curve) else ("varde", NO_DAY)
    return [row for row in rows if (row["storhet"], row["dag"]) == told]


WANTED = """(
            SELECT unnest($matt) AS matt_id, unnest($kind) AS periodtyp, unnest($period) AS period
        ) AS fragade USING (matt_id, periodtyp, period)"""


def _lists(asked: Sequence[Asked]) -> dict[str, Any]:
    return {
        "matt": [measure.id for measure, _, _ in asked],
        "kind": [kind for _, kind, _ in asked],
        "period": [period for _, _, period in asked],
    }


def _by_measure(rows: Iterable[Row]) -> ByMeasure:
    found: ByMeasure = {}
    for row in rows:
        found.setdefault(row["matt_id"], []).append(row)
    return found
