"""Översikt and the month: signals before differences, in words, and what is worth bringing up."""

import pytest

from dashboard.figures.changes import changes
from dashboard.figures.glance import gaps_sentence, signals_sentence, to_bring_up, with_signal
from dashboard.figures.month import faults_sentence, received_sentence
from dashboard.figures.tile import Tile, count_tile
from dashboard.texts.figures.glance import NONE_JUDGED, NOT_JUDGED
from schemas.measures import MEASURES


def sign(matt="pagaende", sex="K", rule="ingen", way=None, **more):
    return {"matt_id": matt, "kon": sex, "period": "2026-09", "regel": rule, "riktning": way, "varde": 31.2, "nedre": 18.0,
            "ovre": 30.1} | more  # fmt: skip


def tile(name="pagaende", sure=None):
    return Tile(
        measure=MEASURES[name], label=MEASURES[name].short, unit="per 1 000 listade", when="oktober 2026", women="41",
        men="25", gap="Skillnad +16.", sure=sure, judged=True, region=(), series={},
    )  # fmt: skip


HIGH, LOW = {"rule": "utanfor", "way": 1}, {"rule": "utanfor", "way": -1}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], NONE_JUDGED),
        ([sign(), sign(sex="M")], "Inga signaler kvartal 3 2026: vanlig variation."),
        ([sign(**HIGH), sign(sex="M")], "En signal kvartal 3 2026: pågående sjukfall för kvinnor ovanligt högt."),
        (
            [sign(**HIGH), sign(sex="M", **LOW)],
            "Två signaler kvartal 3 2026: pågående sjukfall för kvinnor ovanligt högt; pågående sjukfall för män "
            "ovanligt lågt.",
        ),
    ],
)
def test_the_first_sentence_says_whether_anything_has_changed(rows, said):
    assert signals_sentence([tile()], {"pagaende": rows}) == said


def test_more_signals_than_a_sentence_bears_are_counted():
    signs = {name: [sign(name, **HIGH), sign(name, "M", **HIGH)] for name in ("pagaende", "startade")}
    assert signals_sentence([tile(), tile("startade")], signs) == "Fyra signaler kvartal 3 2026, se Att ta upp."


def test_signals_of_what_has_no_tile_are_not_told():
    assert signals_sentence([tile()], {"langa_90": [sign("langa_90", **HIGH)]}) == NONE_JUDGED


def test_a_tile_says_its_signal_in_words_and_a_curve_none():
    assert (
        with_signal(tile(), [sign(), sign(sex="M", **LOW)]).signal
        == "Signal: kvinnor vanlig variation, män ovanligt lågt"
    )
    assert with_signal(tile(), [sign(), sign(sex="M")]).signal == "Vanlig variation"
    assert with_signal(tile(), []).signal == NOT_JUDGED
    assert with_signal(tile("atergang"), [sign(**HIGH)]).signal == ""


def test_differences_are_told_by_their_intervals_and_never_why():
    told = gaps_sentence([tile(sure=True), tile("startade", sure=False), tile("langa_90")])
    assert told == (
        "Kvinnor och män skiljer sig mer än slumpen i pågående sjukfall. Skillnaden i startade sjukfall kan vara slump."
    )
    assert gaps_sentence([tile()]).startswith("För få personer")


def test_that_women_have_more_cases_is_no_news_but_a_curve_is():
    assert [name for name, _ in to_bring_up([tile(sure=True), tile("tackning", sure=True)])] == ["tackning"]


def test_a_share_has_its_sign_of_percent_and_its_difference_in_points():
    rows = [
        {"period": "2026-10", "kon": sex, "utfall": "tal", "kvot_utfall": "tal", "antal": 20, "namnare": n, "varde": value,
         "nedre": 1.0, "ovre": 99.0}
        for sex, n, value in (("K", 60, 53.7), ("M", 140, 61.42))
    ]  # fmt: skip
    gap = {"period": "2026-10", "utfall": "tal", "differens": -7.7, "differens_nedre": -20.0, "differens_ovre": 4.0}
    found = count_tile(MEASURES["andel_partiell"], "manad", "2026-10", rows, [gap], rows)
    assert (found.women, found.men) == ("54\u00a0%", "61,4\u00a0%")
    assert found.gap == "Skillnad \u22127,7\u00a0p.e.: kan vara slump."
    assert found.region == (found.women, found.men)


def test_the_table_of_changes_has_signals_first_and_leads_to_the_measure():
    followed = [MEASURES["pagaende"], MEASURES["startade"], MEASURES["langa_90"]]
    signs = {"pagaende": [sign(), sign(sex="M")], "startade": [sign("startade", **HIGH)]}
    content = changes(followed, signs)
    assert [content.about[name] for name, _ in content.rows] == ["startade", "pagaende"]
    assert [cell.text for cell in content.rows[0][1]] == ["31,2", "◆ ovanligt högt", "..", "kan inte bedömas"]
    assert changes(followed, {}) is None


def test_the_deliveries_in_one_sentence_keep_hidden_and_zero_apart():
    rows = [
        {"extrakt": name, "slag": "rader", "regel": "I karantän", "utfall": outcome, "antal": count}
        for name, outcome, count in (("intyg", "dolt", None), ("listade", "tal", 1200), ("enheter", "tal", 0))
    ]
    assert received_sentence(rows) == "Rader i karantän, hela regionen: intyg × och listade 1\u00a0200."
    assert received_sentence(rows[2:]) == "Inga rader är i karantän."
    fault = {"periodtyp": "manad", "period": "2026-10", "fel": "ålder över 100", "utfall": "tal", "antal": 0}
    assert faults_sentence([fault], "2026-10") == "Inga kända fel i enhetens intyg i oktober 2026."
    hidden = fault | {"utfall": "dolt", "antal": None}
    assert faults_sentence([hidden], "2026-10") == "Intygsperioder med fel i oktober 2026: ålder över 100 ×."
    assert faults_sentence([fault], "2026-09") == ""


def test_the_month_is_an_agenda_with_every_figure_of_the_overview(show):
    status, text = show("/manad", "?manad=2026-03")
    assert status == 200
    for heading in ("Läget", "Signaler sedan förra kvartalet", "Långa sjukfall och återgång", "Koordinering", "Beslut"):
        assert f'"{heading}"' in text
    assert "Månadsuppföljning" in text
    assert "Referens:" not in text


def test_a_followed_measure_can_be_asked_for_by_address(show):
    assert "Sjukfall över 28 dagar: är förändringen verklig" in show("/tid", "?matt=langa_28")[1]
    assert "finns inte i statistiken" in show("/tid", "?matt=atergang")[1]
