"""The report on paper and as slides: tagged, in Swedish, with the figures of the page, readable in grey, one page."""

import io
import re

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard import queries
from dashboard.figures.content import Diagram, TableData
from dashboard.pages.to_apt import offered
from dashboard.pages.view import view_of
from dashboard.report.drawing import drawing
from dashboard.report.files import made
from dashboard.report.log import as_document, as_workbook
from dashboard.report.paper import as_pdf, report_page
from dashboard.report.sheet import sheet
from dashboard.report.slides import as_pptx
from dashboard.state import Draft, State
from dashboard.texts.numbers import NBSP
from dashboard.texts.report.log import HEADINGS
from tests.dashboard.test_export import ORIGIN

ROOT = "https://sjukvy.example/"
RISKY = '=HYPERLINK("x") <script>alert(1)</script>'


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    opened = State(f"sqlite:///{tmp_path_factory.mktemp('state')}/protokoll.sqlite")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def view(release, scope, state):
    unit = queries.places(release, scope)[0]
    draft = Draft(text=RISKY, av="Chef", ansvarig="Chef", klart_senast="2026-01-31", effekt="kortare tid")
    state.add(scope, "beslut", unit.enhet_id, "2026-03", draft, matt="startade")
    return view_of(release, scope, f"?enhet={unit.enhet_id}&manad=2026-06", state=state)


@pytest.fixture(scope="module")
def pdf(view):
    return PdfReader(io.BytesIO(made(view, "pdf", ROOT)))


def tags(node, found):
    """The kinds in the tree of a tagged PDF, and the words that stand for its figures."""
    node = node.get_object()
    if "/S" in node:
        found.append((node["/S"], node.get("/Alt")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid.get_object(), "get"):
            tags(kid, found)
    return found


def test_the_report_is_one_tagged_page_in_swedish(pdf, view):
    root = pdf.trailer["/Root"]
    assert len(pdf.pages) == 1
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"].value
    assert view.place.namn in pdf.metadata.title
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    found = tags(root["/StructTreeRoot"], [])
    kinds = {kind for kind, _ in found}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/Figure"} <= kinds
    assert all(alt for kind, alt in found if kind == "/Figure")


def test_the_report_of_every_unit_is_one_page(release, scope, state):
    units = [place for place in queries.places(release, scope) if place.niva == "enhet"]
    for unit in units:
        view = view_of(release, scope, f"?enhet={unit.enhet_id}&manad=2026-10", state=state)
        assert len(PdfReader(io.BytesIO(made(view, "pdf", ROOT))).pages) == 1, unit.namn


def test_the_report_has_the_figures_of_the_page(pdf, view):
    text = pdf.pages[0].extract_text().replace(NBSP, " ")
    for row in sheet(view).rows:
        assert row["matt"] in text
        assert row["kvinnor"].replace(NBSP, " ") in text
    assert "Påhittade uppgifter" in text
    assert view.release.facts["release_id"] in text


def test_what_people_wrote_is_text_and_nothing_else(view):
    html = report_page(sheet(view), ROOT)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_report_fetches_nothing(tmp_path):
    picture = tmp_path / "bild.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>hemligt</text></svg>', "utf-8"
    )
    body = f'<html lang="sv"><head><title>x</title></head><body><p>y</p><img src="{picture.as_uri()}" alt="x"></body></html>'
    written = PdfReader(io.BytesIO(as_pdf(body)))
    assert "hemligt" not in written.pages[0].extract_text()
    assert not written.pages[0]["/Resources"].get("/XObject")


def test_every_chart_that_can_be_ticked_can_be_drawn_without_colour(release, scope, state):
    region = next(place for place in queries.places(release, scope) if place.niva == "region")
    view = view_of(release, scope, f"?enhet={region.enhet_id}&manad=2026-09", state=state)
    charts = sheet(view).month.charts
    assert len(charts) == 2
    process, chain = (drawing(chart.figure, title='<"&>', width=340, height=250) for chart in charts)
    for drawn in (process, chain):
        assert drawn.startswith("<svg") and "<title>&lt;&quot;&amp;&gt;</title>" in drawn
    assert process.count('stroke-dasharray="7 4"') >= 1, "män are dashed"
    assert "<rect" in process and "<circle" in process
    assert "url(#snedstreck)" in chain
    with pytest.raises(ValueError, match="pie"):
        drawing({"data": [{"type": "pie"}], "layout": {}}, title="", width=1, height=1)


def test_slides_have_native_charts_with_titles_words_and_notes(view):
    deck = Presentation(io.BytesIO(made(view, "pptx", ROOT)))
    assert len(deck.slides) == 1 + len(offered(view))
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
    for shape in charts:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    names = {series.name for shape in charts for series in shape.chart.plots[0].series}
    assert {"Kvinnor", "Män"} <= names
    assert all("Utgåva" in slide.notes_slide.notes_text_frame.text for slide in list(deck.slides)[1:])


def slide_of(figure):
    """The slide of a figure, and its chart."""
    content = Diagram(
        name="startade", measure="startade", question="Fråga?", title="T", subtitle="", summary="", figure=figure, state=None,
        tabulated=lambda: TableData(caption="", first="", columns=(), rows=()), reading=("", ""), notes=(), method="",
    )  # fmt: skip
    slide = Presentation(io.BytesIO(as_pptx("T", [], [(content, ORIGIN)]))).slides[1]
    return slide, next(shape for shape in slide.shapes if shape.has_chart).chart


def test_hidden_values_are_gaps_in_the_slides():
    figure = {
        "data": [{"type": "scatter", "mode": "lines", "name": "Kvinnor", "x": ["2026-03-01", "2026-06-01"], "y": [4.0, None],
                  "line": {}}],
        "layout": {},
    }  # fmt: skip
    _, chart = slide_of(figure)
    assert list(chart.plots[0].series[0].values) == [4.0, None]


def test_days_stand_at_their_distance_and_a_curve_holds_until_the_next():
    """Men whose day 7 is shown beside women whose day 0 and 14 are: by name they would stand in the wrong order."""
    curves = {"Kvinnor": ([0, 14, 60], [16.0, 23.0, None]), "Män": ([7, 60], [16.0, 24.0])}
    data = [
        {"type": "scatter", "mode": "lines+markers", "name": name, "x": x, "y": y, "line": {"shape": "hv"}}
        for name, (x, y) in curves.items()
    ]
    _, chart = slide_of({"data": data, "layout": {"yaxis": {"range": [0, 40.2]}}})
    women, men = chart.plots[0].series
    assert (list(women.iter_values()), list(men.iter_values())) == ([16.0, 16.0, 23.0], [16.0, 16.0, 24.0])
    assert [float(x.text) for x in men._element.xpath("c:xVal//c:pt/c:v")] == [7, 60, 60]
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 41)


def test_a_slide_asks_its_question_and_names_the_bars_that_are_hidden():
    bars = [
        {"type": "bar", "name": name, "x": [50.0, None], "y": ["Insats", "Plan"], "text": ["50,0", "×"],
         "marker": {"color": "#D95F02"}}
        for name in ("Kvinnor", "Män")
    ]  # fmt: skip
    slide, _ = slide_of({"data": bars, "layout": {}})
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert "Fråga?" in said
    assert any("Dolt, för få personer: plan (kvinnor), plan (män)." in text for text in said)


def test_the_log_is_the_whole_history(view, state, scope):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(view, {})))
    sheet_of = book["Beslut och åtgärder"]
    assert [cell.value for cell in sheet_of[1]] == list(HEADINGS)
    cell = sheet_of["H2"]
    assert (cell.value, cell.data_type) == (RISKY, "s")
    assert sheet_of["N2"].value == "ja"
    text = PdfReader(io.BytesIO(as_document(view, {}))).pages[0].extract_text()
    assert "Beslut och åtgärder" in text and "Chef" in text


def test_the_report_of_a_region_lists_its_units_by_name(release, scope, state):
    region = next(place for place in queries.places(release, scope) if place.niva == "region")
    view = view_of(release, scope, f"?enhet={region.enhet_id}&manad=2026-06", state=state)
    names = [unit["namn"] for unit in sheet(view).units]
    assert names == sorted(names)
    assert set(names) == {place.namn for place in queries.places(release, scope) if place.niva == "enhet"}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("rapport.html", "text/html"),
        ("rapport.pdf", "application/pdf"),
        ("rapport.pptx", "presentation"),
        ("beslut.xlsx", "spreadsheet"),
        ("beslut.pdf", "application/pdf"),
        ("apt.pptx", "presentation"),
    ],
)
def test_every_file_has_its_address(client, view, address, kind):
    asked = f"enhet={view.place.enhet_id}&manad=2026-06"
    answer = client.get(f"/export/{address}?{asked}&visa-startade-signal=on")
    assert answer.status_code == 200
    assert kind in answer.content_type
    assert client.get(f"/export/{address}?enhet=SE-FINNS-INTE").status_code == 403
    assert client.get(f"/export/{address}?manad=2031-01").status_code == 404
    assert re.search(r"no-store", answer.headers["Cache-Control"])


def test_slides_without_a_tick_are_no_file(client):
    assert client.get("/export/apt.pptx").status_code == 400
