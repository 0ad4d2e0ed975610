"""Pages that are made on the server, without script: sign-in, accounts, and what is said when somebody cannot come in."""

from functools import cache
from importlib.resources import files
from typing import Any

from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FunctionLoader, StrictUndefined

from dashboard.access import passphrase
from dashboard.access.visitor import ABSOLUTE, IDLE
from dashboard.texts import signin as texts
from dashboard.texts.accessibility import STATEMENT

RULE = texts.RULE.format(shortest=passphrase.SHORTEST, longest=passphrase.LONGEST)
LASTS = texts.LASTS.format(minutes=IDLE // 60, hours=ABSOLUTE // 3600)
TEMPLATES = files("dashboard.signin") / "templates"


@cache
def _environment() -> Environment:
    """Everything that is put into a page is escaped; a name that is missing is an error."""
    loader = FunctionLoader(lambda name: (TEMPLATES / name).read_text(encoding="utf-8"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(template: str, **content: Any) -> str:
    """One of the templates, filled in. `who` is the visitor, where there is one."""
    known = {"who": None, "texts": texts, "token": generate_csrf, "statement": STATEMENT, "rule": RULE, "lasts": LASTS}
    return _environment().get_template(template).render(**(known | content))
