"""The log of decisions as egenkontroll: every version of everything, as a workbook and as a tagged PDF."""

import io
from collections.abc import Sequence

import xlsxwriter

from dashboard.day import today
from dashboard.pages.view import View
from dashboard.report.paper import as_pdf, page
from dashboard.state import Post
from dashboard.state.kinds import SLAG, STATUS
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.pages.site import DECISIONS, PRODUCT
from dashboard.texts.report import log as say
from dashboard.texts.report import origin
from dashboard.texts.report.files import READ_ME
from dashboard.texts.review import PUBLIC

WIDE = (7, 7, 12, 12, 8, 18, 20, 60, 22, 13, 22, 40, 12, 10)


def versions(view: View) -> list[Post]:
    """Every version of everything about the place, by number and version."""
    assert view.state is not None
    posts = sorted(view.state.posts(view.scope, [view.place.enhet_id]), key=lambda one: one.id)
    return [one for post in posts for one in view.state.history(view.scope, post.id)]


def rows(posts: Sequence[Post], names: dict[str, str]) -> list[list[str | int]]:
    """One row a version, in the order of the headings. Only the last version can be late."""
    last = {one.id: one.version for one in posts}
    now = today()
    return [
        [
            one.id, one.till or "", SLAG[one.slag], month(one.manad), one.version, one.tid[:16].replace("T", " "), one.av,
            one.text, one.ansvarig, one.klart_senast, names.get(one.matt, one.matt), one.effekt, STATUS[one.status],
            say.LATE if one.version == last[one.id] and one.is_overdue(now) else "",
        ]
        for one in posts
    ]  # fmt: skip


def about(view: View) -> list[tuple[str, str]]:
    said = [
        (origin.UNIT, origin.UNIT_IS.format(place=view.place.namn, enhet_id=view.place.enhet_id)),
        (say.CONTENT, say.CONTENT_IS),
        (origin.FILTER, say.NO_FILTER),
        (say.TAKEN, today()),
        (origin.RELEASE, view.release.facts["release_id"]),
        (say.PUBLIC, PUBLIC),
        (origin.MAY_SPREAD, origin.SPREAD),
    ]
    return [(states.DEMO, states.DEMO_ADVICE), *said] if view.release.is_demo else said


def as_workbook(view: View, names: dict[str, str]) -> bytes:
    """Läs mig, and one named table with a row a version."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = rows(versions(view), names)
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": say.TITLE.format(place=view.place.namn), "company": PRODUCT})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(READ_ME)
        first.set_column(0, 0, 22, wrapped)
        first.set_column(1, 1, 100, wrapped)
        for at, (name, text) in enumerate(about(view)):
            first.write_string(at, 0, name)
            first.write_string(at, 1, text)
        sheet = book.add_worksheet(DECISIONS)
        columns = [{"header": name, "format": wrapped} for name in say.HEADINGS]
        place = (0, 0, max(1, len(made)), len(say.HEADINGS) - 1)
        sheet.add_table(*place, {"name": say.TABLE, "columns": columns, "data": made, "style": "Table Style Light 1"})
        sheet.freeze_panes(1, 1)
        for at, width in enumerate(WIDE):
            sheet.set_column(at, at, width)
    return file.getvalue()


def as_document(view: View, names: dict[str, str]) -> bytes:
    """The same as PDF/UA."""
    at = [say.HEADINGS.index(name) for name in say.ON_PAPER]
    made = [[row[one] for one in at] for row in rows(versions(view), names)]
    title = say.TITLE.format(place=view.place.namn)
    return as_pdf(page("logg.html", title=title, about=about(view), headings=say.ON_PAPER, rows=made))
