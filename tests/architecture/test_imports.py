"""Who may import whom: every contract in pyproject.toml catches a planted violation, and none is broken without one."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOMS, ROOT

CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
]
# contract → (file, line to plant in it)
PLANTED = {
    "schemas declare and know neither a room of ours nor a database nor a screen": [
        ("schemas/measures/pagaende.py", "import duckdb"),
        ("schemas/measure.py", "import pipelines.errors"),
    ],
    "pipelines and dashboard never meet": [
        ("pipelines/release.py", "import dashboard.theme"),
        ("dashboard/app.py", "def later():\n    import pipelines.errors"),
    ],
    "the road runs one way, and every room of the pipelines has its place on it": [
        ("pipelines/stats/intervals.py", "import pipelines.settings"),
        ("pipelines/compute/count.py", "import pipelines.deliveries"),
        ("pipelines/deliveries/read.py", "import pipelines.comparison"),
        ("pipelines/newroom.py", ""),
    ],
    "statistics and disclosure are pure: arrays in, arrays out": [
        ("pipelines/disclosure/primary.py", "import schemas.dimensions"),
        ("pipelines/stats/survival.py", "import duckdb"),
    ],
    "pipelines know no screen": [("pipelines/publish.py", "import plotly")],
    "what points out a person is found by plain functions of a text": [
        ("identity/text.py", "import duckdb"),
        ("identity/numbers.py", "import schemas.limits"),
    ],
    "only the state knows the database of what people write": [
        ("dashboard/queries/series.py", "import sqlalchemy"),
        ("dashboard/figures/trend.py", "import dashboard.state"),
    ],
    "the state and the audit trail know nothing that is shown": [
        ("dashboard/state/store.py", "import dashboard.queries"),
        ("dashboard/trail/log.py", "import flask"),
    ],
    "the web process imports neither pandera nor what needs it": [
        ("dashboard/queries/series.py", "import schemas.tables"),
        ("schemas/measure.py", "import pandera"),
    ],
    "only the pipelines and the release that the dashboard reads know the database": [
        ("dashboard/newroom.py", "import duckdb"),
    ],
    "figures are plain functions of rows": [
        ("dashboard/figures/trend.py", "import dash"),
        ("dashboard/theme.py", "import dashboard.queries"),
    ],
    "texts know words and declarations, and nothing that shows them": [
        ("dashboard/texts/states.py", "import dashboard.pages.view"),
        ("dashboard/texts/pages/site.py", "import dash"),
    ],
    "components lay out what they are handed": [("dashboard/components/tiles.py", "import dashboard.queries")],
    "queries know no chart": [("dashboard/queries/series.py", "import dashboard.figures")],
    "pages and report ask queries and are wired by the app": [("dashboard/pages/newpage.py", "import dashboard.app")],
    "who may see what is decided by plain functions, without web or screen": [
        ("dashboard/access/roles.py", "import flask"),
        ("dashboard/access/oidc/flow.py", "import dashboard.signin"),
    ],
    "no room behind the door knows the door": [
        ("dashboard/pages/router.py", "import dashboard.signin.current"),
        ("dashboard/state/sessions.py", "import dashboard.signin"),
    ],
    "nobody imports the command, the tests or the benchmarks": [
        ("pipelines/warehouse.py", "import tests.rows"),
        ("dashboard/server.py", "import sjukvy"),
    ],
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The rooms and their contracts, to be spoilt one file at a time."""
    folder = tmp_path_factory.mktemp("planted")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_every_contract_has_a_planted_violation():
    assert set(PLANTED) == set(CONTRACTS)


def test_the_contracts_hold(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"), [(contract, *plant) for contract, plants in PLANTED.items() for plant in plants]
)
def test_a_planted_violation_is_found(copy, contract, file, line):
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        done = lint(copy)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert f"{contract} BROKEN" in done.stdout


def test_the_web_process_loads_neither_pandera_nor_the_pipelines():
    """What the linter cannot see: an import by name at run time."""
    seen = "import sys, dashboard.server; print([name for name in ('pandera', 'pipelines') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
