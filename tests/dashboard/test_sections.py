"""The sections of a chapter: how many are drawn, what the others are together, and where they are shown."""

from urllib.parse import quote

import pytest

from dashboard.figures.groups_figure import Frame, Item
from dashboard.figures.sections import sections
from dashboard.pages.content import named
from dashboard.pages.view import view_of
from dashboard.texts.figures.sections import NO_REST, OTHERS, REST, SIX

REGION = "region:Region Påhittad"
FRAME = Frame(
    name="matt-avsnitt-A", measure="matt", question="Vilka?", subject="Sjukfall", unit="per 1 000 listade",
    counted="sjukfall", subtitle="", notes=(), method="",
)  # fmt: skip


def row(antal, listade=1000):
    if antal is None:
        return dict.fromkeys(("antal", "varde", "nedre", "ovre", "namnare")) | {"utfall": "dolt", "kvot_utfall": "dolt"}
    rate = 1000 * antal / listade
    return {"antal": antal, "namnare": listade, "varde": rate, "nedre": rate - 1, "ovre": rate + 1, "utfall": "tal",
            "kvot_utfall": "tal"}  # fmt: skip


def item(label, women, men):
    whole = None if women is None or men is None else women + men
    return Item(label=label, by_sex={"K": row(women), "M": row(men, 500), "alla": row(whole, 1500)}, gap=None)


def told(items, chapter):
    found = sections(FRAME, items, chapter, 1000, as_counts=False)
    drawn = [label.replace("<br>", " ") for label in found.figure["data"][0]["y"]]
    return found, drawn, dict(found.table.rows)


def test_seven_sections_are_drawn_as_they_are():
    items = [item(f"A{at} Avsnitt", 10 + at, 20) for at in range(7)]
    found, drawn, table = told(items, item("A Kapitel", 91, 140))
    assert drawn == list(table) == [one.label for one in items]
    assert found.notes == ()


def test_of_eight_the_six_largest_of_both_sexes_and_the_others_together():
    items = [item(f"A{at} Avsnitt", women, men) for at, (women, men) in enumerate([(9, 5), *[(20, 30)] * 6, (5, 12)])]
    found, drawn, table = told(items, item("A Kapitel", 134, 197))
    assert drawn == [*(f"A{at} Avsnitt" for at in range(1, 7)), OTHERS]
    assert list(table) == [*(one.label for one in items), OTHERS]
    women, men = table[OTHERS][0:4], table[OTHERS][4:8]
    assert [cell.text for cell in women] == ["14", "14,0", "..", ".."]
    assert [cell.text for cell in men] == ["17", "34,0", "..", ".."]
    assert found.notes == (SIX, REST)
    assert "Störst grupp hos kvinnor A1" in found.title


def test_a_hidden_section_is_named_and_only_in_what_is_left():
    items = [
        item("A1 Första", 20, 30),
        item("A2 Andra", None, None),
        item("A3 Tredje", 40, None),
        item("A4 X", None, None),
    ]
    found, drawn, table = told(items, item("A Kapitel", 67, 90))
    assert drawn == ["A1 Första", "A3 Tredje", OTHERS]
    assert (table[OTHERS][0].value, table[OTHERS][4].text) == (7, "×"), "men of A3 would follow from the others of men"
    assert found.notes[1] == REST
    assert found.notes[2].endswith(": A2 och A4.")


def test_nothing_is_left_of_a_hidden_chapter_and_nothing_hidden_is_called_empty():
    some, none = item("A1 Första", 20, 30), item("A2 Andra", None, None)
    found, drawn, _ = told([some, none], item("A Kapitel", None, None))
    assert drawn == ["A1 Första"]
    assert found.notes[0] == NO_REST
    found = sections(FRAME, [none, none], None, 1000, as_counts=False)
    assert found.figure is None
    assert "för få personer" in found.state


def test_numbers_are_drawn_where_there_are_no_rates():
    counted = [item(f"A{at} Avsnitt", 10, 20) for at in range(9)]
    found = sections(FRAME, counted, item("A Kapitel", 90, 180), 1000, as_counts=True)
    assert dict(found.table.rows)[OTHERS][1].value == 30


@pytest.fixture(scope="module")
def view(release, scope):
    return view_of(release, scope, f"?enhet={quote(REGION)}&manad=2026-09")


def test_the_largest_chapter_stands_first_and_the_address_chooses_another(view, show, client):
    assert named(view, "under_manaden-avsnitt").name == "under_manaden-avsnitt-F00-F99"
    asked = f"?enhet={quote(REGION)}&manad=2026-09"
    _, text = show("/diagnos", asked)
    assert "F00–F99 Psykiska sjukdomar: vilka avsnitt dominerar?" in text
    _, text = show("/diagnos", f"{asked}&kapitel=M00-M99")
    assert "M00–M99 Rörelseorganen: vilka avsnitt dominerar?" in text
    assert "/export/under_manaden-avsnitt-M00-M99.csv" in text
    answer = client.get(f"/export/under_manaden-avsnitt-M00-M99.csv{asked}")
    assert "M50–M54 Andra ryggsjukdomar" in answer.data.decode("utf-8-sig")
    for unknown in ("okand-hittepa", "A00", "skillnad"):
        assert named(view, f"under_manaden-avsnitt-{unknown}") is None


def test_the_page_of_the_measure_offers_the_sections_of_one_chapter_over_time(show):
    asked = f"?enhet={quote(REGION)}&manad=2026-09&indelning=avsnitt&kapitel=M00-M99"
    _, text = show("/matt/under_manaden", f"{asked}&grupp=M50-M54")
    assert "M50–M54 Andra ryggsjukdomar: hur har det utvecklats?" in text
    assert "kapitel=M00-M99&grupp=M15-M19" in text
    assert "grupp=F40-F48" not in text


def test_a_unit_is_told_where_sections_are(show):
    for path in ("/diagnos", "/matt/under_manaden"):
        _, text = show(path, "?manad=2026-09")
        assert "Avsnitt visas för regionen" in text
        assert quote(REGION, safe="") in text.replace("+", "%20")
        assert "vilka avsnitt dominerar?" not in text


def test_what_is_not_published_for_an_enhet_leads_to_where_it_is(show):
    for path in ("/diagnos", "/langd"):
        _, text = show(path, "?manad=2026-09")
        assert "Visas för område och region." in text
        assert f"{path}?enhet=omrade" in text.replace("%3A", ":").replace("omrade:", "omrade")
        assert "ännu ingen hel period" not in text
        _, text = show(path, f"?enhet={quote(REGION)}&manad=2026-09")
        assert "Visas för område och region." not in text
