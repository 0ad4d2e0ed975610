"""From region to område to enhet and back, and units of one's own choice beside each other."""

from urllib.parse import quote, quote_plus

import pytest

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.figures.chosen import chosen
from dashboard.pages.view import MOST_BESIDE, view_of
from dashboard.texts import states
from schemas.measures import MEASURES
from tests.signed import opened


@pytest.fixture(scope="module")
def units(release, scope):
    return queries.places(release, scope)


@pytest.fixture(scope="module")
def levels(units):
    return {place.niva: place for place in units}


def test_every_place_leads_up_and_down(release, scope, units, levels):
    unit, area, region = (levels[niva] for niva in ("enhet", "omrade", "region"))
    up = queries.around(release, scope, unit)
    assert [place.niva for place in up] == ["region", "omrade"][: len(up)]
    assert up[0] == region
    assert queries.around(release, scope, region) == []
    areas = queries.inside(release, scope, region)
    assert {place.niva for place in areas} == {"omrade"}
    found = [one for place in areas for one in queries.inside(release, scope, place)]
    assert len(found) == len(set(found))
    assert set(found) <= {one for one in units if one.niva == "enhet"}
    assert queries.inside(release, scope, unit) == []
    assert area in areas


def test_the_way_up_and_down_shows_only_what_may_be_seen(release, levels):
    narrow = Scope(units=frozenset({levels["enhet"].enhet_id}))
    assert queries.around(release, narrow, levels["enhet"]) == []
    assert queries.inside(release, narrow, levels["region"]) == [levels["enhet"]]


def test_going_up_keeps_what_is_chosen_and_going_down_only_the_measure(release, scope, levels):
    asked = f"?enhet={quote(levels['omrade'].enhet_id)}&manad=2026-03&indelning=diagnos5&grupp=psykiska"
    view = view_of(release, scope, asked, path="/matt/startade")
    up = view.up_to(levels["region"].enhet_id)
    assert up.startswith("/matt/startade?enhet=region")
    assert up.endswith("&manad=2026-03&grupp=psykiska&indelning=diagnos5")
    assert view.down_to("SE1") == "/matt/startade?enhet=SE1&manad=2026-03"
    assert view_of(release, scope, "?matt=startade", path="/jamfor").down_to("SE1").endswith("&matt=startade")


def test_the_page_has_the_links(show, levels):
    text = show("/", f"?enhet={quote(levels['region'].enhet_id)}&manad=2026-03")[1]
    assert f"Områden i {levels['region'].namn}" in text
    assert f"/?enhet={quote_plus(levels['omrade'].enhet_id)}&manad=2026-03" in text
    assert "Regionen " not in text, "a region is not put beside itself"
    text = show("/langd", f"?enhet={quote(levels['enhet'].enhet_id)}&manad=2026-03")[1]
    assert "/langd?enhet=region" in text


def row(place, sex, value, outcome="tal"):
    return {"enhet_id": place, "namn": place, "kon": sex, "utfall": outcome, "kvot_utfall": outcome, "varde": value,
            "nedre": value and value - 1, "ovre": value and value + 1, "namnare": 100}  # fmt: skip


def test_chosen_units_stand_beside_each_other_and_are_never_added():
    places = [
        ("A", "Alfa", {"K": row("A", "K", 3.0), "M": row("A", "M", 2.0)}),
        ("B", "Beta", {"K": row("B", "K", None, "dolt")}),
    ]
    content = chosen(MEASURES["startade"], "r12", "2026-09", places, {}, "per 1 000 listade", "Källa.")
    assert content.title == (
        "Startade sjukfall oktober 2025–september 2026: Alfa kvinnor 3,0 och män 2,0; Beta kvinnor × och män ..."
    )
    assert [name for name, _ in content.table.rows] == ["Alfa", "Beta"]
    assert [cell.text for cell in content.table.rows[1][1]] == ["×"] * 3 + [".."] * 3
    assert content.table.about == {"Beta": "B"}
    assert "läggs aldrig ihop" in content.notes[0]
    assert "5,0" not in str(content.figure["data"])
    hidden = [(name, name, {"K": row(name, "K", None, "dolt")}) for name in "AB"]
    assert chosen(MEASURES["startade"], "r12", "2026-09", hidden, {}, "per", "K").state == states.HIDDEN


def test_the_address_holds_the_choice_and_its_files_carry_it(show, client, units):
    own, *others = units[:3]
    asked = f"enhet={own.enhet_id}&manad=2026-03&matt=startade&med={others[0].enhet_id},{others[1].enhet_id}"
    text = show("/jamfor", f"?{asked}")[1]
    assert f"Ta bort {others[0].namn}" in text
    assert f"/export/startade-urval.csv?enhet={own.enhet_id}&manad=2026-03&med={others[0].enhet_id}" in text
    asked = f"enhet={own.enhet_id}&manad=2026-03&med={others[0].enhet_id}"
    rows = client.get(f"/export/startade-urval.csv?{asked}&dialekt=maskin").data.decode().splitlines()
    assert [line.split('"')[1] for line in rows[1:]] == [own.namn, others[0].namn]
    assert client.get(f"/export/startade-urval.csv?enhet={own.enhet_id}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("SE-FINNS-INTE", states.FORBIDDEN),
        ("{0},{0}", states.OUTSIDE),
        (",".join(f"{{{at}}}" for at in range(MOST_BESIDE + 1)), states.OUTSIDE),
    ],
)
def test_a_choice_that_cannot_be(show, units, asked, said):
    assert said in show("/jamfor", f"?med={asked.format(*(unit.enhet_id for unit in units))}")[1]


def test_a_foreign_unit_cannot_be_put_beside_ones_own(release, units):
    narrow = Scope(units=frozenset({units[0].enhet_id}))
    with pytest.raises(Forbidden):
        view_of(release, narrow, f"?enhet={units[0].enhet_id}&med={units[1].enhet_id}")


def test_a_unit_among_others_leads_to_the_same_comparison_for_it(client, units):
    text = opened(client, "/jamfor", f"?enhet={units[0].enhet_id}&manad=2026-03&matt=startade")
    assert f"/jamfor?enhet={units[1].enhet_id}&manad=2026-03&matt=startade" in text
