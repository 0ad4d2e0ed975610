"""The sections of ICD-10-SE as a breakdown: too many to stand beside each other, so those of one chapter do."""

import csv
from importlib.resources import files

from schemas.dimension import Breakdown, Category

SECTIONS = files("schemas") / "codes" / "diagnosavsnitt.csv"


def _section(row: dict[str, str]) -> Category:
    name = row["fran"] if row["fran"] == row["till"] else f"{row['fran']}–{row['till']}"
    return Category(id=row["avsnitt"], label=f"{name} {row['etikett']}", inside=row["kapitel"])


# At an enhet most sections in use have fewer than five persons of a sex, even in twelve months.
AVSNITT = Breakdown(
    column="avsnitt",
    label="Diagnosavsnitt",
    categories=(
        *(_section(row) for row in csv.DictReader(SECTIONS.read_text(encoding="utf-8").splitlines())),
        Category(id="okand", label="Utan giltig diagnoskod", inside="okand"),
    ),
    enhet=(),
    omrade=(),
    region=("r12",),
    coarser="kapitel",
    one_at_a_time=True,
)
