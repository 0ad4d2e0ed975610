"""Landmark measures: the cases still open on a day, those with an insats by then beside those without one yet."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.adjusted import standardised
from pipelines.compute.curve import DAYS, STRATA, count_days, dense
from pipelines.compute.protect import protect_landmark
from pipelines.compute.windows import cohorts, make_cohorts
from pipelines.disclosure.curves import followed, rounded_to_five
from pipelines.settings import Settings
from pipelines.stats.contrasts import share_difference
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import aalen_johansen
from schemas.curve_lattice import HIDDEN_DAY, landmark_days
from schemas.dimensions import ARM, BOTH
from schemas.measure import Landmark
from schemas.tables import PUBLISHED

PAIR = ["enhet_id", "period", "kon", "fran_dag"]
AT = [*PAIR, "arm"]
GROUP = "rad.fran_dag || '/' || rad.arm"
LEVEL = 0.95
METHOD = "Aalen–Johansen, direkt standardiserad, log-log"
Points = tuple[Floats, Floats, Floats]  # value, lower, upper


def landmark_tables(
    connection: duckdb.DuckDBPyConnection, measure: Landmark, nodes: pd.DataFrame, settings: Settings
) -> dict[str, pd.DataFrame]:
    """The published rows of the measure, by table; none before the first whole cohort."""
    whole = cohorts(connection, measure.needs)
    if whole.empty:
        return {}
    cells = protect_landmark(landmark_cells(connection, measure, nodes, whole), nodes, settings)
    rows, gaps = landmarks(connection, measure, cells, settings)
    return {"landmark": rows, "landmarkskillnad": gaps}


def landmark_cells(
    connection: duckdb.DuckDBPyConnection, measure: Landmark, nodes: pd.DataFrame, cohorts: pd.DataFrame
) -> pd.DataFrame:
    """Count the ends day by day (`count_days`) and return every arm of kvinnor and män: AT, antal (cases), handelser (of
    the event itself, on the days that are published) and personer. `cohorts` has period and the quarters in it
    (kvartal). Raises MeasureError on a cause that is not declared."""
    make_cohorts(connection, cohorts)
    count_days(connection, measure, {ARM.column: GROUP, STRATA: f"{GROUP} || '/' || {_stratum(measure)}"})
    counted = _counted(connection, measure, "")
    every = [nodes["enhet_id"], sorted(cohorts["period"].unique()), BOTH, measure.landmarks, ARM.ids]
    cells = pd.MultiIndex.from_product(every, names=AT).to_frame(index=False)
    return cells.merge(counted, on=AT, how="left").fillna({"antal": 0, "handelser": 0, "personer": 0})


def _stratum(measure: Landmark) -> str:
    return " || '/' || ".join(f"coalesce(rad.{name}, 'okand')" for name in measure.adjusted)


def _counted(connection: duckdb.DuckDBPyConnection, measure: Landmark, stratum: str) -> pd.DataFrame:
    # base and columns come from declarations in schemas, never from a request
    return connection.execute(
        f"""SELECT nod.enhet_id, kohort.period, rad.kon, rad.fran_dag, rad.arm{stratum}, count(*) AS antal,
            count(*) FILTER (WHERE rad.orsak = $event AND rad.dag <= $last) AS handelser,
            count(DISTINCT rad.patient_nr) AS personer
        FROM {measure.base} AS rad JOIN nod ON nod.enhet_nr = rad.enhet_nr JOIN kohort ON kohort.kvartal = rad.kvartal
        WHERE rad.kon IN ('K', 'M') GROUP BY ALL""",
        {"event": measure.event.id, "last": measure.horizons[-1]},
    ).df()


def landmarks(
    connection: duckdb.DuckDBPyConnection, measure: Landmark, cells: pd.DataFrame, settings: Settings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `landmark` and `landmarkskillnad` from the protected cells (with `dold`, the same for both arms). A pair
    of hidden arms, or of arms that cannot be made alike, is one silent row each."""
    days = np.array(landmark_days(measure))
    told = cells[~cells["dold"]]
    pairs = told[PAIR].drop_duplicates().reset_index(drop=True).assign(par=lambda rows: range(len(rows)))
    hidden = cells[cells["dold"]]
    parts, gaps = [_silent(hidden, "dolt")], [_silent_gaps(hidden, "dolt")]
    if len(pairs):
        strata = _strata(connection, measure, pairs)
        adjusted = standardised(connection, measure, strata, len(pairs), days.tolist(), settings)
        alone = told.merge(pairs[adjusted.strata < 2], on=PAIR)
        parts.append(_silent(alone, "ej_beraknat"))
        gaps.append(_silent_gaps(alone, "ej_beraknat"))
        for here, crude, risk, n in _crude(connection, measure, pairs, days):
            alike = adjusted.share[here], adjusted.lower[here], adjusted.upper[here]
            seen = (
                followed(risk, least=settings.curve_at_risk)
                & np.isfinite(alike[0])
                & (adjusted.strata[here] > 1)[:, None, None]
            )
            parts.append(_points(pairs.iloc[here], days, alike, crude, risk, n, seen))
            gaps.append(_gaps(pairs.iloc[here], days, measure, alike, crude, np.logical_and.reduce(seen, axis=1)))
    return _table("landmark", parts, measure), _table("landmarkskillnad", gaps, measure)


def _strata(connection: duckdb.DuckDBPyConnection, measure: Landmark, pairs: pd.DataFrame) -> pd.DataFrame:
    """The strata of the shown pairs, as `standardised` wants them."""
    strata = _counted(connection, measure, f", {_stratum(measure)} AS stratum").merge(pairs, on=PAIR)
    group = strata["fran_dag"].astype(str) + "/" + strata["arm"] + "/" + strata["stratum"]
    return strata.assign(indelning=STRATA, grupp=group, sida=_side(strata))


def _side(rows: pd.DataFrame) -> pd.Series:
    return rows["arm"].map(list(ARM.ids).index)


def _crude(
    connection: duckdb.DuckDBPyConnection, measure: Landmark, pairs: pd.DataFrame, days: NDArray
) -> Iterator[tuple[slice, Points, Floats, Floats]]:
    """Some pairs at a time: which, their shares as they are with limits [P, 2, day], at risk, and cases [P, 2]."""
    wanted = pairs.merge(pd.DataFrame({"arm": ARM.ids}), how="cross")
    wanted = wanted.assign(
        nr=2 * wanted["par"] + _side(wanted), indelning=ARM.column,
        grupp=wanted["fran_dag"].astype(str) + "/" + wanted["arm"],
    )  # fmt: skip
    for numbers, events in dense(connection, measure, wanted):
        fit = aalen_johansen(DAYS, events[:, :-1], events[:, -1], level=LEVEL, at=days)
        shape = (len(numbers) // 2, 2, days.size)
        share, lower, upper = (part[:, 0].reshape(shape) for part in (fit.share, fit.lower, fit.upper))
        risk = fit.at_risk.reshape(shape)
        here = slice(int(numbers[0]) // 2, int(numbers[-1]) // 2 + 1)
        yield here, (share, lower, upper), risk, events.sum(axis=(1, 2)).reshape(shape[:2])


def _points(
    pairs: pd.DataFrame, days: NDArray, alike: Points, crude: Points, risk: Floats, n: Floats, seen: NDArray[np.bool_]
) -> pd.DataFrame:
    pair, side, day = np.nonzero(seen)
    named = {
        name: part[pair, side, day]
        for name, part in zip(
            ("andel", "nedre", "ovre", "ojusterad", "ojusterad_nedre", "ojusterad_ovre"), (*alike, *crude), strict=True
        )
    }
    return pairs.iloc[pair][PAIR].assign(
        arm=np.array(ARM.ids, dtype=object)[side], dag=days[day], utfall="tal", orsak=None, **named,
        i_risk=rounded_to_five(risk[pair, side, day]), n=n[pair, side], metod=METHOD,
    )  # fmt: skip


def _gaps(
    pairs: pd.DataFrame, days: NDArray, measure: Landmark, alike: Points, crude: Points, seen: NDArray[np.bool_]
) -> pd.DataFrame:
    """With an insats minus without one yet, on the horizons."""
    pair, day = np.nonzero(seen & np.isin(days, measure.horizons))
    named: dict[str, Floats] = {}
    for name, points in (("differens", alike), ("ojusterad", crude)):
        gap = share_difference(*(part[pair, side, day] for side in (0, 1) for part in points))
        named |= {name: gap.value, f"{name}_nedre": gap.lower, f"{name}_ovre": gap.upper}
    return pairs.iloc[pair][PAIR].assign(dag=days[day], utfall="tal", orsak=None, **named, metod="MOVER")


def _silent(cells: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return cells[AT].assign(dag=HIDDEN_DAY, utfall=outcome, orsak=_reason(outcome), metod=METHOD)


def _silent_gaps(cells: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return cells[PAIR].drop_duplicates().assign(dag=HIDDEN_DAY, utfall=outcome, orsak=_reason(outcome), metod="MOVER")


def _reason(outcome: str) -> str | None:
    return "for_fa_grupper" if outcome == "ej_beraknat" else None


def _table(name: str, parts: list[pd.DataFrame], measure: Landmark) -> pd.DataFrame:
    """Numbers that a silent row does not have are missing."""
    return pd.concat(parts, ignore_index=True).assign(matt_id=measure.id).reindex(columns=list(PUBLISHED[name].columns))
