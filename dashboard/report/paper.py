"""Print and PDF: one page of HTML without script, and the same page as tagged PDF/UA."""

import logging
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dashboard.figures.content import Diagram
from dashboard.report.drawing import drawing
from dashboard.report.sheet import Sheet
from dashboard.texts import review, states
from dashboard.texts.numbers import month
from dashboard.texts.report import sheet as say
from dashboard.texts.report.origin import PROTECTED, SPREAD
from dashboard.texts.review import DECISION_NOTE

TEMPLATES = files("dashboard.report") / "templates"
NOTES = 2  # decisions that are told under a chart: the latest
WIDTH, HEIGHT = 340, 200  # CSS pixels of one of two charts beside each other
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class NoPdf(Exception):
    """The machine lacks the libraries that a PDF is written with."""


@cache
def _environment() -> Environment:
    """Everything that is put into a page is escaped; a name that is missing is an error."""
    loader = FunctionLoader(lambda name: (TEMPLATES / name).read_text(encoding="utf-8"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


@cache
def _style() -> Markup:
    return Markup((TEMPLATES / "rapport.css").read_text(encoding="utf-8"))  # nosec B704  (a file of ours)


def page(template: str, **content: Any) -> str:
    """One of the templates, filled in."""
    return _environment().get_template(template).render(style=_style(), states=states, month=month, **content)


def report_page(sheet: Sheet, link: str) -> str:
    """The report as HTML. `link` leads to the definitions."""
    facts = sheet.view.release.facts
    charts = [_chart(one) for one in sheet.month.charts]
    return page(
        "rapport.html", sheet=sheet, facts=facts, demo=sheet.view.release.is_demo, charts=charts, spark=_spark, link=link,
        spread=SPREAD, review=review, protected=PROTECTED.format(**facts),
    )  # fmt: skip


def _chart(content: Diagram) -> dict[str, Any]:
    """The drawing, and of the notes those about decisions: method and limits stand on the page of the measure."""
    if content.figure is None:
        drawn = Markup("<p>{}</p>").format(content.state or "")  # escapes what it is given
    else:
        # the drawer escapes every text that it writes
        drawn = Markup(drawing(content.figure, title=content.summary, width=WIDTH, height=HEIGHT))  # nosec B704
    notes = [note for note in content.notes if note.startswith(DECISION_NOTE)]
    return {"content": content, "svg": drawn, "notes": notes[-NOTES:]}


def _spark(row: dict[str, Any]) -> Markup:
    """The small picture of a row, with a title that says what the row says."""
    said = escape(say.LINES.format(measure=row["matt"]))
    # the picture is drawn here, of numbers alone, and the title is escaped
    return Markup(re.sub(r"^(<svg[^>]*>)", rf"\1<title>{said}</title>", row["bild"]))  # nosec B704


def as_pdf(html: str) -> bytes:
    """The page as PDF/UA-1. Nothing is fetched from anywhere. Raises NoPdf."""
    # loaded when a PDF is asked for: its libraries of the system are not needed for anything else
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        raise NoPdf from None

    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True
    )
