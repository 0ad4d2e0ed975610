"""Vårdcentraler against their region, without a league: what is unusual for a unit of that size with those patients.

Indirectly standardised within each sex: the expectation is what the region's own rates in each stratum would give among
the unit's listade (by age) or, for a curve, among its cases (by age and diagnosis)."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.expected import AT, FUNNEL, expected_events, expected_shares, shares_on_the_day
from pipelines.compute.windows import centres_of, end_quarters
from pipelines.settings import Settings
from pipelines.stats.flags import benjamini_hochberg, rank_intervals, two_sided_p
from pipelines.stats.funnel import outside_two_years
from pipelines.stats.intervals import wilson
from pipelines.stats.overdispersion import (
    Kind,
    adjusted_z,
    dispersion,
    standard_error,
    transformed,
    widened,
)
from schemas.dimensions import BOTH, NO_BREAKDOWN
from schemas.lattice import yearly_kind
from schemas.marginal import NO_DAY
from schemas.measure import Count, Curve
from schemas.tables import PUBLISHED
from schemas.unit_tables import FUNNEL_NUMBERS

LEAST_EXPECTED, LEAST_UNITS = 10, 10
FALSE_DISCOVERIES = 0.05
NEAR, FAR = 0.95, 0.998
SEED = 20_180_101
DECIMALS = 1
SIDES = {1: "over", 0: "inom", -1: "under"}
COLUMNS = list(PUBLISHED["tratt"].columns)


def rate_funnels(
    connection: duckdb.DuckDBPyConnection, measure: Count, values: pd.DataFrame, nodes: pd.DataFrame
) -> pd.DataFrame:
    """The rows of `tratt` for a count per listade, from its published rows of `varde`."""
    kind = yearly_kind(measure)
    whole = values[
        values["periodtyp"].eq(kind) & values["indelning"].eq(NO_BREAKDOWN) & values["kon"].isin(BOTH)
    ]  # fmt: skip
    rows = _against_region(whole[end_quarters(whole["period"])], nodes)
    expected = expected_events(connection, measure, kind, nodes)
    rows = rows.merge(expected, on=AT, how="left")
    rows = rows.rename(columns={"varde_region": "niva", "antal": "handelser", "vantat": "underlag"})
    # the published interval, which knows that a person may have several cases, on the scale of the standardised rate
    raised = rows["niva"] * rows["namnare"] / (measure.per * rows["underlag"])
    rows = rows.assign(
        utfall=rows["kvot_utfall"], litet=rows["underlag"] < LEAST_EXPECTED, egen_nedre=raised * rows["nedre"],
        egen_ovre=raised * rows["ovre"],
    )  # fmt: skip
    return funnels(rows, measure.id, kind, Kind.RATIO_ROOT)


def curve_funnels(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    curves: pd.DataFrame,
    nodes: pd.DataFrame,
    settings: Settings,
) -> pd.DataFrame:
    """The rows of `tratt` for a curve at its headline day, from its protected cells and its published rows of `kurva`;
    the events of `count_events` are counted already. The cases that a share is worth are F(1 − F)/Var F: fewer than the
    cases where some are not followed so long."""
    event = curves[
        curves["orsak_id"].eq(measure.event.id) & curves["indelning"].eq(NO_BREAKDOWN) & curves["kon"].isin(BOTH)
    ]  # fmt: skip
    told = event[event["dag"].isin([measure.headline, NO_DAY])]
    rows = _against_region(told.assign(kvot_utfall=told["utfall"], varde=told["andel"]), nodes)
    rows = rows.merge(shares_on_the_day(connection, measure, _wholes(cells, rows)), on=AT, how="left")
    rows = rows.merge(expected_shares(connection, measure, cells, nodes, settings), on=AT, how="left")
    level = rows["varde_region"].to_numpy(dtype=float)
    raised = np.clip(level + rows["andel_egen"] - rows["vantad"], 0, 1)
    size = rows["vard"].to_numpy(dtype=float)
    least = size * np.fmin(level, 1 - level)
    size = np.where(size > 0, size, np.nan)
    own = wilson(raised * size, size, level=NEAR)
    rows = rows.assign(
        niva=100 * level, handelser=raised * size, underlag=size, litet=least < LEAST_EXPECTED,
        egen_nedre=100 * own.lower, egen_ovre=100 * own.upper, metod=own.method,
    )  # fmt: skip
    return funnels(rows, measure.id, "r12", Kind.SHARE)


def funnels(rows: pd.DataFrame, matt_id: str, periodtyp: str, kind: Kind) -> pd.DataFrame:
    """The rows of `tratt` of a measure, but for what `flagged` adds. `rows` have AT, region, niva (as published),
    kvot_utfall, handelser, underlag, whether it is too small (`litet`), and the unit's own interval (egen_nedre,
    egen_ovre) with its metod."""
    parts = [_funnel(part.reset_index(drop=True), kind) for _, part in rows.groupby(FUNNEL, sort=True)]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    return found.assign(matt_id=matt_id, periodtyp=periodtyp)


def flagged(rows: pd.DataFrame) -> pd.DataFrame:
    """The whole table `tratt` with `p_justerat` and `avviker`: over every measure, unit and sex of a year together, and
    outside the widened 99.8 % limits on the same side the year before."""
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    p = pd.Series(two_sided_p(rows["z"].to_numpy(dtype=float)), index=rows.index)
    adjusted = p.groupby(rows["period"]).transform(lambda part: benjamini_hochberg(part.to_numpy())).round(3)
    side = rows["sida"].map({name: at for at, name in SIDES.items()})
    key = ["matt_id", *AT]
    before = rows.assign(period=rows["period"].map(_a_year_on), sida_fore=side)[[*key, "sida_fore"]]
    last = rows[key].merge(before, on=key, how="left")["sida_fore"].to_numpy(dtype=float)
    both = np.isfinite(last) & side.notna().to_numpy()
    out = outside_two_years(np.where(both, side, 0).astype(int), np.where(both, last, 0).astype(int))
    out = np.where(adjusted.to_numpy() <= FALSE_DISCOVERIES, out, 0)
    avviker = pd.Series(out, index=rows.index).map(SIDES).astype(object).where(both, None)
    return rows.assign(p_justerat=adjusted, avviker=avviker)[COLUMNS]


def _a_year_on(period: str) -> str:
    return f"{int(period[:4]) + 1}{period[4:]}"


def _against_region(rows: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The rows of vårdcentraler, with their region and its value, missing where it has none."""
    regions = rows.loc[rows["kvot_utfall"].eq("tal"), [*AT, "varde"]].rename(
        columns={"enhet_id": "region", "varde": "varde_region"}
    )
    return rows.merge(centres_of(nodes), on="enhet_id").merge(regions, on=FUNNEL, how="left")


def _wholes(cells: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The whole cells of kvinnor and män at the vårdcentraler that have a shown curve."""
    shown = rows.loc[rows["kvot_utfall"].eq("tal"), AT]
    return cells[cells["indelning"].eq(NO_BREAKDOWN)].merge(shown, on=AT)


def _funnel(rows: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """One region, year and sex."""
    possible = rows["kvot_utfall"].eq("tal") & rows["handelser"].notna() & rows["underlag"].gt(0) & rows["niva"].gt(0)
    used = (possible & ~rows["litet"]).to_numpy()
    enough = int(used.sum()) >= LEAST_UNITS
    told = _told(rows, possible.to_numpy(), used, enough=enough)
    if not enough:
        return told
    for name, numbers in _numbers(rows[used], kind):
        told.loc[used, name] = numbers
    return told


def _told(rows: pd.DataFrame, possible: np.ndarray, used: np.ndarray, *, enough: bool) -> pd.DataFrame:
    """Outcome and reason of every unit, all numbers missing."""
    hidden = rows["kvot_utfall"].eq("dolt").to_numpy()
    why = np.select(
        [possible & ~used, possible],
        ["litet_underlag", "for_fa_enheter"],
        rows["orsak"].where(rows["orsak"].notna(), "underlag_saknas"),
    ).astype(object)
    fine = used & enough
    why[hidden | fine] = None
    outcome = np.select([fine, hidden], ["tal", "dolt"], "ej_beraknat")
    texts = dict.fromkeys(("sida", "avviker"), None)
    numbers = dict.fromkeys(FUNNEL_NUMBERS, np.nan)
    return rows[AT].assign(**numbers, **texts, utfall=outcome, orsak=why, metod="").astype({"sida": object})


def _numbers(rows: pd.DataFrame, kind: Kind) -> Iterator[tuple[str, object]]:
    """Every number of the units in one funnel."""
    events, size, level = (rows[name].to_numpy(dtype=float) for name in ("handelser", "underlag", "niva"))
    target = 1.0 if kind is Kind.RATIO_ROOT else float(level[0]) / 100
    times = float(level[0]) / target
    spread = dispersion(kind, events, size, target=target)
    error = standard_error(kind, events, size)
    value = events / size
    yield "varde", np.round(times * value, DECIMALS)
    yield "nedre", np.round(rows["egen_nedre"].to_numpy(dtype=float), DECIMALS)
    yield "ovre", np.round(rows["egen_ovre"].to_numpy(dtype=float), DECIMALS)
    yield "niva", np.round(level, DECIMALS)
    yield "underlag", np.rint(size)
    for name, width in (("95", NEAR), ("998", FAR)):
        limits = widened(kind, error, theta=spread.theta, tau2=spread.tau2, level=width)
        yield f"nedre_{name}", np.round(times * limits.lower, DECIMALS)
        yield f"ovre_{name}", np.round(times * limits.upper, DECIMALS)
        if width == FAR:
            out = (value > limits.upper).astype(int) - (value < limits.lower).astype(int)
            yield "sida", [SIDES[int(at)] for at in out]
    ranks = rank_intervals(transformed(kind, events, size), error, level=NEAR, seed=SEED)
    yield from (("rang_nedre", ranks.lower), ("rang_ovre", ranks.upper), ("enheter", float(len(rows))))
    # so coarse that the expectation, a sum over hidden cells, cannot be had back from them
    yield from (("fi", round(spread.phi, 2)), ("tau2", round(spread.tau2, 4)))
    yield "z", np.round(adjusted_z(spread, error), DECIMALS)
    yield "metod", [f"indirekt standardisering; {own}; tratt, överspridning, {kind}" for own in rows["metod"]]
