"""The notebooks run from first to last cell on the synthetic region, draw what the pages draw, and keep no output."""

import json
import re
from urllib.parse import urlencode

import nbformat
import pytest
from nbclient import NotebookClient

from dashboard import queries
from dashboard.access.scope import Scope
from dashboard.pages.content import named
from dashboard.pages.view import view_of
from dashboard.release import Releases
from tests.architecture.source import ROOT

FOLDER = ROOT / "notebooks"
PLOTLY = "application/vnd.plotly.v1+json"
# notebook → the diagrams of the region that it shows, by the names that pages and files have
SHOWN = {
    "01_atergang": ("atergang", "atergang-enheter"),
    "02_tackning": ("tackning", "kaskad", "tackning-enheter"),
    "03_konsgap": ("startade-diagnos5-skillnad", "startade-aldersgrupp-skillnad"),
}


@pytest.fixture(scope="module")
def view(region):
    """What the notebooks look at: the region in its latest month."""
    release, scope = Releases(region.published).current(), Scope.everything()
    whole = next(place.enhet_id for place in queries.places(release, scope) if place.niva == "region")
    return view_of(release, scope, "?" + urlencode({"enhet": whole}))


@pytest.fixture(scope="module")
def run(region, tmp_path_factory):
    """Execute a notebook in a kernel of its own and return its outputs; a cell that fails raises."""
    home = str(tmp_path_factory.mktemp("jupyter"))
    said = {"SJUKVY_DATA": str(region.data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    own = dict.fromkeys(("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"), home)

    def once(name):
        book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        where = {"metadata": {"path": str(FOLDER)}}
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in (said | own).items():
                patch.setenv(variable, value)
            NotebookClient(book, timeout=240, kernel_name="python3", resources=where).execute()
        return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]

    return once


def test_every_notebook_is_tested_and_none_holds_output():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(SHOWN)
    for name in SHOWN:
        book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        nbformat.validate(book)
        cells = [cell for cell in book.cells if cell.cell_type == "code"]
        assert cells
        assert [cell for cell in cells if cell.outputs or cell.execution_count] == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_runs_and_draws_what_the_pages_draw(name, run, view):
    outputs = run(name)
    # a warning in a cell is written to its stderr
    assert [output for output in outputs if output.output_type == "stream"] == []
    data = [output["data"] for output in outputs]
    said = "\n".join(one.get("text/markdown", "") for one in data)
    drawn = [one[PLOTLY] for one in data if PLOTLY in one]
    assert "**Påhittade uppgifter**" in said
    for diagram in (named(view, one) for one in SHOWN[name]):
        assert diagram.title in said
        # written and read, as the browser gets it
        assert json.loads(json.dumps(diagram.figure["data"])) in [figure["data"] for figure in drawn], diagram.name
    # plotly shows a button that sends the figure to a foreign server unless it is told not to, and fetches scripts
    assert all(figure["config"]["showSendToCloud"] is False for figure in drawn)
    fetched = re.compile(r'(?:src=|import )"?https?:')
    assert [fetched.findall(one["text/html"]) for one in data if PLOTLY in one] == [[]] * len(drawn)


def test_they_open_nothing_but_the_published():
    """Neither the row level nor the pipelines: what an analyst starts from is what everybody may see."""
    for path in sorted(FOLDER.iterdir()):
        if path.is_file():
            assert not re.search(r"pipelines|warehouse|duckdb|patient_nr", path.read_text(encoding="utf-8")), path.name
