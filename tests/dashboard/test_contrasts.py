"""Kvinnor och män in every measure: how many differ is counted, and what shows no figure stands by itself."""

import pytest

from dashboard.figures.contrasts import MANY, contrast_sentence, contrasts, told
from dashboard.texts.figures.contrasts import BY_ACCIDENT
from schemas.measures import MEASURES

PERIOD = "2026-09"


def found(varde, low, high, *, measure="pagaende", utfall="tal"):
    values = [{"kon": sex, "utfall": utfall, "kvot_utfall": utfall, "varde": varde} for sex in ("K", "M")]
    gap = {"period": PERIOD, "dag": MEASURES[measure].headline if measure == "atergang" else -1, "utfall": utfall}
    gap |= {
        "differens": 0.1,
        "differens_nedre": low,
        "differens_ovre": high,
        "kvot": 2.0,
        "kvot_nedre": 1.0,
        "kvot_ovre": 3.0,
    }
    return (MEASURES[measure], "manad", PERIOD, values, [gap], {})


SURE, UNSURE = found(9.0, 0.05, 0.2), found(9.0, -0.1, 0.3)
SECRET = found(None, None, None, utfall="dolt")


@pytest.mark.parametrize(
    ("those", "said"),
    [
        ([SURE, UNSURE, SECRET], "Kvinnor och män skiljer sig mer än slumpen i 1 av de 2 mått som går att bedöma."),
        ([UNSURE], "Kvinnor och män skiljer sig inte mer än slumpen i något mått som går att bedöma."),
        ([SURE], "Kvinnor och män skiljer sig mer än slumpen i det enda mått som går att bedöma."),
        ([UNSURE] * 3, "Kvinnor och män skiljer sig inte mer än slumpen i något av de 3 mått som går att bedöma."),
        ([SECRET], "För få personer för att jämföra kvinnor och män här."),
        ([], "För få personer för att jämföra kvinnor och män här."),
    ],
)
def test_what_cannot_be_judged_is_counted_nowhere(those, said):
    assert contrast_sentence(those) == said


def test_among_many_comparisons_some_are_chance_and_that_is_said():
    assert contrast_sentence([UNSURE] * (MANY - 1)).endswith("bedöma.")
    assert contrast_sentence([UNSURE] * MANY).endswith(BY_ACCIDENT)


def test_a_measure_is_told_when_one_of_the_sexes_has_a_figure():
    one_sided = found(9.0, None, None)
    one_sided[3][1]["kvot_utfall"] = "dolt"
    assert told(SURE)
    assert told(one_sided)
    assert not told(SECRET)


def test_a_share_differs_by_points_and_a_rate_by_its_unit():
    rate, share = contrasts([SURE, found(70.0, 0.05, 0.2, measure="atergang")]).rows
    assert rate[1][2].text == "+0,1 ●"
    assert share[1][2].text == "+10,0 ●"
