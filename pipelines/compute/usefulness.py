"""What the protection costs: how much of what people look at is hidden, by breakdown and size of unit, and how much other
methods would hide of the same."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from pipelines.compute.windows import PRIMARY_CARE
from pipelines.disclosure.hypercube import hypercube
from schemas.dimensions import BOTH, NO_BREAKDOWN
from schemas.measure import AnyMeasure
from schemas.release import ALL_SIZES, FRONT
from schemas.tables import PUBLISHED

SIZES = 4
LEAST_CELLS = 20  # fewest that protection hides beside the small ones, for the two to be told apart in a sum
TABLE = ["matt_id", "periodtyp", "period", "indelning", "plats"]


def usefulness(cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, AnyMeasure]) -> pd.DataFrame:
    """The table `skydd`. `cells` are the protected ones of all counting measures: KEYS, personer, dold, liten."""
    looked = _looked_at(cells, nodes)
    columns = list(PUBLISHED["skydd"].columns)
    if looked.empty:
        return pd.DataFrame(columns=columns)
    featured = [name for name, measure in measures.items() if measure.featured]
    front = looked[looked["matt_id"].isin(featured) & looked["indelning"].eq(NO_BREAKDOWN)].assign(vad=FRONT)
    every = pd.concat([front, looked.assign(vad=looked["indelning"])], ignore_index=True)
    told = [_shares(every, ["region", "vad", "storlek"])] if looked["storlek"].gt(ALL_SIZES).any() else []
    whole = _shares(every.assign(storlek=ALL_SIZES), ["region", "vad", "storlek"])
    return pd.concat([*told, _compared(whole)], ignore_index=True).rename(columns={"region": "enhet_id"})[columns]


def _looked_at(cells: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The cells of women and of men at vårdcentraler in the last period of each kind, with what a box would hide (`kub`)."""
    units = nodes[nodes["enhetstyp"].eq(PRIMARY_CARE)]
    tops = nodes[nodes["niva"].eq("region")].set_index("region")["enhet_id"]
    at = pd.DataFrame(
        {
            "enhet_id": units["enhet_id"], "region": units["region"].map(tops),
            "plats": units["omrade"].fillna(units["region"]), "storlek": _sizes(units["listade_totalt"]),
        }
    )  # fmt: skip
    last = cells.groupby(["matt_id", "periodtyp"])["period"].transform("max")
    now = cells[cells["kon"].isin(BOTH) & cells["period"].eq(last)].merge(at, on="enhet_id")
    return pd.concat(list(_boxed(now)), ignore_index=True) if len(now) else now.assign(kub=False)


def _sizes(listed: pd.Series) -> pd.Series:
    """1 for the smallest quarter of the units to SIZES for the largest; ALL_SIZES when they are too few to be told apart."""
    known = pd.to_numeric(listed)
    if known.notna().sum() < 2 * SIZES:
        return pd.Series(ALL_SIZES, index=listed.index)
    rank = known.rank(method="first", pct=True)
    return np.ceil(rank * SIZES).fillna(ALL_SIZES).astype(int)


def _boxed(now: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for _, rows in now.groupby(TABLE, sort=False):
        axes = [pd.factorize(rows[name]) for name in ("enhet_id", "kon", "grupp")]
        place = tuple(codes for codes, _ in axes)
        persons = np.zeros([len(found) for _, found in axes])
        small = np.zeros(persons.shape, dtype=bool)
        persons[place], small[place] = rows["personer"], rows["liten"]
        yield rows.assign(kub=hypercube(persons, small)[place])


def _shares(rows: pd.DataFrame, at: list[str]) -> pd.DataFrame:
    counted = rows.groupby(at, as_index=False).agg(
        celler=("dold", "size"), dold=("dold", "sum"), liten=("liten", "sum"), kub=("kub", "sum")
    )
    return counted.assign(dolda=_percent(counted["dold"], counted["celler"]), enbart_sma=np.nan, hyperkub=np.nan)


def _compared(whole: pd.DataFrame) -> pd.DataFrame:
    """What other methods would hide, where that tells of no cell whether it is small itself."""
    apart = (whole["dold"] - whole["liten"]).ge(LEAST_CELLS) & whole["liten"].ge(LEAST_CELLS)
    return whole.assign(
        enbart_sma=_percent(whole["liten"], whole["celler"]).where(apart),
        hyperkub=_percent(whole["kub"], whole["celler"]).where(apart),
    )


def _percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (100 * part / whole).round().astype(float)
