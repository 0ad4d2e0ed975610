"""Pages are written as plain elements, which nothing checks when they are made: every one is held here to what Dash has."""

import json

import pytest
from dash import html

from dashboard.pages import PAGES

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
    made = [one for one in elements(json.loads(text)) if one["namespace"] == html.Div()._namespace]
    assert len(made) > 20
    for one in made:
        known = getattr(html, one["type"])()
        names = [name for name in one["props"] if not name.startswith(("data-", "aria-"))]
        assert set(names) <= set(known._prop_names), one["type"]
