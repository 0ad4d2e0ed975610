"""What comes beside certificates and coordination: registered outcomes, and questions about certificates."""

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.synthetic import columns as c
from pipelines.synthetic import parameters as p
from pipelines.synthetic.cases import CAUSES
from pipelines.synthetic.odds import pick
from pipelines.synthetic.region import Period, Region
from pipelines.synthetic.rows import Rows, size

WRITTEN = (*(name for name, _ in p.RETURN_KINDS), "flyttat", "avliden", "okand", "sjukersattning",
           "aktivitetsersattning", "alderspension")  # fmt: skip
YOUNG = 30
FIELDS = ("17", "32", "35", "40")


def outcomes(cases: Rows, people: pa.Array, region: Region, period: Period, rng: Generator) -> pa.Table:
    """The extract utfall: up to five days after the last certified day, as known when the extract is made."""
    kind = pick(np.array([share for _, share in p.RETURN_KINDS]), size(cases), rng)
    as_written = np.array([WRITTEN.index(name) if name in WRITTEN else -1 for name in CAUSES])[cases["cause"]]
    young = np.where(cases["alder"] < YOUNG, WRITTEN.index("aktivitetsersattning"), WRITTEN.index("sjukersattning"))
    returned, compensated = (cases["cause"] == CAUSES.index(name) for name in ("atergang", "ersattning"))
    written = np.where(returned, kind, np.where(compensated, young, as_written))
    on = cases["start"] + cases["length"] - 1 + rng.integers(0, 6, size(cases), dtype=np.int32)
    keep = np.flatnonzero((written >= 0) & (on >= 0) & (on <= period.final))
    return pa.table(
        {
            "patient_id": people.take(pa.array(cases["patient"][keep])),
            "vardgivare_id": c.coded(region.providers, region.provider[cases["unit"][keep]]),
            "datum": c.days(period.first, on[keep]),
            "utfall": c.coded(WRITTEN, written[keep]),
        }
    )


def questions(rows: Rows, intyg_id: pa.Array, region: Region, period: Period, chunk: int, rng: Generator) -> pa.Table:
    """The extract meddelanden: a question about a few percent of the certificates, on the day it was signed."""
    asked = np.flatnonzero((rng.random(size(rows)) < p.QUESTION_SHARE) & (rows["period_nr"] == 1))
    subject = pick(np.array([share for _, share in p.QUESTIONS]), len(asked), rng)
    return pa.table(
        {
            "meddelande_id": c.identities("m", (chunk << 28) + np.arange(len(asked))),
            "intyg_id": intyg_id.take(pa.array(asked)),
            "datum": c.days(period.first, rows["signed"][asked]),
            "amne": c.coded([name for name, _ in p.QUESTIONS], subject),
            "enhet_id": c.coded(region.ids, rows["unit"][asked]),
            "fraga": c.coded(FIELDS, rng.integers(0, len(FIELDS), len(asked))),
        }
    )
