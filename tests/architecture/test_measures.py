"""A measure is a declaration: complete, pure data, and every word of it is read by somebody."""

import ast
import re
from dataclasses import fields

import pytest

from schemas.long_cases import REACHED_DAYS
from schemas.measure import AnyMeasure, Count, Curve, Landmark
from schemas.measures import MEASURES
from tests.architecture.source import ROOT, product, short, tree


@pytest.mark.parametrize("path", sorted((ROOT / "schemas" / "measures").glob("[a-z]*.py")), ids=short)
def test_a_measure_file_only_declares(path):
    *imports, declaration = tree(path).body
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in imports)
    assert isinstance(declaration, ast.Assign)
    assert [target.id for target in declaration.targets] == ["measure"]
    computed = (ast.Lambda, ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    assert not [node for node in ast.walk(declaration) if isinstance(node, computed)]
    assert MEASURES[path.stem].id == path.stem


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
def test_a_measure_leaves_nothing_out(measure: AnyMeasure):
    for field in fields(measure):
        value = getattr(measure, field.name)
        assert value is not None
        assert value != "", field.name
    assert all(text.strip() for text in (*measure.limits, *measure.reading))
    if isinstance(measure, Curve | Landmark):
        assert measure.headline in measure.horizons
    if isinstance(measure, Landmark):
        assert measure.first in measure.landmarks


def test_every_declared_field_is_read_somewhere():
    readers = "\n".join(path.read_text(encoding="utf-8") for path in product() if "schemas" not in path.parts)
    unread = [
        f.name for kind in (Count, Curve, Landmark) for f in fields(kind) if not re.search(rf"\.{f.name}\b", readers)
    ]
    # requires and unless are read where the catalogue is made, wide where the lattice is
    assert set(unread) <= {"requires", "unless", "order", "wide"}


def test_orders_differ_and_the_catalogue_is_the_listing():
    files = {path.stem for path in (ROOT / "schemas" / "measures").glob("*.py")} - {"__init__"}
    assert set(MEASURES) == files
    assert len({measure.order for measure in MEASURES.values()}) == len(MEASURES)


def test_the_days_that_cases_reach_are_the_measures():
    """core.nadd_dag holds these days and no others: a measure of another day would count nothing."""
    assert {f"dag_{day}" for day in REACHED_DAYS} == {name for name in MEASURES if name.startswith("dag_")}
