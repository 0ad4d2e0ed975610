"""What may be told of women and men beside each other: the points of their curves, and the means whose days are many's."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.counted import counted_through, over_places
from pipelines.compute.curve import DAYS, EXPECTED, expected
from pipelines.compute.curve_tests import PLACE
from pipelines.settings import Settings
from pipelines.stats.restricted_mean import LEAST_AT_RISK
from schemas.dimensions import BOTH, NO_BREAKDOWN
from schemas.marginal import NO_DAY
from schemas.measure import Curve


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is told of every pair besides: `point[P, 2, day]`, on which of DAYS its curve is shown; `silent[P, 2, horizon]`,
    where that day is hidden; and `mean[P, 2, tau]`, `closed[P, 2, tau]`, which means are told and which hidden."""

    point: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    mean: NDArray[np.bool_]
    closed: NDArray[np.bool_]

    def __getitem__(self, here: slice) -> "Shown":
        return Shown(point=self.point[here], silent=self.silent[here], mean=self.mean[here], closed=self.closed[here])


def shown_of(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    pairs: pd.DataFrame,
    rows: pd.DataFrame,
    nodes: pd.DataFrame,
    following: pd.DataFrame,
    settings: Settings,
) -> Shown:
    shape = (len(pairs), 2)
    sizes = {
        "point": DAYS.size,
        "silent": len(measure.horizons),
        "mean": len(measure.means),
        "closed": len(measure.means),
    }
    found = {name: np.zeros((*shape, size), dtype=bool) for name, size in sizes.items()}
    event = rows["orsak_id"].eq(measure.event.id) & rows["indelning"].eq(NO_BREAKDOWN) & rows["kon"].isin(BOTH)
    of_pairs = rows[event & rows["dag"].ne(NO_DAY)].merge(pairs[[*PLACE, "par"]], on=PLACE)
    at = (of_pairs["par"].to_numpy(), of_pairs["kon"].eq("M").to_numpy().astype(int))
    told = of_pairs["utfall"].eq("tal").to_numpy()
    found["point"][at[0][told], at[1][told], of_pairs["dag"].to_numpy()[told]] = True
    horizon = np.searchsorted(measure.horizons, of_pairs["dag"].to_numpy()[~told])
    found["silent"][at[0][~told], at[1][~told], horizon] = True
    if measure.means:
        sexes = cells[cells["indelning"].eq(NO_BREAKDOWN) & cells["kon"].isin(BOTH)].reset_index(drop=True)
        known, closed = _means(connection, measure, sexes, nodes, following, settings)
        own = sexes[[*PLACE, "kon"]].assign(nr=range(len(sexes))).merge(pairs[[*PLACE, "par"]], on=PLACE)
        place = (own["par"].to_numpy(), own["kon"].eq("M").to_numpy().astype(int))
        found["mean"][place], found["closed"][place] = known[own["nr"]], closed[own["nr"]]
    return Shown(**found)


def _means(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    sexes: pd.DataFrame,
    nodes: pd.DataFrame,
    following: pd.DataFrame,
    settings: Settings,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each cell which means [cell, tau] are told and which are hidden; the others are not followed so long.

    Two means and the number of cases give the days between the two of those who are still there, so that as many must have
    left between them as between two points of a curve; and the days of cells are sums over places."""
    counts, n = counted_through(connection, measure, sexes, [tau - 1 for tau in measure.means])
    gone, censored = counts.sum(axis=1), counts[:, -1]
    remain = (n[:, None] - gone >= LEAST_AT_RISK) & (
        expected(following, sexes, n)[:, list(measure.means)] >= EXPECTED * LEAST_AT_RISK
    )
    whole_days = _whole_days(connection, settings).reindex(sexes["period"], fill_value=0).to_numpy()[:, None]
    # that nobody happens to be censored is no reason: those who would have been may all have ended early
    enough = (remain | ((censored == 0) & (whole_days >= np.array(measure.means)))) & ~sexes["dold"].to_numpy()[:, None]
    # nobody who remains after the last mean adds days that are not known
    beyond = np.full(enough.shape, np.inf)
    taus = range(len(measure.means))
    order = sorted(taus, key=lambda at: at not in (taus[0], taus[-1]))  # those that are taken apart
    told = over_places(sexes[[*PLACE, "kon"]], nodes, gone[:, None], beyond, enough, order, least=settings.threshold)
    return told, enough & ~told


def _whole_days(connection: duckdb.DuckDBPyConnection, settings: Settings) -> pd.Series:
    """For how many days every case of the cohort that ends with a month has been followed, by month."""
    window = max(settings.gap_days + 1, settings.outcome_window)
    days = connection.execute(
        """SELECT manad.manad, period.data_tom - manad.sista - $window AS dagar
        FROM core.manad AS manad CROSS JOIN core.period AS period""",
        {"window": window},
    ).df()
    return days.set_index("manad")["dagar"]
