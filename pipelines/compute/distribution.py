"""Distribution measures: mean and quartiles of the cases that a counting measure counts, where its count is shown."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.lattice import CURVE_KEYS, KEYS
from pipelines.compute.windows import ENDS_QUARTER, end_quarters, periods_of
from pipelines.stats.intervals import Estimate, mean_of_skewed
from pipelines.stats.quantiles import quantile
from schemas.dimensions import NO_BREAKDOWN, WHOLE
from schemas.lattice import yearly_kind
from schemas.measure import Count, Distribution, Statistic, Time

LEVEL = 0.95
SHARES = {Statistic.LOWER_QUARTILE: 0.25, Statistic.MEDIAN: 0.5, Statistic.UPPER_QUARTILE: 0.75}
ENOUGH_FOR_DECIMALS = 100
Cell = tuple[str, str, str]


def distribution_cells(counted: pd.DataFrame, parent: Count) -> pd.DataFrame:
    """The cells of the whole of a counting measure (protected, with `dold`) that a distribution is told for: twelve
    months, or the stock at the end of a quarter."""
    whole = counted[counted["indelning"] == NO_BREAKDOWN]
    return whole[(whole["periodtyp"] == yearly_kind(parent)) & end_quarters(whole["period"])].reset_index(drop=True)


def distributions(
    connection: duckdb.DuckDBPyConnection, measure: Distribution, parent: Count, cells: pd.DataFrame
) -> pd.DataFrame:
    """The rows of the table `varde` from protected cells (with `dold`): the headline statistic as the whole, and every
    statistic as a group. Sex not recorded has a row only where it is told."""
    values = _values(connection, measure, parent)
    shown = cells[~cells["dold"]]
    keys = list(shown[CURVE_KEYS].itertuples(index=False, name=None))
    rows = [row for key in keys for row in _told(key, values.get(key, np.empty(0)), measure)]
    hidden = cells[cells["dold"] & ~cells["kon"].eq("okand")]
    silent = [
        (*key, split, group, *SILENT)
        for key in hidden[CURVE_KEYS].itertuples(index=False, name=None)
        for split, group in ((NO_BREAKDOWN, WHOLE), *((measure.breakdowns[0], one) for one in Statistic))
    ]
    table = pd.DataFrame([*rows, *silent], columns=[*CURVE_KEYS, "indelning", "grupp", *FIGURES])
    table = table.astype(dict.fromkeys(("antal", "varde", "nedre", "ovre"), float))
    return table.assign(
        matt_id=measure.id, periodtyp=yearly_kind(parent), kvot_utfall=table["utfall"], orsak=None, namnare=np.nan
    ).sort_values(KEYS, ignore_index=True)  # fmt: skip


FIGURES = ("utfall", "antal", "varde", "nedre", "ovre", "metod")
SILENT = ("dolt", np.nan, np.nan, np.nan, np.nan, "")


def _values(connection: duckdb.DuckDBPyConnection, measure: Distribution, parent: Count) -> dict[Cell, np.ndarray]:
    """The numbers of every cell. The rows are those that the counting measure counts."""
    periods = periods_of(connection, parent)
    kind = "r12" if "r12" in parent.periods and parent.time is not Time.STOCK else "manad"
    connection.register("fordelade", periods[periods["periodtyp"] == kind])
    # base, where and quantity come from declarations in schemas/measures, never from a request
    found = connection.execute(
        f"""SELECT nod.enhet_id, fordelade.period, coalesce(rad.kon, '{WHOLE}') AS kon, list(rad.{measure.quantity}) AS tal
        FROM {measure.base} AS rad
        JOIN nod ON nod.enhet_nr = rad.enhet_nr
        JOIN fordelade ON fordelade.manad = rad.manad
        WHERE {parent.where} AND {ENDS_QUARTER.format("fordelade.period")}
        GROUP BY GROUPING SETS ((nod.enhet_id, fordelade.period, rad.kon), (nod.enhet_id, fordelade.period))"""
    ).fetchall()
    connection.unregister("fordelade")
    return {(enhet_id, period, kon): np.array(tal, dtype=float) for enhet_id, period, kon, tal in found}


def _told(key: Cell, values: np.ndarray, measure: Distribution) -> Iterator[tuple]:
    if not values.size:
        return  # sex not recorded, and nobody of it
    for statistic in Statistic:
        found = _estimated(values, statistic)
        decimals = measure.decimals if values.size >= ENOUGH_FOR_DECIMALS else 0
        figures = (round(float(part), decimals) for part in (found.value, found.lower, found.upper))
        told = ("tal", float(values.size), *figures, found.method)
        yield (*key, measure.breakdowns[0], statistic.value, *told)
        if statistic is measure.headline:
            yield (*key, NO_BREAKDOWN, WHOLE, *told)


def _estimated(values: np.ndarray, statistic: Statistic) -> Estimate:
    if statistic is Statistic.MEAN:
        found = mean_of_skewed(values, level=LEVEL)
        return replace(found, lower=np.maximum(0.0, found.lower))  # neither days nor ages are negative
    return quantile(values, SHARES[statistic], level=LEVEL)
