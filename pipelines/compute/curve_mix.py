"""Women against men on a curve, taken apart: how much of the difference follows from their different ages and diagnoses,
of the share by a day and of the mean days within the first days.

Cases that are not followed to the end are made up for by those like them that are: each case weighs as much as all the
cases that it stands for, so that the weighted cases of the strata together are the Aalen–Johansen curve itself, and the
parts add up to the difference that is shown. Source: Satten & Datta 2001."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.curve import LAST_DAY
from pipelines.compute.mix import AGES, DECIMALS, DIAGNOSES, LEVEL, apart_in_both
from pipelines.stats.decomposition import REPLICATES, Decomposition, drawn_again, person_weights
from pipelines.stats.intervals import Floats
from schemas.curve_lattice import taken_apart
from schemas.dimensions import ALDERSGRUPP, DIAGNOS5, NO_BREAKDOWN, UPPDELNING
from schemas.measure import Curve

STRATA = AGES * DIAGNOSES
# fewest persons of each sex, about five a stratum: with fewer the parts are only known within tens of percentage points
LEAST_PERSONS = 100
SEED, WEIGHTS = 20191297, 2_048
METHOD = f"Das Gupta, korsklassificerad; bootstrap av personer, {REPLICATES} dragningar, frö {SEED}"
AT = ["enhet_id", "period"]


def curve_mixes(
    connection: duckdb.DuckDBPyConnection, measure: Curve, gaps: pd.DataFrame, contrasts: pd.DataFrame
) -> pd.DataFrame:
    """The table `uppdelning` for a curve, from its rows of `skillnad` and `kurvskillnad`: only a difference that is shown is
    taken apart, and only where both sexes have LEAST_PERSONS."""
    asked = _asked(measure, gaps, contrasts)
    places = asked.loc[asked["utfall"].eq("tal"), AT].drop_duplicates()
    days = [day for _, day in taken_apart(measure)]
    if places.empty:
        return _rows(asked, measure, [])
    weights = person_weights(WEIGHTS, seed=SEED)
    parts = [
        _found(place, measure, drawn_again(*people, weights, lambda a, b: _apart(a, b, len(days)), level=LEVEL))
        for place, people in _people(connection, measure, places, days)
    ]
    return _rows(asked, measure, parts)


def _asked(measure: Curve, gaps: pd.DataFrame, contrasts: pd.DataFrame) -> pd.DataFrame:
    """Every difference: AT, storhet, dag, utfall, orsak; that of the share where there is one of means."""
    means = contrasts[contrasts["storhet"].eq("medeldagar")][[*AT, "storhet", "dag", "utfall", "orsak"]]
    shown = gaps[gaps["indelning"].eq(NO_BREAKDOWN) & gaps["dag"].eq(measure.headline)][[*AT, "utfall"]]
    first = means[means["dag"].eq(measure.means[0])].merge(shown, on=AT, how="left", suffixes=("", "_andel"))
    closed = first["utfall"].eq("dolt")
    outcome = first["utfall_andel"].mask(closed, "dolt").fillna("ej_beraknat")
    reason = pd.Series(None, index=first.index, dtype=object).mask(outcome.eq("ej_beraknat"), "ingen_uppfoljning")
    shares = first[AT].assign(storhet="andel", dag=measure.headline, utfall=outcome, orsak=reason)
    kept = [day for name, day in taken_apart(measure) if name == "medeldagar"]
    return pd.concat([shares, means[means["dag"].isin(kept)]], ignore_index=True)


def _people(
    connection: duckdb.DuckDBPyConnection, measure: Curve, places: pd.DataFrame, days: list[int]
) -> Iterator[tuple[tuple[str, str], tuple[Floats, Floats]]]:
    """(enhet_id, period) and what each person adds [P, quantity and stratum] for kvinnor and for män, of places that have
    enough of both."""
    rows = _cases(connection, measure)
    bounds = {nr: slice(*np.searchsorted(rows["enhet_nr"], [nr, nr + 1])) for nr in np.unique(rows["enhet_nr"])}
    inside = dict(connection.execute("SELECT enhet_id, list(enhet_nr) FROM nod GROUP BY enhet_id").fetchall())
    cohort = dict(connection.execute("SELECT period, list(kvartal) FROM kohort GROUP BY period").fetchall())
    for enhet_id, here in places.groupby("enhet_id", sort=True):
        found = np.concatenate([rows[bounds[nr]] for nr in sorted(inside[enhet_id]) if nr in bounds])
        for period in here["period"]:
            cases = found[np.isin(found["kvartal"], [int(quarter.replace("-", "")) for quarter in cohort[period]])]
            people = [_added(cases[cases["man"] == man], days) for man in (False, True)]
            if min(map(len, people)) >= LEAST_PERSONS:
                yield (enhet_id, period), (people[0], people[1])


def _cases(connection: duckdb.DuckDBPyConnection, measure: Curve) -> NDArray:
    """Every case by enhet_nr, as records: kvartal (202609), man, patient_nr, dag, slut (some end is known), handelse (it
    is the event), stratum."""
    # base comes from a declaration in schemas, never from a request
    ages = " ".join(f"WHEN '{name}' THEN {at // 2}" for at, name in enumerate(ALDERSGRUPP.ids))
    groups = " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(DIAGNOS5.ids))
    return connection.execute(
        f"""SELECT rad.enhet_nr, CAST(replace(rad.kvartal, '-', '') AS INTEGER) AS kvartal, rad.kon = 'M' AS man,
            rad.patient_nr,
            CAST(least(rad.dag, $last) AS INTEGER) AS dag,
            coalesce(rad.orsak IS NOT NULL AND rad.dag < $last, false) AS slut,
            coalesce(rad.orsak = $event AND rad.dag < $last, false) AS handelse,
            CAST((CASE rad.aldersgrupp {ages} END) * {DIAGNOSES} + CASE rad.diagnos5 {groups} END AS INTEGER) AS stratum
        FROM {measure.base} AS rad WHERE rad.kon IN ('K', 'M') ORDER BY rad.enhet_nr, rad.patient_nr, rad.kvartal, dag""",
        {"event": measure.event.id, "last": LAST_DAY + 1},
    ).df().to_records(index=False)  # fmt: skip


def _added(cases: NDArray, days: list[int]) -> Floats:
    """What each person adds: cases per stratum, then every quantity per stratum."""
    person = pd.factorize(cases["patient_nr"])[0]
    values = np.stack([np.ones(len(cases)), *_weighted(cases, days)])
    size = values.shape[0]
    if not len(cases):
        return np.zeros((0, size * STRATA))
    shape = (int(person.max()) + 1, size, STRATA)
    at = (person[None], np.arange(size)[:, None], cases["stratum"][None])
    flat = np.ravel_multi_index(np.broadcast_arrays(*at), shape)
    added = np.bincount(flat.ravel(), weights=values.ravel(), minlength=int(np.prod(shape)))
    return np.asarray(added, dtype=float).reshape(shape[0], -1)


def _weighted(cases: NDArray, days: list[int]) -> Iterator[Floats]:
    """Of each case its part of the share by the first day, and of the mean within each other day: what it adds, times how
    many cases it stands for, itself and those that were followed less long."""
    day, ended = cases["dag"], cases["slut"]
    left = np.bincount(day, minlength=LAST_DAY + 2)
    over = np.bincount(day[ended], minlength=LAST_DAY + 2)
    at_risk = left[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - over / np.maximum(at_risk, 1))
    stands_for = len(cases) * np.concatenate([[1.0], survival[:-1]]) / np.maximum(at_risk, 1)
    yield np.where(cases["handelse"] & (day <= days[0]), stands_for[day], 0.0)
    for tau in days[1:]:
        # who is open after the last day stands for all who would be
        yield np.where(day > tau, tau * stands_for[tau + 1], np.where(ended, day * stands_for[day], 0.0))


def _apart(first: Floats, second: Floats, count: int) -> Decomposition:
    """Age, diagnosis and the rest of every quantity [..., quantity, part] from the totals of the two sexes."""
    sides = [side.reshape(-1, 1 + count, AGES, DIAGNOSES) for side in (first, second)]
    return apart_in_both(*(part for side in sides for part in (side[:, :1], side[:, 1:])))


def _found(place: tuple[str, str], measure: Curve, fit: Decomposition) -> pd.DataFrame:
    """The parts of every quantity of one place: a share in percent, means in days."""
    scale = np.array([[100.0 if name == "andel" else 1.0] for name, _ in taken_apart(measure)])
    said = zip(
        taken_apart(measure), *(scale * getattr(fit, name) for name in ("effect", "lower", "upper")), strict=True
    )
    return pd.DataFrame(
        [
            (*place, name, day, part, *np.round((value, low, high), DECIMALS))
            for (name, day), effect, lower, upper in said
            for part, value, low, high in zip(UPPDELNING.ids, effect, lower, upper, strict=True)
        ],
        columns=[*AT, "storhet", "dag", "del", "varde", "nedre", "ovre"],
    )


def _rows(asked: pd.DataFrame, measure: Curve, parts: list[pd.DataFrame]) -> pd.DataFrame:
    nothing = pd.DataFrame(columns=[*AT, "storhet", "dag", "del", "varde", "nedre", "ovre"])
    known = pd.concat(parts, ignore_index=True) if parts else nothing
    every = asked.merge(pd.DataFrame({"del": UPPDELNING.ids}), how="cross")
    rows = every.merge(known, on=[*AT, "storhet", "dag", "del"], how="left")
    few = rows["utfall"].eq("tal") & rows["varde"].isna()
    shown = rows["utfall"].eq("tal") & ~few
    return rows.assign(
        matt_id=measure.id, periodtyp="r12", utfall=rows["utfall"].mask(few, "ej_beraknat"),
        orsak=rows["orsak"].mask(few, "litet_underlag"), metod=METHOD,
        **{name: rows[name].where(shown) for name in ("varde", "nedre", "ovre")},
    )  # fmt: skip
