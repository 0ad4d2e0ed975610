"""From address to page: what stands in the menu, the main part and the footer."""

from collections.abc import Callable
from dataclasses import dataclass

from orjson import Fragment

from dashboard import queries
from dashboard.access.roles import Right
from dashboard.access.scope import Forbidden, Scope
from dashboard.components.frame import footer, menu
from dashboard.components.plain import Element
from dashboard.components.states import state
from dashboard.pages import PAGES, Page, find
from dashboard.pages.encoded import encoded, main_part
from dashboard.pages.parts import failed, plain_head
from dashboard.pages.view import OutsideLattice, UnknownMonth, View, asked_view
from dashboard.release import NothingPublished, Release, Releases
from dashboard.state import State
from dashboard.texts import states
from dashboard.texts.numbers import month
from dashboard.texts.pages import site as say

Shown = tuple[Fragment, Fragment, Fragment, dict[str, str | bool | None]]
Scopes = Callable[[Right], Scope]
NO_SCOPE = Scope.nothing()


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands round a page: links to the pages that the visitor's rights open."""

    release: Release | None
    menu: list[tuple[str, str]]
    links: list[tuple[str, str]]

    def menu_part(self, path: str, query: str) -> Fragment:
        return encoded(menu(self.menu, path, query))

    def foot_part(self, query: str) -> Fragment:
        return encoded(footer(self.release.facts, self.links, query) if self.release else [])


def render(releases: Releases, scope_of: Scopes, written: State, path: str | None, search: str | None) -> Shown:
    """Menu, main, footer, and what the browser is told (title, status, unit, month, whether it was refused). `scope_of` says
    what the visitor may see by a right."""
    try:
        release = releases.current()
    except NothingPublished:
        advice = state(states.NOTHING_PUBLISHED, advice=states.NOTHING_PUBLISHED_ADVICE)
        return _bare(_around(None, scope_of), [*plain_head(say.WELCOME), advice], say.PRODUCT)
    around, found = _around(release, scope_of), find(path or "/")
    if found is None:
        return _without_view(around, say.NO_PAGE, states.NOT_FOUND)
    page, rest = found
    scope = scope_of(page.right)
    if scope == NO_SCOPE:
        return _without_view(around, say.NO_RIGHT, states.FORBIDDEN_PAGE, refused=True)
    try:
        asked = {"path": path or "/", "takes": page.takes, "state": written, "writing": scope_of(Right.SKRIVA)}
        return _page(around, page, rest, asked_view(release, scope, search or "", **asked))
    except Forbidden:
        return _without_view(around, say.NO_RIGHT, states.FORBIDDEN, refused=True)
    except UnknownMonth:
        return _without_view(around, say.NO_MONTH, states.UNKNOWN_MONTH)
    except OutsideLattice:
        return _without_view(around, say.NOTHING_SUCH, states.OUTSIDE)
    except Exception:
        # the page itself, outside its pieces: the menu and the choices still stand
        return _bare(around, [*plain_head(say.FAILED), failed()], say.TITLE_ALONE.format(page=say.FAILED))


def _around(release: Release | None, scope_of: Scopes) -> Around:
    opened = {right for right in Right if scope_of(right) != NO_SCOPE}
    seen = [page for page in PAGES if page.right in opened and not page.path.endswith("*")]
    return Around(
        release=release,
        menu=[(page.path, page.label) for page in seen if page.in_menu],
        links=[(page.path, page.label) for page in seen if not page.in_menu],
    )


def _page(around: Around, page: Page, rest: str, view: View) -> Shown:
    measure = queries.with_shares(view.release).get(rest)
    label = measure.name if measure else page.label
    said = {
        "titel": say.TITLE.format(page=label, place=view.place.namn),
        "status": say.STATUS.format(page=label, place=view.place.namn, month=month(view.manad)),
        "enhet": view.place.enhet_id,
        "manad": view.manad,
    }
    shown = main_part(page, rest, view)
    return around.menu_part(page.path, view.query), shown, around.foot_part(view.query), said


def _without_view(around: Around, title: str, text: str, *, refused: bool = False) -> Shown:
    return _bare(
        around, [*plain_head(title), state(text, kind="fel")], say.TITLE_ALONE.format(page=title), refused=refused
    )


def _bare(around: Around, main: list[Element], title: str, *, refused: bool = False) -> Shown:
    said = {"titel": title, "status": title, "enhet": None, "manad": None, "nekad": refused}
    return around.menu_part("", ""), encoded(main), around.foot_part(""), said
