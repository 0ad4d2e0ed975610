"""The joint system of all counting measures: every published cell, what can be subtracted from it, and the sums that tie
them together over sex, groups, places, time and measures.

Divided flows, and everything that has twelve months only, are *series*: hidden in every window or in none, so that no
window can be subtracted from the next. One window stands for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from pipelines.compute.lattice import KEYS, complements, departures, has_row, unrecorded
from pipelines.compute.quarters import told_quarters
from pipelines.compute.sums import differences, sums_among
from pipelines.disclosure.elimination import Mask
from pipelines.disclosure.primary import primary
from pipelines.settings import Settings
from schemas.dimensions import BREAKDOWNS, NIVA, NO_BREAKDOWN, WHOLE
from schemas.measure import Count, Share, Time

HARMLESS = tuple(name for name, dimension in BREAKDOWNS.items() if dimension.harmless_zero)
SERIES = [name for name in KEYS if name != "period"]
Places = NDArray[np.intp]
MANY = 100  # cases of a whole region


@dataclass(frozen=True, kw_only=True)
class Joint:
    """`cells` has every cell: KEYS, antal, personer, niva; first the published ones, then those that are only subtracted.
    `stands` is for every cell the position of the one that decides for it (itself, or the last window of its series), and
    `undivided` of the one that it is a group of (itself for the undivided). `sums[sum, cell]` are the sums among those that
    decide, +1 for the total and −1 for each part, and `all_sums` those among all. `small` cells are hidden for their own
    sake, and a series with them is `primary`; `known` were shown in an earlier release, and `before` hidden in one; `open_`
    are the known ones and the zeros that have no row, which nobody can hide behind. The masks are of all cells; `rank` is the
    order in which they are tried for publication, and `stage` the round."""

    cells: pd.DataFrame
    stands: Places
    sums: sparse.csr_matrix
    all_sums: sparse.csr_matrix
    small: Mask
    primary: Mask
    alone: Mask
    closed: Mask
    known: Mask
    open_: Mask
    before: Mask
    wanted: Mask
    rank: Places
    stage: Places
    undivided: Places


def joint(
    cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count], settings: Settings, earlier: pd.DataFrame
) -> Joint:
    """The system of the measures' cells (one row per KEYS, with antal and personer) at the nodes; `earlier` is what releases
    before this one have shown and hidden: KEYS, visad, dold, liten."""
    every, all_sums = system(cells, nodes, measures)
    stands = _standing(every, measures)
    stood_for = (stands != np.arange(len(every))).astype(float)
    known, before, was_small = _earlier(every, earlier)
    small = _primary(every, settings) | was_small
    small |= telling(every, all_sums, (known | ~small)[: len(cells)], measures, settings.threshold)
    guarded = small & ~known
    published = np.arange(len(every)) < len(cells)
    without_row = published & ~has_row(every).to_numpy()
    secret, alone = (of_series(stands, mask) for mask in (guarded, guarded & every["personer"].eq(1).to_numpy()))
    return Joint(
        cells=every, stands=stands, sums=all_sums[abs(all_sums) @ stood_for == 0], all_sums=all_sums,
        small=small, primary=secret, alone=alone, known=known, open_=known | without_row, before=before,
        closed=~published, wanted=every["matt_id"].isin(_wanted(measures)).to_numpy(),
        rank=_rank(every, measures, stands),
        stage=_stage(every, measures), undivided=_undivided(every),
    )  # fmt: skip


def _earlier(every: pd.DataFrame, earlier: pd.DataFrame) -> tuple[Mask, Mask, Mask]:
    """What was shown, hidden and small in the releases before."""
    if earlier.empty:
        nothing = np.zeros(len(every), dtype=bool)
        return nothing, nothing.copy(), nothing.copy()
    found = every[KEYS].merge(earlier, on=KEYS, how="left", validate="one_to_one")
    shown, hidden, small = (found[name].eq(True).to_numpy() for name in ("visad", "dold", "liten"))
    return shown, hidden, small & ~shown


def system(
    cells: pd.DataFrame, nodes: pd.DataFrame, measures: Mapping[str, Count]
) -> tuple[pd.DataFrame, sparse.csr_matrix]:
    """All cells (KEYS, antal, personer, niva), those that are only subtracted last, and every sum among them: [sum, cell]."""
    rest = complements(cells, measures)
    both = pd.concat([cells[[*KEYS, "antal", "personer"]], rest], ignore_index=True)
    gone = departures(both, measures)
    every = pd.concat([both, gone], ignore_index=True)[[*KEYS, "antal", "personer"]]
    every = every.assign(niva=every["enhet_id"].map(nodes.set_index("enhet_id")["niva"]))
    links = [
        (first + np.arange(len(found)), found["hel"].to_numpy(dtype=np.intp), found["del_"].to_numpy(dtype=np.intp))
        for first, found in ((len(cells), rest), (len(both), gone))
        if len(found)
    ]
    linked = [differences(*link, len(every)) for link in links]
    return every, sparse.vstack([sums_among(every, nodes, measures), *linked], format="csr")


def telling(
    every: pd.DataFrame, sums: sparse.csr_matrix, known: Mask, measures: Mapping[str, Count], threshold: int
) -> Mask:
    """The windows that together tell too much of a quarter, if the published cells of `known` are known; of a difference, when
    both are. `every` and `sums` are those of the system."""
    seen = seen_of(len(every), sums, known)
    return told_quarters(every, measures, seen, _harmless(every).to_numpy(), threshold)


def seen_of(size: int, sums: sparse.csr_matrix, known: Mask) -> Mask:
    """Of all cells of the system those that are known directly when these published ones are."""
    rest = sums[sums.shape[0] - (size - known.size) :, : known.size]  # each says what one that is only subtracted is
    return np.concatenate([known, abs(rest) @ (~known).astype(float) == 0])


def _standing(every: pd.DataFrame, measures: Mapping[str, Count]) -> Places:
    """The last window of a series stands for all its windows."""
    own = np.arange(len(every))
    last = pd.Series(own).groupby([every[name] for name in SERIES], sort=False).transform("last").to_numpy()
    return np.where(_in_series(every, measures), last, own)


def _in_series(every: pd.DataFrame, measures: Mapping[str, Count]) -> Mask:
    """Flows: divided, or of twelve months only; and what is open any day, divided as no stock within it is."""
    of = every["matt_id"].map(_times(every, measures))
    divided = every["indelning"].ne(NO_BREAKDOWN)
    flow = of.eq("flode") & divided | of.eq("tolv")
    shared = {name for one in measures.values() if one.time is Time.STOCK for name in one.breakdowns}
    loose = every["niva"].eq("enhet") | ~every["indelning"].isin(shared)
    return (flow | of.eq(Time.ANY_DAY.value) & divided & loose).to_numpy()


def _times(every: pd.DataFrame, measures: Mapping[str, Count]) -> dict[str, str]:
    """How each measure (or difference of two) lies in time; a flow with nothing but twelve months is "tolv"."""

    def time(name: str) -> str:
        measure = measures[name.split("-")[-1]]  # a difference lies as the part that is subtracted
        if measure.time is Time.FLOW and measure.periods == ("r12",):
            return "tolv"
        return measure.time.value

    return {name: time(name) for name in every["matt_id"].unique()}


def _primary(every: pd.DataFrame, settings: Settings) -> Mask:
    """Who left on a period's last day are nobody's group, and may be few (DECISIONS)."""
    said = every.assign(noll_ofarlig=_harmless(every))
    left = every["matt_id"].str.count("-").eq(2)
    return primary(said, threshold=settings.threshold) & ~left.to_numpy()


def _harmless(every: pd.DataFrame) -> pd.Series:
    """A sex or a group that is not recorded is shown only where it occurs: its zero tells nothing."""
    return unrecorded(every) | every["indelning"].isin(HARMLESS) | _nowhere(every)


def _nowhere(every: pd.DataFrame) -> pd.Series:
    """Cells of a group that nobody in a whole region with many cases is in: what is not delivered, or cannot occur yet,
    tells nothing about anybody."""
    at = ["matt_id", "periodtyp", "period"]
    top = every[every["niva"].eq("region") & every["kon"].eq(WHOLE)]
    whole = top[top["indelning"].eq(NO_BREAKDOWN)].groupby(at)["antal"].min().rename("hela")
    group = top[top["indelning"].ne(NO_BREAKDOWN)].groupby([*at, "indelning", "grupp"])["antal"].max().rename("gruppen")
    empty = group.reset_index().merge(whole.reset_index(), on=at)
    empty = empty[empty["gruppen"].eq(0) & empty["hela"].ge(MANY)].assign(tom=True)
    found = every[[*at, "indelning", "grupp"]].merge(empty, on=[*at, "indelning", "grupp"], how="left")
    return found["tom"].eq(True).set_axis(every.index)


def of_series(stands: Places, mask: Mask) -> Mask:
    """What is true of one window is true of the series."""
    told = np.zeros(mask.size, dtype=bool)
    told[stands[mask]] = True
    return told[stands]


def _wanted(measures: Mapping[str, Count]) -> set[str]:
    """What Översikt shows, and what others are a percent of: without it they are gone too."""
    wholes = {measure.within[0] for measure in measures.values() if isinstance(measure, Share)}
    return wholes | {name for name, measure in measures.items() if measure.featured}


def _rank(every: pd.DataFrame, measures: Mapping[str, Count], stands: Places) -> Places:
    """Coarse before fine, what is wanted most before the rest, many persons before few. Nobody can hide behind a harmless
    zero: it comes first."""
    fewest = np.full(len(every), np.inf)
    persons = every["personer"].to_numpy(dtype=float)
    np.minimum.at(fewest, stands, np.where(persons > 0, persons, np.inf))
    order = np.lexsort(
        (
            np.arange(len(every)),
            -fewest[stands],
            every["kon"].ne(WHOLE),
            every["indelning"].ne(NO_BREAKDOWN),
            ~every["matt_id"].isin(_wanted(measures)),
            -every["niva"].map({niva: at for at, niva in enumerate(NIVA.ids)}).to_numpy(),
        )
    )
    rank = np.empty(len(every), dtype=np.intp)
    rank[order] = np.arange(len(every))
    return rank


def _stage(every: pd.DataFrame, measures: Mapping[str, Count]) -> Places:
    """Region and områden before enheter; of each the undivided before the divided, coarse breakdowns before fine; of these
    flows before the stocks that they lead to, and what is wanted before what lies within it."""
    wanted = _wanted(measures)

    def inner(name: str) -> bool:
        return any(parent in wanted or inner(parent) for parent in measures[name].within if parent in measures)

    def step(name: str) -> int:
        last = name.split("-")[-1]
        return 2 if inner(last) else int(measures[last].time is not Time.FLOW or "-" in name)

    steps = every["matt_id"].map({name: step(name) for name in every["matt_id"].unique()}).to_numpy()
    depth = every["indelning"].map({name: _depth(name) for name in every["indelning"].unique()}).to_numpy()
    return (every["niva"].eq("enhet").to_numpy() * 10 + depth) * 3 + steps


def _undivided(every: pd.DataFrame) -> Places:
    at = [name for name in KEYS if name not in ("indelning", "grupp")]
    numbered = every[[*at, "indelning"]].assign(rad=np.arange(len(every)))
    whole = numbered[numbered["indelning"] == NO_BREAKDOWN]
    both = numbered.merge(whole[[*at, "rad"]], on=at, how="left", suffixes=("", "_hel"))
    return both["rad_hel"].fillna(both["rad"]).to_numpy(dtype=np.intp)


def _depth(name: str) -> int:
    """0 for the undivided, 1 for a breakdown, one more for each that it is finer than."""
    if name not in BREAKDOWNS:
        return 0
    coarser = BREAKDOWNS[name].coarser
    return 1 + (_depth(coarser) if coarser else 0)
