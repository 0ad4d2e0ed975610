"""Hands a measure's cells and their sums to pipelines.disclosure, and marks what comes back as hidden."""

import numpy as np
import pandas as pd

from pipelines.compute.curve import Cohorts
from pipelines.compute.lattice import relations
from pipelines.compute.quality import PEOPLE, quality_relations
from pipelines.disclosure.curves import too_small
from pipelines.disclosure.margins import protect
from pipelines.disclosure.primary import primary
from pipelines.settings import Settings


def protect_counts(cells: pd.DataFrame, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """`cells` with the boolean column `dold`. Sex not recorded is shown only where it occurs: its zero tells nothing."""
    said = cells.assign(noll_ofarlig=cells["kon"].eq("okand"))
    small = primary(said, threshold=settings.threshold)
    counts = cells["antal"].to_numpy(dtype=float)
    hidden = protect(relations(cells, nodes), small, counts, threshold=settings.threshold)
    return cells.assign(dold=hidden)


def protect_curves(cohorts: Cohorts, nodes: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The cohorts' cells with `dold`: curves are cells too, whose sums over sex and place could be subtracted.
    Sex not recorded has no curve of its own; where it occurs the curve for alla is hidden with one of the others."""
    cells = cohorts.cells
    small = too_small(cells, persons=settings.curve_persons, events=settings.curve_events)
    small = small & ~(cells["kon"].eq("okand") & cells["personer"].eq(0)).to_numpy()
    counts = cells["antal"].to_numpy(dtype=float)
    hidden = protect(relations(cells, nodes), small, counts, threshold=settings.curve_persons)
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
