"""Riket och länet: what is shown beside our own figures, in which words, and what never is."""

import pytest

from dashboard import queries
from dashboard.figures.comparison import beside
from dashboard.texts.pages.comparison import NOT_DIGIT_BY_DIGIT
from schemas.measures import MEASURES
from schemas.series import SERIES


def published(serie="sjukpenningtal_1", **changes):
    series = SERIES[serie]
    return {
        "serie": serie, "namn": series.name, "omrade": "Riket", "period": "2024-12", "periodtyp": series.periodtyp,
        "kon": "alla", "diagnos": None, "varde": 10.5, "tecken": None, "enhet": series.unit,
        "definition": series.definition, "kalla": "Källan",
    } | changes  # fmt: skip


def own(kon, varde):
    return {"period": "2026-10", "kon": kon, "utfall": "tal", "kvot_utfall": "tal", "antal": 10 * varde, "varde": varde}


OWN = [own("K", 18.7), own("M", 9.0), own("alla", 13.9)]


def made(rows, measure="pagaende", mine=OWN):
    return beside(MEASURES[measure], "manad", "2026-10", mine, rows, "Region Prov")


def texts(table):
    return [(label, [cell.text for cell in cells]) for label, cells in table.rows]


def test_kvinnor_come_first_and_a_sign_is_never_a_number():
    rows = [
        published(kon="M", varde=7.3), published(kon="K", varde=None, tecken=".."), published(),
        published(omrade="Dalarnas län", kon="K", varde=None, tecken="-"),
    ]  # fmt: skip
    found = made(rows)
    assert [column.group for column in found.others.columns] == ["Kvinnor", "Män", "Totalt"]
    assert texts(found.others) == [
        ("Riket: sjukpenningtal 1.0, nettodagar, jan 2024–dec 2024", ["..", "7,3", "10,5"]),
        ("Dalarnas län: sjukpenningtal 1.0, nettodagar, jan 2024–dec 2024", ["–", "..", ".."]),
    ]
    assert [cell.value for _, cells in found.others.rows for cell in cells] == [None, 7.3, 10.5, None, None, None]
    assert texts(found.own)[0] == ("Pågående sjukfall, per 1 000 listade, oktober 2026", ["18,7", "9,0", "13,9"])


def test_hidden_figures_of_ours_stay_hidden():
    hidden = {"period": "2026-10", "kon": "K", "utfall": "dolt", "kvot_utfall": "dolt", "antal": None, "varde": None}
    found = made([published()], mine=[hidden, OWN[1], OWN[2]])
    assert [cells[0].text for _, cells in found.own.rows] == ["×", "×"]


def test_every_figure_is_defined_with_unit_and_source():
    found = made([published("pagaende", varde=178663.0, period="2018-12"), published()])
    said = dict(found.definitions)
    assert list(said)[:2] == ["Pågående sjukfall (Region Prov)", "Sjukfall (Försäkringskassan)"]
    assert "intygsperioder" in said["Pågående sjukfall (Region Prov)"]
    assert "från dag 15" in said["Sjukfall (Försäkringskassan)"]
    assert said["Sjukpenningtal 1.0, nettodagar (Försäkringskassan)"].endswith(
        "Enhet: nettodagar per person 16–64 år. Källa: Källan."
    )
    assert found.without_county


def test_of_many_chapters_two_and_of_shares_not_the_whole():
    shares = [
        published("pagaende_andel", diagnos=chapter, varde=1.0, period="2024-10")
        for chapter in (None, "F00-F99", "L00-L99", "M00-M99", "okand")
    ]
    assert [label.split(", ")[2] for label, _ in made(shares).others.rows] == [
        "psykiska diagnoser (F00–F99)", "rörelseorganen (M00–M99)",
    ]  # fmt: skip


def test_a_measure_without_published_series_has_no_section():
    assert made([published()], measure="startade") is None


@pytest.mark.parametrize("measure", ["pagaende", "startade"])
def test_the_section_stands_on_the_pages_of_its_measures(show, release, measure):
    status, text = show(f"/matt/{measure}")
    assert status == 200
    for said in (
        "Riket och länet, annan definition",
        NOT_DIGIT_BY_DIGIT,
        "Försäkringskassans tal är verkliga",
        "Riket: ",
    ):
        assert said in text
    assert "Riket och länet, annan definition" not in show("/matt/langa")[1]


def test_the_latest_period_with_a_number_is_asked_for(release):
    rows = queries.comparison(release)
    periods = {(row["serie"], row["diagnos"]): row["period"] for row in rows}
    assert periods["pagaende", None] == "2018-12"
    assert periods["pagaende_andel", "F00-F99"] == "2024-10"
    assert periods["sjukpenningtal_2", None] == "2026-06"
    assert {row["omrade"] for row in rows} == {"Riket"}
    assert len({(row["serie"], row["omrade"], row["diagnos"], row["kon"]) for row in rows}) == len(rows)


def test_the_units_size_in_all_ages_is_information_beside_the_denominator(show, release, scope):
    unit = queries.places(release, scope)[0]
    total = queries.listed_total(release, scope, unit.enhet_id)
    assert total["listade_totalt"] > 1000
    assert total["listade_manad"] == "2026-10"
    assert "Listade i alla åldrar" in show("/matt/pagaende", f"?enhet={unit.enhet_id}")[1]
    region = next(place for place in queries.places(release, scope) if place.niva == "region")
    assert queries.listed_total(release, scope, region.enhet_id) is None
