"""Disclosure: patterns of suppression and what an attacker can compute, in JSON files that speak of tables and cells.

A handler for them takes the place of `_blocks`: a Block per table, comparing `pipelines.disclosure` with what is stored."""

from collections.abc import Iterator

from tests.reference.source import Block, Format, Source, no_method


def _blocks(source: Source) -> Iterator[Block]:
    for name in (name for name, table in source.content.items() if isinstance(table, dict) and name != "data"):
        yield no_method(name, "disclosure control is not statistics: no handler for this format yet")


def _is_disclosure(source: Source) -> bool:
    tables, audits = source.holds("x_row", "x_col", "primary"), source.holds("truth", "bounds_gauss")
    return tables or audits or source.holds("joint", "table1") or source.holds("joint", "union_of_separate")


FORMATS = (Format("disclosure", _is_disclosure, _blocks),)
