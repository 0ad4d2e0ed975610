"""The release gate: no axe violation (WCAG 2.2 A and AA, best practice) on any page, at any width, in any state."""

import hashlib
import json
import shutil

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.release import DATABASE, MANIFEST, POINTER, Releases
from schemas.measures import MEASURES
from tests.browser.screenshots import addresses, show
from tests.browser.server import serving

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desktop": (1280, 800), "phone": (320, 700)}
EXTRA = {
    "ingen-behorighet": "/?enhet=SE-FINNS-INTE",
    "ingen-manad": "/?manad=2031-01",
    "utanfor": "/?fran=2026-01-01",
    "sokning": "/matt?sok=lång",
    "sokning-tom": "/matt?sok=hittepå",
    "langa-over-tid": "/tid?matt=langa_90",
    "region": "/?enhet=region:Region%20P%C3%A5hittad",
}
# every table that was opened has come, or what stands in its place
TABLES_THERE = """() => [...document.querySelectorAll("details.tabell, details.uppslag")]
    .every(box => box.querySelector("table, .tillstand"))"""
# figures are read by these; without them every piece of a page fails, and the release can still be opened
READ = dict.fromkeys(("varde", "kurva", "skillnad", "tratt", "landmark", "datafel", "uppdelning"), "utfall") | {
    "signal": "regel",
    "likhet": "ordning",
    "kvalitet": "antal",
}


@pytest.fixture(scope="session")
def smallest(region):
    """The unit with most hidden values."""
    release = Releases(region.published).current()
    rows = release.connection.execute(
        """SELECT enhet_id FROM varde JOIN enhet USING (enhet_id) WHERE niva = 'enhet' AND utfall = 'dolt'
        GROUP BY enhet_id ORDER BY count(*) DESC, enhet_id LIMIT 1"""
    ).fetchall()
    return rows[0][0]


@pytest.fixture(scope="session")
def failing(region, tmp_path_factory):
    """A dashboard whose release has lost its figures: every piece that reads them fails."""
    published = tmp_path_factory.mktemp("trasig")
    folder = published / _folder(region).name
    shutil.copytree(_folder(region), folder)
    lose(folder)
    (published / POINTER).write_text(folder.name)
    with serving(published) as found:
        yield found


def lose(folder):
    """Takes a column from every table of figures, and lets the manifest promise what is left."""
    with duckdb.connect(str(folder / DATABASE)) as release:
        for table, column in READ.items():
            release.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO borta")
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["sha256"][DATABASE] = hashlib.sha256((folder / DATABASE).read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))


def _folder(region):
    return region.published / (region.published / POINTER).read_text().strip()


def faults(page):
    # of what is right nothing but the rule is told: thousands of cells in a table need no selector each
    asked = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def one_of_each() -> dict[str, str]:
    """Every page, and of the measures one of each kind: the others are built by the same functions."""
    kinds = {type(measure): name for name, measure in reversed(MEASURES.items()) if name != "avslut"}
    left_out = {f"matt-{name}" for name in MEASURES} - {f"matt-{name}" for name in kinds.values()}
    return {name: path for name, path in addresses().items() if name not in left_out}


# what every change is held to: each page twice; the whole matrix of widths and states is `make browser`
@pytest.mark.parametrize(
    ("size", "opened"),
    [
        ("desktop", False),
        ("phone", True),
        pytest.param("desktop", True, marks=pytest.mark.slow),
        pytest.param("phone", False, marks=pytest.mark.slow),
    ],
)
def test_every_page_is_accessible_and_fits(page, address, size, opened):
    looked_at(page, address, size, one_of_each() | EXTRA, states=(opened,))


FEW = ("oversikt", "koordinering", "jamfor", "manad")


def test_hidden_and_failing_figures_are_accessible_on_the_most_used_pages(page, address, failing, smallest):
    few = {name: path for name, path in one_of_each().items() if name in FEW}
    looked_at(page, address, "phone", {name: f"{path}?enhet={smallest}" for name, path in few.items()})
    looked_at(page, failing, "phone", few)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_hidden_figures_are_accessible_too(page, address, smallest, size):
    looked_at(page, address, size, {name: f"{path}?enhet={smallest}" for name, path in one_of_each().items()})
    show(page, f"{address}/matt/langa_90?enhet={smallest}")
    page.click("text=Visa som tabell >> nth=0")
    assert "×" in page.inner_text("details.tabell table >> nth=0")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_failing_pieces_are_accessible_too(page, failing, size):
    looked_at(page, failing, size, one_of_each())
    show(page, f"{failing}/koordinering")
    assert "Referens: " in page.inner_text("main")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_measure_is_accessible_and_fits(page, address, size):
    rest = addresses().items() - one_of_each().items()
    assert len(rest) > 10
    looked_at(page, address, size, dict(rest))


def looked_at(page, address, size, paths, states=(False, True)):
    """Each page as it opens, and (True) with every box open."""
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    for name, path in paths.items():
        show(page, address + path)
        for opened in states:
            if opened:
                page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
                page.wait_for_function(TABLES_THERE)
            assert faults(page) == [], f"{name}, opened: {opened}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert page.locator("h1").count() == 1, name
        assert page.locator("html").get_attribute("lang") == "sv"
        assert page.title().endswith("Sjukvy"), name
        assert page.locator(".modebar, .modebar-container .modebar-btn").count() == 0, name
        assert "Share chart" not in page.content()
        assert "Påhittade uppgifter" in page.inner_text("body")
