"""The files of one place and month, as bytes: the report, the slides and the workbook."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.figures.content import Diagram
from dashboard.pages.content import named
from dashboard.pages.glance import glance
from dashboard.pages.manad import exported
from dashboard.pages.to_apt import offered
from dashboard.pages.view import View
from dashboard.report.export import as_xlsx
from dashboard.report.origin import Origin
from dashboard.report.paper import as_pdf, report_page
from dashboard.report.sheet import sheet
from dashboard.report.slides import as_pptx
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.report import files as say

FORMATS = ("pdf", "pptx", "xlsx")


def made(view: View, kind: str, root: str) -> bytes:
    """One of FORMATS. `root` is the address of the dashboard, with its last slash."""
    if kind == "pdf":
        return as_pdf(report_page(sheet(view), f"{root}matt"))
    return slides(view, None, root) if kind == "pptx" else workbook(view, root)


def slides(view: View, ticked: Sequence[str] | None, root: str) -> bytes:
    """The ticked diagrams, or all that can be ticked, as slides."""
    content = glance(view)
    names = [name for name, _ in offered(view)] if ticked is None else ticked
    found = [chart for name in names if (chart := named(view, name))]
    demo = [f"{states.DEMO}. {states.DEMO_ADVICE}"] if view.release.is_demo else []
    said = [*demo, content.in_full, content.gaps, view.source, states.CERTIFICATE]
    title = say.TITLE.format(place=view.place.namn, month=month(view.manad))
    return as_pptx(title, said, [(one, origin_of(view, one, root)) for one in found])


def workbook(view: View, root: str) -> bytes:
    """The tables of the month."""
    return as_xlsx([(one, origin_of(view, one, root)) for one in exported(view)])


def origin_of(view: View, content: Diagram, root: str) -> Origin:
    """The link is whole, so that it leads back from a file that has been sent on."""
    return Origin(
        place=view.place.namn,
        enhet_id=view.place.enhet_id,
        manad=view.manad,
        lage=view.lage,
        beside=tuple(one.namn for one in view.med),
        facts=view.release.facts,
        definition=queries.with_shares(view.release)[content.measure].definition,
        link=f"{root}matt/{content.measure}{view.query}#sa-raknar-vi",
    )
