"""Landmark measures: the cases still open on a day, those with an insats by then beside those without one yet."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.adjusted import standardised
from pipelines.compute.counted import counted_through, declared, over_places, useful
from pipelines.compute.curve import DAYS, STRATA, count_days, dense
from pipelines.compute.curve_rows import DECIMALS
from pipelines.compute.protect import protect_landmark
from pipelines.compute.windows import cohorts, make_cohorts
from pipelines.disclosure.curves import followed, followed_in_fives
from pipelines.settings import Settings
from pipelines.stats.contrasts import share_difference
from pipelines.stats.intervals import Floats
from pipelines.stats.survival import aalen_johansen
from schemas.curve_lattice import landmark_days
from schemas.dimensions import ARM, BOTH
from schemas.marginal import NO_DAY
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
    rows, gaps = landmarks(connection, measure, cells, nodes, settings)
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
    connection: duckdb.DuckDBPyConnection,
    measure: Landmark,
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    settings: Settings,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `landmark` and `landmarkskillnad` from the protected cells (with `dold`, the same for both arms). A pair
    of hidden arms, or of arms that cannot be made alike, is one silent row each; a declared day on which a pair that is
    followed so long is hidden too."""
    days = np.array(landmark_days(measure))
    told = cells[~cells["dold"]]
    pairs = told[PAIR].drop_duplicates().reset_index(drop=True).assign(par=lambda rows: range(len(rows)))
    hidden = cells[cells["dold"]].assign(dag=NO_DAY)
    parts, gaps = [_silent(hidden, "dolt")], [_silent_gaps(hidden, "dolt")]
    if len(pairs):
        strata = _strata(connection, measure, pairs)
        adjusted = standardised(connection, measure, strata, len(pairs), days.tolist(), settings)
        alone = told.merge(pairs[adjusted.strata < 2], on=PAIR).assign(dag=NO_DAY)
        parts.append(_silent(alone, "ej_beraknat"))
        gaps.append(_silent_gaps(alone, "ej_beraknat"))
        possible = np.isfinite(adjusted.share).all(axis=1) & (adjusted.strata > 1)[:, None]
        reached, shown, at_risk = _points_of(connection, measure, cells, pairs, nodes, days, possible, settings)
        pair, day = np.nonzero(reached & ~shown & np.isin(days, measure.horizons))
        left_out = pairs.iloc[pair][PAIR].assign(dag=days[day])
        parts.append(_silent(left_out.merge(pd.DataFrame({"arm": ARM.ids}), how="cross"), "dolt"))
        gaps.append(_silent_gaps(left_out, "dolt"))
        for here, crude, n in _crude(connection, measure, pairs, days):
            alike = adjusted.share[here], adjusted.lower[here], adjusted.upper[here]
            parts.append(_points(pairs.iloc[here], days, alike, crude, at_risk[here], n, shown[here]))
            gaps.append(_gaps(pairs.iloc[here], days, measure, alike, crude, shown[here]))
    return _table("landmark", parts, measure), _table("landmarkskillnad", gaps, measure)


def _points_of(
    connection: duckdb.DuckDBPyConnection,
    measure: Landmark,
    cells: pd.DataFrame,
    pairs: pd.DataFrame,
    nodes: pd.DataFrame,
    days: NDArray,
    possible: NDArray[np.bool_],
    settings: Settings,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Floats]:
    """How far the `possible[P, day]` points of pairs are followed and which are shown [P, day], and how many are followed on
    [P, 2, day], in fives. Both arms are shown on a day or neither, so that each has enough events between two days; hidden
    pairs take part in the sums over places."""
    ordered = cells.sort_values(
        [*PAIR, "arm"], key=lambda part: part.map(ARM.ids.index) if part.name == "arm" else part
    )
    ordered = ordered.reset_index(drop=True)
    named = ordered[["enhet_id", "period", "kon"]].assign(indelning=ARM.column, grupp=_group(ordered))
    counts, n = counted_through(connection, measure, named, days.tolist())
    events, left = (part.reshape(-1, 2, days.size) for part in (counts[:, 0], n[:, None] - counts.sum(axis=1)))
    every = ordered.iloc[::2][PAIR].reset_index(drop=True)
    where = every.assign(nr=every.index).merge(pairs, on=PAIR, how="right").sort_values("par")["nr"].to_numpy()
    reached = np.zeros((len(every), days.size), dtype=bool)
    reached[where] = possible & followed(left[where], least=settings.curve_at_risk).all(axis=1)
    start = (days == 0) & ~events.any(axis=(0, 1))
    shown = over_places(
        every, nodes, events, left.min(axis=1), reached & ~start, useful(days.tolist(), declared(measure)),
        least=settings.threshold,
    )  # fmt: skip
    at_risk = followed_in_fives(n.reshape(-1, 2, 1), events, left)
    return reached[where], (shown | start & reached)[where], at_risk[where]


def _strata(connection: duckdb.DuckDBPyConnection, measure: Landmark, pairs: pd.DataFrame) -> pd.DataFrame:
    """The strata of the shown pairs, as `standardised` wants them."""
    strata = _counted(connection, measure, f", {_stratum(measure)} AS stratum").merge(pairs, on=PAIR)
    return strata.assign(indelning=STRATA, grupp=_group(strata) + "/" + strata["stratum"], sida=_side(strata))


def _group(rows: pd.DataFrame) -> pd.Series:
    """The name of the arm at its landmark, as in GROUP."""
    return rows["fran_dag"].astype(str) + "/" + rows["arm"]


def _side(rows: pd.DataFrame) -> pd.Series:
    return rows["arm"].map(list(ARM.ids).index)


def _crude(
    connection: duckdb.DuckDBPyConnection, measure: Landmark, pairs: pd.DataFrame, days: NDArray
) -> Iterator[tuple[slice, Points, Floats]]:
    """Some pairs at a time: which, their shares as they are with limits [P, 2, day], and cases [P, 2]."""
    wanted = pairs.merge(pd.DataFrame({"arm": ARM.ids}), how="cross")
    wanted = wanted.assign(
        nr=2 * wanted["par"] + _side(wanted), indelning=ARM.column, grupp=_group(wanted)
    )  # fmt: skip
    for numbers, events in dense(connection, measure, wanted):
        fit = aalen_johansen(DAYS, events[:, :-1], events[:, -1], level=LEVEL, at=days)
        shape = (len(numbers) // 2, 2, days.size)
        share, lower, upper = (part[:, 0].reshape(shape) for part in (fit.share, fit.lower, fit.upper))
        here = slice(int(numbers[0]) // 2, int(numbers[-1]) // 2 + 1)
        yield here, (share, lower, upper), events.sum(axis=(1, 2)).reshape(shape[:2])


def _points(
    pairs: pd.DataFrame, days: NDArray, alike: Points, crude: Points, risk: Floats, n: Floats, seen: NDArray[np.bool_]
) -> pd.DataFrame:
    pair, side, day = np.nonzero(np.broadcast_to(seen[:, None], risk.shape))
    named = {
        name: np.round(part[pair, side, day], DECIMALS)
        for name, part in zip(
            ("andel", "nedre", "ovre", "ojusterad", "ojusterad_nedre", "ojusterad_ovre"), (*alike, *crude), strict=True
        )
    }
    return pairs.iloc[pair][PAIR].assign(
        arm=np.array(ARM.ids, dtype=object)[side], dag=days[day], utfall="tal", orsak=None, **named,
        i_risk=risk[pair, side, day], n=n[pair, side], metod=METHOD,
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
    return cells[[*AT, "dag"]].assign(utfall=outcome, orsak=_reason(outcome), metod=METHOD)


def _silent_gaps(cells: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return cells[[*PAIR, "dag"]].drop_duplicates().assign(utfall=outcome, orsak=_reason(outcome), metod="MOVER")


def _reason(outcome: str) -> str | None:
    return "for_fa_grupper" if outcome == "ej_beraknat" else None


def _table(name: str, parts: list[pd.DataFrame], measure: Landmark) -> pd.DataFrame:
    """Numbers that a silent row does not have are missing."""
    return pd.concat(parts, ignore_index=True).assign(matt_id=measure.id).reindex(columns=list(PUBLISHED[name].columns))
