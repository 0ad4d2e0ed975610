"""Signals: what is a real change in a measure of a unit, from published values alone, so that nothing new is told.

Every measure is followed by the quarter: flows as they are, stocks on its last day. A stock shares most of its cases
with the month before, and rules that take points for independent cry wolf on it (benchmarks/signals.py)."""

from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.windows import end_quarters
from pipelines.stats.process import Process, followed_rate, followed_share, followed_value
from pipelines.stats.season import seasonal_index
from pipelines.stats.xmr import OUTSIDE, RUN, TREND, TWO_OF_THREE, target_reached
from schemas.dimensions import NO_BREAKDOWN
from schemas.measure import AnyMeasure, Better, Count, Distribution, Share, Time
from schemas.tables import PUBLISHED

LEAST, BASELINE, QUARTERS = 6, 12, 4
RULES = {OUTSIDE: "utanfor", TREND: "trend", TWO_OF_THREE: "tva_av_tre", RUN: "sida"}
BETTER = {Better.HIGHER: 1, Better.LOWER: -1}
AT = ["enhet_id", "kon"]
SAID = ("mal_fran", "mal_beslutad_av", "mal_kalla")


def decisions(connection: duckdb.DuckDBPyConnection, nodes: pd.DataFrame) -> pd.DataFrame:
    """What people have decided in deliveries of mal: typ (mal, ombasering), enhet_id of the node, matt_id, fran (month),
    riktning, varde, beslutad_av and kalla. Regions and områden are delivered by name. `nodes` is the published table
    `enhet`."""
    connection.register("nodes", nodes)
    found = connection.execute(
        """SELECT rader.typ, nodes.enhet_id, rader.matt AS matt_id, strftime(rader.giltig_fran, '%Y-%m') AS fran,
            rader.riktning, CAST(rader.varde AS DOUBLE) AS varde, rader.beslutad_av, rader.kalla
        FROM raw.mal AS rader JOIN nodes
            ON nodes.niva = rader.niva AND rader.id = CASE rader.niva WHEN 'enhet' THEN nodes.enhet_id ELSE nodes.namn END
        WHERE rader.indragen_av IS NULL ORDER BY ALL"""
    ).df()
    connection.unregister("nodes")
    return found


def signals(
    values: pd.DataFrame, measures: Mapping[str, AnyMeasure], decided: pd.DataFrame, nodes: pd.DataFrame
) -> pd.DataFrame:
    """The table `signal` from the published tables `varde` and `enhet`; the regions' rows give the season."""
    regions = frozenset(nodes.loc[nodes["niva"] == "region", "enhet_id"])
    parts = [part for measure in measures.values() for part in _of_measure(values, measure, decided, regions)]
    columns = list(PUBLISHED["signal"].columns)
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _of_measure(
    values: pd.DataFrame, measure: AnyMeasure, decided: pd.DataFrame, regions: frozenset[str]
) -> Iterator[pd.DataFrame]:
    if not isinstance(measure, Count | Distribution) or (isinstance(measure, Count) and not measure.followed):
        return
    rows = values[(values["matt_id"] == measure.id) & (values["indelning"] == NO_BREAKDOWN)]
    rows = rows[rows["kon"] != "okand"]
    at_ends = isinstance(measure, Distribution) or measure.time is Time.STOCK
    rows = _quarter_ends(rows) if at_ends else rows[rows["periodtyp"] == "kvartal"]
    if rows.empty:
        return
    events = "varde" if isinstance(measure, Distribution) else "antal"
    x, n = (rows.pivot(index=AT, columns="period", values=name) for name in (events, "namnare"))
    own = decided[decided["matt_id"] == measure.id]
    moved = x.index.get_level_values("enhet_id").isin(own.loc[own["typ"] == "ombasering", "enhet_id"])
    season = None if isinstance(measure, Share | Distribution) else _season(x, n, regions)
    for steady in (True, False):
        chosen = x.index[moved != steady]
        for index in [chosen] if steady else [chosen[[at]] for at in range(len(chosen))]:
            for low, high in _pieces(index, list(x.columns), own, steady=steady):
                part = (x.loc[index].iloc[:, low:high], n.loc[index].iloc[:, low:high])
                lines = None if season is None else season.loc[index].iloc[:, low:high]
                if len(index) and high - low >= LEAST:
                    yield _published(measure, *part, lines, own)


def _quarter_ends(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["periodtyp"] == "manad") & end_quarters(rows["period"])]


def _pieces(index: pd.MultiIndex, periods: list[str], own: pd.DataFrame, *, steady: bool) -> list[tuple[int, int]]:
    """The stretches of a series between decided new baselines: no rule looks across one."""
    if steady:
        return [(0, len(periods))]
    place = index.get_level_values("enhet_id")[0]
    said = own.loc[(own["typ"] == "ombasering") & (own["enhet_id"] == place), "fran"]
    starts = sorted({0, *(next((at for at, period in enumerate(periods) if period >= fran), 0) for fran in said)})
    return list(zip(starts, [*starts[1:], len(periods)], strict=True))


def _season(x: pd.DataFrame, n: pd.DataFrame, regions: frozenset[str]) -> pd.DataFrame:
    """The index of every quarter for every series: that of its sex in all regions together, the calmest there is."""
    top = x.index.get_level_values("enhet_id").isin(regions)
    first = (int(x.columns[0][-2:]) - 1) // 3
    rates = x[top].groupby("kon").sum(min_count=1) / n[top].groupby("kon").sum(min_count=1)
    index = pd.DataFrame(seasonal_index(rates.to_numpy(dtype=float), length=QUARTERS, first=first), index=rates.index)
    part = (first + np.arange(x.shape[1])) % QUARTERS
    sexes = x.index.get_level_values("kon")
    return pd.DataFrame(index.reindex(sexes).fillna(1.0).to_numpy()[:, part], index=x.index, columns=x.columns)


def _published(
    measure: Count | Distribution, x: pd.DataFrame, n: pd.DataFrame, season: pd.DataFrame | None, own: pd.DataFrame
) -> pd.DataFrame:
    baseline = BASELINE if x.shape[1] > BASELINE else None
    found = _followed(measure, x.to_numpy(dtype=float), n.to_numpy(dtype=float), season, baseline)
    # limits rest on the shown points of the baseline, however many are shown after it
    behind = np.isfinite(found.value[:, :baseline]).sum(axis=1)
    frame = _long(found, x, behind)
    kept = frame[(frame["punkter"] >= LEAST) & frame["varde"].notna() & frame["nedre"].notna()]
    return _with_targets(kept, measure, own).assign(matt_id=measure.id, metod=found.method)


def _followed(
    measure: Count | Distribution, x: np.ndarray, n: np.ndarray, season: pd.DataFrame | None, baseline: int | None
) -> Process:
    """XmR, p′ or u′, as the measure's kind asks."""
    if isinstance(measure, Distribution):
        return followed_value(x, baseline=baseline)
    size = np.where(n > 0, n, np.nan)
    if season is None:
        return followed_share(x, size, per=measure.per, baseline=baseline)
    return followed_rate(x, size, per=measure.per, season=season.to_numpy(), baseline=baseline)


def _long(found: Process, x: pd.DataFrame, behind: np.ndarray) -> pd.DataFrame:
    """One row per point of every series; `behind` are the points that made its limits."""
    series, points = x.shape
    flat = {
        "varde": found.value, "mitt": found.chart.mean, "nedre": found.chart.lower, "ovre": found.chart.upper,
        "riktning": found.causes.direction,
    }  # fmt: skip
    rule = np.vectorize(lambda code: RULES.get(code, "ingen"))(found.causes.rule)
    return pd.DataFrame(
        {name: np.broadcast_to(part, x.shape).ravel() for name, part in flat.items()}
        | {
            "enhet_id": np.repeat(x.index.get_level_values("enhet_id"), points),
            "kon": np.repeat(x.index.get_level_values("kon"), points),
            "period": np.tile(list(x.columns), series),
            "regel": rule.ravel(),
            "punkter": np.repeat(behind, points),
            "provisorisk": np.repeat(behind < BASELINE, points),
        }
    )


def _with_targets(rows: pd.DataFrame, measure: Count | Distribution, own: pd.DataFrame) -> pd.DataFrame:
    """The target that holds in each period, and whether the process reaches it: ja, nej, ibland."""
    targets = own[(own["typ"] == "mal") & own["varde"].notna()].sort_values("fran")
    found = rows.assign(mal=np.nan, **dict.fromkeys(("mal_nas", *SAID), None))
    for target in targets.itertuples():
        held = (found["enhet_id"] == target.enhet_id) & (found["period"] >= target.fran)
        better = {"hogre": 1, "lagre": -1}.get(target.riktning, BETTER.get(measure.better, 0))
        if not better or not held.any():
            continue
        # the limits follow the season; a target is for the year
        limits = found[held].groupby("kon")[["nedre", "ovre"]].transform("mean")
        reached = target_reached(limits["nedre"], limits["ovre"], float(target.varde), better)
        found.loc[held, ["mal", *SAID]] = float(target.varde), target.fran, target.beslutad_av, target.kalla
        found.loc[held, "mal_nas"] = pd.Series(reached, index=found.index[held]).map({1: "ja", 0: "ibland", -1: "nej"})
    return found
