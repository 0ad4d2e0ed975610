"""Whether two whole curves differ: Gray's test of kvinnor and män, as they are and within the same diagnosis group."""

import duckdb
import numpy as np
import pandas as pd

from pipelines.compute.curve import by_kind, dense
from pipelines.stats.group_tests import gray_pairs
from pipelines.stats.intervals import Floats
from schemas.dimensions import BOTH, DIAGNOS5
from schemas.measure import Curve

PLACE = ["enhet_id", "period"]


def gray_p(counts: Floats, measure: Curve) -> Floats:
    """The p-value of each pair [P] from counts[P, stratum, 2, cause, day]: strata are one test together."""
    event, others, censored = by_kind(counts, measure)
    exits = event + others + censored
    at_risk = exits.sum(axis=-1, keepdims=True) - np.cumsum(exits, axis=-1) + exits
    return gray_pairs(event, others, at_risk)[1]


def within_diagnoses(connection: duckdb.DuckDBPyConnection, measure: Curve, pairs: pd.DataFrame) -> Floats | None:
    """The p-value of the test stratified by diagnosis group of every pair [P], missing where a sex is hidden; None where
    the curve is not told by diagnosis. `pairs` has PLACE and whether K and M are hidden; a stratum may be of any size,
    because nothing is told of it."""
    if DIAGNOS5.column not in measure.breakdowns:
        return None
    found = np.full(len(pairs), np.nan)
    both = np.flatnonzero(~pairs[list(BOTH)].any(axis=1).to_numpy(dtype=bool))
    strata = pd.MultiIndex.from_product([DIAGNOS5.ids, BOTH], names=["grupp", "kon"]).to_frame(index=False)
    wanted = pairs.iloc[both][PLACE].merge(strata, how="cross").assign(indelning=DIAGNOS5.column)
    wanted = wanted.assign(nr=range(len(wanted)))
    for numbers, events in dense(connection, measure, wanted, together=len(strata)):
        counts = events.reshape(-1, len(DIAGNOS5.ids), 2, *events.shape[1:])
        first = int(numbers[0]) // len(strata)
        found[both[first : first + len(counts)]] = gray_p(counts, measure)
    return found
