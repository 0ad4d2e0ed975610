"""How many have left the cells of curves through some days, and what may be shown of them over places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.curve import EXPECTED, LAST_DAY, expected
from pipelines.compute.lattice import CURVE_KEYS, below
from pipelines.disclosure.curves import followed, linked
from pipelines.settings import Settings
from pipelines.stats.intervals import Floats
from schemas.curve_lattice import causes_of
from schemas.measure import Curve, Landmark

Mask = NDArray[np.bool_]
AT = [*CURVE_KEYS, "indelning", "grupp"]


def useful(days: Sequence[int], first: Sequence[int]) -> list[int]:
    """The positions of `days` in order of usefulness: those of `first` in their order, then the rest."""
    return sorted(range(len(days)), key=lambda at: (first.index(days[at]) if days[at] in first else len(first), at))


def declared(measure: Curve | Landmark) -> list[int]:
    """The declared days, the one that is told first before the others."""
    return [measure.headline, *(day for day in measure.horizons if day != measure.headline)]


def counted_through(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve | Landmark,
    cells: pd.DataFrame,
    days: Sequence[int],
) -> tuple[Floats, Floats]:
    """(how many of each cell have left through each of `days` by each cause, the last of which is "followed no longer"
    [cell, cause, day]; the cases of each cell). Cells are of one sex each, as counted by `count_days`."""
    connection.register("wanted", cells.assign(nr=range(len(cells)))[["nr", *cells.columns]])
    connection.register(
        "until", pd.DataFrame({"dag": range(LAST_DAY + 2)}).assign(plats=lambda row: np.searchsorted(days, row["dag"]))
    )
    found = connection.execute(
        """SELECT wanted.nr, handelse.orsak_nr, until.plats, sum(handelse.antal) AS antal
        FROM wanted JOIN nod ON nod.enhet_id = wanted.enhet_id JOIN kohort ON kohort.period = wanted.period
        JOIN handelse ON handelse.enhet_nr = nod.enhet_nr AND handelse.kvartal = kohort.kvartal
            AND handelse.kon = wanted.kon AND handelse.indelning = wanted.indelning AND handelse.grupp = wanted.grupp
        JOIN until ON until.dag = handelse.dag
        GROUP BY ALL"""
    ).fetchnumpy()
    connection.unregister("wanted")
    connection.unregister("until")
    shape = (len(cells), len(causes_of(measure)) + 1, len(days) + 1)
    flat = np.ravel_multi_index((found["nr"], found["orsak_nr"], found["plats"]), shape)
    each = np.bincount(flat, weights=found["antal"], minlength=int(np.prod(shape))).reshape(shape)
    return np.asarray(np.cumsum(each, axis=-1)[..., :-1], dtype=float), np.asarray(each.sum(axis=(1, 2)), dtype=float)


def places(cells: pd.DataFrame, nodes: pd.DataFrame) -> tuple[NDArray[np.intp], list[tuple[int, list[int]]]]:
    """(of each cell its place, the sums over places): the sums are of positions in `nodes`, a region before its områden."""
    at = {name: place for place, name in enumerate(nodes["enhet_id"])}
    sums = [(at[total], [at[part] for part in parts]) for total, parts in reversed(below(nodes).items())]
    return cells["enhet_id"].map(at).to_numpy(dtype=np.intp), sums


def over_places(
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    counts: Floats,
    left: Floats,
    allowed: Mask,
    order: Sequence[int],
    *,
    least: float,
) -> Mask:
    """`linked` over places, of cells that are alike in all but `enhet_id`: counts[cell, cause, T], left and
    allowed [cell, T]."""
    place, sums = places(cells, nodes)
    column = cells.groupby([name for name in cells if name != "enhet_id"], sort=True).ngroup().to_numpy()
    shape = (len(nodes), int(column.max(initial=-1)) + 1)
    every = np.zeros((*shape, *counts.shape[1:]))
    rest, possible = np.zeros((*shape, left.shape[-1])), np.zeros((*shape, left.shape[-1]), dtype=bool)
    every[place, column], rest[place, column], possible[place, column] = counts, left, allowed
    return linked(every, rest, possible, order, sums, least=least)[place, column]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is counted of some cells on `days`: `events[cell, 1, day]` through the day, `by_unit[cell, 2, day]` the own unit's
    and the others', `left[cell, day]`, cases `n[cell]`; `reached` and `allowed` [cell, day]; whether the cell is known to be
    empty; and whether the day is the start, on which nothing has happened to anybody."""

    days: tuple[int, ...]
    events: Floats
    by_unit: Floats
    left: Floats
    n: Floats
    reached: Mask
    allowed: Mask
    own_enough: Mask
    empty: Mask
    start: Mask

    def on(self, at: NDArray[np.intp]) -> "Counted":
        """The same on some of the days."""
        parts = {
            name: getattr(self, name)[..., at] for name in ("events", "by_unit", "left", "reached", "allowed", "start")
        }
        return replace(self, days=tuple(self.days[one] for one in at), **parts)


def count(
    connection: duckdb.DuckDBPyConnection,
    measure: Curve,
    cells: pd.DataFrame,
    days: tuple[int, ...],
    following: pd.DataFrame,
    settings: Settings,
) -> Counted:
    counts, n = counted_through(connection, measure, cells, days)
    own = 2 if measure.own_unit else 1
    events, left = counts[:, :own].sum(axis=1, keepdims=True), n[:, None] - counts.sum(axis=1)
    far = followed(left, least=settings.curve_at_risk)
    far &= expected(following, cells, n)[:, list(days)] >= EXPECTED * settings.curve_at_risk
    start = np.array(
        [day == 0 and day not in measure.horizons and not events[..., at].any() for at, day in enumerate(days)]
    )
    hidden = cells["dold"].to_numpy(dtype=bool)
    return Counted(
        days=days, events=events, by_unit=counts[:, :2], left=left, n=n, reached=far & ~hidden[:, None],
        allowed=far & ~hidden[:, None] & ~start, own_enough=counts[:, 0, -1] >= settings.curve_events,
        empty=(n == 0) & ~hidden, start=start,
    )  # fmt: skip
