"""Numbers, periods and sentences as Swedish readers expect them."""

import pytest

from dashboard.figures.content import exceeds_chance, gap_cells, rate_cell, share_cell
from dashboard.texts.glossary import GLOSSARY
from dashboard.texts.numbers import (
    interval,
    month,
    number,
    percent,
    period_text,
    signed,
    twelve_months,
    twelve_months_short,
)
from dashboard.theme import SEXES

GAP = {
    "utfall": "tal",
    "differens": 4.2,
    "differens_nedre": 1.1,
    "differens_ovre": 7.3,
    "kvot": 1.4,
    "kvot_nedre": None,
}
HIDDEN_GAP = dict.fromkeys(("differens", "differens_nedre", "differens_ovre", "kvot", "kvot_nedre", "kvot_ovre"))


def test_numbers():
    assert number(1234.5, 1) == "1\u00a0234,5"
    assert number(-3.25, 1) == "\u22123,2"
    assert number(-0.04, 1) == "0,0"
    assert signed(3) == "+3"
    assert signed(0.01, 1) == "0,0"
    assert percent(0.614, 312) == "61,4\u00a0%"
    assert percent(0.614, 99) == "61\u00a0%"
    assert percent(0.614, 312, 0) == "61\u00a0%"
    assert interval(1, 2.5, 1) == "(1,0–2,5)"
    assert interval(-1, 2, 0) == "(\u22121 till 2)"
    assert interval(None, 2, 0) == ""


def test_periods():
    assert month("2026-10") == "oktober 2026"
    assert period_text("kvartal", "2026-09") == "kvartal 3 2026"
    assert twelve_months("2026-09") == "oktober 2025–september 2026"
    assert twelve_months("2025-12") == "januari 2025–december 2025"
    assert twelve_months_short("2026-09") == "okt 2025–sep 2026"


def test_hidden_missing_and_number_are_three_things():
    hidden = {"utfall": "dolt", "kvot_utfall": "dolt", "varde": None}
    without = {"utfall": "tal", "kvot_utfall": "ej_beraknat", "varde": None}
    zero = {"utfall": "tal", "kvot_utfall": "tal", "varde": 0.0}
    assert [rate_cell(row, "varde").text for row in (hidden, without, zero)] == ["×", "..", "0,0"]
    assert [rate_cell(row, "varde").spoken for row in (hidden, without)] == ["dolt", "uppgift saknas"]
    assert rate_cell(None, "varde").text == ".."
    assert share_cell({"utfall": "dolt"}, "andel").value is None


def test_chance_is_said_only_when_there_is_an_interval():
    assert exceeds_chance(GAP) is True
    assert exceeds_chance(GAP | {"differens_nedre": -1.0}) is False
    assert exceeds_chance(GAP | {"differens_nedre": None}) is None
    assert exceeds_chance({"utfall": "dolt"} | HIDDEN_GAP) is None
    assert [cell.text for cell in gap_cells(GAP | {"kvot_ovre": 2.0}, scale=1, decimals=1)] == [
        "+4,2", "+1,1", "+7,3", "1,40", "..", "2,00",
    ]  # fmt: skip
    assert {cell.text for cell in gap_cells({"utfall": "dolt"}, scale=1, decimals=1)} == {"×"}


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sex", SEXES)
def test_colours_can_be_seen(sex):
    style = SEXES[sex]
    assert _contrast(style.colour, "#FFFFFF") >= 3
    assert _contrast(style.text, "#FFFFFF") >= 4.5


def test_the_sexes_differ_by_more_than_colour():
    women, men = SEXES["K"], SEXES["M"]
    assert women.dash != men.dash
    assert women.symbol != men.symbol
    assert _contrast(women.colour, men.colour) >= 3


def test_the_glossary_has_no_gap_and_no_double():
    words = [word for word, _ in GLOSSARY]
    assert len(words) == len(set(words)) >= 35
    assert all(text.endswith(".") for _, text in GLOSSARY)
