"""What users read stands in dashboard/texts and nowhere else, so that another language is another set of texts."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, product, short, tree

DASHBOARD = ROOT / "dashboard"
ROOMS = ("figures", "pages", "components", "report", "review", "signin", "access", "state")
COMMAND_LINE = {"dashboard/report/commands.py", "dashboard/signin/commands.py"}  # its help stands where the options do
SMALL = "att|av|den|det|eller|ingen|inte|med|och|per|som|till"  # words that stand in sentences, and in no id
READ = re.compile(
    r"[åäöÅÄÖ]"
    r"|[A-Z][a-z]+( [a-z]+){2}"  # a sentence begins
    rf"|(?:^| )(?:{SMALL}) | (?:{SMALL})(?:[ .,:]|$)"
)
# what looks so, and is read by nobody or kept as it is
NO_TEXTS = {
    "dashboard/access/passphrase.py": {"abcdefghijklmnopqrstuvwxyzåäö", "qwertyuiopå", "asdfghjklöä"},  # keys in a row
    "dashboard/report/mail.py": {"inget att säga"},  # in the log of letters
    "dashboard/signin/entrance.py": {"engångskod"},  # in the trail, as the next two
    "dashboard/signin/own.py": {"lösenfras"},
    "dashboard/signin/region.py": {"ingen roll"},
    "dashboard/theme.py": {"Män"},  # the label of a style
}


def literals(module: ast.Module) -> Iterator[str]:
    """Every text in the code, also the pieces of those that are filled in; no docstrings."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    told = {id(node.body[0].value) for node in ast.walk(module) if isinstance(node, kinds) and ast.get_docstring(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_what_users_read_stands_in_texts():
    rooms = [DASHBOARD / room for room in ROOMS]
    paths = [path for path in product() if path.parent == DASHBOARD or any(path.is_relative_to(room) for room in rooms)]
    found = {short(path): {text for text in literals(tree(path)) if READ.search(text)} for path in paths}
    assert len(paths) > 100
    assert {name: read for name, read in found.items() if read and name not in COMMAND_LINE} == NO_TEXTS


@pytest.mark.parametrize(
    "code",
    [
        'title = "Översikt"',
        'lead = f"{name}: kvinnor och {other}"',
        'def told():\n    """Says."""\n    return "Visa alla diagram"',
        'said = f"{count} av {whole}"',
    ],
)
def test_a_text_in_the_code_is_found(code):
    assert any(READ.search(text) for text in literals(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        '"""Översikt, in a docstring."""',
        'className = "kort att-ta-upp"',
        'log.warning("the provider does not answer: %s", fault)',
        'address = "/matt/startade?indelning=kon"',
    ],
)
def test_what_is_no_text_is_let_be(code):
    assert not any(READ.search(text) for text in literals(ast.parse(code)))
