"""The form of the source: sizes, names, declarations that only declare, SQL that says its grain, wires not decorators."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, product, short, tree, written

LONGEST_FILE, LONGEST_FUNCTION = 250, 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# written in two halves so that this file does not hold what it forbids
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))
MACHINE_PATH = re.compile("|".join(("/ho" + "me/", "/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/")))


def test_the_tests_see_the_product():
    assert len(product()) > 50
    assert {short(path) for path in written()} >= {"Makefile", "README.md", ".ci/run", "pyproject.toml", "sjukvy.py"}


def test_files_are_short():
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = {
        f"{short(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for():
    """Measures speak for themselves; a file without code has nothing to say."""
    modules = [path for path in product() if path.parent.name != "measures" or path.stem == "__init__"]
    assert [short(path) for path in modules if tree(path).body and not ast.get_docstring(tree(path))] == []


def test_no_module_is_a_drawer():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [short(path) for path in product() if drawers & {path.stem, *path.parent.relative_to(ROOT).parts}] == []


def test_every_sql_file_begins_with_its_grain():
    files = sorted((ROOT / "pipelines" / "sql").rglob("*.sql"))
    assert files
    first = {short(path): path.read_text(encoding="utf-8").partition("\n")[0] for path in files}
    assert {name: line for name, line in first.items() if not re.match(r"-- grain: \S", line)} == {}


def test_charts_are_made_in_one_place():
    made = [short(path) for path in product() if "dcc.Graph(" in path.read_text(encoding="utf-8")]
    assert len(made) == 1


def test_every_unit_is_asked_for_by_commands_and_the_table_of_roles_alone():
    """Everywhere else it is the visitor's session that says which units may be seen."""
    asking = {short(path) for path in product() if "Scope.everything()" in path.read_text(encoding="utf-8")}
    assert asking == {
        "dashboard/access/roles.py",  # for the roles that see every unit
        "dashboard/report/batch.py", "dashboard/report/mail.py", "dashboard/report/terminal.py",  # commands on the server
        "dashboard/signin/admin.py", "dashboard/signin/entrance.py",  # names of units: to give roles for, and the demo's
    }  # fmt: skip


def test_no_global_callback():
    """The global decorator belongs to the first app of a process only; create_app wires, so that two can live in one."""
    bare = [
        short(path)
        for path in product()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and node.module == "dash" and {a.name for a in node.names} & WIRED_BY_APP)
        or (isinstance(node, ast.Attribute) and node.attr in WIRED_BY_APP and ast.unparse(node.value) == "dash")
    ]
    assert bare == []


WIRED_BY_APP = {"callback", "clientside_callback"}


@pytest.mark.parametrize("forbidden", [UNFINISHED, MACHINE_PATH], ids=["unfinished", "machine path"])
def test_nothing_unfinished_and_no_path_of_one_machine(forbidden):
    assert [short(path) for path in written() if forbidden.search(path.read_text(encoding="utf-8"))] == []
