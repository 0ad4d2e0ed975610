"""A declared day that a curve leaves out for few is marked as hidden in every place that tells it, and never as missing."""

from dashboard.figures.curve import curve
from dashboard.figures.curve_tables import by_group
from dashboard.figures.own import own_unit
from dashboard.figures.sentence import of_curve
from dashboard.figures.tile import curve_tile
from schemas.dimensions import DIAGNOS5
from schemas.marginal import NO_DAY
from schemas.measures import MEASURES

MEASURE = MEASURES["atergang"]
NOTHING = dict.fromkeys(("andel", "nedre", "ovre", "i_risk", "n", "orsak"))


def point(sex, day, cause="atergang"):
    share = min(day, 200) / 250
    return {
        "kon": sex, "orsak_id": cause, "dag": day, "utfall": "tal", "orsak": None, "andel": share, "nedre": share,
        "ovre": share, "i_risk": 50.0, "n": 120.0, "period": "2025-12", "grupp": "psykiska",
    }  # fmt: skip


def hidden(sex, day, cause="atergang"):
    return point(sex, 0, cause) | NOTHING | {"dag": day, "utfall": "dolt"}


# kvinnor: day 90 is left out; män: followed through day 60
ROWS = [*(point("K", day) for day in (0, 30, 60, 180, 365)), hidden("K", 90), *(point("M", day) for day in (0, 30, 60))]


def drawn(rows):
    return curve(MEASURE, "2025-12", rows, [], "Norrljus", "Källa: intyg.", "20", [])


def marks(table):
    return {name: [cell.text for cell in cells] for name, cells in table.rows}


def test_in_the_table_of_the_curve():
    made = drawn(ROWS)
    day = marks(made.table)["Dag 90"]
    assert set(day[:4]) == {"×"}
    assert set(day[4:8]) == {".."}
    assert set(day[8:]) == {"×"}, "a difference of which a part is hidden"
    assert not set(marks(made.table)["Dag 60"][:8]) & {"×", ".."}
    assert any("utelämnade" in note and "kvinnor dag 90" in note for note in made.notes)
    assert any("slutar för män efter dag 60" in note for note in made.notes)
    line = next(trace for trace in made.figure["data"] if trace.get("name") == "Kvinnor")
    assert line["x"] == [0, 30, 60, 180, 365]
    assert line["line"]["shape"] == "hv"


def test_a_curve_that_is_hidden_as_a_whole_is_hidden_on_every_day():
    made = drawn([hidden("K", NO_DAY), *(point("M", day) for day in (0, 30, 60))])
    assert all(set(cells[:4]) == {"×"} for cells in marks(made.table).values())
    assert any("Kurvan för kvinnor är dold" in note for note in made.notes)
    assert not any("kvinnor dag" in note for note in made.notes)


def test_in_the_tile_and_the_sentence():
    history = [row for row in ROWS if row["dag"] in (90, NO_DAY)]
    tile = curve_tile(MEASURE, "2025-12", history, [], [])
    assert (tile.women, tile.men) == ("×", "..")
    assert not tile.judged
    said = of_curve(MEASURE, "2025-12", {"K": hidden("K", 90), "M": None}, None)
    assert "för få personer" in said


def test_in_the_groups():
    told = by_group(MEASURE, DIAGNOS5, "2025-12", ROWS, [], "Norrljus", "Källa: intyg.")
    day = next(cells for name, cells in marks(told.table).items() if name.endswith("dag 90"))
    assert "×" in day
    assert ".." in day
    assert "×" not in next(cells for name, cells in marks(told.table).items() if name.endswith("dag 60"))[:8]


def test_for_the_own_unit():
    measure = MEASURES["tackning"]
    rows = [point("K", 60, "insats"), hidden("K", 60, "insats_egen"), hidden("M", NO_DAY, "insats")]
    assert marks(own_unit(measure, rows))["Dag 60"][1:] == ["×", "×", "×"]
    assert marks(own_unit(measure, rows))["Dag 90"] == ["..", "..", "×", "×"]
