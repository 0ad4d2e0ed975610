"""The benchmark of intervals on a few units: every figure has its truth, lies about it, and is told on the page."""

import numpy as np
import pytest

from benchmarks.coverage import truth as known
from benchmarks.coverage.judge import block as drawn
from benchmarks.coverage.judge import with_truth
from benchmarks.coverage.page import NAMES, WHO, page, summary
from benchmarks.coverage.population import SIZES

UNITS = 25


@pytest.fixture(scope="module")
def intervals():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "UNITS", 60)
        truth = known.truth(np.random.default_rng(1))
    return with_truth(drawn(SIZES[1], 0, UNITS), truth)


def test_every_figure_lies_about_its_truth(intervals):
    assert set(NAMES) - set(intervals["figure"]) <= {"atergang.180"}  # not followed far enough here
    assert set(intervals["figure"]) <= set(NAMES) and set(intervals["who"]) == set(WHO)
    assert intervals["truth"].notna().all()
    own = intervals[intervals["who"].isin(["K", "M"]) & (intervals["figure"] != "atergang.180")]
    middle = own.groupby(["figure", "who"]).agg(
        value=("value", "mean"), truth=("truth", "first"), spread=("value", "std"), n=("value", "size")
    )
    enough = middle[middle["n"] == UNITS]
    off = (enough["value"] - enough["truth"]) / (enough["spread"] / np.sqrt(UNITS) + 0.01 * enough["truth"])
    assert len(enough) > 25 and off.abs().max() < 4


def test_the_page_says_what_is_shown_and_what_is_not(intervals):
    rows = summary(intervals, UNITS)
    assert rows["tackning"].isna().all()  # fewer than a hundred units say nothing
    assert rows.loc[("startade", "K", "medianenhet"), "utan"] == 0
    told = page(intervals, UNITS)
    assert all(NAMES[figure] in told for figure in intervals["figure"].unique())
    assert "| nan" not in told
