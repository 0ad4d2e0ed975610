"""A curve in words, with how sure it is."""

from dashboard.figures.curve_words import by_days
from schemas.measures import MEASURES


def point(sex, day, share, low=None, high=None, n=176):
    return (sex, day), {"dag": day, "andel": share, "nedre": low, "ovre": high, "n": n}


def test_every_shown_day_has_its_share_and_its_interval():
    at = dict([point("K", 30, 0.52, 0.44, 0.59), point("K", 90, 0.761, 0.69, 0.82), point("M", 90, 0.737, n=101)])
    assert by_days(MEASURES["atergang"], at) == (
        "Andel med 95-procentigt intervall. Kvinnor (176 sjukfall): dag 30 52\u00a0% (44–59), dag 90 76\u00a0% (69–82). "
        "Män (101 sjukfall): dag 90 74\u00a0%.",
    )


def test_day_zero_and_hidden_days_are_not_told():
    assert by_days(MEASURES["tackning"], dict([point("K", 0, 0.1)])) == ()
