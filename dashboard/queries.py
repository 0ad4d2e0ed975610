"""The only door to published data: one function a question, each with a scope, values always bound."""

from dataclasses import dataclass
from typing import Any

from dashboard.access.scope import Forbidden, Scope
from dashboard.release import Release
from schemas.measure import AnyMeasure, Count, Curve, Time
from schemas.measures import available
from schemas.series import RIKET

Row = dict[str, Any]


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


def places(release: Release, scope: Scope) -> list[Place]:
    """Everything that can be chosen: vårdcentraler by name, then other units, områden and regions."""
    rows = _rows(
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
    rows = _rows(
        release,
        "SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet WHERE enhet_id = $enhet",
        {"enhet": enhet_id},
    )
    if not rows:
        raise Forbidden
    return Place(**rows[0])


def region_of(release: Release, chosen: Place) -> Place | None:
    """The region that the unit belongs to: published for everybody, as background."""
    rows = _rows(
        release,
        "SELECT enhet_id, namn, niva, omrade, region, enhetstyp FROM enhet WHERE niva = 'region' AND region = $region",
        {"region": chosen.region},
    )
    return Place(**rows[0]) if rows else None


def listed_total(release: Release, scope: Scope, enhet_id: str) -> Row | None:
    """listade_totalt, listade_manad of a unit: all ages, a public figure and no denominator. None where not known."""
    rows = _rows(
        release,
        "SELECT listade_totalt, listade_manad FROM enhet WHERE enhet_id = $enhet AND listade_totalt IS NOT NULL",
        {"enhet": scope.enhet(enhet_id)},
    )
    return rows[0] if rows else None


def months(release: Release) -> list[Row]:
    """manad, preliminar; newest first."""
    return _rows(release, "SELECT manad, preliminar FROM manad ORDER BY manad DESC", {})


def latest_period(release: Release, measure: AnyMeasure, manad: str, kind: str) -> str | None:
    """The last published period of the measure that ends no later than the chosen month."""
    table = "varde" if isinstance(measure, Count) else "kurva"
    condition = "AND periodtyp = $kind" if isinstance(measure, Count) else ""
    # the table is one of two names above
    rows = _rows(
        release,
        f"SELECT max(period) AS period FROM {table} WHERE matt_id = $matt AND period <= $manad {condition}",  # noqa: S608
        {"matt": measure.id, "manad": manad} | ({"kind": kind} if condition else {}),
    )
    return rows[0]["period"]


def series(release: Release, scope: Scope, measure: Count, enhet_id: str, kind: str) -> list[Row]:
    """Every published period of one kind for a unit, by sex: period, kon, utfall … metod, oldest first."""
    return _rows(
        release,
        """SELECT period, kon, utfall, kvot_utfall, orsak, antal, namnare, varde, nedre, ovre, metod FROM varde
        WHERE matt_id = $matt AND enhet_id = $enhet AND periodtyp = $kind ORDER BY period, kon""",
        {"matt": measure.id, "enhet": scope.enhet(enhet_id), "kind": kind},
    )


def gaps(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, kind: str) -> list[Row]:
    """Women against men for every period (and horizon, for curves): period, dag, utfall, differens …"""
    return _rows(
        release,
        """SELECT period, dag, utfall, orsak, differens, differens_nedre, differens_ovre, kvot, kvot_nedre, kvot_ovre
        FROM skillnad WHERE matt_id = $matt AND enhet_id = $enhet AND periodtyp = $kind ORDER BY period, dag""",
        {"matt": measure.id, "enhet": scope.enhet(enhet_id), "kind": kind},
    )


def curve(release: Release, scope: Scope, measure: AnyMeasure, enhet_id: str, period: str) -> list[Row]:
    """Every published point of a cohort's curves: kon, orsak_id, dag, utfall, andel, nedre, ovre, i_risk, n, metod."""
    return _rows(
        release,
        """SELECT kon, orsak_id, dag, utfall, orsak, andel, nedre, ovre, i_risk, n, metod FROM kurva
        WHERE matt_id = $matt AND enhet_id = $enhet AND period = $period ORDER BY kon, orsak_id, dag""",
        {"matt": measure.id, "enhet": scope.enhet(enhet_id), "period": period},
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
    return _rows(
        release,
        """SELECT period, kon, utfall, orsak, andel, nedre, ovre, n FROM kurva
        WHERE matt_id = $matt AND enhet_id = $enhet AND orsak_id = $orsak AND (dag = $dag OR utfall = 'dolt')
        ORDER BY period, kon""",
        {"matt": measure.id, "enhet": enhet_id, "orsak": measure.event.id, "dag": measure.headline},
    )


def quality(release: Release) -> list[Row]:
    """extrakt, slag, regel, utfall, antal in reading order."""
    return _rows(
        release, "SELECT extrakt, slag, regel, utfall, antal FROM kvalitet ORDER BY extrakt, ordning, regel", {}
    )


def comparison(release: Release) -> list[Row]:
    """Figures that others publish, all ages: of each series, area and diagnosis chapter the latest period with a number;
    serie, namn, omrade, period, periodtyp, kon, diagnos, varde, tecken, enhet, definition, kalla. Riket first."""
    return _rows(
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


def main_kind(measure: AnyMeasure) -> str:
    """The kind of period in which a measure is shown by sex."""
    return "manad" if isinstance(measure, Count) and measure.time is Time.STOCK else "kvartal"


def _rows(release: Release, query: str, values: dict[str, Any]) -> list[Row]:
    cursor = release.connection.cursor()
    try:
        answer = cursor.execute(query, values)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()
