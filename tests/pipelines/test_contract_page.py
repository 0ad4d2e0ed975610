"""The derived pages are what the declarations say today."""

from pathlib import Path

import pytest

from pipelines.compute.lattice_page import lattice_page
from pipelines.deliveries.contract_page import contract_page
from schemas.extracts import EXTRACTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"leverans.md": contract_page, "nationella-rapporter.md": lattice_page}


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


def test_every_column_of_every_extract_is_on_it():
    page = contract_page()
    for name, schema in EXTRACTS.items():
        part = page.split(f"## {name}: ")[1].split("\n## ")[0]
        assert all(f"| {column} |" in part for column in schema.columns)
