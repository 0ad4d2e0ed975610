"""Which files are the product, and their syntax trees; the architecture tests read everything through these."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("identity", "schemas", "pipelines", "dashboard")
TEXT = {
    ".py",
    ".sql",
    ".md",
    ".toml",
    ".css",
    ".js",
    ".csv",
    ".html",
    ".ipynb",
    ".service",
    ".timer",
    ".conf",
    ".lock",
    ".txt",
    "",
}
WRITTEN_IN = (*ROOMS, "tests", "benchmarks", "docs", "config", "notebooks", "deploy", ".ci", ".githooks")


@cache
def product() -> tuple[Path, ...]:
    """Every Python file of the product: the rooms and the command."""
    return (ROOT / "sjukvy.py", *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")))


@cache
def written() -> tuple[Path, ...]:
    """Every text file that somebody wrote, and the lock files."""
    below = (path for folder in WRITTEN_IN for path in (ROOT / folder).rglob("*"))
    return tuple(
        sorted(
            path
            for path in (*ROOT.iterdir(), *below)
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts and path.name != ".git"
        )
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    """The path as a reader of a failure wants it: from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | from_}
