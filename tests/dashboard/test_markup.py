"""Pages are written as plain elements, which nothing checks when they are made: every one is held here to what Dash has."""

import json
import re
from pathlib import Path

import pytest
from dash import html

from dashboard.components.plain import OWN, TWIN
from dashboard.pages import PAGES

FIELDS, TABLES = Path("dashboard/assets/falt.js"), Path("dashboard/assets/tabell.js")
PATHS = [page.path for page in PAGES if not page.path.endswith("*")] + [
    "/matt/atergang",
    "/matt/pagaende",
    "/matt/kaskad",
]


def elements(found):
    """Every element inside, with its type and properties."""
    if isinstance(found, dict):
        if "namespace" in found:
            yield found
        for inner in found.values():
            yield from elements(inner)
    if isinstance(found, list):
        for inner in found:
            yield from elements(inner)


@pytest.mark.parametrize("path", PATHS)
def test_every_element_and_property_is_one_that_dash_has(show, path):
    status, text = show(path)
    assert status == 200
    are_of_dash([one for one in elements(json.loads(text)) if one["namespace"] == html.Div()._namespace])


def test_every_element_of_a_table_is_one_that_dash_has(client):
    made = list(elements(client.get("/_tabell/pagaende-enheter").json))
    assert {one["namespace"] for one in made} == {html.Div()._namespace}
    are_of_dash(made)


def are_of_dash(made):
    assert len(made) > 20
    for one in made:
        known = getattr(html, one["type"])()
        names = [name for name in one["props"] if not name.startswith(("data-", "aria-"))]
        assert set(names) <= set(known._prop_names), one["type"]


def test_every_field_of_a_form_is_one_that_the_browser_is_told_how_to_make(show):
    text = FIELDS.read_text(encoding="utf-8")
    known = set(re.findall(r'"(\w+)"', re.search(r"KNOWN = \[(.*?)\]", text)[1])) | {"kind", "options"}
    made = [one for one in elements(json.loads(show("/manad")[1])) if one["namespace"] == OWN]
    assert {one["props"]["kind"] for one in made} == {"input", "textarea", "select"}
    assert {one["type"] for one in made} == set(re.findall(rf"window\.{OWN} = {{ (\w+):", text))
    assert set().union(*(one["props"] for one in made)) <= known
    names = [one["props"]["id"] for one in made if "id" in one["props"]]
    assert len(names) == len(set(names)) > 5


def test_every_table_to_open_is_one_that_the_browser_is_told_how_to_make(show):
    text = TABLES.read_text(encoding="utf-8")
    made = [one for one in elements(json.loads(show("/koordinering")[1])) if one["namespace"] == TWIN]
    assert len(made) > 5
    assert {one["type"] for one in made} == set(re.findall(rf"window\.{TWIN} = {{ (\w+):", text))
    assert set().union(*(one["props"] for one in made)) == set(re.findall(r"given\.(\w+)", text))
