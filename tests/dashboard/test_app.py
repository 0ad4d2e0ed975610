"""The app as a browser meets it: every page, wire, state and header, and what it must never do."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from dash import Dash

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.app import WIRES, create_app
from dashboard.pages import PAGES, find
from dashboard.release import NothingPublished, Releases
from dashboard.settings import DashboardSettings
from dashboard.texts import states
from pipelines.compute.lattice_check import check_lattice
from pipelines.publish import publish
from pipelines.releases import point
from schemas.measure import Curve
from schemas.release import FORMAT
from schemas.tables import PUBLISHED
from tests.signed import opened, signed_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def units(release, scope):
    return queries.places(release, scope)


def addresses(release):
    fixed = [page.path for page in PAGES if not page.path.endswith("*")]
    return fixed + [f"/matt/{name}" for name in queries.measures(release)]


def test_every_page_for_every_kind_of_place(show, release, units):
    shown = [units[0], *(unit for unit in units if unit.niva != "enhet")]
    for unit in shown:
        for path in addresses(release):
            status, text = show(path, f"?enhet={quote(unit.enhet_id)}&manad=2026-03")
            assert status == 200, path
            assert '"H1"' in text
            assert "Referens:" not in text, path
            assert unit.namn in text


def test_every_month_of_one_unit(show, release, units):
    for month in queries.months(release):
        status, text = show("/", f"?enhet={units[1].enhet_id}&manad={month['manad']}")
        assert status == 200
        assert "Referens:" not in text


def test_defaults_are_the_first_vardcentral_and_the_latest_month(show, units, release):
    _, text = show("/")
    assert units[0].namn in text
    assert units[0].enhetstyp == "vardcentral"
    assert "oktober 2026" in text
    assert "Preliminärt – sena intyg kan ändra siffrorna till och med 10 november." in text


@pytest.mark.parametrize("search", ["?enhet=SE-FINNS-INTE", "?enhet=' OR 1=1 --", "?enhet=%00&manad=2026-10"])
def test_foreign_and_unknown_units_answer_the_same(show, search):
    status, text = show("/", search)
    assert status == 200
    assert states.FORBIDDEN in text


@pytest.mark.parametrize("search", ["?manad=2031-01", "?manad=x", "?manad=';DROP TABLE varde"])
def test_a_month_that_is_not_there(show, search):
    assert states.UNKNOWN_MONTH in show("/", search)[1]


def test_unknown_paths_and_measures(show, client):
    assert states.NOT_FOUND in show("/hittepa")[1]
    assert states.UNKNOWN_MEASURE in show("/matt/hittepa")[1]
    assert client.get("/hittepa").status_code == 404
    assert client.get("/").status_code == client.get("/matt/pagaende").status_code == 200
    assert find("/matt/a/b") is None


def test_scope_limits_every_question_about_a_unit(release, units):
    narrow = Scope(units=frozenset({units[0].enhet_id}))
    measures = queries.measures(release)
    assert [unit.enhet_id for unit in queries.places(release, narrow)] == [units[0].enhet_id]
    foreign = units[1].enhet_id
    asked = [
        lambda: queries.place(release, narrow, foreign),
        lambda: queries.series(release, narrow, measures["pagaende"], foreign, "manad"),
        lambda: queries.gaps(release, narrow, measures["pagaende"], foreign, "manad"),
        lambda: queries.curve(release, narrow, measures["atergang"], foreign, "2025-09"),
        lambda: queries.curve_history(release, narrow, measures["atergang"], foreign),
    ]
    for ask in asked:
        with pytest.raises(Forbidden):
            ask()


def test_the_page_says_exactly_what_is_published(client, release, scope, units):
    """Every number of the table of a measure is the published one, formatted."""
    from dashboard.texts.numbers import number

    measure = queries.measures(release)["pagaende"]
    text = opened(client, "/matt/pagaende", f"?enhet={units[0].enhet_id}&manad=2026-03")
    for row in queries.series(release, scope, measure, units[0].enhet_id, "manad"):
        if row["period"] <= "2026-03" and row["varde"] is not None and row["kon"] != "alla":
            assert f'"{number(row["varde"], 1)}"' in text


def test_hidden_cells_look_the_same_and_hold_nothing(client, release, scope, units):
    hidden = next(
        unit
        for unit in units
        for row in queries.series(release, scope, queries.measures(release)["langa_90"], unit.enhet_id, "manad")
        if row["utfall"] == "dolt" and row["kon"] == "K"
    )
    text = opened(client, "/matt/langa_90", f"?enhet={hidden.enhet_id}")
    assert '"dolt"' in text
    assert "×" in text
    assert "primär" not in text.lower()


def test_a_table_is_fetched_under_the_rules_of_its_page(app, client, units):
    """A foreign unit is answered as an unknown one, and what does not exist is not there."""
    own, other = (place.enhet_id for place in units[:2])
    chef = signed_in(app, "verksamhetschef", [own])
    assert chef.get(f"/_tabell/pagaende?enhet={own}").status_code == 200
    foreign, unknown = (chef.get(f"/_tabell/pagaende?enhet={name}") for name in (other, "SE-FINNS-INTE"))
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 403
    assert app.server.test_client().get(f"/_tabell/pagaende?enhet={own}").status_code == 401
    for name in ("hittepa", "pagaende-hittepa", "pagaende?manad=2031-01", "pagaende?fran=2026-01-01"):
        assert client.get(f"/_tabell/{name}").status_code == 404


def test_exports_are_the_table_of_the_page(client, units):
    address = f"/export/atergang.csv?enhet={units[0].enhet_id}&manad=2026-10"
    swedish = client.get(address)
    text = swedish.data.decode("utf-8-sig")
    assert swedish.data.startswith(b"\xef\xbb\xbf")
    assert swedish.headers["Content-Disposition"] == 'attachment; filename="sjukvy-atergang-2026-10.csv"'
    assert '"Påhittade uppgifter"' in text
    assert "färre än 5 personer" in text
    assert units[0].namn in text
    machine = client.get(address + "&dialekt=maskin").data.decode("utf-8").splitlines()
    assert len(machine) == 1 + 5
    assert machine[1].startswith('"Dag 30",0.')
    assert client.get(address + "&dialekt=annat").status_code == 400


def test_the_workbook_has_numbers_as_numbers_and_says_what_it_is(client, units, tmp_path):
    import openpyxl

    answer = client.get(f"/export/langa_90.xlsx?enhet={units[0].enhet_id}&manad=2026-10")
    (tmp_path / "b.xlsx").write_bytes(answer.data)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == ["Läs mig", "Tabell"]
    assert book["Läs mig"]["A1"].value == "Påhittade uppgifter"
    rows = list(book["Tabell"].iter_rows(values_only=True))
    assert list(book["Tabell"].tables) == ["Tabell"]
    assert {type(cell) for row in rows[1:] for cell in row[1:]} <= {int, float, str}
    assert any(isinstance(cell, float | int) for cell in rows[1][1:])
    assert all(cell in ("×", "..") for row in rows[1:] for cell in row[1:] if isinstance(cell, str))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("atergang-dagar", "Medel, första 90 dagarna"),
        ("atergang-standard", "Dag 30, ojusterat"),
        ("atergang-diagnos5", "Psykiska sjukdomar, dag 30"),
        ("atergang-aldersgrupp", "18–27 år, dag 30"),
        ("atergang-startgrad", "100 procent, dag 30"),
        ("atergang-sysselsattning", "Nuvarande arbete, dag 30"),
        ("grader", "Dag 7, 100 procent"),
        ("hel_deltid", "Dag 7, hel (100 procent)"),
        ("varaktig", "Dag 30"),
        ("partiell", "Dag 30"),
    ],
)
def test_everything_about_return_is_on_the_page_and_in_a_file(show, client, release, name, first):
    region = next(place for place in queries.places(release, Scope.everything()) if place.niva == "region")
    asked = f"?enhet={quote(region.enhet_id)}&manad=2026-03"
    rows = client.get(f"/export/{name}.csv{asked}&dialekt=maskin").data.decode("utf-8").splitlines()
    assert rows[0].startswith('"')
    assert rows[1].startswith(f'"{first}",')
    assert any(character.isdigit() for character in rows[1].replace(first, ""))
    _, text = show("/atergang", asked)
    assert "Grays test" in text
    assert f"/export/{name}.xlsx" in text or name == "hel_deltid"


def test_a_foreign_unit_has_no_groups_and_no_means(release, units):
    narrow = Scope(units=frozenset({units[0].enhet_id}))
    measure = queries.measures(release)["atergang"]
    for ask in (
        lambda: queries.curve_groups(release, narrow, measure, units[1].enhet_id, "diagnos5", "2025-09"),
        lambda: queries.curve_group_gaps(release, narrow, measure, units[1].enhet_id, "diagnos5", "2025-09"),
        lambda: queries.pair_values(release, narrow, measure, units[1].enhet_id, "2025-09"),
        lambda: queries.pair_gaps(release, narrow, measure, units[1].enhet_id, "2025-09"),
    ):
        with pytest.raises(Forbidden):
            ask()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/export/hittepa.csv", 404),
        ("/export/atergang.csv?enhet=SE-FINNS-INTE", 403),
        ("/export/atergang.xlsx?manad=2031-01", 404),
    ],
)
def test_exports_that_cannot_be(client, address, status):
    assert client.get(address).status_code == status


def test_every_wire_is_connected_and_a_wrong_post_is_refused(app, client):
    server_side = [wire for wire in client.get("/_dash-dependencies").json if not wire["clientside_function"]]
    assert len(server_side) == len(WIRES)
    assert client.post("/_dash-update-component", json={"output": "x.y", "inputs": []}).status_code == 400
    assert client.post("/_dash-update-component", data="x").status_code in (400, 415)
    assert client.get("/_mcp").status_code == 404
    assert isinstance(app, Dash)


def test_headers_keep_the_page_to_itself(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'sha256-", policy)
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert client.get("/halsa").json == {"status": "ok"}
    assert client.get("/halsa/redo").json["status"] == "ok"


def test_plotly_may_be_kept_for_a_year_and_what_is_asked_never(client):
    asked = client.get("/_dash-component-suites/plotly/package_data/plotly.min.js")
    assert asked.status_code == 302
    assert asked.headers["Cache-Control"] == "no-store"
    kept = client.get(asked.headers["Location"])
    assert kept.status_code == 200
    assert "max-age=31536000" in kept.headers["Cache-Control"]
    assert b"plotly.js" in kept.data[:300]


def test_the_web_process_never_loads_the_workshop():
    program = "import sys, dashboard.app; print([n for n in ('pandera', 'pipelines', 'pandas') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def small_release(folder, name, form=FORMAT):
    """A publishable release with one unit and no figures."""
    import pandas as pd

    tables = {table: pd.DataFrame(columns=list(schema.columns)) for table, schema in PUBLISHED.items()}
    tables["enhet"] = pd.DataFrame(
        [{"enhet_id": f"SE-{name}", "namn": f"Vårdcentralen {name}", "niva": "enhet", "omrade": None, "region": "R",
          "enhetstyp": "vardcentral", "listade_totalt": None, "listade_manad": None}]
    )  # fmt: skip
    tables["manad"] = pd.DataFrame({"manad": ["2026-01"], "lage": ["komplett"], "andrad": [None]})
    facts = {"data_fran": "2025-01-01", "data_tom": "2026-01-31", "region": "R", "demo": "nej", "troskel": "5",
             "kurva_minst": "20", "glapp_dagar": "5", "malgrupp_dag": "30", "sena_dagar": "10",
             "alder_fran": "18", "alder_till": "67", "extrakt": "intyg,utfall,koordinering", "format": form}  # fmt: skip
    tables["fakta"] = pd.DataFrame({"namn": list(facts), "varde": list(facts.values())})
    return publish(tables, folder, inputs=name, gate=check_lattice)


def test_two_apps_in_one_process_answer_from_their_own_release(tmp_path, show):
    for name in ("Alfa", "Beta"):
        small_release(tmp_path / name, name)
    clients = {n: signed_in(create_app(DashboardSettings(published=tmp_path / n))) for n in ("Alfa", "Beta")}
    for name, other in (("Alfa", "Beta"), ("Beta", "Alfa")):
        status, text = show("/", app_client=clients[name])
        assert status == 200
        assert f"Vårdcentralen {name}" in text
        assert f"Vårdcentralen {other}" not in text
        assert states.DEMO not in text


def test_a_release_without_figures_has_pages_all_the_same(tmp_path, show):
    small_release(tmp_path, "Tom")
    client = signed_in(create_app(DashboardSettings(published=tmp_path)))
    for path in (page.path.replace("*", "pagaende") for page in PAGES):
        status, text = show(path, app_client=client)
        assert status == 200
        assert "Referens:" not in text, path


def test_a_new_release_is_shown_at_once_and_a_broken_one_never(tmp_path):
    releases = Releases(tmp_path)
    with pytest.raises(NothingPublished):
        releases.current()
    first = small_release(tmp_path, "Ett")
    assert releases.current().name == first
    second = small_release(tmp_path, "Tva")
    assert releases.current().name == second
    point(tmp_path, first)
    assert releases.current().name == first
    broken = tmp_path / "20990101T000000Z-trasig"
    broken.mkdir()
    (broken / "sjukvy.duckdb").write_bytes(b"x" * 5000)
    (tmp_path / "current").write_text(broken.name)
    assert releases.current().name == first
    small_release(tmp_path, "Annan", form="1")
    assert releases.current().name == first, "a release of another version"
    (tmp_path / "current").write_text("../utanfor")
    assert releases.current().name == first


def test_nothing_published_says_what_to_do(tmp_path, show):
    client = signed_in(create_app(DashboardSettings(published=tmp_path)))
    status, text = show("/", app_client=client)
    assert status == 200
    assert states.NOTHING_PUBLISHED in text
    assert client.get("/halsa/redo").status_code == 503


def test_the_database_of_the_app_is_locked(release):
    import duckdb

    for attempt in (
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true",
        "CREATE TABLE x (a INT)",
    ):
        with pytest.raises(duckdb.Error):
            release.connection.cursor().execute(attempt)


def test_one_failing_piece_never_blanks_the_page(show, monkeypatch, caplog):
    def broken(*_arguments):
        raise RuntimeError("secret")

    monkeypatch.setattr("dashboard.pages.parts.main", broken)
    status, text = show("/koordinering", "?manad=2026-01")  # asked for by no other test, so that nothing is remembered
    assert status == 200
    reference = re.search(r"Referens: ([0-9A-F]{4}-[0-9A-F]{2})", text)
    assert reference
    assert "secret" not in text
    assert reference.group(1) in caplog.text
    assert "Hur mycket gör den egna enheten?" in text


def test_coverage_is_no_goal(release):
    curves = [vars(m) for m in queries.measures(release).values() if isinstance(m, Curve)]
    assert "100 procent är inte målet" in json.dumps(curves, default=str, ensure_ascii=False)
