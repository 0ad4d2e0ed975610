"""A unit among the others: the funnel's words, the spread of the region, and peers with their reasons."""

import pytest

from dashboard.figures.alike import alike, reason
from dashboard.figures.funnel import differing_sentence, funnel, verdict
from dashboard.figures.funnel_figure import side_words
from dashboard.figures.spread import spread
from schemas.measures import MEASURES

TESTED = {"provade": 40, "avviker": 1}


def place(name, sex="K", **changes):
    known = {
        "enhet_id": name, "namn": f"Vårdcentralen {name}", "kon": sex, "utfall": "tal", "orsak": None, "underlag": 40.0,
        "varde": 70.0, "nedre": 50.0, "ovre": 95.0, "niva": 68.0, "nedre_95": 48.0, "ovre_95": 90.0, "nedre_998": 36.0,
        "ovre_998": 110.0, "fi": 1.0, "sida": "inom", "avviker": "inom", "rang_nedre": 3.0, "rang_ovre": 17.0,
        "enheter": 26.0, "metod": "m",
    }  # fmt: skip
    return known | changes


def missing(name, sex, outcome, why=None):
    numbers = dict.fromkeys((key for key, value in place(name).items() if isinstance(value, float)))
    return place(name, sex, utfall=outcome, orsak=why, sida=None, avviker=None) | numbers


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (place("A"), "inom gränserna"),
        (place("A", sida="over"), "över gränsen i år, inte två år i rad"),
        (place("A", sida="under", avviker=None), "under gränsen i år, inte två år i rad"),
        (place("A", sida="over", avviker="over"), "avviker, över gränsen två år i rad"),
        (missing("A", "K", "dolt"), "dolt"),
        (missing("A", "K", "ej_beraknat", "litet_underlag"), "för litet underlag"),
        (missing("A", "K", "ej_beraknat", "for_fa_enheter"), "för få enheter"),
        (None, "uppgift saknas"),
    ],
)
def test_where_a_unit_lies_in_words(row, words):
    assert side_words(row) == words


def drawn(rows, own="A", tested=TESTED):
    return funnel(MEASURES["startade"], "r12", "2026-09", rows, own, tested, "per 1 000 listade", "Källa.")


def test_the_funnel_speaks_of_the_own_unit_and_names_those_that_differ():
    rows = [
        place("A"),
        place("A", "M"),
        place("B", sida="over", avviker="over", varde=140.0, ovre=160.0),
        place("B", "M"),
    ]
    content = drawn(rows)
    assert content.title == "Vårdcentralen A: inom gränserna för kvinnor och män."
    assert [note for note in content.notes if "prövades 40 värden" in note and note.endswith("1 avviker.")]
    named = {note["text"] for note in content.figure["layout"]["annotations"]}
    assert {"<b>A</b>", "B"} <= named
    assert [name for name, _ in content.table.rows] == ["Vårdcentralen A", "Vårdcentralen B"]
    assert content.table.rows[1][1][0].text == "avviker, över gränsen två år i rad"
    assert content.table.rows[0][1][6].text == "3–17 av 26"
    assert drawn(rows, own="region:R").title == "1 av 2 enheter avviker två år i rad."


def test_the_sexes_are_said_apart_and_hidden_is_no_number():
    content = drawn([place("A", sida="over"), missing("A", "M", "dolt"), place("B"), place("B", "M")])
    assert content.title == "Vårdcentralen A: kvinnor över gränsen i år, inte två år i rad, män dolt."
    assert [cell.text for cell in content.table.rows[1][1]][7:] == ["dolt", *["×"] * 6]


def test_limits_that_are_widened_say_so_and_warn_of_case_mix():
    calm, wide, wider = (drawn([place("A", fi=fi), place("A", "M")]).notes for fi in (0.8, 2.3, 7.0))
    assert "inte mer än slumpen" in calm[-1]
    assert "Gränserna är vidgade" in wide[-1]
    assert "kvinnor φ = 2,3" in wide[-1]
    assert "vilka patienter de har" in wider[-1]


def test_a_funnel_without_units_is_a_state():
    content = drawn([missing("A", "K", "ej_beraknat", "for_fa_enheter")], tested={"provade": 0, "avviker": 0})
    assert content.figure is None
    assert "För få enheter" in content.state
    assert "det krävs två år" in " ".join(content.notes)
    first_year = drawn([place("A", avviker=None), place("A", "M", avviker=None)], own="region:R")
    assert first_year.title == "Ingen enhet kan prövas ännu: det krävs två år."
    assert drawn([place("A"), place("A", "M")], own="region:R").title.startswith("Ingen enhet avviker")


def test_what_differs_is_said_with_both_values():
    row = {"kon": "K", "avviker": "over", "varde": 92.2, "niva": 71.0}
    assert differing_sentence(MEASURES["startade"], row) == (
        "Startade sjukfall för kvinnor: över gränsen bland enheterna två år i rad, 92,2 (regionen 71,0)."
    )


def bands(period="2026-09"):
    return [
        {"periodtyp": "r12", "period": period, "kon": sex, "p10": 40.0, "p25": 50.0, "p50": 60.0, "p75": 70.0, "p90": 80.0,
         "enheter": 24.0}
        for sex in ("K", "M")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [(30, "bland de lägsta tio procenten"), (45, "i den lägre delen"), (50, "i den mittersta hälften"),
     (80, "i den högre delen"), (81, "bland de högsta tio procenten")],
)  # fmt: skip
def test_where_in_the_spread_a_unit_is(value, words):
    rows = [
        {"period": "2026-09", "kon": "K", "kvot_utfall": "tal", "varde": float(value)},
        {"period": "2026-09", "kon": "M", "kvot_utfall": "dolt", "varde": None},
    ]
    content = spread(MEASURES["startade"], "r12", rows, bands(), "VC", "per 1 000 listade", "Källa.")
    assert content.title == f"Kvinnor: {words}. Män: värdet visas inte."
    assert [cell.text for cell in content.table.rows[0][1]][6] == "×"


def peer(name, size=1.13, ages=0.03, diagnoses=0.05):
    return {"enhet_id": name, "namn": f"Vårdcentralen {name}", "period": "2026-09", "storlek": size, "alder": ages,
            "diagnos": diagnoses}  # fmt: skip


@pytest.mark.parametrize(
    ("size", "word"),
    [(1.04, "ungefär lika stor"), (0.8, "mindre"), (1.3, "större"), (0.4, "mycket mindre"), (2.5, "mycket större")],
)  # fmt: skip
def test_why_a_unit_is_like_another(size, word):
    assert reason(peer("B", size=size)).startswith(f"{word} (")
    assert reason(peer("B", size=size, diagnoses=None)).endswith("diagnoserna är delvis dolda")


def test_peers_stand_beside_the_own_unit_with_their_reasons():
    rows = [
        {"enhet_id": name, "namn": f"Vårdcentralen {name}", "kon": sex, "utfall": "tal", "kvot_utfall": "tal",
         "varde": 70.0, "nedre": 60.0, "ovre": 80.0, "namnare": 900.0}
        for name in ("A", "B", "C", "D") for sex in ("K", "M")
    ]  # fmt: skip
    region = {"K": rows[0], "M": rows[1]}
    content = alike(
        MEASURES["startade"], "r12", "2026-09", [peer("B"), peer("C")], rows, region, "A", "per 1 000 listade", "Källa."
    )
    assert content.title == "Likast är B och C."
    assert [name for name, _ in content.table.rows] == ["Vårdcentralen A", "Vårdcentralen B", "Vårdcentralen C"]
    assert content.notes[0].startswith("B: ungefär lika stor (113")
    assert content.figure["layout"]["yaxis"]["ticktext"][0] == "<b>▸ A</b>"


def judged(matt, sex, verdict):
    return {"matt_id": matt, "kon": sex, "avviker": verdict}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "VC kan inte prövas mot regionen: det krävs två år med tillräckligt underlag."),
        (
            [judged("pagaende", "K", None)],
            "VC kan inte prövas mot regionen: det krävs två år med tillräckligt underlag.",
        ),
        (
            [judged("pagaende", "K", "inom"), judged("startade", "M", "inom")],
            "VC avviker inte från andra vårdcentraler i regionen i något av två mått (pågående sjukfall och startade "
            "sjukfall).",
        ),
        (
            [judged("pagaende", "K", "inom"), judged("startade", "M", "over")],
            "VC avviker i startade sjukfall för män (över gränsen). "
            "Prövat: två mått (pågående sjukfall och startade sjukfall).",
        ),
    ],
)
def test_whether_a_unit_differs_at_all_is_said_in_one_sentence(rows, said):
    assert verdict("VC", {name: measure.short for name, measure in MEASURES.items()}, rows) == said
