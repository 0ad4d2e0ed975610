"""Hands the cells and their sums to pipelines.disclosure, and marks what comes back as hidden."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.compute.counted import over_places, useful
from pipelines.compute.curve import STRATA
from pipelines.compute.faults import AT as FAULT
from pipelines.compute.faults import fault_relations
from pipelines.compute.lattice import CURVE_KEYS, KEYS, curve_relations, unrecorded
from pipelines.compute.quality import PEOPLE, quality_relations
from pipelines.disclosure.curves import too_small
from pipelines.disclosure.margins import protect
from pipelines.settings import Settings
from schemas.dimensions import BOTH, NO_BREAKDOWN
from schemas.measure import Count, Occupation

NOTHING_EARLIER = pd.DataFrame(columns=[*KEYS, "visad", "dold", "liten"])
DISTRIBUTION_PERSONS = 10  # fewest persons behind a published mean or quantile


def families(measures: Mapping[str, Count]) -> list[dict[str, Count]]:
    """The measures in groups that lie within each other, or lead to each other, and so are protected together."""
    found: list[dict[str, Count]] = []
    for measure in measures.values():
        near = [family for family in found if any(_tied(measure, other) for other in family.values())]
        rest = [family for family in found if family not in near]
        found = [*rest, {name: one for family in near for name, one in family.items()} | {measure.id: measure}]
    return found


def _tied(one: Count, other: Count) -> bool:
    return bool({one.id} & {*other.within, *other.left_by} or {other.id} & {*one.within, *one.left_by})


def protect_distribution(cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The cells of a distribution with `dold`: hidden where the count is (`dold` before), and where there are too few;
    a mean times its count is a sum, so sums over sex and place are relations here too."""
    persons = cells["personer"].to_numpy(dtype=float)
    harmless = (cells["kon"].eq("okand") & cells["personer"].eq(0)).to_numpy()
    small = ((persons < DISTRIBUTION_PERSONS) | cells["dold"].to_numpy(dtype=bool)) & ~harmless
    hidden = protect(
        curve_relations(cells, nodes), small, persons, threshold=max(DISTRIBUTION_PERSONS, settings.threshold)
    )
    return cells.assign(dold=hidden)


def protect_curves(cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The cells of a curve measure with `dold`: curves are cells too, whose sums over sex, groups and place could be
    subtracted. Sex not recorded has no curve of its own; where it occurs the curve for alla is hidden. A group is hidden
    before a whole, and alla, which is drawn nowhere, before kvinnor and män. Strata are published nowhere and so take no
    part."""
    strata = cells["indelning"].eq(STRATA)
    told = cells[~strata].reset_index(drop=True)
    small = too_small(told, persons=settings.curve_persons, events=settings.curve_events)
    small = small & ~(unrecorded(told) & told["personer"].eq(0)).to_numpy()
    persons = told["personer"].to_numpy(dtype=float)
    drawn = (told["indelning"].eq(NO_BREAKDOWN) & told["kon"].isin(BOTH)).to_numpy()
    hidden = protect(curve_relations(told, nodes), small, persons, threshold=settings.curve_persons, kept=drawn)
    return pd.concat([told.assign(dold=hidden), cells[strata].assign(dold=True)], ignore_index=True)


def protect_states(rows: pd.DataFrame, nodes: pd.DataFrame, measure: Occupation, settings: Settings) -> pd.DataFrame:
    """The states of a cohort day by day (CURVE_KEYS, orsak_id, dag, antal, slut, kvar, personer) with `dold`. The states of a
    day are shown together or not at all: if one has few, it is what remains of the others. Their sums over place could be
    subtracted day by day.

    How many have ended is a curve: days are shown that tell about enough of those who ended between them. These are chosen
    by that alone, so that measures that part the same cases in other states show no other days between them."""
    days = rows.groupby([*CURVE_KEYS, "dag"], sort=True).agg(
        antal=("antal", "min"), slut=("slut", "first"), kvar=("kvar", "first"), personer=("personer", "first")
    )
    cells = days.reset_index()
    shape = (-1, cells["dag"].nunique())
    of_cells = cells.drop_duplicates(CURVE_KEYS)[CURVE_KEYS].reset_index(drop=True)
    ended, left, fewest, persons = (
        cells[name].to_numpy(dtype=float).reshape(shape) for name in ("slut", "kvar", "antal", "personer")
    )
    order = useful(cells["dag"].unique().tolist(), measure.horizons)

    def chosen(allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return over_places(of_cells, nodes, ended[:, None], left, allowed, order, least=settings.threshold)

    sums = [
        (total * shape[1] + day, tuple(part * shape[1] + day for part in parts))
        for total, parts in curve_relations(of_cells, nodes)
        for day in range(shape[1])
    ]
    of_ended = (persons >= settings.curve_persons) & (left >= settings.threshold)
    shown = chosen(chosen(of_ended) & (fewest >= settings.threshold))
    while True:
        hidden = protect(sums, ~shown.ravel(), fewest.ravel(), threshold=settings.threshold).reshape(shape)
        if not (hidden & shown).any():
            break
        shown = chosen(shown & ~hidden)
    marked = cells.assign(dold=~shown.ravel())[[*CURVE_KEYS, "dag", "dold"]]
    return rows.merge(marked, on=[*CURVE_KEYS, "dag"], how="left", validate="many_to_one")


def protect_landmark(cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The arms of a landmark with `dold`. How many are open on the day follows from other curves, so that one arm would
    follow from the other: both are shown or neither. The sums of each arm over place could be subtracted; those over sex
    are published nowhere."""
    numbered = cells.assign(rad=range(len(cells)))
    sums = [
        (int(arm["rad"].iloc[total]), tuple(int(arm["rad"].iloc[part]) for part in parts))
        for _, arm in numbered.groupby(["fran_dag", "arm"])
        for total, parts in curve_relations(arm, nodes)
    ]
    persons = cells["personer"].to_numpy(dtype=float)
    small = too_small(cells, persons=settings.curve_persons, events=settings.curve_events)
    while True:
        together = cells.assign(dold=small).groupby([*CURVE_KEYS, "fran_dag"])["dold"].transform("any").to_numpy()
        hidden = protect(sums, together, persons, threshold=settings.curve_persons)
        if np.array_equal(hidden, together):
            return cells.assign(dold=hidden)
        small = hidden


def protect_quality(cells: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The table `kvalitet`. Few rows about people are few people; a zero says that nothing is wrong."""
    counts = cells["antal"].to_numpy(dtype=float)
    small = cells["extrakt"].isin(PEOPLE).to_numpy() & (counts > 0) & (counts < settings.threshold)
    hidden = protect(quality_relations(cells), small, counts, threshold=settings.threshold)
    return pd.DataFrame(
        {
            "extrakt": cells["extrakt"],
            "slag": cells["slag"],
            "regel": cells["regel"],
            "ordning": cells["ordning"],
            "utfall": np.where(hidden, "dolt", "tal"),
            "antal": np.where(hidden, np.nan, counts),
        }
    )


def protect_faults(cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The table `datafel`. Few persons are hidden; a zero says that nothing is wrong."""
    persons = cells["personer"].to_numpy(dtype=float)
    small = (persons > 0) & (persons < settings.threshold)
    hidden = protect(fault_relations(cells, nodes), small, persons, threshold=settings.threshold)
    return cells[FAULT].assign(
        utfall=np.where(hidden, "dolt", "tal"), antal=np.where(hidden, np.nan, cells["antal"].to_numpy(dtype=float))
    )
