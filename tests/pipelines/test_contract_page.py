"""The derived pages are what the declarations say today."""

from pathlib import Path

import pytest

from dashboard.report.measures_page import measures_page
from pipelines.compute.lattice_page import lattice_page
from pipelines.deliveries.contract_page import contract_page
from schemas.extracts import EXTRACTS
from schemas.measures import MEASURES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"leverans.md": contract_page, "matt.md": measures_page, "nationella-rapporter.md": lattice_page}


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


def test_every_column_of_every_extract_is_on_it():
    page = contract_page()
    for name, schema in EXTRACTS.items():
        part = page.split(f"## {name}: ")[1].split("\n## ")[0]
        assert all(f"| {column} |" in part for column in schema.columns)


def test_every_measure_says_what_it_is_and_what_it_does_not_say():
    page = measures_page()
    for measure in MEASURES.values():
        part = page.split(f"(`{measure.id}`)\n")[1].split("\n## ")[0]
        for term in ("Fråga", "Definition", "Osäkerhet", "Minsta antal", "Diagram", "Riktning", "Källa", "Säger inte"):
            assert f"- **{term}:**" in part, (measure.id, term)
        assert all(f"  - {limit}" in part for limit in measure.limits)
