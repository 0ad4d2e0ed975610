"""Rows of a landmark in, figure, table and sentence out: always a description, with both arms or none."""

import json

import pytest

from dashboard.figures.landmark import landmark
from dashboard.figures.landmark_words import of_landmark
from dashboard.pages.landmark_content import other_landmarks
from schemas.dimensions import ARM, BREAKDOWNS
from schemas.landmark import DESCRIPTION, LANDMARK_DAYS
from schemas.marginal import NO_DAY
from schemas.measure import Landmark
from schemas.measures import MEASURES

NBSP = "\u00a0"
MEASURE = MEASURES["landmark"]
SIZES = {("K", "insats"): 212, ("K", "inte_annu"): 801, ("M", "insats"): 97, ("M", "inte_annu"): 388}
SHARES = {("K", "insats"): 0.61, ("K", "inte_annu"): 0.58, ("M", "insats"): 0.55, ("M", "inte_annu"): 0.6}


def point(sex, arm, day, fran_dag=30):
    share = SHARES[sex, arm] * min(day, 90) / 90
    limits = (share - 0.04, share + 0.04) if day else (None, None)
    return {
        "kon": sex, "fran_dag": fran_dag, "arm": arm, "dag": day, "utfall": "tal", "orsak": None, "andel": share,
        "nedre": limits[0], "ovre": limits[1], "ojusterad": 0.9 * share, "ojusterad_nedre": limits[0],
        "ojusterad_ovre": limits[1], "i_risk": 50.0, "n": SIZES[sex, arm],
    }  # fmt: skip


def silent(sex, outcome, fran_dag=30):
    numbers = dict.fromkeys(
        ("andel", "nedre", "ovre", "ojusterad", "ojusterad_nedre", "ojusterad_ovre", "i_risk", "n", "orsak")
    )
    return [
        {"kon": sex, "fran_dag": fran_dag, "arm": arm, "dag": NO_DAY, "utfall": outcome} | numbers for arm in ARM.ids
    ]


def shown(*sexes):
    return [point(sex, arm, day) for sex in sexes for arm in ARM.ids for day in (0, 30, 60, 90, 180)]


def gap(sex, low, high):
    return {
        "kon": sex, "fran_dag": 30, "dag": 90, "utfall": "tal", "orsak": None, "differens": (low + high) / 2,
        "differens_nedre": low, "differens_ovre": high, "ojusterad": 0.01, "ojusterad_nedre": -0.1, "ojusterad_ovre": 0.1,
    }  # fmt: skip


UNSURE = [gap("K", -0.04, 0.1), gap("M", -0.15, 0.05)]
SURE = [gap("K", 0.02, 0.1), gap("M", -0.15, 0.05)]


def drawn(rows, gaps, day=30):
    return landmark(MEASURE, day, "2025-12", rows, gaps, "Norrljus", "Källa: intyg.", "20")


SENTENCES = {
    "both": (
        shown("K", "M"), UNSURE,
        "Beskrivning, inte effekt. Av sjukfall som startade januari 2025–december 2025 och pågick efter dag 30 hade, justerat "
        "för ålder och diagnosgrupp, hos kvinnor 61 % (57–65) av 212 med insats och 58 % (54–62) av 801 utan insats ännu; hos "
        "män 55 % (51–59) av 97 med insats och 60 % (56–64) av 388 utan insats ännu slutat med återgång inom 90 dagar. "
        "Skillnaden kan vara slump.",
    ),
    "more than chance": (
        shown("K", "M"), SURE,
        "Beskrivning, inte effekt. Av sjukfall som startade januari 2025–december 2025 och pågick efter dag 30 hade, justerat "
        "för ålder och diagnosgrupp, hos kvinnor 61 % (57–65) av 212 med insats och 58 % (54–62) av 801 utan insats ännu; hos "
        "män 55 % (51–59) av 97 med insats och 60 % (56–64) av 388 utan insats ännu slutat med återgång inom 90 dagar. "
        "Skillnaden är större än slumpen hos kvinnor, men visar inte vad insatsen gör; hos män kan den vara slump.",
    ),
    "men hidden": (
        [*shown("K"), *silent("M", "dolt")], UNSURE[:1],
        "Beskrivning, inte effekt. Av sjukfall som startade januari 2025–december 2025 och pågick efter dag 30 hade, justerat "
        "för ålder och diagnosgrupp, hos kvinnor 61 % (57–65) av 212 med insats och 58 % (54–62) av 801 utan insats ännu "
        "slutat med återgång inom 90 dagar; män visas inte. Skillnaden kan vara slump.",
    ),
    "hidden": (
        [*silent("K", "dolt"), *silent("M", "dolt")], [],
        "Beskrivning, inte effekt. Sjukfall som startade januari 2025–december 2025 och pågick efter dag 30: värdet visas "
        "inte, eftersom det bygger på för få personer eller skyddar ett annat litet värde.",
    ),
    "not alike": (
        [*silent("K", "ej_beraknat"), *silent("M", "ej_beraknat")], [],
        "Beskrivning, inte effekt. Sjukfall som startade januari 2025–december 2025 och pågick efter dag 30: värdet kan inte "
        "beräknas.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", SENTENCES)
def test_the_sentence(situation):
    rows, gaps, wanted = SENTENCES[situation]
    assert of_landmark(MEASURE, "2025-12", rows, gaps).replace(NBSP, " ") == wanted
    assert of_landmark(MEASURE, "2025-12", rows, gaps, preliminary=True).endswith(" Siffrorna är preliminära.")


@pytest.mark.parametrize("situation", SENTENCES)
def test_name_title_and_sentence_say_that_it_is_a_description(situation):
    rows, gaps, said = SENTENCES[situation]
    made = drawn(rows, gaps)
    for text in (made.title, said, MEASURE.name):
        assert "beskrivning, inte effekt" in text.lower()
        assert text.lower().count("effekt") == 1
        assert not [word for word in ("beror på", "tack vare", "leder till", "snabbare", "hjälper") if word in text]
    assert any("Insats ges efter behov" in note for note in made.notes)


def test_every_value_of_the_picture_is_in_the_table():
    made = drawn(shown("K", "M"), UNSURE)
    lines = [trace for trace in made.figure["data"] if trace["mode"] == "lines+markers"]
    assert [line["name"] for line in lines] == [
        "Kvinnor, insats",
        "Kvinnor, inte ännu",
        "Män, insats",
        "Män, inte ännu",
    ]
    table = {name: [cell.text.replace(NBSP, " ") for cell in cells] for name, cells in made.table.rows}
    assert table["90 dagar, kvinnor"] == [
        "61 %", "57 %", "65 %", "50", "212", "58 %", "54 %", "62 %", "50", "801", "+3", "−4", "+10",
    ]  # fmt: skip
    assert table["90 dagar, kvinnor, ojusterat"][0] == "55 %"
    assert [name for name in table if name.startswith("90 dagar")] == [
        "90 dagar, kvinnor", "90 dagar, män", "90 dagar, kvinnor, ojusterat", "90 dagar, män, ojusterat",
    ]  # fmt: skip
    for size in ("212", "801", "97", "388"):
        assert size in made.subtitle
    assert "Kvinnor, insats: " in made.summary


def test_hidden_and_not_computed_are_two_marks():
    made = drawn([*silent("K", "dolt"), *silent("M", "ej_beraknat")], [])
    assert made.figure is None
    assert "minst 20 personer" in made.state
    marks = {name: {cell.text for cell in cells} for name, cells in made.table.rows}
    assert marks["30 dagar, kvinnor"] == {"×"}
    assert marks["30 dagar, män"] == {".."}
    half = drawn([*shown("K"), *silent("M", "dolt")], UNSURE[:1])
    assert any("män är dolda (×)" in note for note in half.notes)
    assert "visas inte" in json.dumps(half.figure, ensure_ascii=False)


def test_a_hidden_day_is_marked_and_said_and_its_curve_is_drawn():
    rows = [row | silent("K", "dolt")[0] | {"arm": row["arm"], "dag": 60} if (row["kon"], row["dag"]) == ("K", 60) else row
            for row in shown("K", "M") if (row["kon"], row["dag"]) != ("M", 180)]  # fmt: skip
    hidden = {name: None for name in UNSURE[0]} | {"kon": "K", "fran_dag": 30, "dag": 60, "utfall": "dolt"}
    made = drawn(rows, [*UNSURE, hidden])
    marks = {name: {cell.text for cell in cells} for name, cells in made.table.rows}
    assert marks["60 dagar, kvinnor"] == {"×"}
    assert "×" not in marks["60 dagar, män"] | marks["90 dagar, kvinnor"]
    assert marks["180 dagar, män"] == {".."}
    assert any("utelämnade" in note and "kvinnor efter 60 dagar" in note for note in made.notes)
    assert any("slutar för män" in note for note in made.notes)
    assert not any("dolda (×)" in note for note in made.notes)


def test_a_comparison_by_coordination_is_only_ever_made_at_a_landmark():
    """Ever against never is offered by no measure, no breakdown and no text."""
    assert not any("insats" in name or name == ARM.column for name in BREAKDOWNS)
    assert ARM.ids == ("insats", "inte_annu")
    for measure in MEASURES.values():
        words = json.dumps(vars(measure), default=str, ensure_ascii=False).lower()
        if isinstance(measure, Landmark):
            assert measure.landmarks == LANDMARK_DAYS
            assert all(day > 0 for day in measure.landmarks)
            assert DESCRIPTION.lower() in measure.name
            assert "jämförs aldrig med dem som aldrig fick" in words
        else:
            assert not any(
                word in words for word in ("inte ännu", "aldrig fick", "utan insats jämf", "inte koordinerade")
            )
    assert other_landmarks(MEASURE) == ["landmark-60", "landmark-90"]


def test_the_page_of_koordinering_ends_with_the_landmark_and_the_front_page_has_none(show):
    for path, there in (
        ("/koordinering", True),
        ("/matt/landmark", True),
        ("/", False),
        ("/kon", False),
        ("/jamfor", False),
    ):
        status, text = show(path)
        assert status == 200
        assert (MEASURE.question in text) is there, path
    _, text = show("/matt/landmark")
    assert text.count("Beskrivning, inte effekt") >= 3
