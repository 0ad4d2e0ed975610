"""Women against men, taken apart: how much of a difference follows from their different ages and diagnoses.

A share of cases has both compositions: age and diagnosis of the cases. A rate per listade has one, the ages of the
listade; diagnoses are no property of theirs, so what differs in diagnoses is part of the rest there."""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.count import age_denominators
from pipelines.compute.windows import ENDS_QUARTER, end_quarters, make_windows
from pipelines.settings import Settings
from pipelines.stats.decomposition import Decomposition, cross_classified, kitagawa, linearised, shares_of
from pipelines.stats.intervals import Floats
from schemas.dimension import Band
from schemas.dimensions import ALDERSGRUPP, BOTH, DIAGNOS5
from schemas.lattice import parts_of_gap, yearly_kind
from schemas.marginal import NO_DAY
from schemas.measure import Count, Share

AT = ["enhet_id", "period"]
LEVEL = 0.95
# two age bands together: the cases of a vårdcentral are few per age and diagnosis
AGES, DIAGNOSES = -(-len(ALDERSGRUPP.ids) // 2), len(DIAGNOS5.ids)
BANDS = len(ALDERSGRUPP.ids)
AGE_BANDS = [band for band in ALDERSGRUPP.categories if isinstance(band, Band)]
YOUNGEST, YEARS = AGE_BANDS[0].low, AGE_BANDS[1].low - AGE_BANDS[0].low
BLOCK = 400  # pairs of groups at a time
DECIMALS = 1


def mixes(
    connection: duckdb.DuckDBPyConnection,
    measure: Count,
    whole: Count | None,
    gaps: pd.DataFrame,
    settings: Settings,
) -> pd.DataFrame:
    """The table `uppdelning` for a measure, from its rows of `skillnad`: only a difference that is shown is taken apart.
    `whole` is what a share is a share of."""
    make_windows(connection, measure)
    kind = yearly_kind(measure)
    quarterly = end_quarters(gaps["period"])
    asked = gaps[gaps["periodtyp"].eq(kind) & gaps["indelning"].eq("ingen") & quarterly].reset_index(drop=True)
    if asked.empty:
        return pd.DataFrame()
    strata = BANDS if whole is None else AGES * DIAGNOSES
    totals, cross, persons = _counted(connection, measure, whole, kind, asked, strata)
    if whole is None:
        totals[..., :strata] = _listed(connection, asked, kind)
    enough = _enough(totals, persons, whole is not None, settings)
    possible = asked["utfall"].eq("tal").to_numpy() & enough
    return _rows(asked, measure, possible, _found(totals, cross, possible, measure))


def _counted(connection, measure, whole, kind, asked, strata) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`totals[sex, asked, 2·strata]` = cases and events per stratum, their `cross` products summed over persons, and
    the persons behind [sex, asked]."""
    parts = connection.execute(_parts_sql(measure, whole), {"kind": kind}).df()
    place = asked.reset_index()[["index", *AT]]
    parts = parts.merge(place, on=AT)
    sex, at = parts["kon"].eq("M").to_numpy().astype(int), parts["index"].to_numpy()
    one, two = parts["ett"].to_numpy(), parts["tva"].to_numpy()
    cross = np.zeros((2, len(asked), 2 * strata, 2 * strata))
    for rows, columns, name in ((0, 0, "fall_fall"), (0, 1, "fall_handelse"), (1, 1, "handelse_handelse")):
        np.add.at(cross, (sex, at, one + rows * strata, two + columns * strata), parts[name].to_numpy())
    cross[..., strata:, :strata] = np.swapaxes(cross[..., :strata, strata:], -1, -2)
    totals, persons = np.zeros((2, len(asked), 2 * strata)), np.zeros((2, len(asked)))
    own = (one == two) & (one >= 0)
    for offset, name in ((0, "fall"), (strata, "handelser")):
        np.add.at(totals, (sex[own], at[own], one[own] + offset), parts[name].to_numpy()[own])
    np.add.at(persons, (sex[own], at[own]), parts["personer"].to_numpy()[own])
    if whole is None:
        cross[..., :strata, :] = cross[..., :, :strata] = 0  # listade are no sum over the persons with a case
    return totals, cross, persons


def _parts_sql(measure: Count, whole: Count | None) -> str:
    # base and conditions come from the declarations in schemas/measures, never from a request
    if whole is None:
        stratum, inside, event = (
            f"least({BANDS - 1}, greatest(0, (rad.alder - {YOUNGEST}) // {YEARS}))",
            measure.where,
            "true",
        )
    else:
        bands = f"least({AGES - 1}, greatest(0, (rad.alder - {YOUNGEST}) // {2 * YEARS}))"
        groups = " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(DIAGNOS5.ids))
        stratum = f"{bands} * {DIAGNOSES} + CASE rad.diagnos5 {groups} END"
        inside, event = whole.where, measure.where
    return f"""
        WITH personer AS (
            SELECT nod.enhet_id, fonster.period, rad.kon, rad.patient_nr, CAST({stratum} AS INTEGER) AS stratum,
                count(*) AS fall, count(*) FILTER (WHERE {event}) AS handelser
            FROM {measure.base} AS rad
            JOIN nod ON nod.enhet_nr = rad.enhet_nr
            JOIN fonster ON fonster.manad = rad.manad AND fonster.periodtyp = $kind
            WHERE rad.kon IN ('K', 'M') AND ({inside}) AND {ENDS_QUARTER.format("fonster.period")}
            GROUP BY ALL
        )
        SELECT ett.enhet_id, ett.period, ett.kon, ett.stratum AS ett, tva.stratum AS tva,
            sum(ett.fall) AS fall, sum(ett.handelser) AS handelser, count(*) AS personer,
            sum(ett.fall * tva.fall) AS fall_fall, sum(ett.fall * tva.handelser) AS fall_handelse,
            sum(ett.handelser * tva.handelser) AS handelse_handelse
        FROM personer AS ett
        JOIN personer AS tva ON tva.enhet_id = ett.enhet_id AND tva.period = ett.period AND tva.kon = ett.kon
            AND tva.patient_nr = ett.patient_nr
        GROUP BY ALL"""


def _listed(connection: duckdb.DuckDBPyConnection, asked: pd.DataFrame, kind: str) -> np.ndarray:
    """Listade [sex, asked, band]; missing where any part is."""
    rows = age_denominators(connection)
    rows = rows[rows["periodtyp"] == kind].merge(asked.reset_index()[["index", *AT]], on=AT)
    rows = rows[rows["kon"].isin(BOTH)]
    listed = np.full((2, len(asked), BANDS), np.nan)
    at = (rows["kon"].eq("M").to_numpy().astype(int), rows["index"].to_numpy())
    listed[(*at, pd.Index(ALDERSGRUPP.ids).get_indexer(rows["grupp"]))] = rows["namnare"].to_numpy()
    return listed


def _enough(totals: np.ndarray, persons: np.ndarray, of_cases: bool, settings: Settings) -> np.ndarray:
    """Whether both sexes have the persons and events that a curve needs (of a share also cases without the event)."""
    half = totals.shape[-1] // 2
    size, events = totals[..., :half].sum(axis=-1), totals[..., half:].sum(axis=-1)
    fine = (events >= settings.curve_events) & (persons >= settings.curve_persons) & np.isfinite(size)
    if of_cases:
        fine &= size - events >= settings.curve_events
    return fine.all(axis=0)


def _found(totals: np.ndarray, cross: np.ndarray, possible: np.ndarray, measure: Count) -> Mapping[str, np.ndarray]:
    """effect, lower, upper [asked, part] per `per`, missing where it is not possible; and the method."""
    take_apart = by_age_and_diagnosis if isinstance(measure, Share) else by_age
    names = parts_of_gap(measure)
    found: dict = {name: np.full((len(possible), len(names)), np.nan) for name in ("effect", "lower", "upper")}
    found |= {"names": names, "method": take_apart.__name__}
    chosen = np.flatnonzero(possible)
    for start in range(0, len(chosen), BLOCK):
        rows = chosen[start : start + BLOCK]
        fit = linearised(totals[:, rows], cross[:, rows], take_apart, level=LEVEL)
        for name in ("effect", "lower", "upper"):
            found[name][rows] = np.round(measure.per * getattr(fit, name), DECIMALS)
        found["method"] = fit.method
    return found


def by_age_and_diagnosis(first: np.ndarray, second: np.ndarray) -> Decomposition:
    """Age, diagnosis and the rest, from cases and events [C, 2·strata] of the two sexes."""
    form = (-1, AGES, DIAGNOSES)
    return apart_in_both(*(part.reshape(form) for side in (first, second) for part in np.split(side, 2, axis=-1)))


def apart_in_both(
    first_size: Floats, first_events: Floats, second_size: Floats, second_events: Floats
) -> Decomposition:
    """The same from arrays [..., age, diagnosis]; events may be sums of anything, and have more axes than sizes."""
    rates = _rates((first_size, second_size), (first_events, second_events))
    return cross_classified(first_size, rates[0], second_size, rates[1])


def by_age(first: np.ndarray, second: np.ndarray) -> Decomposition:
    """Age and the rest, from listade and events [C, 2·bands] of the two sexes."""
    sizes, events = zip(*(np.split(side, 2, axis=-1) for side in (first, second)), strict=True)
    rates = _rates(sizes, events)
    return kitagawa(shares_of(sizes[0]), rates[0], shares_of(sizes[1]), rates[1])


def _rates(sizes: Sequence[Floats], events: Sequence[Floats]) -> list[Floats]:
    """The rate of each stratum. Where one sex has nobody it has the other's: all of that is composition."""
    raw = [count / np.where(size > 0, size, np.nan) for size, count in zip(sizes, events, strict=True)]
    return [np.nan_to_num(np.where(np.isnan(own), other, own)) for own, other in (raw, raw[::-1])]


def _rows(asked: pd.DataFrame, measure: Count, possible: np.ndarray, found: Mapping) -> pd.DataFrame:
    missing = asked["utfall"].ne("tal").to_numpy()
    outcome = np.select([possible, asked["utfall"].eq("dolt")], ["tal", "dolt"], "ej_beraknat")
    reason = asked["orsak"].astype(object).mask(~missing & ~possible, "litet_underlag")
    parts = [
        asked[["matt_id", "enhet_id", "periodtyp", "period"]].assign(
            **{"storhet": "varde", "dag": NO_DAY, "del": name}, utfall=outcome, orsak=reason, metod=found["method"],
            varde=found["effect"][:, at], nedre=found["lower"][:, at], ovre=found["upper"][:, at],
        )
        for at, name in enumerate(found["names"])
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)
