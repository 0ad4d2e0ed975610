"""Things beside each other in one period: groups of a breakdown, shares of a selection, units, parts of a difference."""

from collections.abc import Sequence
from typing import Any

from dashboard.access.scope import Scope
from dashboard.queries.about import Place
from dashboard.queries.rows import Row, ask, ask_each
from dashboard.release import Release
from schemas.curve_lattice import SHARE
from schemas.curve_lattice import taken_apart as quantities_apart
from schemas.marginal import NO_DAY
from schemas.measure import AnyMeasure, Count, Curve, Distribution, Selection

Broken = Count | Distribution
Quantity = tuple[str, int]  # storhet and dag


def groups(
    release: Release, scope: Scope, measure: Broken, enhet_id: str, split: str, kind: str, period: str
) -> list[Row]:
    """The groups of a breakdown in one period, by sex: grupp, kon, utfall … metod."""
    return ask(
        release,
        """SELECT grupp, kon, utfall, kvot_utfall, orsak, antal, namnare, varde, nedre, ovre, metod FROM varde
        WHERE matt_id = $matt AND enhet_nr = $nr AND indelning = $split
            AND periodtyp = $kind AND period = $period
        ORDER BY grupp, kon""",
        {
            "matt": measure.id,
            "nr": release.number(scope.enhet(enhet_id)),
            "split": split,
            "kind": kind,
            "period": period,
        },
    )


def group_gaps(
    release: Release, scope: Scope, measure: Broken, enhet_id: str, split: str, kind: str, period: str
) -> list[Row]:
    """Women against men in the groups of a breakdown in one period: grupp, utfall, differens …"""
    return ask(
        release,
        """SELECT grupp, utfall, orsak, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
        FROM skillnad WHERE matt_id = $matt AND enhet_nr = $nr AND indelning = $split
            AND periodtyp = $kind AND period = $period""",
        {
            "matt": measure.id,
            "nr": release.number(scope.enhet(enhet_id)),
            "split": split,
            "kind": kind,
            "period": period,
        },
    )


def latest_groups(release: Release, measure: Broken, split: str, kind: str, manad: str) -> str | None:
    """The last period of a kind, no later than the chosen month, in which the breakdown is published."""
    return release.last("varde", measure.id, kind, split, manad)


def parts(release: Release, scope: Scope, measure: Selection, enhet_id: str, period: str) -> list[Row]:
    """The shares of a selection in one period, and before them the whole, by sex: matt_id, kon, utfall … ovre."""
    return _in_period(release, scope, IN_PERIOD, _names([measure]), enhet_id, YEAR, period)


def part_gaps(release: Release, scope: Scope, measure: Selection, enhet_id: str, period: str) -> list[Row]:
    """Women against men in the shares of a selection: matt_id, utfall, differens …"""
    return _in_period(release, scope, GAPS_IN_PERIOD, _names([measure]), enhet_id, YEAR, period)


def prepare_parts(release: Release, scope: Scope, measures: Sequence[Selection], enhet_id: str, period: str) -> None:
    """Asks at once what `parts` and `part_gaps` will be asked of each."""
    for query in (IN_PERIOD, GAPS_IN_PERIOD):
        _in_period(release, scope, query, _names(measures), enhet_id, YEAR, period)


def in_period(
    release: Release, scope: Scope, measures: Sequence[Count], enhet_id: str, kind: str, period: str
) -> tuple[list[Row], list[Row]]:
    """Several measures in one period: by sex as from `parts`, and women against men as from `part_gaps`."""
    names = [one.id for one in measures]
    rows, gaps = (_in_period(release, scope, one, names, enhet_id, kind, period) for one in (IN_PERIOD, GAPS_IN_PERIOD))
    return rows, gaps


YEAR = "r12"  # the periods of a selection
IN_PERIOD = """SELECT matt_id, kon, utfall, kvot_utfall, orsak, antal, namnare, varde, nedre, ovre, metod FROM varde
    WHERE list_contains($matt_id, matt_id) AND enhet_nr = $nr AND periodtyp = $kind AND period = $period
        AND indelning = 'ingen'
    ORDER BY kon"""
GAPS_IN_PERIOD = """SELECT matt_id, utfall, orsak, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
    FROM skillnad
    WHERE list_contains($matt_id, matt_id) AND enhet_nr = $nr AND periodtyp = $kind AND period = $period
        AND indelning = 'ingen'"""


def _names(measures: Sequence[Selection]) -> list[str]:
    return list(dict.fromkeys(name for one in measures for name in (one.whole, *(share.id for share in one.shares))))


def _in_period(
    release: Release, scope: Scope, query: str, names: Sequence[str], enhet_id: str, kind: str, period: str
) -> list[Row]:
    values = {"nr": release.number(scope.enhet(enhet_id)), "kind": kind, "period": period}
    found = ask_each(release, query, [(name,) for name in names], ("matt_id",), values)
    return [row for rows in found.values() for row in rows]


def taken_apart(
    release: Release, scope: Scope, measure: Count | Curve, enhet_id: str, quantity: Quantity | None = None
) -> list[Row]:
    """The parts of the difference women − men in every period: period, periodtyp, del, utfall, orsak, varde, nedre, ovre,
    metod, oldest first. `quantity` of a curve is ("medeldagar", days); without it the share on the headline day."""
    query = """SELECT storhet, dag, period, periodtyp, del, utfall, orsak, varde, nedre, ovre, metod FROM uppdelning
        JOIN (SELECT unnest($storhet) AS storhet, unnest($dag) AS dag) AS fragade USING (storhet, dag)
        WHERE matt_id = $matt AND enhet_nr = $nr ORDER BY period, del"""
    wanted = quantity or ((SHARE, measure.headline) if isinstance(measure, Curve) else ("varde", NO_DAY))
    every = quantities_apart(measure) if isinstance(measure, Curve) else ()
    values = {"matt": measure.id, "nr": release.number(scope.enhet(enhet_id))}
    # who shows one of them shows them all
    return ask_each(release, query, list(dict.fromkeys((*every, wanted))), ("storhet", "dag"), values)[wanted]


def across(
    release: Release, scope: Scope, measure: AnyMeasure, region: Place | None, kind: str, period: str
) -> list[Row]:
    """The measure at every vårdcentral of a region that is in the scope, by sex: enhet_id, namn, kon, utfall, varde, nedre,
    ovre, namnare. A curve gives its headline day as percent, and n as namnare."""
    where = "enhet.enhetstyp = 'vardcentral' AND enhet.region = $region"
    rows = _standing(release, measure, kind, period, where, {"region": region.region if region else None})
    return [row for row in rows if scope.allows(row["enhet_id"])]


def standing(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, kind: str, period: str) -> list[Row]:
    """The same of one unit, by sex."""
    return _standing(release, measure, kind, period, OWN, {"nr": release.number(scope.enhet(enhet_id))})


def history(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, kind: str) -> list[Row]:
    """The same of one unit in every period, oldest first, with period."""
    return _standing(release, measure, kind, None, OWN, {"nr": release.number(scope.enhet(enhet_id))})


def region_row(release: Release, measure: AnyMeasure, region: Place | None, kind: str, period: str) -> list[Row]:
    """The same of the region, by sex: shown behind every unit, whoever asks."""
    return _standing(release, measure, kind, period, OWN, {"nr": release.number(region.enhet_id if region else None)})


OWN = "rader.enhet_nr = $nr"


def _standing(
    release: Release, measure: AnyMeasure, kind: str, period: str | None, where: str, values: dict[str, Any]
) -> list[Row]:
    # `where` is one of the two above; without a period every one is meant
    if isinstance(measure, Curve):
        query = """SELECT rader.enhet_id, enhet.namn, period, kon, utfall, utfall AS kvot_utfall, 100 * andel AS varde,
                100 * nedre AS nedre, 100 * ovre AS ovre, n AS namnare
            FROM kurva AS rader JOIN enhet ON enhet.enhet_nr = rader.enhet_nr
            WHERE matt_id = $matt AND ($period IS NULL OR period = $period) AND orsak_id = $event
                AND dag IN ($dag, $hel) AND indelning = 'ingen' AND """
        values = values | {"event": measure.event.id, "dag": measure.headline, "hel": NO_DAY}
    else:
        query = """SELECT rader.enhet_id, enhet.namn, period, kon, utfall, kvot_utfall, varde, nedre, ovre, namnare
            FROM varde AS rader JOIN enhet ON enhet.enhet_nr = rader.enhet_nr
            WHERE matt_id = $matt AND ($period IS NULL OR period = $period) AND periodtyp = $kind
                AND indelning = 'ingen' AND """
        values = values | {"kind": kind}
    return ask(release, f"{query}{where} ORDER BY period", values | {"matt": measure.id, "period": period})
