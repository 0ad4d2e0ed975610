"""What the documents tell a reader to type exists, and everything that can be typed is listed."""

import re
import subprocess

import typer

import sjukvy
from tests.architecture.source import ROOT, short

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE))
COMMANDS = set(typer.main.get_command(sjukvy.app).commands)


def told(pattern: str) -> dict[str, set[str]]:
    """Document → the words after `make` or `sjukvy` in its code."""
    found = {}
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
        found[short(path)] = set(re.findall(pattern, code))
    return found


def test_every_make_target_that_is_told_exists():
    told_targets = told(r"(?:^|[\s`])make (?:[A-Z_]+=\S+ )*([a-z-]+)")
    assert {name: targets - TARGETS for name, targets in told_targets.items() if targets - TARGETS} == {}
    assert {"demo", "test", "check", "wheelhouse"} <= set.union(*told_targets.values())


def test_every_command_that_is_told_exists():
    told_commands = told(r"(?:bin/|`)sjukvy ([a-z]+)")
    assert {name: commands - COMMANDS for name, commands in told_commands.items() if commands - COMMANDS} == {}
    assert {"load", "build", "run", "serve"} <= set.union(*told_commands.values())


def test_make_help_lists_every_target():
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, flags=re.MULTILINE)[1].split()
    assert re.findall(r"^  make ([a-z-]+) +\S", shown, flags=re.MULTILINE) == phony
