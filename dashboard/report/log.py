"""The log of decisions as egenkontroll: every version of everything, as a workbook and as a tagged PDF."""

import io
from collections.abc import Sequence

import xlsxwriter

from dashboard.pages.view import View
from dashboard.pages.written_content import today
from dashboard.report.origin import SPREAD
from dashboard.report.paper import as_pdf, page
from dashboard.state import Post
from dashboard.state.kinds import SLAG, STATUS
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.review import PUBLIC

HEADINGS = (
    "Nummer", "Till beslut", "Slag", "Mötet om", "Version", "Skrivet (UTC)", "Av", "Vad", "Ansvarig", "Klart senast",
    "Mått", "Väntad förändring", "Status", "Försenad",
)  # fmt: skip
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
            "ja" if one.version == last[one.id] and one.is_overdue(now) else "",
        ]
        for one in posts
    ]  # fmt: skip


def about(view: View) -> list[tuple[str, str]]:
    said = [
        ("Enhet", f"{view.place.namn} ({view.place.enhet_id})"),
        ("Innehåll", "Beslut, åtgärder, kommentarer och uppföljningar med hela sin historik, som egenkontroll."),
        ("Filter", "Inget: allt om enheten"),
        ("Uttaget", today()),
        ("Utgåva", view.release.facts["release_id"]),
        ("Allmän handling", PUBLIC),
        ("Får spridas", SPREAD),
    ]
    return [(states.DEMO, states.DEMO_ADVICE), *said] if view.release.is_demo else said


def as_workbook(view: View, names: dict[str, str]) -> bytes:
    """Läs mig, and one named table with a row a version."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = rows(versions(view), names)
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": f"Beslut och åtgärder, {view.place.namn}", "company": "Sjukvy"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet("Läs mig")
        first.set_column(0, 0, 22, wrapped)
        first.set_column(1, 1, 100, wrapped)
        for at, (name, text) in enumerate(about(view)):
            first.write_string(at, 0, name)
            first.write_string(at, 1, text)
        sheet = book.add_worksheet("Beslut och åtgärder")
        columns = [{"header": name, "format": wrapped} for name in HEADINGS]
        place = (0, 0, max(1, len(made)), len(HEADINGS) - 1)
        sheet.add_table(*place, {"name": "Beslut", "columns": columns, "data": made, "style": "Table Style Light 1"})
        sheet.freeze_panes(1, 1)
        for at, width in enumerate(WIDE):
            sheet.set_column(at, at, width)
    return file.getvalue()


def as_document(view: View, names: dict[str, str]) -> bytes:
    """The same as PDF/UA."""
    shown = ("Skrivet (UTC)", "Slag", "Vad", "Ansvarig", "Klart senast", "Mått", "Status", "Av")
    at = [HEADINGS.index(name) for name in shown]
    made = [[row[one] for one in at] for row in rows(versions(view), names)]
    title = f"Beslut och åtgärder, {view.place.namn}"
    return as_pdf(page("logg.html", title=title, about=about(view), headings=shown, rows=made))
