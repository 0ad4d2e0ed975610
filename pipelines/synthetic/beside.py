"""What comes beside certificates and coordination: registered outcomes, and questions about certificates."""

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import CAUSES, DAY
from pipelines.synthetic.region import Period, Region

WRITTEN = (*(name for name, _ in p.RETURN_KINDS), "flyttat", "avliden", "okand", "sjukersattning",
           "aktivitetsersattning", "alderspension")  # fmt: skip
YOUNG = 30
FIELDS = ("17", "32", "35", "40")


def outcomes(cases: pd.DataFrame, region: Region, period: Period, chunk: int, seed: int, rng: Generator) -> pa.Table:
    """The extract utfall: up to five days after the last certified day, as known when the extract is made."""
    odds = np.cumsum([share for _, share in p.RETURN_KINDS])
    kind = np.searchsorted(odds, rng.random(len(cases)) * odds[-1], side="right")
    as_written = np.array([WRITTEN.index(name) if name in WRITTEN else -1 for name in CAUSES])[cases["cause"]]
    young = np.where(cases["alder"] < YOUNG, WRITTEN.index("aktivitetsersattning"), WRITTEN.index("sjukersattning"))
    cause = cases["cause"].to_numpy()
    written = np.select(
        [cause == CAUSES.index("atergang"), cause == CAUSES.index("ersattning")], [kind, young], as_written
    )
    ended = cases["start"].to_numpy().astype("M8[D]") + (cases["length"].to_numpy() - 1) * DAY
    on = ended + rng.integers(0, 6, len(cases)) * DAY
    keep = (written >= 0) & (on >= period.first) & (on <= period.last)
    return pa.table(
        {
            "patient_id": c.pseudonyms((chunk << 28) + cases["patient"].to_numpy()[keep], seed),
            "vardgivare_id": c.coded(region.providers, region.provider[cases["unit"].to_numpy()[keep]]),
            "datum": c.days(on[keep]),
            "utfall": c.coded(WRITTEN, written[keep]),
        }
    )


def questions(rows: pd.DataFrame, certificates: pa.Table, region: Region, chunk: int, rng: Generator) -> pa.Table:
    """The extract meddelanden: a question about a few percent of the certificates, on the day it was signed."""
    asked = np.flatnonzero((rng.random(len(rows)) < p.QUESTION_SHARE) & (rows["period_nr"].to_numpy() == 1))
    odds = np.cumsum([share for _, share in p.QUESTIONS])
    subject = np.searchsorted(odds, rng.random(len(asked)) * odds[-1], side="right")
    return pa.table(
        {
            "meddelande_id": c.identities("m", (chunk << 28) + np.arange(len(asked))),
            "intyg_id": certificates["intyg_id"].take(pa.array(asked)),
            "datum": c.days(rows["signed"].to_numpy()[asked]),
            "amne": c.coded([name for name, _ in p.QUESTIONS], subject),
            "enhet_id": c.coded(region.ids, rows["unit"].to_numpy()[asked]),
            "fraga": c.coded(FIELDS, rng.integers(0, len(FIELDS), len(asked))),
        }
    )
