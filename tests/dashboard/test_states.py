"""What stands where a figure cannot, and what a reader is told to do: never nothing, never a fault of ours in words."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboard import queries
from dashboard.figures.trend import trend
from dashboard.pages import PAGES, content
from dashboard.pages.view import View, view_of
from dashboard.texts import states
from schemas.measures import MEASURES

MEASURE = MEASURES["pagaende"]


def row(period, sex, value, outcome="tal"):
    limits = {"nedre": value and value - 1, "ovre": value and value + 1}
    return limits | {"period": period, "kon": sex, "utfall": outcome, "kvot_utfall": outcome, "orsak": None, "antal": value,
                     "namnare": 1000, "varde": value, "metod": "m"}  # fmt: skip


def drawn(*rows, period="2026-10"):
    return trend(MEASURE, "manad", period, list(rows), [], "VC", "Källa.", "manad")


def test_a_hidden_month_is_followed_by_the_last_one_that_is_shown():
    shown = [row("2026-09", "K", 30.0), row("2026-09", "M", 20.0)]
    hidden = [row("2026-10", sex, None, "dolt") for sex in "KM"]
    assert drawn(*shown, *hidden).title == (
        "Värdet i oktober 2026 visas inte. Senast visat i september 2026: kvinnor 30,0, män 20,0 per 1 000 listade."
    )
    assert drawn(*shown, period="2026-09").title.count(".") == 1
    assert drawn(*hidden).title == "Värdet i oktober 2026 visas inte."
    assert drawn(shown[0], *hidden).title == "Värdet i oktober 2026 visas inte.", "one sex alone is no comparison"


def test_nothing_shown_says_why():
    assert drawn(row("2026-10", "K", None, "dolt"), row("2026-10", "M", None, "dolt")).state == states.HIDDEN
    assert (
        drawn(row("2026-10", "K", None, "ej_beraknat"), row("2026-10", "M", None, "ej_beraknat")).state == states.EMPTY
    )
    assert drawn().state == states.NOT_YET


def test_a_month_that_has_not_come_in_is_said_with_the_last_that_has(release, scope, monkeypatch):
    view = view_of(release, scope, "?manad=2026-03")
    monkeypatch.setattr(queries, "latest_period", lambda *_asked: "2026-02")
    note = content.over_time(view, queries.measures(release)["pagaende"], "manad").notes[0]
    assert note == "Uppgifter för mars 2026 har inte kommit in. Senaste kompletta månad: februari 2026."
    monkeypatch.setattr(queries, "latest_period", lambda *_asked: "2026-03")
    assert "har inte kommit in" not in content.over_time(view, queries.measures(release)["pagaende"], "manad").notes[0]


def test_what_is_hidden_leads_to_where_it_may_be_shown(show, release, scope):
    hidden = next(
        unit
        for unit in queries.places(release, scope)
        if unit.niva == "enhet"
        and {one["utfall"] for one in queries.series(release, scope, MEASURES["utan_sgi"], unit.enhet_id, "manad")}
        == {"dolt"}
    )
    text = show("/matt/utan_sgi", f"?enhet={hidden.enhet_id}")[1]
    assert states.HIDDEN in text
    assert f'"Visa för {hidden.omrade}"' in text
    assert f'"Visa för {hidden.region}"' in text


NOT_REMEMBERED = "?manad=2024-02"  # a month that no other test looks at


@pytest.mark.parametrize("path", [page.path.replace("*", "pagaende") for page in PAGES])
def test_a_page_that_fails_as_a_whole_still_has_its_menu_and_a_reference(show, monkeypatch, caplog, path):
    def broken(*_arguments):
        raise RuntimeError("secret")

    failing = tuple(replace(page, build=broken) for page in PAGES)
    monkeypatch.setattr("dashboard.pages.PAGES", failing)
    status, text = show(path, NOT_REMEMBERED)
    assert status == 200
    assert re.search(
        r"Något gick fel när diagrammet skulle visas\. Försök igen\. Referens: [0-9A-F]{4}-[0-9A-F]{2}\.", text
    )
    assert "secret" not in text
    assert "Översikt" in text
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    ("manad", "lage", "said"),
    [
        ("2026-10", "preliminar", "Preliminärt – sena intyg kan ändra siffrorna till och med 10 november."),
        ("2026-09", "komplett", None),
        (
            "2026-12",
            "reviderad",
            "Reviderat – intyg eller koordinering har kommit in, rättats eller makulerats efter 10 januari, senast 2027-02-03.",
        ),
    ],
)
def test_what_is_said_of_a_month(manad, lage, said):
    release = SimpleNamespace(facts={"sena_dagar": "10"})
    rest = dict.fromkeys(("scope", "place", "matt", "indelning", "grupp", "kapitel", "path", "med", "sok"))
    view = View(release=release, manad=manad, lage=lage, andrad="2027-02-03", **rest)
    assert (view.month_note, view.preliminary) == (said, lage == "preliminar")
