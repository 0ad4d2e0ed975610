"""Every colour against what it stands on: words 4.5:1, lines and marks 3:1. A browser's checker does not see charts."""

import re
from pathlib import Path

import pytest

from dashboard import queries
from dashboard.pages.content import named
from dashboard.pages.curve_content import parts_of
from dashboard.pages.view import view_of
from dashboard.theme import GRID, LINE, MUTED, SEXES, TEXT, TOTAL
from schemas.measure import Curve

CSS = (Path(__file__).resolve().parents[2] / "dashboard" / "assets" / "sjukvy.css").read_text(encoding="utf-8")
NAMED = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS))
WHITE, PAGE = NAMED["yta"], NAMED["grund"]
DECORATION = {GRID.lower()}  # lines that only help the eye


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [WHITE, PAGE])
@pytest.mark.parametrize("name", ["text", "dov", "accent", "kvinnor", "man"])
def test_words_on_the_page(name, ground):
    assert contrast(NAMED[name], ground) >= 4.5


@pytest.mark.parametrize("ground", [WHITE, PAGE, NAMED["varning"]])
def test_the_focus_ring_can_be_seen(ground):
    assert contrast(NAMED["fokus"], ground) >= 3
    assert contrast("#ffffff", NAMED["man"]) >= 4.5, "the menu, and its ring"


def test_words_in_boxes_of_their_own():
    assert contrast("#4d3800", NAMED["varning"]) >= 4.5
    assert contrast("#5c4400", PAGE) >= 4.5
    assert contrast("#8c1d40", WHITE) >= 4.5
    for colour in re.findall(r"(?:border(?:-\w+)?): [^;]*(#767676)", CSS):
        assert contrast(colour, PAGE) >= 3


def test_the_theme():
    for words in (TEXT, MUTED, TOTAL, *(style.text for style in SEXES.values())):
        assert contrast(words, WHITE) >= 4.5
    for line in (LINE, *(style.colour for style in SEXES.values())):
        assert contrast(line, WHITE) >= 3
    women, men = SEXES["K"], SEXES["M"]
    assert contrast(women.colour, men.colour) >= 3
    assert (women.dash, women.symbol) != (men.dash, men.symbol)


def colours(part, path=()):
    """(path, colour) of every whole colour in a figure."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from colours(value, (*path, key))
    elif isinstance(part, list | tuple):
        for value in part:
            yield from colours(value, path)
    elif isinstance(part, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", part) and "hoverlabel" not in path:
        yield path, part.lower()


@pytest.fixture(scope="module")
def figures(release, scope):
    """Every diagram of the region's own page, which hides least."""
    region = next(place for place in queries.places(release, scope) if place.niva == "region")
    view = view_of(release, scope, f"?enhet={region.enhet_id}&manad=2026-09")
    names = ["langd"]
    for name, measure in queries.measures(release).items():
        more = parts_of(measure) if isinstance(measure, Curve) else []
        names += [name, *more, *(f"{name}-{part}" for part in ("signal", "enheter", "uppdelning", "diagnos5"))]
    found = {name: named(view, name) for name in names}
    return {name: one.figure for name, one in found.items() if one is not None and one.figure is not None}


def test_every_colour_of_every_chart(figures):
    assert len(figures) > 60
    weak = set()
    for name, figure in figures.items():
        for path, colour in colours(figure):
            words = {"font", "textfont", "tickfont"} & set(path)
            drawn = {"line", "marker", "error_x", "error_y"} & set(path)
            # a pattern stands on its bar and not on the page
            least = 4.5 if words else 3 if drawn and not {"fillcolor", "pattern"} & set(path) else 0
            if colour not in DECORATION and contrast(colour, WHITE) < least:
                weak.add((name, path, colour))
    assert weak == set()


def test_every_chart_has_words_of_at_least_thirteen_pixels(figures):
    small = {
        (name, size)
        for name, figure in figures.items()
        for key in ("annotations", "xaxis", "yaxis", "font")
        for size in _sizes(figure["layout"].get(key, {}))
        if size < 13
    }
    assert small == set()


def _sizes(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "size" and isinstance(value, int | float):
                yield value
            else:
                yield from _sizes(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _sizes(value)
