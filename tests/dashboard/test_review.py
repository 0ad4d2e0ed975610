"""The monthly review: writing from our own pages only, the agenda, decisions in charts, the follow-up, and what was kept."""

import json
from dataclasses import replace

import pytest

from dashboard import queries
from dashboard.access.origin import from_own_page
from dashboard.access.scope import Scope
from dashboard.app import create_app
from dashboard.figures.decided import Decided, afterwards, with_decisions
from dashboard.figures.meeting import signals_by_size, target_changes
from dashboard.pages.content import named
from dashboard.pages.view import view_of
from dashboard.pages.written_content import due
from dashboard.report.sheet import sheet
from dashboard.review.kept import as_then, packed, points, revisions, still_shown
from dashboard.review.month import month_of, target_words
from dashboard.settings import DashboardSettings
from dashboard.signin.cookies import NAME
from dashboard.state import Frozen, State, Unavailable
from dashboard.texts import review
from schemas.measures import MEASURES
from tests.signed import signed_in

OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
WRITTEN = {
    "text": "Erbjud koordinering senast dag 30", "ansvarig": "Verksamhetschef", "klart_senast": "2026-04-30",
    "matt": "startade", "effekt": "fler får insats", "av": "Någon annan",
}  # fmt: skip
MEETING = "2026-03"


@pytest.fixture
def state(tmp_path):
    opened = State(f"sqlite:///{tmp_path}/protokoll.sqlite")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def reviewed(region, state):
    """A client of an app of its own, so that what a test writes is its own."""
    app = create_app(DashboardSettings(published=region.published, state=state.address))
    return signed_in(app)


@pytest.fixture(scope="module")
def unit(release, scope):
    return queries.places(release, scope)[1]


@pytest.fixture
def asked(unit):
    return f"enhet={unit.enhet_id}&manad={MEETING}"


def write(client, address, headers=OWN, **form):
    return client.post(address, data={**WRITTEN, **form}, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_nothing_is_written_for_another_page(reviewed, state, unit, asked, headers):
    assert write(reviewed, f"/skriv/beslut?{asked}", headers).status_code == 403
    assert state.posts(Scope.everything(), [unit.enhet_id]) == []


def test_only_the_same_host_and_port_is_our_own_page():
    assert from_own_page({"Origin": "https://sjukvy.example:8443"}, "sjukvy.example:8443")
    assert not from_own_page({"Origin": "https://sjukvy.example"}, "sjukvy.example:8443")


def test_a_decision_is_written_and_stands_on_its_pages(reviewed, show, asked):
    for path in ("/", "/matt/startade"):  # shown before, so that what is remembered must not stand in the way
        assert "Erbjud koordinering" not in show(path, f"?{asked}", reviewed)[1]
    assert write(reviewed, f"/skriv/beslut?{asked}").json == {"sparat": "Beslutet är sparat."}
    for path in ("/manad", "/beslut"):
        assert "Någon annan" not in show(path, f"?{asked}", reviewed)[1]
        assert WRITTEN["text"] in show(path, f"?{asked}", reviewed)[1]
    late = show("/", f"?{asked}", reviewed)[1]
    assert "Ett försenat beslut eller åtgärd" in late
    charts = show("/matt/startade", f"?{asked}", reviewed)[1]
    assert "Beslut 1, mötet om mars 2026: Erbjud koordinering" in charts
    assert review.NOT_WHY in charts


def test_what_is_wrong_is_said_and_nothing_is_repeated(reviewed, asked):
    answer = write(reviewed, f"/skriv/beslut?{asked}", text="tolvan 701063-2391 ringde")
    assert answer.status_code == 422
    assert "personnummer" in answer.json["fel"][0]
    assert "2391" not in answer.text
    named_one = write(reviewed, f"/skriv/beslut?{asked}", text="Anna Svensson följer upp")
    assert (named_one.status_code, named_one.json["namn"]) == (422, True)
    assert write(reviewed, f"/skriv/beslut?{asked}", text="Anna Svensson följer upp", bekraftat="on").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/skriv/beslut?enhet=SE-FINNS-INTE&manad=2026-03", 403),
        ("/skriv/beslut?manad=2026-03", 403),
        ("/skriv/beslut?enhet={enhet}&manad=2031-01", 422),
        ("/skriv/hittepa?enhet={enhet}&manad=2026-03", 404),
        ("/skriv/andra/4711?version=1", 403),
        ("/skriv/atgard?enhet={enhet}&manad=2026-03&till=4711", 403),
    ],
)
def test_junk_is_refused(reviewed, unit, address, status):
    assert write(reviewed, address.format(enhet=unit.enhet_id)).status_code == status


def test_the_second_who_saves_sees_what_the_first_wrote(reviewed, state, unit, asked):
    write(reviewed, f"/skriv/beslut?{asked}")
    made = state.posts(Scope.everything(), [unit.enhet_id])[0]
    change = f"/skriv/andra/{made.id}?version=1"
    assert write(reviewed, change, text="den första", status="pagar").status_code == 200
    second = write(reviewed, change, text="den andra", status="klar")
    assert second.status_code == 409
    assert "den första" in second.json["fel"][0]
    assert write(reviewed, f"/skriv/andra/{made.id}?version={second.json['version']}", text="båda").status_code == 200
    assert [one.text for one in state.history(Scope.everything(), made.id)][1:] == ["den första", "båda"]


def test_the_agenda_has_its_items_in_order(reviewed, show, asked):
    text = show("/manad", f"?{asked}", reviewed)[1]
    items = (
        "Sedan sist", "Läget", "Signaler sedan förra kvartalet", "Kvinnor och män", "Långa sjukfall och återgång",
        "Koordinering", "Datakvalitet", "Beslut", "Till APT och läkarmöte",
    )  # fmt: skip
    places = [text.index(f'"children": "{item}", "tabIndex": "-1"') for item in items]
    assert places == sorted(places)
    assert review.HINT in text
    assert "Referens:" not in text


def test_three_months_later_the_measure_is_on_the_agenda_until_somebody_says_what_came_of_it(
    reviewed, show, state, release, scope, unit, asked
):
    write(reviewed, f"/skriv/beslut?{asked}")
    decision = state.posts(scope, [unit.enhet_id])[0]

    def followed(manad):
        return due(view_of(release, scope, f"?enhet={unit.enhet_id}&manad={manad}", state=state))

    assert [len(followed(manad)) for manad in ("2026-03", "2026-05", "2026-06", "2026-10")] == [0, 0, 1, 1]
    later = f"enhet={unit.enhet_id}&manad=2026-06"
    assert "Uppföljning. Beslutet vid mötet om mars 2026" in show("/manad", f"?{later}", reviewed)[1]
    assert write(reviewed, f"/skriv/uppfoljning?{later}&till={decision.id}", matt="").status_code == 200
    assert followed("2026-10") == []


def row(sex, period, rule="ingen", direction=0, value=10.0, met=None):
    return {
        "kon": sex, "period": period, "regel": rule, "riktning": direction, "varde": value, "nedre": 8.0, "ovre": 12.0,
        "mal": 9.0, "mal_nas": met, "mal_fran": "2025-01", "mal_beslutad_av": "Nämnden", "mal_kalla": "§ 7",
        "matt_id": "startade",
    }  # fmt: skip


def test_before_and_after_is_told_by_the_control_chart():
    rows = [row("K", "2026-03"), row("K", "2026-06", "utanfor", 1), row("M", "2026-03"), row("M", "2026-06")]
    said = afterwards("2026-03", rows)
    assert said == "Efter beslutet: kvinnor ovanligt högt kvartal 2 2026 (1 kvartal); män vanlig variation (1 kvartal)."
    assert afterwards("2026-06", rows) == f"Efter beslutet: {review.NO_QUARTER}"


def test_a_decision_is_a_line_in_the_chart_and_the_chart_of_others_is_not_touched(release, scope, unit):
    chart = named(view_of(release, scope, f"?enhet={unit.enhet_id}&manad=2026-10"), "startade-signal")
    before = len(chart.figure["layout"].get("shapes", []))
    marked = with_decisions(chart, [Decided(manad="2026-10", text="Gör det", effekt="")], [])
    assert [shape["x0"] for shape in marked.figure["layout"]["shapes"]][before:] == ["2026-10-15"]
    assert marked.figure["layout"]["xaxis"]["range"][1] >= "2026-10-15"
    assert len(chart.figure["layout"].get("shapes", [])) == before
    assert with_decisions(chart, []) is chart


def test_signals_come_by_size_and_only_real_ones():
    signs = {
        "startade": [row("K", "2026-09", "sida", 1, 11.0), row("M", "2026-09")],
        "pagaende": [row("K", "2026-09", "utanfor", 1, 15.0)],
    }
    assert [name for name, _ in signals_by_size(MEASURES, signs)] == ["pagaende", "startade"]
    rows = [row("K", "2026-06", met="ibland"), row("K", "2026-09", met="ja"), row("M", "2026-09", met="ja")]
    assert target_changes(MEASURES["startade"], rows) == ["Startade sjukfall för kvinnor: målet nås stabilt."]


@pytest.fixture
def view(release, scope, asked, state):
    return view_of(release, scope, f"?{asked}", state=state)


def test_a_kept_report_shows_then_and_what_was_revised_since(reviewed, show, state, view, scope, unit, asked):
    assert write(reviewed, f"/skriv/rapport?{asked}").status_code == 200
    kept, now = state.frozen(scope, unit.enhet_id, MEETING), month_of(view)
    assert kept.innehall == json.loads(json.dumps(packed(now)))
    assert revisions(kept, now.rows) == []
    name, old = next(iter(kept.innehall["rows"].items()))
    other = replace(kept, innehall=kept.innehall | {"rows": kept.innehall["rows"] | {name: old | {"kvinnor": "142"}}})
    expected = ("×", review.NO_LONGER) if old["kvinnor"] == "×" else ("142", old["kvinnor"])
    assert [(then, later) for _, then, later in revisions(other, now.rows)] == [expected]
    assert review.NOT_REVISED in show("/manad", f"?{asked}", reviewed)[1]


def test_a_kept_report_says_and_draws_what_was_said_and_drawn_then(state, view, scope, unit):
    kept = packed(month_of(view))
    titled = [chart | {"title": "Så här såg det ut då"} for chart in kept["charts"]]
    moved = {name: {sex: [*values[:-1], 99.5] for sex, values in one.items()} for name, one in kept["series"].items()}
    then = kept | {"sentence": "Då var det lugnt.", "charts": titled, "series": moved, "quality": ["Allt hade kommit."]}
    state.freeze(scope, _report(unit, then))
    shown = sheet(view)
    assert shown.month.sentence == "Då var det lugnt."
    assert shown.month.quality == ("Allt hade kommit.",)
    assert {chart.title for chart in shown.month.charts} == {"Så här såg det ut då"}
    assert shown.kept["ritad_da"]
    assert shown.data_tom == "2026-10-31"
    now = month_of(view).series
    for name, series in shown.month.series.items():
        for sex, values in series.items():
            assert [value is None for value in values] == [value is None for value in now[name][sex]]
            assert values[:-1] == now[name][sex][:-1]
            assert values[-1] in (99.5, None)


def test_a_drawing_that_shows_what_is_hidden_now_is_drawn_anew(state, view, scope, unit):
    kept = packed(month_of(view))
    chart = kept["charts"][0]
    line = next(one for one in chart["figure"]["data"] if one["type"] == "bar" or "lines" in one["mode"])
    more = line | {"x": [*line["x"], "1999-01-01"], "y": [*line["y"], 3.0]}
    before = chart["figure"] | {"data": [more, *chart["figure"]["data"]]}
    assert len(points(before) - points(chart["figure"])) == 1
    state.freeze(
        scope, _report(unit, kept | {"charts": [chart | {"figure": before, "title": "Då"}, *kept["charts"][1:]]})
    )
    shown = sheet(view)
    assert not shown.kept["ritad_da"]
    assert packed(shown.month)["charts"] == packed(month_of(view))["charts"]


def test_what_stood_in_place_of_a_drawing_is_kept_too(state, view, scope, unit):
    kept = packed(month_of(view))
    without = kept["charts"][0] | {"figure": None, "state": "För få då."}
    state.freeze(scope, _report(unit, kept | {"charts": [without]}))
    shown = sheet(view)
    assert [(chart.figure, chart.state) for chart in shown.month.charts] == [(None, "För få då.")]
    assert shown.kept["ritad_da"]


def test_old_value_is_not_told_where_it_is_hidden_now(state, view, scope, unit):
    now = month_of(view)
    state.freeze(scope, _report(unit, packed(now) | {"sentence": "Då var det 142."}))
    kept = state.frozen(scope, unit.enhet_id, MEETING)
    name, row = next(iter(now.rows.items()))
    hidden = {**now.rows, name: row | {"kvinnor": "×"}}
    assert still_shown(kept, hidden)[name]["kvinnor"] == "×"
    assert still_shown(kept, now.rows) == now.rows
    told = [] if row["kvinnor"] == "×" else [(f"{row['matt']}, kvinnor", "×", review.NO_LONGER)]
    assert revisions(kept, hidden) == told
    gone = {one: [None] * len(values) for one, values in now.series[name].items()}
    then, _ = as_then(kept, replace(now, rows=hidden, series={**now.series, name: gone}), view)
    assert then.rows[name]["kvinnor"] == "×"
    assert then.series[name] == gone
    assert then.sentence == ("Då var det 142." if row["kvinnor"] == "×" else now.sentence)


def _report(unit, content):
    return Frozen(
        enhet_id=unit.enhet_id, manad=MEETING, version=0, utgava="u", data_tom="2026-10-31", innehall=content, av="Chef",
        tid="",
    )  # fmt: skip


def test_figures_are_shown_and_nothing_is_saved_when_what_is_written_cannot_be_reached(
    region, show, asked, reviewed, monkeypatch
):
    client = reviewed
    for name in ("posts", "overdue", "add"):
        monkeypatch.setattr(State, name, _not_reached)
    for path in ("/", "/tid", "/matt/startade"):
        text = show(path, f"?{asked}", client)[1]
        assert '"Graph"' in text or "rutor" in text
    assert show("/tid", f"?{asked}", client)[1].count("Referens:") == 0
    answer = write(client, f"/skriv/beslut?{asked}")
    assert (answer.status_code, answer.json) == (503, {"fel": [review.NOT_SAVED]})


def _not_reached(*_arguments, **_named):
    raise Unavailable("OperationalError")


def test_nobody_is_let_in_when_it_cannot_be_known_who_they_are(region, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    nowhere = f"sqlite:///{tmp_path}/file/protokoll.sqlite"
    client = create_app(DashboardSettings(published=region.published, state=nowhere)).server.test_client()
    client.set_cookie(NAME, "vem som helst")
    assert client.get("/").status_code == client.post("/_dash-update-component", json={}).status_code == 503
    assert client.get("/halsa").status_code == 200


def test_a_target_that_people_set_is_told_in_the_report(release, scope, state, asked, monkeypatch):
    view = view_of(release, scope, f"?{asked}", state=state)
    rows = [row("K", "2026-03", met="ja"), row("M", "2026-03")]
    monkeypatch.setattr(queries, "process", lambda *_: rows)
    assert target_words(view, MEASURES["startade"]) == (
        "Mål: kvinnor nås stabilt (9,0). Målet gäller från januari 2025, beslutat av Nämnden. Källa: § 7."
    )
    assert target_words(view, MEASURES["atergang"]) == ""
