"""From address to page: what stands in the menu, the main part and the footer."""

from collections.abc import Callable

from orjson import Fragment

from dashboard import queries
from dashboard.access.scope import Forbidden, Scope
from dashboard.components.frame import footer, menu
from dashboard.components.plain import Element
from dashboard.components.states import state
from dashboard.pages import FOOTER, MENU, Page, find
from dashboard.pages.encoded import encoded, main_part
from dashboard.pages.parts import failed, plain_head
from dashboard.pages.view import OutsideLattice, UnknownMonth, View, view_of
from dashboard.release import NothingPublished, Release, Releases
from dashboard.state import State
from dashboard.texts import states

Shown = tuple[Fragment, Fragment, Fragment, dict[str, str | None]]


def render(
    releases: Releases, scope_of: Callable[[], Scope], written: State, path: str | None, search: str | None
) -> Shown:
    """Menu, main, footer, and what the browser is told (title, status, unit, month)."""
    try:
        release = releases.current()
    except NothingPublished:
        advice = state(states.NOTHING_PUBLISHED, advice=states.NOTHING_PUBLISHED_ADVICE)
        return _bare([*plain_head("Välkommen till Sjukvy"), advice], [], "Sjukvy")
    found = find(path or "/")
    if found is None:
        return _without_view(release, "Sidan finns inte", states.NOT_FOUND)
    try:
        asked = {"path": path or "/", "takes": found[0].takes, "state": written}
        return _page(*found, view_of(release, scope_of(), search or "", **asked))
    except Forbidden:
        return _without_view(release, "Ingen behörighet", states.FORBIDDEN)
    except UnknownMonth:
        return _without_view(release, "Månaden finns inte", states.UNKNOWN_MONTH)
    except OutsideLattice:
        return _without_view(release, "Finns inte", states.OUTSIDE)
    except Exception:
        # the page itself, outside its pieces: the menu and the choices still stand
        return _bare(
            [*plain_head("Något gick fel"), failed()], footer(release.facts, FOOTER, ""), "Något gick fel – Sjukvy"
        )


def _page(page: Page, rest: str, view: View) -> Shown:
    measure = queries.with_shares(view.release).get(rest)
    label = measure.name if measure else page.label
    said = {
        "titel": f"{label} – {view.place.namn} – Sjukvy",
        "status": f"{label}. {view.status}",
        "enhet": view.place.enhet_id,
        "manad": view.manad,
    }
    return (
        encoded(menu(MENU, page.path, view.query)),
        main_part(page, rest, view),
        encoded(footer(view.release.facts, FOOTER, view.query)),
        said,
    )


def _without_view(release: Release, title: str, text: str) -> Shown:
    return _bare([*plain_head(title), state(text, kind="fel")], footer(release.facts, FOOTER, ""), f"{title} – Sjukvy")


def _bare(main: list[Element], foot: list[Element], title: str) -> Shown:
    said = {"titel": title, "status": title, "enhet": None, "manad": None}
    return encoded(menu(MENU, "", "")), encoded(main), encoded(foot), said
