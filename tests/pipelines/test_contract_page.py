"""The page for senders is what the contracts say today."""

from pathlib import Path

from pipelines.deliveries.contract_page import contract_page
from schemas.extracts import EXTRACTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "leverans.md"


def test_the_committed_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == contract_page(), "run: make docs"


def test_every_column_of_every_extract_is_on_it():
    page = contract_page()
    for name, schema in EXTRACTS.items():
        part = page.split(f"## {name}: ")[1].split("\n## ")[0]
        assert all(f"| {column} |" in part for column in schema.columns)
