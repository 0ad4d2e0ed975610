"""Every national report that the map answers has its diagram, its file and its figures."""

from urllib.parse import quote

import pytest

from dashboard.pages.content import named
from dashboard.pages.view import view_of
from schemas.measures import MEASURES
from schemas.national_reports import REPORTS
from tests.signed import opened

REGION = "region:Region Påhittad"
DIAGRAMS = sorted({name for report in REPORTS for name in report.diagrams})


@pytest.fixture(scope="module")
def view(release, scope):
    return view_of(release, scope, f"?enhet={quote(REGION)}&manad=2026-09")


@pytest.mark.parametrize("name", DIAGRAMS)
def test_every_report_has_its_diagram_with_figures(view, name):
    content = named(view, name)
    assert content is not None
    assert any(cell.value is not None for _, cells in content.table.rows for cell in cells)
    assert name.partition("-")[0] in MEASURES


def test_reports_without_diagram_say_why():
    assert all(report.diagrams or report.differs for report in REPORTS)


def test_a_group_over_time_and_as_a_file(view, client):
    content = named(view, "under_manaden-langd-91-180")
    assert content.question == "91–180 dagar: hur har det utvecklats?"
    assert len(content.table.rows) == 11  # whole quarters
    answer = client.get(f"/export/under_manaden-langd-91-180.csv?enhet={quote(REGION)}")
    assert answer.status_code == 200
    assert named(view, "under_manaden-langd-hittepa") is None


def test_one_breakdown_is_shown_at_a_time(show):
    _, text = show("/matt/under_manaden", f"?enhet={quote(REGION)}&manad=2026-09&indelning=kapitel&grupp=F00-F99")
    assert text.count("vad dominerar?") == 1
    assert "F00–F99 Psykiska sjukdomar: hur har det utvecklats?" in text
    assert "Välj indelning" in text


def test_the_page_of_a_measure_has_its_other_diagrams(view, client):
    for name in ("atergang-dagar", "atergang-standard", "atergang-uppdelning", "atergang-uppdelning-90",
                 "atergang-uppdelning-365", "startade-r12", "startade-uppdelning"):  # fmt: skip
        content = named(view, name)
        text = opened(client, f"/matt/{name.partition('-')[0]}", f"?enhet={quote(REGION)}&manad=2026-09")
        assert content is not None
        assert content.table.caption in text, name


def test_groups_of_the_chosen_measure_are_beside_its_parts_and_the_grades_are_in_the_table_of_all(show):
    asked = f"?enhet={quote(REGION)}&manad=2026-09&matt="
    _, text = show("/kon", f"{asked}pagaende")
    assert "Pågående sjukfall per diagnosgrupp: var skiljer det" in text
    assert "Gruppernas skillnader är tillsammans hela skillnaden" in text
    assert "Hel och partiell, procent dag 28, partiell (25–75 procent)" in text
    _, text = show("/kon", f"{asked}atergang")
    assert "Återgång inom 90 dagar: vad består skillnaden mellan kvinnor och män av?" in text
    assert "Startade sjukfall per diagnosgrupp: var skiljer det" in text, "a curve has no rate per listade"


def test_faults_of_the_chosen_unit_are_shown(show):
    _, text = show("/datakvalitet", f"?enhet={quote(REGION)}")
    assert "Vilka fel finns i intygen från Region Påhittad?" in text
    assert "Överlappande" in text
