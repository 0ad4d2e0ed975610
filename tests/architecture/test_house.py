"""The house stands: sizes, rooms, declarations, and rules that no linter knows."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from schemas.measure import AnyMeasure, Count, Curve
from schemas.measures import MEASURES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("schemas", "pipelines", "dashboard")
CODE = sorted([ROOT / "sjukvy.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
LONGEST_FILE, LONGEST_FUNCTION = 250, 45


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_files_and_functions_are_short_and_say_what_they_are_for(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_FILE
    if path.parent.name != "measures" or path.stem == "__init__":
        assert ast.get_docstring(tree) or not tree.body
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= LONGEST_FUNCTION, node.name


def test_no_room_for_leftovers():
    assert not [path for path in CODE if path.stem in ("utils", "helpers", "common", "misc")]
    left = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XXX)\b|NotImplementedError")
    assert not [name(path) for path in CODE if left.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", sorted((ROOT / "schemas" / "measures").glob("[a-z]*.py")), ids=name)
def test_a_measure_is_data(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, ast.ImportFrom | ast.Assign) for node in body)
    assert [node.targets[0].id for node in body if isinstance(node, ast.Assign)] == ["measure"]
    assert MEASURES[path.stem].id == path.stem


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.id)
def test_a_measure_leaves_nothing_out(measure: AnyMeasure):
    for field in fields(measure):
        value = getattr(measure, field.name)
        assert value is not None
        assert value != "", field.name
    assert all(text.strip() for text in (*measure.limits, *measure.reading))
    if isinstance(measure, Curve):
        assert measure.headline in measure.horizons


def test_every_declared_field_is_read_somewhere():
    product = "\n".join(path.read_text(encoding="utf-8") for path in CODE if "schemas" not in path.parts)
    unread = [f.name for kind in (Count, Curve) for f in fields(kind) if not re.search(rf"\.{f.name}\b", product)]
    # requires and unless are read where the catalogue is made
    assert set(unread) <= {"requires", "unless", "order"}


def test_orders_differ_and_the_catalogue_is_the_listing():
    files = {path.stem for path in (ROOT / "schemas" / "measures").glob("*.py")} - {"__init__"}
    assert set(MEASURES) == files
    assert len({measure.order for measure in MEASURES.values()}) == len(MEASURES)


@pytest.mark.parametrize("path", sorted((ROOT / "pipelines" / "sql").rglob("*.sql")), ids=name)
def test_a_query_begins_with_its_grain(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- grain: one row")
    assert "{" not in path.read_text(encoding="utf-8").replace("{2}", "")


def test_charts_come_from_one_place_and_wires_from_create_app():
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if "dcc.Graph(" in text:
            assert name(path) == "dashboard/components/diagram.py"
        assert "@callback" not in text
        assert "@app.callback" not in text


def test_nothing_here_knows_the_machine_it_was_made_on():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = []
    for path in (ROOT / entry for entry in tracked.split("\0") if entry):
        if path.suffix in {".py", ".md", ".toml", ".sql", ".css", ".js", ".lock", ".txt", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            found += [name(path)] * bool(re.search(r"/(home|Users|work|root)/[a-z]", text))
    assert found == []


def test_the_locks_pin_everything_with_hashes_and_name_no_address():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "http" not in text
        pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") >= len(pins)


# what a command needs rather than an import
TOOLS = {"gunicorn", "orjson", "ruff", "mypy", "import-linter", "setuptools", "plotly", "pyarrow"}
MODULES = {"dash-bootstrap-components": "dash_bootstrap_components", "pydantic-settings": "pydantic_settings",
           "axe-playwright-python": "axe_playwright_python", "XlsxWriter": "xlsxwriter"}  # fmt: skip


def test_no_dependency_without_a_use():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.match(r"[A-Za-z0-9-]+", entry).group() for entry in stated}
    everything = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*CODE, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
    )
    unused = {
        n for n in names - TOOLS if not re.search(rf"(import|from) {MODULES.get(n, n.replace('-', '_'))}\b", everything)
    }
    assert unused == set()


def test_every_command_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    from sjukvy import app

    known = {command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"sjukvy ([a-z]+)\b", readme)) <= known | {"is"}


def test_a_planted_import_breaks_the_contract(tmp_path):
    for room in (*ROOMS, "pyproject.toml"):
        source = ROOT / room
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / room)
    planted = tmp_path / "dashboard" / "figures" / "content.py"
    planted.write_text(
        planted.read_text(encoding="utf-8") + "\nimport pipelines.settings  # planted\n", encoding="utf-8"
    )
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=tmp_path, capture_output=True, text=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "pipelines and dashboard never meet BROKEN" in done.stdout
