"""Hands the cells and their sums to pipelines.disclosure, and marks what comes back as hidden."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipelines.compute.curve import Cohorts
from pipelines.compute.lattice import complements, curve_relations, relations
from pipelines.compute.quality import PEOPLE, quality_relations
from pipelines.disclosure.curves import too_small
from pipelines.disclosure.margins import protect
from pipelines.disclosure.primary import primary
from pipelines.settings import Settings
from schemas.measure import Count, Share


def families(measures: Mapping[str, Count]) -> list[dict[str, Count]]:
    """The measures in groups that lie within each other and so are protected together."""
    found: list[dict[str, Count]] = []
    for measure in measures.values():
        near = [family for family in found if set(measure.within) & set(family) or _holds(family, measure.id)]
        rest = [family for family in found if family not in near]
        found = [*rest, {name: one for family in near for name, one in family.items()} | {measure.id: measure}]
    return found


def _holds(family: Mapping[str, Count], name: str) -> bool:
    return any(name in other.within for other in family.values())


def protect_counts(
    cells: pd.DataFrame, nodes: pd.DataFrame, family: Mapping[str, Count], settings: Settings
) -> pd.DataFrame:
    """`cells` of one family of measures with the boolean column `dold`. What is within a measure and not within the
    next is a cell too. A sex or a group that is not recorded is shown only where it occurs: its zero tells nothing."""
    rest = complements(cells, family)
    every = pd.concat([cells, rest], ignore_index=True)
    said = every.assign(noll_ofarlig=every["kon"].eq("okand") | every["grupp"].eq("okand"))
    small = primary(said, threshold=settings.threshold)
    links = [
        (int(whole), (int(part), len(cells) + at))
        for at, (whole, part) in enumerate(zip(rest.get("hel", ()), rest.get("del_", ()), strict=True))
    ]
    # what others are a percent of is hidden last, like what Översikt shows: without it they are gone too
    wholes = {measure.within[0] for measure in family.values() if isinstance(measure, Share)}
    featured = wholes | {name for name, measure in family.items() if measure.featured}
    hidden = protect(
        [*relations(cells, nodes, family), *links],
        small,
        every["personer"].to_numpy(dtype=float),
        threshold=settings.threshold,
        kept=every["matt_id"].isin(featured).to_numpy(),
    )
    return cells.assign(dold=hidden[: len(cells)])


def protect_curves(cohorts: Cohorts, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The cohorts' cells with `dold`: curves are cells too, whose sums over sex and place could be subtracted.
    Sex not recorded has no curve of its own; where it occurs the curve for alla is hidden with one of the others."""
    cells = cohorts.cells
    small = too_small(cells, persons=settings.curve_persons, events=settings.curve_events)
    small = small & ~(cells["kon"].eq("okand") & cells["personer"].eq(0)).to_numpy()
    persons = cells["personer"].to_numpy(dtype=float)
    hidden = protect(curve_relations(cells, nodes), small, persons, threshold=settings.curve_persons)
    return cells.assign(dold=hidden)


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
